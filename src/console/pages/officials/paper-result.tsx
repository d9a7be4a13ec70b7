import { useState } from 'react';
import { callOutcomes, roleNames } from '../../../contract/french.js';
import { capital, fr } from '../../../contract/french-typography.js';
import { CALL_OUTCOMES, type CallOutcome } from '../../../domain/events.js';
import type { Target } from '../../../domain/state.js';
import { toInstant } from '../../../domain/time.js';
import type { Board } from '../../board.js';
import { timeInside } from '../../live.js';
import { OrderDialog } from '../../orders/order-form.js';
import { useTargetNames } from '../../orders/names.js';
import { useOrder } from '../../orders/use-order.js';
import { Checkbox, RadioGroup } from '../../ui/choices.js';
import { TextArea } from '../../ui/fields.js';
import { LocalInstantField, localOf, readLocal } from '../local-instant.js';

/** A call made elsewhere than in the queue, or worked on paper while the machine was down: with its own time, and marked so. */
export function PaperResult({ board, target, onClose }: { board: Board; target: Readonly<Target>; onClose: () => void }) {
  const { activation } = board;
  const giving = useOrder(activation);
  const nameOf = useTargetNames(board);
  const [outcome, setOutcome] = useState<CallOutcome>('acknowledged');
  const [onPaper, setOnPaper] = useState(true);
  const [note, setNote] = useState('');
  const [when, setWhen] = useState(() => localOf(timeInside(activation), activation.timeZone));
  const give = async () => {
    const at = readLocal(when, activation.timeZone);
    if (at.is !== 'instant') {
      giving.setFault({ sentence: fr("Dites à quelle heure l'appel a eu lieu.") });
      return false;
    }
    return giving.give('record-direct-call', {
      person: target.person, outcome, occurredAt: toInstant(at.at), ...(onPaper ? { onPaper } : {}), ...(note.trim() === '' ? {} : { note: note.trim() }),
    });
  };
  return (
    <OrderDialog title={`Noter un appel : ${roleNames[target.role]}`} onClose={onClose} giving={giving} action="Consigner cet appel" onGive={give}>
      <p>{nameOf(target.person)}</p>
      <RadioGroup<CallOutcome> label="Résultat" value={outcome} onChange={setOutcome} options={CALL_OUTCOMES.map((one) => ({ value: one, label: capital(callOutcomes[one]) }))} />
      <LocalInstantField label="Heure de l’appel" zone={activation.timeZone} value={when} onChange={setWhen} />
      <Checkbox isSelected={onPaper} onChange={setOnPaper} help={fr('Le journal dira que ce résultat a été noté à la main, puis saisi.')}>Noté sur papier</Checkbox>
      <TextArea label="Ce qui a été dit (facultatif)" value={note} onChange={setNote} rows={2} />
    </OrderDialog>
  );
}
