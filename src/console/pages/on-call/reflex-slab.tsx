import { useState, type ReactNode } from 'react';
import { clockTime } from '../../../contract/french-times.js';
import { count, fr } from '../../../contract/french-typography.js';
import type { Ms } from '../../../domain/time.js';
import type { StepShown } from '../../../domain/views/steps.js';
import type { Activation } from '../../../domain/state.js';
import { send } from '../../actions.js';
import type { Board } from '../../board.js';
import { timeInside } from '../../live.js';
import { useDraft } from '../../orders/draft.js';
import { FaultNotice } from '../../orders/order-form.js';
import { useOrder } from '../../orders/use-order.js';
import { Slab } from '../../parts/slab.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { TextArea, TextField } from '../../ui/fields.js';
import { STATE_STYLE } from '../../ui/icons.js';
import { stateText } from '../../ui/state-label.js';
import { dueWords } from './due-words.js';
import { Evidence } from './evidence.js';
import type { Gesture } from './gestures.js';
import { proofsIn, reflexText } from './reflex-text.js';

interface Props {
  board: Board;
  gesture: Gesture;
  now: Ms;
  /** The pre-approved text with its blanks; undefined while it has not arrived. */
  template: string | undefined;
  isNext: boolean;
  isKept: boolean;
}

/** « Message réflexe » : copy the pre-approved text, publish it, say where it was seen. */
export function ReflexSlab({ board, gesture: { step, mayDo }, now, template, isNext, isKept }: Props) {
  const [open, setOpen] = useState(false);
  const done = step.step.status === 'done';
  return (
    <>
      <Slab
        title="Message réflexe" shape="message" word={isKept ? 'under-way' : step.word === 'todo' ? undefined : step.word} isNext={isNext}
        onPress={mayDo || done ? () => setOpen(true) : undefined}
      >
        {isKept ? fr('Pas encore enregistré : gardé sur cet appareil.') : words(board.activation, step, now)}
      </Slab>
      {open && (done
        ? <Dialog isOpen onClose={() => setOpen(false)} title="Message réflexe"><p>{words(board.activation, step, now)}</p><Evidence board={board} step={step.step} /></Dialog>
        : <PublishDialog activation={board.activation} step={step} template={template} onClose={() => setOpen(false)} />)}
    </>
  );
}

function words({ timeZone }: Readonly<Activation>, shown: StepShown, now: Ms): ReactNode {
  const { step, word, lateBy } = shown;
  if (step.status === 'done') {
    const seen = step.evidence.length === 0 ? 'preuve à joindre' : count(step.evidence.length, 'preuve');
    return <><strong className={STATE_STYLE[word].tone}>Publié</strong>{fr(` à ${clockTime(step.doneAt!, timeZone)}, ${seen}.${word === 'done' ? '' : ` ${stateText(word, lateBy)}.`}`)}</>;
  }
  if (step.status !== 'todo' && step.status !== 'under-way') return `${stateText(word)}.`;
  const what = step.status === 'under-way' ? 'Texte copié. Une fois publié, dites où il a été vu.' : 'Texte prêt à copier et à publier.';
  return <>{fr(what)} {dueWords(shown, now, timeZone)}</>;
}

function PublishDialog({ activation, step, template, onClose }: { activation: Readonly<Activation>; step: StepShown; template: string | undefined; onClose: () => void }) {
  const giving = useOrder(activation);
  const [place, setPlace] = useDraft(`${activation.id} reflex place`);
  const [seen, setSeen] = useDraft(`${activation.id} reflex seen`);
  const real = activation.lane === 'real';
  const [at] = useState(() => timeInside(activation));
  const [copied, setCopied] = useState<'yes' | 'no'>();
  const [lacks, setLacks] = useState(false);
  const text = template === undefined ? undefined : reflexText(template, activation, place, at);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text!);
      setCopied('yes');
    } catch {
      setCopied('no');
    }
    // Copying begins the step; what matters is that it was published, so nothing is said about this.
    if (step.step.status === 'todo') send(activation, 'start-step', { step: step.row.id }).catch(() => {});
  };
  const publish = async (withoutProof: boolean) => {
    const proofs = proofsIn(seen);
    if (proofs.length === 0 && !withoutProof) return setLacks(true);
    const evidence = proofs.length > 0 && text !== undefined ? [...proofs, { kind: 'text' as const, text }] : proofs;
    if (!(await giving.give('complete-step', { step: step.row.id, evidence, seen: step.step.version }))) return;
    setPlace('');
    setSeen('');
    onClose();
  };
  return (
    <Dialog isOpen onClose={onClose} title="Message réflexe">
      <ol className="do-list">
        <li>
          <h3>Copier le texte préapprouvé</h3>
          <TextField label={fr("Lieu, tel qu'il sera lu")} value={place} onChange={setPlace} placeholder="dans notre département" maxLength={120} />
          {text === undefined ? <p className="dim">Le texte arrive…</p> : <blockquote className="copy-text">{text}</blockquote>}
          <Button kind={copied ? 'secondary' : 'primary'} size="large" wide isDisabled={text === undefined} onPress={() => void copy()}>Copier le texte</Button>
          <p className="help" role="status">{copied === 'yes' ? fr(real ? 'Copié. Collez-le sur X ou Facebook.' : "Copié. C'est un exercice : ne le publiez que là où l'animateur le demande.") : copied === 'no' ? fr("L'appareil refuse la copie : sélectionnez le texte et copiez-le.") : ''}</p>
        </li>
        <li>
          <h3>{fr(real ? 'Le publier, puis dire où il a été vu' : "Le publier sur les supports de l'exercice, puis dire où il a été vu")}</h3>
          <TextArea
            label="Preuves de publication" value={seen} onChange={(typed) => { setSeen(typed); setLacks(false); }} rows={3}
            help={fr("Une adresse par ligne, ou quelques mots : qui l'a vu, et où. Envoyé ne suffit pas.")}
            error={lacks ? fr("Dites où il a été vu, ou choisissez « Publié, preuve plus tard ».") : undefined}
          />
          <FaultNotice giving={giving} />
          <Button kind={copied ? 'primary' : 'secondary'} size="large" wide isPending={giving.pending} onPress={() => void publish(false)}>Publié</Button>
          {lacks && <Button kind="tertiary" wide onPress={() => void publish(true)}>Publié, preuve plus tard</Button>}
        </li>
      </ol>
    </Dialog>
  );
}
