import { useState } from 'react';
import { capital, count, fr, listed } from '../../../contract/french-typography.js';
import type { Me } from '../../../contract/live.js';
import type { AccountLine, Invited } from '../../../contract/people.js';
import { Button } from '../../ui/button.js';
import { TextField } from '../../ui/fields.js';
import { Notice } from '../../ui/notice.js';
import { AccountPanel } from './account-panel.js';
import { HandOver } from './hand-over.js';
import { NewAccount } from './new-account.js';
import { nameOfRight } from './right-words.js';
import { Standing } from './standing.js';
import { useListing } from './use-listing.js';

const SEARCH_FROM = 12;

/** The people, those who can enter first; one opens a person to change anything about them. */
export function AccountList({ me }: { me: Me }) {
  const { lines, fault, reload } = useListing<AccountLine>('/api/accounts');
  const [opened, setOpened] = useState<string>();
  const [creating, setCreating] = useState(false);
  const [invited, setInvited] = useState<{ link: Invited; name: string }>();
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const shown = (lines ?? [])
    .filter(({ name, login, title }) => `${name} ${login} ${title}`.toLowerCase().includes(wanted))
    .sort((x, y) => rank(x) - rank(y) || x.name.localeCompare(y.name, 'fr'));
  const line = lines?.find(({ id }) => id === opened);
  const alone = lines?.length === 1;
  return (
    <section className="stack" aria-labelledby="people-title">
      <div className="spread">
        <h2 id="people-title">{lines ? count(lines.length, 'compte') : 'Comptes'}</h2>
        <Button kind="primary" onPress={() => setCreating(true)}>Créer un compte</Button>
      </div>
      {fault && <Notice kind="error" title={fault} actions={<Button onPress={reload}>Réessayer</Button>} />}
      {alone && <Notice announce={false} title={fr("Vous êtes seul ici.")}>{fr("Créez un compte par personne : le directeur de cabinet, l'agent d'astreinte, le SIDPC. Chacun reçoit un lien, et choisit son mot de passe.")}</Notice>}
      {lines && lines.length >= SEARCH_FROM && <TextField label="Chercher une personne" type="search" value={search} onChange={setSearch} />}
      <ul className="accounts">
        {shown.map((one) => (
          <li key={one.id}>
            <button type="button" className="account" onClick={() => setOpened(one.id)}>
              <span className="account-who"><b>{one.name || 'Personne effacée'}</b><span className="dim">{[one.title, one.login].filter(Boolean).join(' · ')}</span></span>
              <span className="account-rights">{one.rights.length === 0 ? <span className="dim">aucun droit</span> : capital(listed(one.rights.map(nameOfRight)))}</span>
              <span className="row"><Standing line={one} /></span>
            </button>
          </li>
        ))}
      </ul>
      {line && (
        <AccountPanel
          key={line.id} line={line} isMe={line.id === me.account} onClose={() => setOpened(undefined)} onChanged={reload}
          onLink={(link) => { setOpened(undefined); setInvited({ link, name: line.name }); }}
        />
      )}
      {creating && <NewAccount onClose={() => setCreating(false)} onCreated={(link, name) => { setCreating(false); reload(); setInvited({ link, name }); }} />}
      {invited && (
        <HandOver title={fr(`Lien pour ${invited.name}`)} secret={invited.link.link} label="Lien à usage unique" expiresAt={invited.link.expiresAt} onClose={() => setInvited(undefined)}>
          {fr("Remettez-le de la main à la main ou par un moyen sûr : qui le tient entre à sa place. Il n'est montré qu'une fois ; au besoin, émettez-en un autre, celui-ci ne servira plus.")}
        </HandOver>
      )}
    </section>
  );
}

const rank = ({ disabledAt, erasedAt }: AccountLine) => (erasedAt !== null ? 2 : disabledAt !== null ? 1 : 0);
