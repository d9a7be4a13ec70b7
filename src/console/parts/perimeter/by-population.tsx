import { useState } from 'react';
import { count, fr } from '../../../contract/french-typography.js';
import { byPopulation } from '../../../domain/outreach/choice.js';
import { useMe } from '../../api.js';
import { useAllCommunes } from '../../orders/communes.js';
import { Button } from '../../ui/button.js';
import { TextField } from '../../ui/fields.js';

/** Of one's own département, those of so many inhabitants. */
export function ByPopulation({ onAdd }: { onAdd: (codes: readonly string[]) => void }) {
  const me = useMe();
  const communes = useAllCommunes();
  const [least, setLeast] = useState('');
  const [most, setMost] = useState('');
  const [from, to] = [figure(least), figure(most)];
  const isWrong = from === null || to === null;
  const isAsked = !isWrong && (from !== undefined || to !== undefined);
  const found = isAsked ? byPopulation((communes ?? []).filter(({ departement }) => departement === me?.house.departement), from, to) : [];
  return (
    <div className="picker-way">
      <div className="picker-pair">
        <TextField label="Habitants, au moins" value={least} onChange={setLeast} inputMode="numeric" maxLength={9} autoComplete="off" error={from === null ? 'Un nombre entier.' : undefined} />
        <TextField label="Habitants, au plus" value={most} onChange={setMost} inputMode="numeric" maxLength={9} autoComplete="off" error={to === null ? 'Un nombre entier.' : undefined} />
      </div>
      <p className="help" role="status">{isAsked ? fr(`${count(found.length, 'commune')} du département.`) : fr("L'un des deux suffit.")}</p>
      <Button isDisabled={found.length === 0} onPress={() => onAdd(found)}>{found.length === 0 ? 'Ajouter' : `Ajouter ${count(found.length, 'commune')}`}</Button>
    </div>
  );
}

/** "3 500" as it is written; undefined for nothing, null for what is no figure. */
function figure(text: string): number | null | undefined {
  const digits = text.replace(/[\s\u00a0\u202f.]/g, '');
  if (digits === '') return undefined;
  return /^\d+$/.test(digits) ? Number(digits) : null;
}
