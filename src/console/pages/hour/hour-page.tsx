import { memo, useCallback, useMemo, type ReactNode } from 'react';
import { Redirect } from 'wouter';
import { fr } from '../../../contract/french-typography.js';
import { toMs } from '../../../domain/time.js';
import { awaits, clocksShown } from '../../../domain/views/board.js';
import { stepsShown, type StepShown } from '../../../domain/views/steps.js';
import { verdicts } from '../../../domain/views/verdicts.js';
import { ClockLine } from '../../frame/clock-line.js';
import { PageLink } from '../../frame/page-link.js';
import { useNow } from '../../live.js';
import { PhoneTabs } from '../../parts/chrome.js';
import { Commitments } from '../../parts/commitments.js';
import { HourPicture } from '../../parts/hour-picture.js';
import { CallInPanel } from '../call-in/call-in-panel.js';
import { clauseOf } from '../../../domain/plan/validate.js';
import { AwaitedList } from './awaited.js';
import { ClausePanel } from './clause-panel.js';
import { ClockPanel } from './clock-panel.js';
import { CorrectT0 } from './clock-dialogs.js';
import { EntryPanel } from './entry-panel.js';
import { EventPanel } from './event-panel.js';
import { FunctionsPanel } from './functions-panel.js';
import type { HourProps } from './hour-props.js';
import { LifeNotice } from './life-notice.js';
import { LogColumn } from './log-column.js';
import { PapersPanel } from './papers-panel.js';
import { Clocks } from './rail.js';
import { StepPanel } from './step-panel.js';
import { useWhere, type Where } from './where.js';

/** The clocks and what awaits me on the left, the commitments and the hour in the middle, the log on the right. */
export function HourPage({ board, me, phone }: Pick<HourProps, 'board' | 'me'> & { phone: boolean }) {
  const { where, view, open, close } = useWhere();
  const props: HourProps = { board, me, open };
  const step = where?.open === 'step' ? where.step : undefined;
  const panel = <Panel {...props} where={where} close={close} />;
  if (phone) {
    if (!view && !where) return <Redirect to={`/activations/${board.activation.id}/gestes`} replace />;
    return <PhoneHour {...props} view={view ?? 'heure'} step={step} close={close} panel={panel} />;
  }
  return (
    <div className="console">
      <aside className="rail" aria-label="Horloges et ce qui vous attend">
        <div className="rail-inner"><Clocks {...props} /><CallInPanel {...props} /><AwaitedList {...props} stepOpen={step !== undefined} /></div>
      </aside>
      <main className="main">
        <LifeNotice {...props} />
        <CommitmentsNow {...props} />
        <PictureNow {...props} step={step} close={close} />
        <aside className="side" aria-label="Main courante"><LogColumn {...props} /></aside>
      </main>
      {panel}
    </div>
  );
}

function PhoneHour({ view, step, close, panel, ...props }: HourProps & { view: 'heure' | 'journal'; step: string | undefined; close: () => void; panel: ReactNode }) {
  const page = `/activations/${props.board.activation.id}`;
  return (
    <>
      <main className="phone-hour">
        <div className="phone-clock"><Clocks {...props} size="phone" /></div>
        <ClockLine board={props.board} />
        <LifeNotice {...props} />
        {view === 'journal' ? <LogColumn {...props} /> : (
          <>
            <CallInPanel {...props} />
            <CommitmentsNow {...props} />
            <PictureNow {...props} step={step} close={close} />
            <nav className="phone-more" aria-label="Autres volets">
              <PageLink href={`${page}/elus`}>Élus</PageLink>
              <PageLink href={`${page}?vue=heure&voir=fonctions`}>Fonctions</PageLink>
              <PageLink href={`${page}?vue=heure&voir=evenement`}>{fr("L'événement")}</PageLink>
              <PageLink href={`${page}?vue=heure&voir=papiers`}>Papiers et fin</PageLink>
              <PageLink href={`${page}/revue`}>Revue</PageLink>
            </nav>
          </>
        )}
      </main>
      {panel}
      <PhoneTabs
        Link={PageLink}
        items={[
          { href: `${page}/gestes`, label: 'Gestes' },
          { href: `${page}?vue=heure`, label: fr("L'heure"), isCurrent: view === 'heure' },
          { href: `${page}?vue=journal`, label: 'Journal', isCurrent: view === 'journal' },
        ]}
      />
    </>
  );
}

