import { verdictWords } from '../../contract/french.js';
import { dayTime, duration } from '../../contract/french-times.js';
import { capital, count, fr } from '../../contract/french-typography.js';
import type { Me } from '../../contract/live.js';
import { rowOf } from '../../domain/plan/timing.js';
import { mayExport } from '../../domain/rights.js';
import { stepsShown } from '../../domain/views/steps.js';
import { verdicts, type ClauseVerdict } from '../../domain/views/verdicts.js';
import { useMe } from '../api.js';
import type { Board } from '../board.js';
import { Frame } from '../frame/frame.js';
import { useActivation, useNow } from '../live.js';
import { LinkButton } from '../ui/button.js';
import { Disclosure } from '../ui/dialog.js';
import { Notice } from '../ui/notice.js';
import { StateLabel } from '../ui/state-label.js';
import { useLocation } from 'wouter';
import { bandOf, navOf, titleOf } from './hour/naming.js';
import type { HourProps } from './hour/hour-props.js';
import { LifeNotice } from './hour/life-notice.js';
import { Proofs } from './hour/proofs.js';
import { addressOf } from './hour/where.js';
import { HourTable } from '../parts/hour-table.js';
import './hour/hour.css';

/** `/activations/:id/revue`: the verdict of each clause with its proof, and what leaves the house as evidence. */
export function Review({ id }: { id: string }) {
  const following = useActivation(id);
  const me = useMe();
  const [, navigate] = useLocation();
  if (following.state !== 'shown' || !me) {
    return (
      <Frame title="Revue">
        <main className="page page-narrow">
          {following.state === 'absent' ? <Notice kind="watch" title={fr("Cette activation n'existe pas ici, ou vos droits ne vous la montrent pas.")} announce={false} /> : <p className="dim" aria-busy="true">Chargement…</p>}
        </main>
      </Frame>
    );
  }
  const { board } = following;
  const { activation } = board;
  const props = { board, me, open: (where: Parameters<HourProps['open']>[0]) => navigate(addressOf(`/activations/${activation.id}`, where)) };
  return (
    <Frame title={titleOf(board)} lane={activation.lane} activation={activation.id} nav={navOf(board, 'review')} band={bandOf(board)}>
      <main className="page">
        <Head board={board} me={me} />
        <LifeNotice {...props} />
        <Verdicts {...props} />
        <Steps {...props} />
      </main>
    </Frame>
  );
}

function Head({ board: { activation }, me }: { board: Board; me: Me }) {
  const zone = activation.timeZone;
  return (
    <div className="review-head">
      <div>
        <h2>Revue</h2>
        <p className="dim">{fr(`Ouverte le ${dayTime(activation.openedAt, zone)}, ${count(activation.seq, 'entrée')} au journal${activation.endedAt === undefined ? '' : `, terminée le ${dayTime(activation.endedAt, zone)}`}.`)}</p>
      </div>
      <div className="row">
        <LinkButton href={`/activations/${activation.id}/revue/reprise`}>{fr("Revoir l'heure")}</LinkButton>
        <LinkButton href={`/api/activations/${activation.id}/page.html`} target="_blank">Imprimer</LinkButton>
        {mayExport(me.rights, activation.lane)
          && <LinkButton href={`/api/activations/${activation.id}/export.zip`} download>{fr("Exporter (ZIP à vérifier)")}</LinkButton>}
      </div>
    </div>
  );
}

function Verdicts(props: HourProps) {
  const { activation } = props.board;
  const now = useNow(activation);
  const shown = verdicts(activation, now);
  return (
    <section className="panel" aria-labelledby="verdicts-title">
      <h2 id="verdicts-title">Engagements</h2>
      {shown.map((verdict) => <OneVerdict key={verdict.clause.id} verdict={verdict} {...props} />)}
    </section>
  );
}

function OneVerdict({ verdict: { clause, verdict, margin, parts }, ...props }: HourProps & { verdict: ClauseVerdict }) {
  const { board: { activation }, open } = props;
  return (
    <div className="verdict">
      <div className="spread">
        <h3>{fr(`${clause.id} ${clause.label}`)}</h3>
        <span className="row">
          <StateLabel word={verdict} />
          {margin !== undefined && <span className="dim">{fr(margin < 0 ? `depuis ${duration(margin)}` : `marge ${duration(margin)}`)}</span>}
        </span>
      </div>
      {parts.flat().map((part) => (
        <Disclosure
          key={`${part.step}`} level={4} title={`${part.step} ${fr(rowOf(activation, part.step)?.title ?? '')}`}
          detail={`${capital(verdictWords[part.verdict])}, ${count(part.proofs.length, 'preuve')}`}
        >
          {part.proofMissing && <p className="over">{fr('La preuve demandée manque.')}</p>}
          <Proofs {...props} open={open} seqs={part.proofs} empty={fr('Aucune entrée ne le prouve.')} />
        </Disclosure>
      ))}
    </div>
  );
}

function Steps({ board: { activation }, open }: HourProps) {
  const now = useNow(activation);
  return (
    <section className="panel" aria-labelledby="steps-title">
      <h2 id="steps-title">Étapes</h2>
      <HourTable steps={stepsShown(activation, now)} groups={activation.plan.groups} now={now} zone={activation.timeZone} onSelect={(step) => open({ open: 'step', step })} />
    </section>
  );
}
