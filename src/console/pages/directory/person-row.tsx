import { personKindNames } from '../../../contract/french.js';
import { capital, fr } from '../../../contract/french-typography.js';
import type { PersonLine } from '../../../contract/directory.js';
import { ContactShown } from './contact-shown.js';

/** One person in a list: who, where, how they are reached. */
export function PersonRow({ person, freshnessMonths, rank, onOpen }: { person: PersonLine; freshnessMonths: number; rank?: number; onOpen: (id: string) => void }) {
  const { id, firstName, lastName, title, kind, communeName, commune, organisation, contacts } = person;
  const name = `${firstName} ${lastName}`.trim();
  return (
    <li>
      <button type="button" className="person" onClick={() => onOpen(id)}>
        {rank !== undefined && <span className="person-rank" aria-hidden="true">{rank}</span>}
        <span className="person-who">
          <b>{name}</b>
          <span className="dim">{fr([capital(title || personKindNames[kind]), organisation, commune ? `${communeName ?? commune} (${commune})` : ''].filter(Boolean).join(' · '))}</span>
        </span>
        <span className="person-contacts">
          {contacts.length === 0 ? <span className="person-none">Aucun contact</span> : contacts.map((contact, place) => <ContactShown key={place} contact={contact} freshnessMonths={freshnessMonths} />)}
        </span>
      </button>
    </li>
  );
}
