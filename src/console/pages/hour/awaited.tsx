import { useState } from 'react';
import { describeEntry, functionNames } from '../../../contract/french.js';
import { clockTime, duration } from '../../../contract/french-times.js';
import { fr } from '../../../contract/french-typography.js';
import type { FunctionCode } from '../../../domain/entry.js';
import { heldBy } from '../../../domain/people/functions.js';
import type { Right } from '../../../domain/rights.js';
import type { Activation } from '../../../domain/state.js';
import { toMs, type Ms } from '../../../domain/time.js';
import { awaits, type Awaited as Waiting } from '../../../domain/views/board.js';
import type { StepShown } from '../../../domain/views/steps.js';
import { isSeen } from '../../board.js';
import { useNow } from '../../live.js';
import { useEntries } from '../../orders/entries.js';
import { FaultNotice } from '../../orders/order-form.js';
import { useNames } from '../../orders/names.js';
import { useTaking } from '../../orders/override.js';
import { useOrder } from '../../orders/use-order.js';
import { Task } from '../../parts/slab.js';
import { usePeople } from '../../people.js';
import { Button } from '../../ui/button.js';
import type { HourProps } from './hour-props.js';
import { visaSubject } from './naming.js';

const SHOWN = 5;

/** « Ce qui vous attend »: visas first; the first has the only solid button of the screen, unless an open step has it. */
export function AwaitedList({ stepOpen, ...props }: HourProps & { stepOpen: boolean }) {
  const { board: { activation }, me } = props;
  const now = useNow(activation);
  const [all, setAll] = useState(false);
  const waiting = awaits(activation, me, now).filter((one) => one.kind !== 'declaration');
  const shown = all ? waiting : waiting.slice(0, SHOWN);
  const hasT0 = Object.keys(activation.clocks).length > 0;
  return (
    <section className="awaits" aria-labelledby="awaits-title">
      <h2 id="awaits-title"><span>Ce qui vous attend</span><span>{waiting.length}</span></h2>
      {shown.map((one, i) => <OneAwaited key={keyOf(one)} one={one} isFirst={i === 0 && hasT0 && !stepOpen} now={now} {...props} />)}
      {waiting.length > SHOWN && (
        <Button kind="tertiary" onPress={() => setAll(!all)}>{fr(all ? 'Montrer les premiers' : `Et ${waiting.length - SHOWN} autres`)}</Button>
      )}
      {waiting.length === 0 && <Nothing {...props} isSolid={hasT0 && !stepOpen} />}
      {waiting.length > 0 && waiting.length <= 2 && <p className="dim awaits-rest">{fr("Rien d'autre ne vous attend.")}</p>}
    </section>
  );
}

function keyOf(one: Waiting): string {
  if (one.kind === 'visa' || one.kind === 'step') return `${one.kind} ${one.step.row.id}`;
  return one.kind === 'handover' ? `handover ${one.function}` : one.kind === 'oral' ? `oral ${one.entry}` : `declaration ${one.declaration}`;
}

/** The function that somebody with this right usually holds: offered first, in one gesture. */
const USUAL: readonly [Right, FunctionCode][] = [['prefet', 'DC'], ['directeur', 'DC'], ['astreinte', 'AA'], ['communication', 'RC'], ['sidpc', 'SI'], ['cip', 'CC']];

function Nothing({ board: { activation }, me, open, isSolid }: HourProps & { isSolid: boolean }) {
  const usual = USUAL.find(([right, code]) => me.rights.includes(right) && activation.functions[code].holder === undefined)?.[1];
  const { take, giving, asking } = useTaking(activation, me.account, usual ?? 'DC');
  if (activation.life !== 'running') return <p className="dim awaits-rest">{fr('Rien ne vous attend.')}</p>;
  if (heldBy(activation, me.account).length > 0) return <p className="dim awaits-rest">{fr("Rien ne vous attend pour l'instant.")}</p>;
  return (
    <>
      <p className="dim awaits-rest">{fr('Vous ne tenez aucune fonction ici : prenez la vôtre pour recevoir ce qui la concerne.')}</p>
      <FaultNotice giving={giving} />
      {asking}
      <div className="awaits-take">
        {usual && <Button kind={isSolid ? 'primary' : 'secondary'} isPending={giving.pending} onPress={take}>{fr(`Prendre : ${functionNames[usual]}`)}</Button>}
        <Button kind="tertiary" onPress={() => open({ open: 'functions' })}>Toutes les fonctions</Button>
      </div>
    </>
  );
}

