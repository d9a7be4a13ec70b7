import { useState } from 'react';
import { MAX_TEXT } from '../../../contract/forms.js';
import { clockTime } from '../../../contract/french-times.js';
import { fr } from '../../../contract/french-typography.js';
import { markedText } from '../../../domain/exercise-mark.js';
import { useDraft } from '../../orders/draft.js';
import { FaultNotice } from '../../orders/order-form.js';
import { useOrder } from '../../orders/use-order.js';
import { usePeople } from '../../people.js';
import { Button } from '../../ui/button.js';
import { TextArea } from '../../ui/fields.js';
import { Notice, useToasts } from '../../ui/notice.js';
import type { StepProps } from './step-props.js';

/** The text of a step: written in versions, read in full, copied to where it is published. */
export function StepText({ board, shown, may }: StepProps & { may: boolean }) {
  const { activation } = board;
  const { row, step } = shown;
  const giving = useOrder(activation);
  const [draft, setDraft] = useDraft(`${activation.id} text ${row.id}`);
  // The version that was under one's eyes when the writing began: nobody's words are overwritten unread.
  const [writing, setWriting] = useState<{ seen: number; version: number } | undefined>(draft === '' ? undefined : { seen: step.version, version: step.text?.version ?? 0 });
  const text = board.text(step.text?.sealed);
  if (!step.text && !may) return null;
  const begin = () => {
    setWriting({ seen: step.version, version: step.text?.version ?? 0 });
    if (draft === '') setDraft(text ?? '');
  };
  const stop = () => {
    setWriting(undefined);
    setDraft('');
  };
  const keep = async () => {
    if (await giving.give('write-step-text', { step: row.id, text: draft, seen: writing!.seen })) stop();
    else setWriting({ seen: step.version, version: step.text?.version ?? 0 });
  };
  const moved = writing !== undefined && step.text !== undefined && step.text.version !== writing.version;
  return (
    <section aria-label={fr("Texte de l'étape")}>
      {step.text && <TextShown board={board} step={row.id} />}
      {writing ? (
        <div className="stack-small">
          {moved && <Notice kind="watch" title={fr(`Une version ${step.text!.version} a été écrite pendant que vous écriviez : lisez-la ci-dessus.`)} />}
          <TextArea label={step.text ? fr(`Nouvelle version (${step.text.version + 1})`) : fr("Texte de l'étape")} value={draft} onChange={setDraft} rows={7} maxLength={MAX_TEXT} autoFocus />
          <FaultNotice giving={giving} />
          <div className="row">
            <Button kind="secondary" isPending={giving.pending} isDisabled={draft.trim() === ''} onPress={() => void keep()}>{fr(`Garder la version ${(step.text?.version ?? 0) + 1}`)}</Button>
            <Button kind="tertiary" onPress={stop}>Abandonner</Button>
          </div>
        </div>
      ) : may && (
        <Button size="small" kind={step.text ? 'tertiary' : 'secondary'} onPress={begin}>{step.text ? 'Écrire une nouvelle version' : 'Écrire un texte'}</Button>
      )}
    </section>
  );
}

/** A text with its version, its author, and the button that copies it, marked in an exercise. */
export function TextShown({ board, step }: Pick<StepProps, 'board'> & { step: string }) {
  const { activation } = board;
  const person = usePeople();
  const say = useToasts();
  const state = activation.steps[step]?.text;
  const text = board.text(state?.sealed);
  if (!state) return null;
  const leaving = text ? markedText(activation.lane, text) : '';
  const copy = () => navigator.clipboard.writeText(leaving).then(() => say(fr('Texte copié.')), () => say(fr("L'appareil refuse la copie : sélectionnez le texte."), 'error'));
  return (
    <div className="text-shown">
      <div className="spread">
        <span className="dim">{fr(`Version ${state.version}, ${clockTime(state.at, activation.timeZone)}, ${person(state.by).name}`)}</span>
        {text && <Button size="small" onPress={() => void copy()}>Copier le texte</Button>}
      </div>
      <blockquote>{text === null ? '[texte effacé]' : (leaving || '…')}</blockquote>
    </div>
  );
}
