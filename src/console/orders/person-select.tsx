import { useEffect } from 'react';
import { lackList } from '../../contract/french.js';
import { fr } from '../../contract/french-typography.js';
import type { Working } from '../../contract/listings.js';
import type { FunctionCode } from '../../domain/entry.js';
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
  /** 47.2, 50.2: for this function those whose training covers it come first, the others apart and marked. */
  holding?: FunctionCode;
}

export function PersonSelect({ value, onChange, me, except, mayBe = () => true, holding, ...words }: PersonSelectProps) {
  const people = useWorking();
  const options = Object.entries(people)
    .filter(([id, person]) => id !== except && !person.erased && mayBe(person.rights))
    .map(([id, person]) => ({ value: id, label: `${person.name}${person.title ? `, ${person.title}` : ''}${id === me ? ' (vous)' : ''}`, lacks: (holding && person.lacks[holding]) ?? [] }))
    .sort((x, y) => Number(y.value === me) - Number(x.value === me) || x.label.localeCompare(y.label, 'fr'));
  const placeholder = options.length === 0 ? 'Chargement…' : 'Choisir une personne';
  const [fit, unfit] = [options.filter(({ lacks }) => lacks.length === 0), options.filter(({ lacks }) => lacks.length > 0)];
  if (unfit.length === 0) return <Select {...words} value={value} onChange={onChange} options={fit} placeholder={placeholder} />;
  const groups = [
    { title: 'Formation à jour', options: fit },
    { title: fr('Sans la formation : un motif sera demandé'), options: unfit.map(({ value: id, label, lacks }) => ({ value: id, label: `${label} : ${lackList(lacks)}` })) },
  ];
  return <Select {...words} value={value} onChange={onChange} options={[]} groups={groups} placeholder={placeholder} />;
}
