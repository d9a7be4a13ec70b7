import { useState } from 'react';
import { functionNames } from '../../../contract/french.js';
import { count, fr } from '../../../contract/french-typography.js';
import { heldBy } from '../../../domain/people/functions.js';
import { whoMayBeThere } from '../../../domain/views/call-in.js';
import { timeInside } from '../../live.js';
import { OrderDialog } from '../../orders/order-form.js';
import { PersonSelect } from '../../orders/person-select.js';
import { useOrder } from '../../orders/use-order.js';
import { usePeople } from '../../people.js';
import { Checkbox } from '../../ui/choices.js';
import type { HourProps } from '../hour/hour-props.js';

/** 47, P04: the cell is operational, with these people: whoever holds a function or came, and others by name. */
export function DeclareOperational({ board: { activation }, me, onClose }: Pick<HourProps, 'board' | 'me'> & { onClose: () => void }) {
  const giving = useOrder(activation);
  const person = usePeople();
  const [proposed] = useState(() => whoMayBeThere(activation, timeInside(activation)));
  const [there, setThere] = useState<readonly string[]>(() => proposed.filter(({ isExpected }) => isExpected).map(({ id }) => id));
  const shown = [...new Set([...proposed.map(({ id }) => id), ...there])];
  const give = async () => {
    if (there.length > 0) return giving.give('declare-operational', { people: [...there] });
    giving.setFault({ sentence: fr('Dites qui est là : au moins une personne.') });
    return false;
  };
  return (
    <OrderDialog title="Cellule opérationnelle" onClose={onClose} giving={giving} action={there.length === 0 ? 'Dire la cellule opérationnelle' : fr(`Opérationnelle, avec ${count(there.length, 'personne')}`)} onGive={give}>
      <fieldset className="who-is-there">
        <legend className="label">Qui est là ?</legend>
        {shown.length === 0 && <p className="dim">{fr('Personne ne tient encore de fonction : nommez qui est là.')}</p>}
        {shown.map((id) => {
          const functions = heldBy(activation, id).map((code) => functionNames[code]);
          return (
            <Checkbox key={id} isSelected={there.includes(id)} onChange={(isOn) => setThere(isOn ? [...there, id] : there.filter((one) => one !== id))}>
              {fr(`${person(id).name}${id === me.account ? ' (vous)' : ''}${functions.length > 0 ? `, ${functions.join(', ')}` : ''}`)}
            </Checkbox>
          );
        })}
      </fieldset>
      <PersonSelect label="Ajouter quelqu’un" value="" onChange={(id) => setThere([...new Set([...there, id])])} me={me.account} />
      <p className="help">{fr('La première heure dite reste celle de l’engagement 47 ; vous pouvez corriger qui est là ensuite.')}</p>
    </OrderDialog>
  );
}
