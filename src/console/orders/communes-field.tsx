import { useState } from 'react';
import { count, fr } from '../../contract/french-typography.js';
import type { CommuneGroup } from '../../domain/communes.js';
import { Button } from '../ui/button.js';
import { ComboBox, type Suggestion } from '../ui/choices.js';
import { useCommuneGroups, useCommuneNames, useCommuneSearch } from './communes.js';

const KINDS: Record<CommuneGroup['kind'], string> = { arrondissement: 'arrondissement', epci: 'EPCI', departement: 'département' };
const SHOWN = 12;

export interface CommunesFieldProps {
  codes: readonly string[];
  onChange: (codes: readonly string[]) => void;
  departement: string;
  label?: string;
  isDisabled?: boolean;
}

/** Communes of the official list: by name or code one by one, by EPCI or arrondissement several at once. */
export function CommunesField({ codes, onChange, departement, label = 'Communes concernées', isDisabled = false }: CommunesFieldProps) {
  const [query, setQuery] = useState('');
  const [all, setAll] = useState(false);
  const name = useCommuneNames();
  const found = useCommuneSearch(query);
  const groups = useCommuneGroups();
  const wanted = plain(query);
  const matching = wanted.length < 2 ? [] : groups.filter((group) => plain(`${group.name} ${group.code} ${KINDS[group.kind]}`).includes(wanted)).slice(0, 8);
  const items: Suggestion[] = [
    ...matching.map((group) => ({ id: `${group.kind} ${group.code}`, label: group.name, detail: `${KINDS[group.kind]}, ${count(group.communes.length, 'commune')}` })),
    ...found.map((commune) => ({
      id: commune.code, label: commune.name,
      detail: `${commune.code}${commune.departement === departement ? '' : ` (${commune.departement})`}${commune.arrondissement ? `, ${commune.arrondissement.name}` : ''}`,
    })),
  ];
  const add = (more: readonly string[]) => onChange([...new Set([...codes, ...more])]);
  const pick = ({ id }: Suggestion) => {
    const group = groups.find((one) => `${one.kind} ${one.code}` === id);
    add(group ? group.communes : [id]);
    setQuery('');
  };
  const sorted = [...codes].sort((x, y) => name(x).localeCompare(name(y), 'fr'));
  const shown = all ? sorted : sorted.slice(0, SHOWN);
  return (
    <div className="stack-small">
      <ComboBox
        label={label} help={fr('Nom, code, EPCI ou arrondissement.')} query={query} onQuery={setQuery} items={items} onPick={pick} isDisabled={isDisabled}
        placeholder="Chercher et ajouter" empty={wanted.length < 2 ? 'Deux lettres au moins.' : fr('Aucune commune de ce nom dans la liste officielle.')}
      />
      {codes.length === 0 ? <p className="help">Aucune commune retenue.</p> : (
        <>
          <p className="help">{count(codes.length, 'commune')}</p>
          <ul className="chips">
            {shown.map((code) => (
              <li key={code}>
                <span>{name(code)}</span>
                {!isDisabled && <button type="button" className="chip-remove" aria-label={fr(`Retirer ${name(code)}`)} onClick={() => onChange(codes.filter((one) => one !== code))}>×</button>}
              </li>
            ))}
          </ul>
          <div className="row">
            {sorted.length > SHOWN && <Button size="small" kind="tertiary" onPress={() => setAll(!all)}>{fr(all ? 'Réduire' : `Voir les ${sorted.length}`)}</Button>}
            {!isDisabled && codes.length > 1 && <Button size="small" kind="tertiary" onPress={() => onChange([])}>Tout retirer</Button>}
          </div>
        </>
      )}
    </div>
  );
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
