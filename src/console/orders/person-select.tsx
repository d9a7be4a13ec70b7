import { useEffect } from 'react';
import type { Working } from '../../contract/listings.js';
import type { Right } from '../../domain/rights.js';
import { get } from '../api.js';
import { Store, useStore } from '../store.js';
import { Select, type FieldWords } from '../ui/fields.js';

const working = new Store<Working>({});

/** Who may be given a step or a function here. Read again each time it is asked for: people come and go. */
export function useWorking(): Working {
  useEffect(() => {
    get<Working>('/api/people/working').then((found) => working.set(found), () => {});
  }, []);
  return useStore(working);
}

export interface PersonSelectProps extends FieldWords {
  value: string;
  onChange: (account: string) => void;
  /** Who comes first, and whom to leave out. */
  me?: string;
  except?: string | undefined;
  mayBe?: (rights: readonly Right[]) => boolean;
}

export function PersonSelect({ value, onChange, me, except, mayBe = () => true, ...words }: PersonSelectProps) {
  const people = useWorking();
  const options = Object.entries(people)
    .filter(([id, person]) => id !== except && !person.erased && mayBe(person.rights))
    .map(([id, person]) => ({ value: id, label: `${person.name}${person.title ? `, ${person.title}` : ''}${id === me ? ' (vous)' : ''}` }))
    .sort((x, y) => Number(y.value === me) - Number(x.value === me) || x.label.localeCompare(y.label, 'fr'));
  return <Select {...words} value={value} onChange={onChange} options={options} placeholder={options.length === 0 ? 'Chargement…' : 'Choisir une personne'} />;
}