function Panel({ where, close, ...props }: HourProps & { where: Where | undefined; close: () => void }) {
  switch (where?.open) {
    case 'clause': return <ClausePanel key={where.clause} {...props} clause={where.clause} onClose={close} />;
    case 'clock': return <ClockPanel key={where.clock} {...props} clock={where.clock} onClose={close} />;
    case 'entry': return <EntryPanel key={where.seq} {...props} seq={where.seq} onClose={close} />;
    case 'functions': return <FunctionsPanel {...props} onClose={close} />;
    case 'event': return <EventPanel {...props} onClose={close} />;
    case 'papers': return <PapersPanel {...props} onClose={close} />;
    case 'correct': {
      if (!props.board.activation.clocks[where.clock]) return null;
      const proposed = where.t0 === null ? NaN : toMs(where.t0);
      return <CorrectT0 activation={props.board.activation} me={props.me} clock={where.clock} proposed={Number.isNaN(proposed) ? undefined : proposed} onClose={close} />;
    }
    case 'step':
    case undefined: return null;
  }
}

/** Renders each second, alone: its margins are countdowns. */
export function CommitmentsNow({ board, me, open }: HourProps) {
  const { activation } = board;
  const now = useNow(activation);
  const shown = verdicts(activation, now);
  const visas = awaits(activation, me, now).flatMap((one) => (one.kind === 'visa' ? [one.step.row] : []));
  const awaiting = [...new Set(visas.flatMap((row) => clausesOf(activation.plan.rows, row.id)))];
  return <Commitments verdicts={shown} onOpen={(clause) => open({ open: 'clause', clause })} awaiting={awaiting} />;
}

/** The clauses that a step serves, itself or through the steps that come after it. */
function clausesOf(rows: HourProps['board']['activation']['plan']['rows'], id: string, walked: readonly string[] = []): string[] {
  if (walked.includes(id)) return [];
  const row = rows.find((one) => one.id === id);
  const after = rows.filter((one) => one.after?.includes(id));
  const served = row?.serves.map(clauseOf) ?? [];
  return served.length > 0 ? served : after.flatMap((one) => clausesOf(rows, one.id, [...walked, id]));
}

export function PictureNow({ board, me, open, step, close }: HourProps & { step: string | undefined; close: () => void }) {
  const { activation } = board;
  const now = useNow(activation);
  const steps = stepsShown(activation, now);
  const mine = awaits(activation, me, now).flatMap((one) => (one.kind === 'visa' ? [one.step.row.id] : []));
  const onSelect = useCallback((id: string) => (id === step ? close() : open({ open: 'step', step: id })), [open, close, step]);
  // The forms of an open step do not render with the clock: their word changes at most once a minute.
  const shown = steps.find(({ row }) => row.id === step);
  const key = shown ? `${shown.word} ${shown.step.version}` : '';
  const stable = useMemo(() => shown, [board, key]);
  const renderOpen = useCallback((_: StepShown) => (stable ? <StablePanel board={board} me={me} open={open} shown={stable} onClose={close} /> : null), [board, me, open, close, stable]);
  return (
    <HourPicture
      steps={steps} groups={activation.plan.groups} clocks={clocksShown(activation, now)} now={activation.endedAt ?? now} zone={activation.timeZone} openedAt={activation.openedAt}
      selected={step} onSelect={onSelect} renderOpen={renderOpen} awaiting={mine}
    />
  );
}

const StablePanel = memo(StepPanel);
