import { useEffect, useRef } from 'react';
import { conditionWords } from '../../../contract/french.js';
import { capital, fr } from '../../../contract/french-typography.js';
import type { Completion } from '../../../domain/plan/plan.js';
import { rowOf } from '../../../domain/plan/timing.js';
import { mayWork } from '../../../domain/plan/steps.js';
import { advice } from '../../../domain/views/board.js';
import { Operational } from '../call-in/call-in-panel.js';
import { CallList, PasteCallList } from '../call-list.js';
import { Button } from '../../ui/button.js';
import { Disclosure } from '../../ui/dialog.js';
import { Notice } from '../../ui/notice.js';
import { StateLabel } from '../../ui/state-label.js';
import { EvidenceList } from './evidence-list.js';
import { Proofs } from './proofs.js';
import { StepClose } from './step-close.js';
import { StepFacts } from './step-facts.js';
import { StepOther } from './step-other.js';
import type { StepProps } from './step-props.js';
import { StepText } from './step-text.js';
import { StepVisa } from './step-visa.js';

/** A step, open in place: what to do and with what, what is asked as proof, what is known, and what one may do about it. */
export function StepPanel(props: StepProps & { onClose: () => void }) {
  const { board, me, shown, onClose } = props;
  const { activation } = board;
  const { row, step } = shown;
  const panel = useRef<HTMLElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  // Opened from a row, from what awaits me, from a request: brought under the eyes and the keyboard.
  useEffect(() => {
    title.current?.focus({ preventScroll: true });
    void document.fonts.ready.then(() => {
      const { top, bottom } = panel.current?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
      if (top < 0 || bottom > window.innerHeight) panel.current?.scrollIntoView({ block: 'start' });
    });
  }, []);
  // The keyboard goes back to the row.
  const leave = () => {
    panel.current?.closest('li')?.querySelector<HTMLElement>('.hour-row')?.focus();
    onClose();
  };
  const may = mayWork(me.rights, row, activation.lane);
  const open = step.status === 'todo' || step.status === 'under-way';
  const working = activation.life === 'running' || activation.life === 'ended';
  const isVisa = row.evidence === 'visa' && open && working;
  const bySelf = BY_ITSELF[row.completes];
  const calls = activation.contacts[row.id]?.length ?? 0;
  return (
    <article className="step" ref={panel} aria-labelledby={`step-${row.id}`} onKeyDown={(event) => event.key === 'Escape' && leave()}>
      <div className="step-head">
        <h3 id={`step-${row.id}`} ref={title} tabIndex={-1}><span className="dim">{row.id}</span> {fr(row.title)}</h3>
        <span className="dim">{row.ref}</span>
        {shown.word === 'apart' ? <span className="dim">{capital(conditionWords(row.when, (id) => rowOf(activation, id)?.title ?? id))}</span> : <StateLabel word={shown.word} lateBy={shown.lateBy} />}
        <Button kind="tertiary" size="small" onPress={leave}>Fermer</Button>
      </div>
      {!isVisa && <StepFacts {...props} />}
      <StepAdvice {...props} />
      {!may && working && <Notice announce={false} title={fr('Cette étape se travaille par d’autres que vous.')}>{fr('Vous la lisez. Ce que vous savez peut aller dans la main courante.')}</Notice>}
      {isVisa && <StepVisa {...props} />}
      {row.evidence !== 'visa' && <StepText {...props} may={may && working} />}
      <EvidenceList {...props} />
      {(calls > 0 || (may && working && row.functions.length > 0 && CALLS.has(row.completes))) && (
        <Disclosure title="Appels" level={4} detail={calls > 0 ? `${calls} personnes` : undefined} startsOpen={calls > 0 && open}>
          {calls > 0 && <CallList board={board} step={row.id} may={may && working} />}
          {may && working && <PasteCallList activation={activation} step={row.id} isFirst={calls === 0} />}
        </Disclosure>
      )}
      {bySelf && open && <Notice announce={false} title={fr(bySelf)} actions={row.completes === 'acknowledged' ? <Button size="small" onPress={() => props.open({ open: 'functions' })}>Fonctions</Button> : undefined} />}
      {row.completes === 'staff-held' && row.serves.length > 0 && open && <Operational board={board} me={me} />}
      {may && working && row.evidence !== 'visa' && !bySelf && <StepClose {...props} />}
      {may && working && <StepOther {...props} />}
      <Disclosure title="Historique" level={4} detail={`${step.proofs.length} ${step.proofs.length > 1 ? 'entrées' : 'entrée'}`}>
        <Proofs {...props} seqs={step.proofs} empty={fr("Rien n'est encore écrit sur cette étape.")} />
      </Disclosure>
    </article>
  );
}

/** Steps that the engine closes with the entries that prove them. */
const BY_ITSELF: Partial<Record<Completion, string>> = {
  'clock-started': 'Elle se fait d’elle-même quand son T0 est déclaré, à gauche.',
  'acknowledged': 'Elle se fait d’elle-même quand la personne prend sa fonction.',
  'statement-written': 'La machine écrit le constat à l’heure dite.',
};

/** Steps whose work is to reach people: the place to paste their numbers is at hand. Elsewhere it would only be in the way. */
const CALLS = new Set(['acknowledged', 'called-in', 'staff-held', 'campaign-started', 'reach>=95', 'unreached-dealt-with', 'sent-to-press', 'by-hand']);

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
