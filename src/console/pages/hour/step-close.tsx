import { useState } from 'react';
import type { Order } from '../../../contract/commands.js';
import { MAX_TEXT } from '../../../contract/forms.js';
import { evidenceNames } from '../../../contract/french.js';
import { fr } from '../../../contract/french-typography.js';
import { proofMissing } from '../../../domain/views/steps.js';
import { CircumstancesFields, HERE_AND_NOW, readCircumstances, WHICH_TIME, type Circumstances } from '../../orders/circumstances.js';
import { useDraft } from '../../orders/draft.js';
import { FilesField, type Attached } from '../../orders/files.js';
import { FaultNotice } from '../../orders/order-form.js';
import { useOrder } from '../../orders/use-order.js';
import { Button } from '../../ui/button.js';
import { TextArea, TextField } from '../../ui/fields.js';
import { Notice } from '../../ui/notice.js';
import type { StepProps } from './step-props.js';

type Given = NonNullable<Order<'complete-step'>['evidence']>;

/** To start, to say that it is done with its proof, or to bring the proof of what is done already. */
export function StepClose({ board, shown }: StepProps) {
  const { activation } = board;
  const { row, step } = shown;
  const giving = useOrder(activation);
  const [words, setWords] = useDraft(`${activation.id} proof ${row.id}`);
  const [link, setLink] = useDraft(`${activation.id} link ${row.id}`);
  const [files, setFiles] = useState<readonly Attached[]>([]);
  const [busy, setBusy] = useState(false);
  const [when, setWhen] = useState<Circumstances>(HERE_AND_NOW);
  const asks = row.evidence;
  const done = step.status === 'done' || step.status === 'outside-cause';
  const typed = [words.trim(), link.trim()].filter(Boolean).join('\n');
  if (step.status === 'not-applicable' || (done && asks === 'none')) return typed === '' ? null : <TypedMeanwhile typed={typed} onDrop={() => { setWords(''); setLink(''); }} />;

  const evidence = (): Given | undefined => {
    const url = link.trim();
    if (url !== '' && !(URL.canParse(url) && /^https?:/.test(url))) return undefined;
    return [
      ...(words.trim() === '' ? [] : [{ kind: 'text' as const, text: words.trim() }]),
      ...(url === '' ? [] : [{ kind: 'link' as const, url }]),
      ...files.map((file) => ({ kind: 'file' as const, file: file.digest })),
    ];
  };
  const give = async () => {
    const given = evidence();
    const circumstances = readCircumstances(when, activation.timeZone);
    if (!given) return giving.setFault({ sentence: fr("L'adresse doit commencer par https:// ou http://. Votre saisie est gardée.") });
    if (!circumstances) return giving.setFault({ sentence: WHICH_TIME });
    if (done && given.length === 0) return giving.setFault({ sentence: fr('Donnez la preuve : un texte, une adresse ou un fichier.') });
    if (done) {
      for (const one of given) if (!(await giving.give('add-evidence', { step: row.id, evidence: one, ...circumstances }))) return undefined;
    } else if (!(await giving.give('complete-step', { step: row.id, seen: step.version, evidence: given, ...circumstances }))) {
      return undefined;
    }
    setWords('');
    setLink('');
    setFiles([]);
    setWhen(HERE_AND_NOW);
    return undefined;
  };
  const start = async () => {
    const circumstances = readCircumstances(when, activation.timeZone);
    if (!circumstances) return giving.setFault({ sentence: WHICH_TIME });
    if (await giving.give('start-step', { step: row.id, ...circumstances })) setWhen(HERE_AND_NOW);
    return undefined;
  };
  // What the domain will say of it, once done with what stands here.
  const kinds = [...(words.trim() === '' ? [] : ['text']), ...(link.trim() === '' ? [] : ['link']), ...files.map(() => 'file')];
  const asDone = { ...step, status: 'done' as const, doneBy: 'me', evidence: [...step.evidence, ...kinds.map((kind) => ({ seq: 0, item: { kind } }))] };
  const lacks = proofMissing(row, asDone as typeof step, activation.contacts[row.id] ?? []);
  const text = asks === 'text' || asks === 'any' || asks === 'none';
  return (
    <section aria-label={done ? 'Ajouter une preuve' : 'Clore'} className="step-close">
      <h4>{done ? 'Ajouter une preuve' : fr(`Clore : ${evidenceNames[asks]}`)}</h4>
      {text && <TextArea label={asks === 'none' ? 'Note (facultative)' : 'Texte'} value={words} onChange={setWords} rows={2} maxLength={MAX_TEXT} />}
      {asks !== 'none' && (
        <div className="step-proofs">
          <TextField label="Adresse (URL)" type="url" inputMode="url" value={link} onChange={setLink} placeholder="https://" />
          <FilesField activation={activation.id} files={files} onChange={setFiles} onBusy={setBusy}>Joindre un fichier</FilesField>
        </div>
      )}
      <CircumstancesFields activation={activation} value={when} onChange={setWhen} />
      <FaultNotice giving={giving} />
      <div className="row">
        <Button kind="primary" isPending={giving.pending} isDisabled={busy} onPress={() => void give()}>{buttonWords(done, lacks, row.every !== undefined)}</Button>
        {step.status === 'todo' && <Button isPending={giving.pending} onPress={() => void start()}>Commencer</Button>}
      </div>
    </section>
  );
}

/** Somebody closed the step while one was typing: nothing of it is lost. */
function TypedMeanwhile({ typed, onDrop }: { typed: string; onDrop: () => void }) {
  return (
    <Notice kind="watch" title={fr("L'étape a été close pendant que vous écriviez. Votre saisie est gardée.")} actions={<Button size="small" onPress={onDrop}>Abandonner cette saisie</Button>}>
      <blockquote className="evidence-text">{typed}</blockquote>
    </Notice>
  );
}

/** Done in the world comes first: without its proof it is recorded all the same, and says so. */
function buttonWords(done: boolean, lacks: boolean, comesBack: boolean): string {
  if (done) return 'Ajouter la preuve';
  if (comesBack) return 'Point fait';
  return fr(lacks ? "C'est fait, preuve plus tard" : "C'est fait");
}
