import { useEffect, useState } from 'react';
import { count, fr } from '../../../contract/french-typography.js';
import type { PeoplePage } from '../../../contract/directory.js';
import type { Me } from '../../../contract/live.js';
import { mayAdminister } from '../../../domain/administration-rules.js';
import type { PersonKind } from '../../../domain/directory/person.js';
import { get, sentenceOf } from '../../api.js';
import { useCommuneNames } from '../../orders/communes.js';
import { Button } from '../../ui/button.js';
import { Select, TextField } from '../../ui/fields.js';
import { Notice } from '../../ui/notice.js';
import { CommuneCard } from './commune-card.js';
import { CommuneField } from './commune-field.js';
import { PersonForm } from './person-form.js';
import { PersonRow } from './person-row.js';

interface Props {
  me: Me;
  commune: string | undefined;
  onCommune: (code: string | undefined) => void;
  onOpen: (person: string) => void;
  onChanged: () => void;
  /** Grows with each change: what is shown is then read again. */
  revision: number;
}

const KINDS: readonly { value: PersonKind | 'all'; label: string }[] = [
  { value: 'all', label: fr("Tout l'annuaire") }, { value: 'official', label: 'Élus' }, { value: 'agent', label: 'Agents' }, { value: 'press', label: 'Presse' }, { value: 'town-hall', label: 'Mairies' },
];

/** Names, functions and communes, found as one types. */
export function SearchPanel({ me, commune, onCommune, onOpen, onChanged, revision }: Props) {
  const [query, setQuery] = useState('');
  const [kind, setKind] = useState<PersonKind | 'all'>('all');
  const [adding, setAdding] = useState(false);
  const { page, fault } = useSearched(query, kind, commune, revision);
  const communeName = useCommuneNames();
  const mayAdd = mayAdminister(me.rights, 'add-person');
  return (
    <section className="stack" aria-labelledby="directory-title">
      <div className="spread">
        <h2 id="directory-title">{page ? count(page.total, 'fiche') : 'Annuaire'}</h2>
        {mayAdd && <Button kind="primary" onPress={() => setAdding(true)}>Ajouter une fiche</Button>}
      </div>
      <div className="directory-filters">
        <TextField label="Nom, fonction ou commune" type="search" value={query} onChange={setQuery} maxLength={80} autoComplete="off" />
        <Select label="Qui" value={kind} onChange={setKind} options={KINDS} />
        <CommuneField label="Commune" code={commune} onChange={onCommune} />
      </div>
      {fault && <Notice kind="error" title={fault} />}
      {commune && query === '' && kind === 'all'
        ? page && <CommuneCard me={me} code={commune} name={communeName(commune)} people={page.people} freshnessMonths={page.freshnessMonths} onOpen={onOpen} onChanged={onChanged} />
        : page && (
          <>
            <p className="help" role="status">{found(page, query)}</p>
            {page.people.length > 0 && (
              <ul className="people">
                {page.people.map((one) => <PersonRow key={one.id} person={one} freshnessMonths={page.freshnessMonths} onOpen={onOpen} />)}
              </ul>
            )}
          </>
        )}
      {page?.total === 0 && (
        <Notice announce={false} title={fr("L'annuaire est vide.")}>
          {fr(mayAdd ? "Ajoutez une fiche, ou importez une liste : le répertoire national des élus donne les noms, l'annuaire de l'administration donne les mairies." : "Demandez à qui le tient d'importer une liste.")}
        </Notice>
      )}
      {adding && <PersonForm me={me} person={undefined} commune={commune} onClose={() => setAdding(false)} onDone={(id) => { setAdding(false); onChanged(); if (id) onOpen(id); }} />}
    </section>
  );
}

function found({ people, more, total }: PeoplePage, query: string): string {
  if (total === 0) return '';
  if (people.length === 0) return fr('Personne ne répond à cette recherche. Essayez le début du nom, la fonction, ou le nom de la commune.');
  if (more) return fr(`Les ${people.length} premières fiches. ${query === '' ? 'Tapez un nom' : 'Tapez plus de lettres'} pour trouver les autres.`);
  return fr(count(people.length, 'fiche trouvée', 'fiches trouvées'));
}

/** Read again while somebody types, the last letters alone; what was found stays meanwhile. */
function useSearched(query: string, kind: PersonKind | 'all', commune: string | undefined, revision: number): { page: PeoplePage | undefined; fault: string | undefined } {
  const [page, setPage] = useState<PeoplePage>();
  const [fault, setFault] = useState<string>();
  useEffect(() => {
    const stop = new AbortController();
    const asked = new URLSearchParams({ q: query.trim(), ...(kind === 'all' ? {} : { kind }), ...(commune === undefined ? {} : { commune }) });
    const timer = setTimeout(() => {
      get<PeoplePage>(`/api/directory/people?${asked}`, { signal: stop.signal }).then(
        (found) => {
          setPage(found);
          setFault(undefined);
        },
        (error: unknown) => { if (!stop.signal.aborted) setFault(sentenceOf(error)); },
      );
    }, query === '' ? 0 : 100);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [query, kind, commune, revision]);
  return { page, fault };
}