function OneAwaited({ one, isFirst, now, ...props }: HourProps & { one: Waiting; isFirst: boolean; now: Ms }) {
  switch (one.kind) {
    case 'visa': return <VisaTask {...props} shown={one.step} textOf={one.textOf} isFirst={isFirst} now={now} />;
    case 'step': return <StepTask {...props} shown={one.step} isFirst={isFirst} now={now} />;
    case 'handover': return <HandoverTask {...props} code={one.function as FunctionCode} isFirst={isFirst} />;
    case 'oral': return <OralTask {...props} seq={one.entry} isFirst={isFirst} />;
    case 'declaration': return null;
  }
}

/** "avant 02:44", "reste 6:20", from what comes next: the target first, then the deadline. After the end nothing runs out. */
function limits({ times }: StepShown, now: Ms, { timeZone: zone, life }: Pick<Activation, 'timeZone' | 'life'>) {
  if (life !== 'running') return {};
  const at = times.target !== undefined && (times.target > now || times.deadline === undefined) ? times.target : times.deadline ?? times.target;
  if (at === undefined) return {};
  const late = now > at;
  const isDeadline = at === times.deadline;
  return {
    before: <>{isDeadline ? 'échéance' : 'cible'} <b>{clockTime(at, zone)}</b></>,
    left: <>{late ? (isDeadline ? 'dépassée de' : 'passée de') : 'reste'} <b>{duration(late ? now - at : Math.ceil((at - now) / 1000) * 1000)}</b></>,
    isLate: late && isDeadline,
  };
}

function VisaTask({ board, open, shown, textOf, isFirst, now }: HourProps & { shown: StepShown; textOf: string | undefined; isFirst: boolean; now: Ms }) {
  const { activation } = board;
  const person = usePeople();
  const text = textOf ? activation.steps[textOf]?.text : undefined;
  const exercise = activation.lane === 'exercise';
  return (
    <Task
      title={fr(`Viser : ${visaSubject(activation, shown.row)}`)} {...limits(shown, now, activation)}
      actions={<Button kind={isFirst ? 'primary' : 'secondary'} onPress={() => open({ open: 'step', step: shown.row.id })}>{exercise ? 'Lire et viser (exercice)' : 'Lire et viser'}</Button>}
    >
      {text ? fr(`Version ${text.version}, écrite à ${clockTime(text.at, activation.timeZone)} par ${person(text.by).name}.`) : fr('Aucun texte sur cette étape : le visa porte sur la décision.')}
    </Task>
  );
}

function StepTask({ board: { activation }, me, open, shown, isFirst, now }: HourProps & { shown: StepShown; isFirst: boolean; now: Ms }) {
  const { row, step } = shown;
  return (
    <Task
      title={<><span className="dim">{row.id}</span> {fr(row.short ?? row.title)}</>} {...limits(shown, now, activation)}
      actions={<Button kind={isFirst ? 'primary' : 'secondary'} onPress={() => open({ open: 'step', step: row.id })}>{step.status === 'under-way' ? 'Continuer' : 'Ouvrir'}</Button>}
    >
      {step.assignee === me.account ? fr('Confiée à vous.') : fr(row.means ?? '')}
    </Task>
  );
}

function HandoverTask({ board, open, code, isFirst }: HourProps & { code: FunctionCode; isFirst: boolean }) {
  const { activation } = board;
  const giving = useOrder(activation);
  const person = usePeople();
  const { offer } = activation.functions[code];
  if (!offer) return null;
  return (
    <Task
      title={fr(`${person(offer.from).name} vous passe : ${functionNames[code]}`)}
      actions={
        <>
          <Button kind={isFirst ? 'primary' : 'secondary'} isPending={giving.pending} onPress={() => void giving.give('accept-handover', { function: code })}>Accepter</Button>
          <Button kind="tertiary" onPress={() => open({ open: 'functions' })}>Voir</Button>
        </>
      }
    >
      {fr(`${offer.open.length} étapes ouvertes, ${offer.due.length} échéances, ${offer.promised.length} annonces à tenir.`)}
      <FaultNotice giving={giving} />
    </Task>
  );
}

function OralTask({ board, open, seq, isFirst }: HourProps & { seq: number; isFirst: boolean }) {
  const { activation } = board;
  const giving = useOrder(activation);
  const names = useNames(board);
  const entry = useEntries(board, [seq])[0];
  if (!entry || !isSeen(entry)) return null;
  return (
    <Task
      title={fr('Confirmer une décision orale')} before={<>{clockTime(toMs(entry.occurredAt), activation.timeZone)}</>} left={names.person(entry.by)}
      actions={
        <>
          <Button kind={isFirst ? 'primary' : 'secondary'} isPending={giving.pending} onPress={() => void giving.give('confirm-oral', { entry: seq })}>Confirmer</Button>
          <Button kind="tertiary" onPress={() => open({ open: 'entry', seq })}>{fr("Voir l'entrée")}</Button>
        </>
      }
    >
      {describeEntry(entry, names)}
      <FaultNotice giving={giving} />
    </Task>
  );
}
