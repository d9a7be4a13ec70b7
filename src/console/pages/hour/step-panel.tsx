import { useEffect, useRef } from 'react';
import { categoryNames, behalfNames, conditionWords, evidenceNames, functionNames } from '../../../contract/french.js';
import { clockTime, offset } from '../../../contract/french-times.js';
import { capital, fr, listed } from '../../../contract/french-typography.js';
import { rowOf } from '../../../domain/plan/timing.js';
import { mayWork } from '../../../domain/plan/steps.js';
import { advice } from '../../../domain/views/board.js';
import type { StepShown } from '../../../domain/views/steps.js';
import { usePeople } from '../../people.js';
import { CallList, PasteCallList } from '../call-list.js';
import { Button } from '../../ui/button.js';
import { Disclosure } from '../../ui/dialog.js';
import { Notice } from '../../ui/notice.js';
import { StateLabel } from '../../ui/state-label.js';
import { EvidenceList } from './evidence-list.js';
import type { HourProps } from './hour-props.js';
import { Proofs } from './proofs.js';
import { StepClose } from './step-close.js';
import { StepOther } from './step-other.js';
import { StepText } from './step-text.js';
import { StepVisa } from './step-visa.js';

export interface StepProps extends HourProps {
  shown: StepShown;
}

/** A step, open in place: what to do and with what, what is asked as proof, what is known, and what one may do about it. */
export function StepPanel(props: StepProps & { onClose: () => void }) {
  const { board, me, shown, onClose } = props;
  const { activation } = board;
  const { row, step } = shown;
  const title = useRef<HTMLHeadingElement>(null);
  // Opened from somewhere else (what awaits me, a request): brought under the eyes and the keyboard.
  useEffect(() => {
    title.current?.focus({ preventScroll: true });
    title.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const may = mayWork(me.rights, row, activation.lane);
  const open = step.status === 'todo' || step.status === 'under-way';
  const working = activation.life === 'running' || activation.life === 'ended';
  const calls = activation.contacts[row.id]?.length ?? 0;
  return (
    <article className="step" aria-labelledby={`step-${row.id}`} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <div className="step-head">
        <h3 id={`step-${row.id}`} ref={title} tabIndex={-1}><span className="dim">{row.id}</span> {fr(row.title)}</h3>
        <span className="dim">{row.ref}</span>
        {shown.word === 'apart' ? <span className="dim">{capital(conditionWords(row.when, (id) => rowOf(activation, id)?.title ?? id))}</span> : <StateLabel word={shown.word} lateBy={shown.lateBy} />}
        <Button kind="tertiary" size="small" onPress={onClose}>Fermer</Button>
      </div>
      <StepFacts {...props} />
      <StepAdvice {...props} />
      {!may && working && <Notice announce={false} title={fr('Cette étape se travaille par d’autres que vous.')}>{fr('Vous la lisez. Ce que vous savez peut aller dans la main courante.')}</Notice>}
      {row.evidence === 'visa' && open && working && <StepVisa {...props} />}
      {row.evidence !== 'visa' && <StepText {...props} may={may && working} />}
      <EvidenceList {...props} />
      {(calls > 0 || (may && working && row.functions.length > 0 && CALLS.has(row.completes))) && (
        <Disclosure title="Appels" level={4} detail={calls > 0 ? `${calls} personnes` : undefined} startsOpen={calls > 0 && open}>
          {calls > 0 && <CallList board={board} step={row.id} />}
          {may && working && <PasteCallList activation={activation} step={row.id} isFirst={calls === 0} />}
        </Disclosure>
      )}
      {may && working && row.evidence !== 'visa' && <StepClose {...props} />}
      {may && working && <StepOther {...props} />}
      <Disclosure title="Historique" level={4} detail={`${step.proofs.length} ${step.proofs.length > 1 ? 'entrées' : 'entrée'}`}>
        <Proofs {...props} seqs={step.proofs} empty={fr("Rien n'est encore écrit sur cette étape.")} />
      </Disclosure>
    </article>
  );
}

/** Steps whose work is to reach people: the place to paste their numbers is at hand. Elsewhere it would only be in the way. */
const CALLS = new Set(['acknowledged', 'staff-held', 'campaign-started', 'reach>=95', 'unreached-dealt-with', 'sent-to-press', 'by-hand']);

function StepFacts({ board: { activation }, shown }: StepProps) {
  const { row, step, times } = shown;
  const person = usePeople();
  const zone = activation.timeZone;
  const origin = typeof row.anchor === 'string' && row.anchor !== 'closing' ? activation.clocks[row.anchor]?.t0 : undefined;
  const at = (instant: number) => `${clockTime(instant, zone)}${origin === undefined ? '' : ` (${offset(instant, origin)})`}`;
  const holders = row.functions.map((code) => {
    const holder = activation.functions[code].holder;
    return `${functionNames[code]}${holder ? `, ${person(holder).name}` : ' (personne)'}`;
  });
  const facts: [string, string | undefined][] = [
    ['Par', listed(holders)],
    ['Confiée à', step.assignee && person(step.assignee).name],
    ['Comment', row.means],
    ['Preuve demandée', row.evidenceAsked ?? evidenceNames[row.evidence]],
    ['Cible', times.target === undefined ? undefined : at(times.target)],
    ['Échéance', times.deadline === undefined ? undefined : `${at(times.deadline)}${row.ours ? ', fixée par nous' : ''}`],
    ['Début', step.startedAt === undefined ? undefined : at(step.startedAt)],
    ['Fin', step.doneAt === undefined || (step.status !== 'done' && step.status !== 'outside-cause') ? undefined : `${at(step.doneAt)}${step.doneBy ? `, ${person(step.doneBy).name}` : ''}${step.doneFor ? `, pour ${behalfNames[step.doneFor]}` : ''}`],
    ['Sans objet', step.category && `${categoryNames[step.category]}, autorisé par ${step.authorisedBy ? behalfNames[step.authorisedBy] : '?'}`],
  ];
  return (
    <dl className="step-facts">
      {facts.map(([name, value]) => value && <div key={name}><dt>{name}</dt><dd>{fr(value)}</dd></div>)}
    </dl>
  );
}

/** Prerequisites advise: the journal records what people did in the world, in whatever order. */
function StepAdvice({ board, shown, open }: StepProps) {
  const { activation } = board;
  const before = advice(activation, shown);
  const reason = shown.step.reason && board.text(shown.step.reason);
  return (
    <>
      {reason && <Notice announce={false} kind="info" title={fr('Motif')}>{reason}</Notice>}
      {shown.proofMissing && <Notice announce={false} kind="watch" title={fr('La preuve demandée manque.')}>{fr("L'étape est faite, mais elle ne sera pas démontrable. Ajoutez la preuve ci-dessous.")}</Notice>}
      {shown.declaredAfterwards && <Notice announce={false} kind="watch" title={fr('Faite à temps, déclarée après coup.')} />}
      {before.length > 0 && (shown.step.status === 'todo' || shown.step.status === 'under-way') && (
        <p className="advice">
          {fr("Conseil, d'abord :")}{' '}
          {before.map((id, i) => (
            <span key={id}>{i > 0 && ', '}<button type="button" className="bare-link" onClick={() => open({ open: 'step', step: id })}>{id} {fr(rowOf(activation, id)?.title ?? '')}</button></span>
          ))}. {fr("Cela n'empêche pas d'écrire ce qui est fait.")}
        </p>
      )}
    </>
  );
}
