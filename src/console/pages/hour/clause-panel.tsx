import { categoryNames, verdictWords } from '../../../contract/french.js';
import { clockTime } from '../../../contract/french-times.js';
import { capital, fr } from '../../../contract/french-typography.js';
import { rowOf } from '../../../domain/plan/timing.js';
import { verdicts } from '../../../domain/views/verdicts.js';
import { useNow } from '../../live.js';
import { marginText } from '../../parts/commitments.js';
import { Dialog } from '../../ui/dialog.js';
import { StateLabel } from '../../ui/state-label.js';
import type { HourProps } from './hour-props.js';
import { Proofs } from './proofs.js';

/** A verdict, opened down to its parts and to the entries that prove it. */
export function ClausePanel({ clause, onClose, ...props }: HourProps & { clause: string; onClose: () => void }) {
  const { board, open } = props;
  const { activation } = board;
  const now = useNow(activation);
  const shown = verdicts(activation, now).find((one) => one.clause.id === clause);
  if (!shown) return null;
  const [words, figure] = marginText(shown);
  return (
    <Dialog isOpen onClose={onClose} placement="side" title={fr(`${shown.clause.id} ${shown.clause.label}`)}>
      <p className="spread">
        <StateLabel word={shown.verdict} />
        <span>{words} {figure && <b>{figure}</b>}{shown.deadline !== undefined && <span className="dim">{fr(`, échéance ${clockTime(shown.deadline, activation.timeZone)}`)}</span>}</span>
      </p>
      {shown.parts.length === 0 && <p>{fr("Aucune étape de ce plan ne s'applique.")}</p>}
      <ol className="parts">
        {shown.parts.map((alternatives) => (
          <li key={alternatives.map((part) => part.step).join()}>
            {alternatives.map((part, i) => (
              <div key={part.step} className="part">
                {i > 0 && <span className="dim">ou</span>}
                <div className="spread">
                  <button type="button" className="bare-link" onClick={() => open({ open: 'step', step: part.step })}>{part.step} {fr(rowOf(activation, part.step)?.title ?? '')}</button>
                  <StateLabel word={part.verdict} size={14}>{capital(verdictWords[part.verdict])}</StateLabel>
                </div>
                {part.proofMissing && <p className="over">{fr('La preuve demandée manque.')}</p>}
                <Proofs {...props} seqs={part.proofs} empty={fr('Aucune entrée ne le prouve encore.')} />
              </div>
            ))}
          </li>
        ))}
      </ol>
      <NotApplicableSteps {...props} clause={clause} />
    </Dialog>
  );
}

/** Parts that are not applicable drop out of the verdict, and stay in sight. */
function NotApplicableSteps({ board: { activation }, clause }: HourProps & { clause: string }) {
  const rows = activation.plan.rows.filter((row) => row.serves.some((one) => one.split('/')[0] === clause) && activation.steps[row.id]?.status === 'not-applicable');
  if (rows.length === 0) return null;
  return (
    <section>
      <h3>Sans objet</h3>
      <ul>{rows.map((row) => <li key={row.id}>{fr(`${row.id} ${row.title} : ${categoryNames[activation.steps[row.id]!.category!]}`)}</li>)}</ul>
    </section>
  );
}
