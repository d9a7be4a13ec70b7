import { useState, type SubmitEvent } from 'react';
import { officeNames, personKindNames } from '../../../contract/french.js';
import { capital, fr } from '../../../contract/french-typography.js';
import type { PersonLine } from '../../../contract/directory.js';
import type { Working } from '../../../contract/listings.js';
import type { Me } from '../../../contract/live.js';
import { OFFICES, PERSON_KINDS, type PersonContent } from '../../../domain/directory/person.js';
import { post } from '../../api.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { DateField, NumberField, Select, TextField } from '../../ui/fields.js';
import { Notice } from '../../ui/notice.js';
import { useAccess } from '../access/use-access.js';
import { useReading } from '../accounts/use-listing.js';
import { CommuneField } from './commune-field.js';
import { ContactsField, keptOf, typedOf, type TypedLine } from './contacts-field.js';

interface Props {
  me: Me;
  /** Absent: a new one. */
  person: PersonLine | undefined;
  /** Of a new one, where one was looking. */
  commune: string | undefined;
  onClose: () => void;
  onDone: (id: string | undefined) => void;
}

type Content = Omit<PersonContent, 'contacts'>;

/** What the card says, apart from its contacts. */
export function contentOf(person: PersonLine): Content {
  const { kind, lastName, firstName, office, title, order, commune, organisation, account, since, until } = person;
  return { kind, lastName, firstName, office, title, order, commune, organisation, account, since, until };
}
const blank = (commune: string | undefined): Content => ({
  kind: 'official', lastName: '', firstName: '', office: 'maire', title: 'maire', order: 0, commune: commune ?? null, organisation: '', account: null, since: null, until: null,
});

/** Nothing that is masked is typed again: what stands is kept by its place, moved, or said to be checked. */
export function PersonForm({ person, commune, onClose, onDone }: Props) {
  const [content, setContent] = useState<Content>(person ? contentOf(person) : blank(commune));
  const [contacts, setContacts] = useState<readonly TypedLine[]>(person ? keptOf(person) : []);
  const [tried, setTried] = useState(false);
  const { attempt, pending, fault } = useAccess();
  const set = <K extends keyof Content>(field: K) => (value: Content[K]) => setContent((known) => ({ ...known, [field]: value }));
  const { kind } = content;
  const isLocal = kind === 'official' || kind === 'town-hall';
  const isReady = content.lastName.trim() !== '' && (!isLocal || content.commune !== null);
  const save = async () => {
    setTried(true);
    if (!isReady) return;
    const order = { ...content, office: kind === 'official' ? content.office : null, account: kind === 'agent' ? content.account : null, contacts: typedOf(contacts) };
    await attempt(async () => {
      if (person) await post(`/api/directory/people/${person.id}/change`, { ...order, seen: person.version });
      onDone(person ? person.id : (await post<{ person: string }>('/api/directory/people', order)).person);
    });
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    <Dialog
      isOpen keepsTyping onClose={onClose} title={person ? fr(`Modifier la fiche : ${`${person.firstName} ${person.lastName}`.trim()}`) : 'Ajouter une fiche'}
      actions={<><Button onPress={onClose}>Annuler</Button><Button kind="primary" isPending={pending} onPress={() => void save()}>{person ? 'Enregistrer' : 'Ajouter'}</Button></>}
    >
      <form className="stack" onSubmit={onSubmit} noValidate>
        <Select label="Qui" value={kind} onChange={set('kind')} options={PERSON_KINDS.map((value) => ({ value, label: capital(personKindNames[value]) }))} />
        <div className="form-pair">
          <TextField label="Nom" value={content.lastName} onChange={set('lastName')} isRequired maxLength={120} autoComplete="off" error={tried && content.lastName.trim() === '' ? fr('Il faut un nom.') : undefined} />
          {kind !== 'town-hall' && <TextField label="Prénom" value={content.firstName} onChange={set('firstName')} maxLength={120} autoComplete="off" />}
        </div>
        {kind === 'official' && (
          <div className="form-pair">
            <Select label="Mandat" value={content.office ?? ''} onChange={(office) => setContent((known) => ({ ...known, office, title: known.title === '' || known.title === officeNames[known.office ?? 'autre'] ? officeNames[office] : known.title }))} options={OFFICES.map((value) => ({ value, label: capital(officeNames[value]) }))} />
            <NumberField label="Rang d’appel" value={content.order} onChange={set('order')} min={0} max={999} help={fr('0 est appelé le premier dans sa commune.')} />
          </div>
        )}
        <div className="form-pair">
          <TextField label="Fonction" value={content.title} onChange={set('title')} maxLength={160} autoComplete="off" />
          {kind === 'agent' || kind === 'press'
            ? <TextField label={kind === 'press' ? 'Média' : 'Service'} value={content.organisation} onChange={set('organisation')} maxLength={160} autoComplete="off" />
            : null}
        </div>
        <CommuneField label={isLocal ? 'Commune (obligatoire)' : 'Commune'} code={content.commune ?? undefined} onChange={(code) => set('commune')(code ?? null)} error={tried && isLocal && content.commune === null ? fr('Choisissez sa commune.') : undefined} />
        {kind === 'official' && (
          <div className="form-pair">
            <DateField label="Mandat depuis le" value={content.since ?? ''} onChange={(day) => set('since')(day || null)} />
            <DateField label="Jusqu’au" value={content.until ?? ''} onChange={(day) => set('until')(day || null)} />
          </div>
        )}
        {kind === 'agent' && <AccountField value={content.account} onChange={set('account')} />}
        <ContactsField contacts={contacts} onChange={setContacts} />
        {fault && <Notice kind="error" title={fault} />}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
    </Dialog>
  );
}

/** An agent who signs in here: whoever is on call is then told on their own board. */
function AccountField({ value, onChange }: { value: string | null; onChange: (account: string | null) => void }) {
  const { lines } = useReading<Working>('/api/people/working');
  const accounts = Object.entries(lines ?? {}).map(([id, { name, title }]) => ({ value: id, label: title ? fr(`${name}, ${title}`) : name }));
  const known = value === null || accounts.some((one) => one.value === value) ? accounts : [...accounts, { value, label: 'Compte désactivé ou effacé' }];
  return <Select label="Son compte ici" value={value ?? 'none'} onChange={(chosen) => onChange(chosen === 'none' ? null : chosen)} options={[{ value: 'none', label: 'Aucun' }, ...known]} />;
}
