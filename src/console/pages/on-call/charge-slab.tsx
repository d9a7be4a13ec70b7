import { useState, type ReactNode } from 'react';
import { functionNames } from '../../../contract/french.js';
import { clockTime } from '../../../contract/french-times.js';
import { capital, fr } from '../../../contract/french-typography.js';
import type { Activation } from '../../../domain/state.js';
import { useMe } from '../../api.js';
import { FaultNotice } from '../../orders/order-form.js';
import { useTaking } from '../../orders/override.js';
import { useOrder } from '../../orders/use-order.js';
import { Slab } from '../../parts/slab.js';
import { usePeople } from '../../people.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { STATE_STYLE, type StateWord } from '../../ui/icons.js';
import { stateText } from '../../ui/state-label.js';
import type { Charge } from './gestures.js';

interface Props {
  activation: Readonly<Activation>;
  charge: Charge;
  isNext: boolean;
  /** An order to take it waits on this device. */
  isKept: boolean;
}

/** « Prise en charge » : one press takes one's function; once taken, it says who holds what and since when. */
export function ChargeSlab({ activation, charge, isNext, isKept }: Props) {
  const { take, giving, asking } = useTaking(activation, useMe()!.account, charge.role);
  const [open, setOpen] = useState(false);
  const words = useWords(activation, charge, isKept);
  return (
    <>
      <Slab
        title={charge.mayTake ? 'Prendre en charge' : 'Prise en charge'} shape="person" word={words.word} isNext={isNext} isPending={giving.pending}
        isDisabled={isKept} onPress={charge.mayTake ? take : () => setOpen(true)}
      >
        {words.children}
      </Slab>
      <FaultNotice giving={giving} />
      {asking}
      <HoldersDialog activation={activation} charge={charge} isOpen={open} onClose={() => setOpen(false)} />
    </>
  );
}

function useWords(a: Readonly<Activation>, { role, mayTake, mine, own, direction, step }: Charge, isKept: boolean): { word: StateWord | undefined; children: ReactNode } {
  const person = usePeople();
  const since = (state: Charge['own']) => (state.since === undefined ? '' : clockTime(state.since, a.timeZone));
  const who = (holder: string) => person(holder).name;
  if (isKept) return { word: 'under-way', children: fr('Pas encore enregistré : gardé sur cet appareil.') };
  if (mayTake) {
    const holds = role === 'DC' ? "La communication est à vous dès que vous pressez." : "L'astreinte est à vous dès que vous pressez.";
    const other = role === 'AA' && direction.holder ? ` ${who(direction.holder)} tient la direction.` : '';
    return { word: undefined, children: fr(holds + other) };
  }
  if (direction.holder !== undefined) {
    const second = role === 'AA' && mine ? ', vous secondez' : '';
    const whom = direction.holder === own.holder && mine ? 'Vous' : who(direction.holder);
    const word = step?.word ?? 'done';
    return { word, children: <><strong className={STATE_STYLE[word].tone}>{step?.step.status === 'done' ? stateText(word, step.lateBy) : 'Tenue'}</strong>{fr(` à ${since(direction)}. ${whom}${second}.`)}</> };
  }
  if (own.holder === undefined) return { word: step?.word ?? 'todo', children: fr("Personne n'a encore pris en charge.") };
  const holder = mine ? 'Vous tenez' : `${who(own.holder)} tient`;
  const waits = step ? ' Le directeur de cabinet est attendu.' : '';
  return { word: step ? (step.word === 'todo' ? 'under-way' : step.word) : 'done', children: fr(`${holder} l'astreinte depuis ${since(own)}.${waits}`) };
}

/** Who holds what; a telephone that is dead cannot hand over, so one relieves it here in one gesture. */
function HoldersDialog({ activation, charge, isOpen, onClose }: { activation: Readonly<Activation>; charge: Charge; isOpen: boolean; onClose: () => void }) {
  const giving = useOrder(activation);
  const person = usePeople();
  const { role, mine, own, mayRelieve } = charge;
  const relieve = async () => {
    if (!(await giving.give('relieve-function', { function: role }))) return;
    if (!mine && !(await giving.give('take-function', { function: role }))) return;
    onClose();
  };
  const name = capital(functionNames[role]);
  return (
    <Dialog
      isOpen={isOpen} onClose={onClose} title="Prise en charge"
      actions={mayRelieve && own.holder !== undefined && (
        <Button kind="secondary" isPending={giving.pending} onPress={() => void relieve()}>
          {mine ? fr('Ne plus tenir cette fonction') : fr(`Relever ${person(own.holder).name} et prendre la fonction`)}
        </Button>
      )}
    >
      <dl className="facts">
        {(['DC', 'AA'] as const).map((code) => {
          const { holder, since } = activation.functions[code];
          return (
            <div key={code}>
              <dt>{capital(functionNames[code])}</dt>
              <dd>{holder === undefined ? 'personne' : fr(`${person(holder).name}, depuis ${clockTime(since!, activation.timeZone)}`)}</dd>
            </div>
          );
        })}
      </dl>
      {mayRelieve && <p>{fr(mine ? `Pour passer la main avec ce qui reste ouvert, allez à L'heure : votre successeur accepte.` : `${name} : si la personne ne répond plus, relevez-la ; le journal garde les deux heures.`)}</p>}
      <FaultNotice giving={giving} />
    </Dialog>
  );
}
