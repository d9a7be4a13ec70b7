import { useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { fr } from '../../contract/french-typography.js';
import type { Me } from '../../contract/live.js';
import { mayAdminister } from '../../domain/administration-rules.js';
import { useMe } from '../api.js';
import { Frame } from '../frame/frame.js';
import { LinkButton } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { Tabs } from '../ui/tabs.js';
import { ImportsPanel } from './directory/imports.js';
import { PersonSheet } from './directory/person-sheet.js';
import { QualityPanel } from './directory/quality-panel.js';
import { SearchPanel } from './directory/search-panel.js';
import { housePages } from './house-pages.js';
import './pieces.css';
import './directory/directory.css';

/** Those whom one may have to reach: found as one types, kept by day, so that nothing is wrong in the list at night. */
export function DirectoryPage() {
  const me = useMe();
  if (!me) return null;
  return (
    <Frame title="Annuaire" nav={housePages(me, '/annuaire')}>
      <main className="page">
        {mayAdminister(me.rights, 'read-directory') ? <Directory me={me} />
          : (
            <Notice announce={false} title={fr("L'annuaire est lu par ceux qui peuvent avoir à appeler.")} actions={<LinkButton href="/">Voir les activations</LinkButton>}>
              {fr("S'il doit être le vôtre, demandez ce droit à un administrateur.")}
            </Notice>
          )}
      </main>
    </Frame>
  );
}

/** Each tab, and how the address names it. */
const VIEWS = [{ id: 'search', vue: undefined }, { id: 'mend', vue: 'corriger' }, { id: 'imports', vue: 'imports' }] as const;

/** What is shown is in the address: a commune that a night's estimate names, a card that somebody sends. */
function Directory({ me }: { me: Me }) {
  const shown = new URLSearchParams(useSearch());
  const [, navigate] = useLocation();
  const show = (change: Record<string, string | undefined>) => {
    const next = new URLSearchParams(shown);
    for (const [name, value] of Object.entries(change)) {
      if (value === undefined) next.delete(name);
      else next.set(name, value);
    }
    navigate(`/annuaire${next.size > 0 ? `?${next}` : ''}`, { replace: true });
  };
  const person = shown.get('personne') ?? undefined;
  const [revision, setRevision] = useState(0);
  const open = (id: string) => show({ personne: id });
  // Read again after each change: what is beside the card says the same as the card.
  const changed = () => setRevision((n) => n + 1);
  return (
    <>
      <Tabs
        label="Annuaire" selected={VIEWS.find(({ vue }) => vue !== undefined && vue === shown.get('vue'))?.id ?? 'search'}
        onSelect={(tab) => show({ vue: VIEWS.find(({ id }) => id === tab)?.vue })}
        tabs={[
          { id: 'search', title: 'Chercher', content: <SearchPanel revision={revision} me={me} commune={shown.get('commune') ?? undefined} onCommune={(commune) => show({ commune })} onOpen={open} onChanged={changed} /> },
          { id: 'mend', title: fr('À corriger'), content: <QualityPanel key={revision} me={me} onOpen={open} onChanged={changed} /> },
          ...(mayAdminister(me.rights, 'import-directory') ? [{ id: 'imports' as const, title: 'Imports', content: <ImportsPanel me={me} /> }] : []),
        ]}
      />
      {person && <PersonSheet key={person} id={person} me={me} onClose={() => show({ personne: undefined })} onChanged={changed} />}
    </>
  );
}
