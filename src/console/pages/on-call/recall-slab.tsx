import { useState, type ReactNode } from 'react';
import { clockTime } from '../../../contract/french-times.js';
import { count, fr } from '../../../contract/french-typography.js';
import type { Ms } from '../../../domain/time.js';
import type { StepShown } from '../../../domain/views/steps.js';
import { callIns } from '../../../domain/views/call-in.js';
import type { Board } from '../../board.js';
import { FaultNotice } from '../../orders/order-form.js';
import { useOrder } from '../../orders/use-order.js';
import { Slab } from '../../parts/slab.js';
import { Button } from '../../ui/button.js';
import { Dialog, Disclosure } from '../../ui/dialog.js';
import { STATE_STYLE } from '../../ui/icons.js';
import { stateText } from '../../ui/state-label.js';
import { neededWords } from '../call-in/call-in-words.js';
import { CallList, PasteCallList } from '../call-list.js';
import { dueWords } from './due-words.js';
import { Evidence } from './evidence.js';
import type { Gesture } from './gestures.js';

interface Props {
  board: Board;
  gesture: Gesture;
  now: Ms;
  isNext: boolean;
  isKept: boolean;
}

/** « Rappeler la cellule » : paste the list, call, note what came of each call, say that it is done. */
export function RecallSlab({ board, gesture: { step, mayDo }, now, isNext, isKept }: Props) {
  const [open, setOpen] = useState(false);
  const { title, words } = wordsOf(board, step, now);
  return (
    <>
      <Slab title={title} shape="phone" word={isKept ? 'under-way' : step.word === 'todo' || isNext ? undefined : step.word} isNext={isNext} onPress={mayDo || step.step.status === 'done' ? () => setOpen(true) : undefined}>
        {isKept ? fr('Pas encore enregistré : gardé sur cet appareil.') : words}
      </Slab>
      {open && <RecallDialog board={board} step={step} title={title} onClose={() => setOpen(false)} />}
    </>
  );
}

function wordsOf({ activation }: Board, shown: StepShown, now: Ms): { title: string; words: ReactNode } {
  const { timeZone } = activation;
  const { step, word, lateBy, calls } = shown;
  const automatic = callIns(activation).find(({ campaign }) => campaign.purpose === 'cell');
  const answered = calls ? fr(`Cellule : ${calls.acknowledged} sur ${calls.total} ont acquitté.`) : '';
  if (step.status === 'done') return { title: 'Cellule rappelée', words: <><strong className={STATE_STYLE[word].tone}>{stateText(word, lateBy)}</strong>{fr(` à ${clockTime(step.doneAt!, timeZone)}. ${answered}`)}</> };
  if (step.status !== 'todo' && step.status !== 'under-way') return { title: 'Rappeler la cellule', words: `${stateText(word)}.` };
  const left = calls ? calls.total - calls.acknowledged : 0;
  if (automatic && !calls) return { title: 'Rappeler la cellule', words: <>{fr(`L’automate la rappelle : ${neededWords(automatic)}.`)} {dueWords(shown, now, timeZone)}</> };
  if (!calls) return { title: 'Rappeler la cellule', words: <>Coller la liste, puis appeler. {dueWords(shown, now, timeZone)}</> };
  const verb = calls.tried === 0 ? 'Appeler' : 'Relancer';
  return { title: left === 0 ? 'Rappeler la cellule' : fr(`${verb} ${count(left, 'agent')}`), words: <>{fr(`${answered}${left === 0 ? ' Dites que la cellule est rappelée.' : ''}`)} {dueWords(shown, now, timeZone)}</> };
}

function RecallDialog({ board, step, title, onClose }: { board: Board; step: StepShown; title: string; onClose: () => void }) {
  const giving = useOrder(board.activation);
  const { calls } = step;
  const open = step.step.status === 'todo' || step.step.status === 'under-way';
  const finish = async () => {
    const text = calls ? `${calls.acknowledged} agents sur ${calls.total} ont acquitté, ${calls.tried} appelés.` : 'Cellule rappelée, sans liste saisie.';
    if (await giving.give('complete-step', { step: step.row.id, seen: step.step.version, evidence: [{ kind: 'text', text: fr(text) }] })) onClose();
  };
  return (
    <Dialog
      isOpen onClose={onClose} title={title}
      actions={open && <Button kind={calls && calls.acknowledged === calls.total ? 'primary' : 'secondary'} size="large" wide isPending={giving.pending} onPress={() => void finish()}>Cellule rappelée</Button>}
    >
      {calls && <CallList board={board} step={step.row.id} may />}
      {open && (calls
        ? <Disclosure title="Ajouter des personnes"><PasteCallList activation={board.activation} step={step.row.id} isFirst={false} /></Disclosure>
        : <PasteCallList activation={board.activation} step={step.row.id} isFirst />)}
      {!open && <Evidence board={board} step={step.step} />}
      <FaultNotice giving={giving} />
    </Dialog>
  );
}
