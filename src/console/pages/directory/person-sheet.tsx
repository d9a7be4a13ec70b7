import { useState } from 'react';
import { officeNames, personKindNames } from '../../../contract/french.js';
import { capital, fr } from '../../../contract/french-typography.js';
import type { PersonLine, Revealed } from '../../../contract/directory.js';
import type { Me } from '../../../contract/live.js';
import { mayAdminister } from '../../../domain/administration-rules.js';
import { post, sentenceOf } from '../../api.js';
import { usePeople } from '../../people.js';
import { Button } from '../../ui/button.js';
import { Confirm, Dialog } from '../../ui/dialog.js';
import { Notice, useToasts } from '../../ui/notice.js';
import { useAccess } from '../access/use-access.js';
import { useReading } from '../accounts/use-listing.js';
import { ContactShown } from './contact-shown.js';
import { PersonForm } from './person-form.js';

/** Only what is old is said here; a card says each date. */
const ALL_FRESH = 1_200;

interface Props {
  id: string;
  me: Me;
  onClose: () => void;
  onChanged: () => void;
}

/** One card: who they are, how to reach them in which order; revealed one by one, and that is logged. */
export function PersonSheet({ id, me, onClose, onChanged }: Props) {
  const { lines: person, fault, reload } = useReading<PersonLine>(`/api/directory/people/${id}`);
  const [editing, setEditing] = useState(false);
  const [erasing, setErasing] = useState(false);
  const [refused, setRefused] = useState<string>();
  const say = useToasts();
  if (editing && person) {
    return <PersonForm me={me} person={person} commune={undefined} onClose={() => setEditing(false)} onDone={() => { setEditing(false); reload(); onChanged(); say(fr('Fiche changée.')); }} />;
  }
  const name = person ? `${person.firstName} ${person.lastName}`.trim() : 'Fiche';
  const erase = async () => {
    setRefused(undefined);
    try {
      await post('/api/directory/erase', { people: [id], why: 'asked' });
    } catch (error) {
      setRefused(sentenceOf(error));
      throw error;
    }
    say(fr('Personne effacée.'));
    onClose();
    onChanged();
  };
  return (
    <Dialog
      isOpen onClose={onClose} title={name} placement="side"
      actions={person && (
        <>
          {mayAdminister(me.rights, 'erase-people') && <Button kind="danger-outline" onPress={() => setErasing(true)}>Effacer</Button>}
          {mayAdminister(me.rights, 'change-person') && <Button kind="primary" onPress={() => setEditing(true)}>Modifier la fiche</Button>}
        </>
      )}
    >
      {fault && <Notice kind="error" title={fault}>{fr('Elle a peut-être été effacée depuis.')}</Notice>}
      {person && (
        <>
          <Facts person={person} />
          <Contacts key={person.version} person={person} mayReveal={mayAdminister(me.rights, 'reveal-contact')} />
        </>
      )}
      <Confirm isOpen={erasing} onClose={() => setErasing(false)} danger title={fr(`Effacer ${name} définitivement ?`)} action="Effacer cette personne" onConfirm={erase}>
        <p>{fr("Son nom, ses numéros et ses adresses disparaissent de l'annuaire et des rapports d'import. C'est irréversible.")}</p>
        <p>{fr("Ce qui reste : les journaux, qui n'ont jamais porté que sa fonction et sa commune. Ils liront « personne effacée », et leurs chaînes restent valides.")}</p>
        {refused && <Notice kind="error" title={refused} />}
      </Confirm>
    </Dialog>
  );
}

function Facts({ person }: { person: PersonLine }) {
  const account = usePeople();
  const { kind, office, title, commune, communeName, organisation, since, until, order } = person;
  const facts: [string, string][] = [
    ['Fonction', capital(title || (office ? officeNames[office] : personKindNames[kind]))],
    ...(commune ? [['Commune', `${communeName ?? commune} (${commune})`] as [string, string]] : []),
    ...(organisation ? [['Service ou média', organisation] as [string, string]] : []),
    ...(kind === 'official' ? [["Rang d'appel", order === 0 ? 'le premier' : `nº ${order + 1}`] as [string, string]] : []),
    ...(since ? [['Mandat depuis le', french(since)] as [string, string]] : []),
    ...(until ? [["Mandat jusqu'au", french(until)] as [string, string]] : []),
    ...(person.account ? [['Compte', account(person.account).name] as [string, string]] : []),
  ];
  return <dl className="facts">{facts.map(([what, value]) => <div key={what}><dt>{fr(what)}</dt><dd>{fr(value)}</dd></div>)}</dl>;
}

function Contacts({ person, mayReveal }: { person: PersonLine; mayReveal: boolean }) {
  const [shown, setShown] = useState<Readonly<Record<number, string>>>({});
  const { attempt, pending, fault } = useAccess();
  const reveal = (contact: number) => attempt(async () => {
    const { shown: whole } = await post<Revealed>(`/api/directory/people/${person.id}/reveal`, { contact });
    setShown((known) => ({ ...known, [contact]: whole }));
  });
  return (
    <section className="stack-small" aria-label="Contacts">
      <h3>{fr('Contacts, dans l’ordre où ils sont essayés')}</h3>
      {person.contacts.length === 0 && <Notice kind="watch" announce={false} title={fr('Aucun contact : cette personne ne peut pas être jointe.')} />}
      <ol className="contacts">
        {person.contacts.map((contact, place) => (
          <li key={place}>
            <ContactShown contact={contact} freshnessMonths={ALL_FRESH} whole={shown[place]} />
            {mayReveal && shown[place] === undefined && <Button size="small" isPending={pending} onPress={() => void reveal(place)} aria-label={fr(`Montrer ${contact.shown}`)}>Montrer</Button>}
          </li>
        ))}
      </ol>
      {mayReveal && person.contacts.length > 0 && <p className="help">{fr("Montrer un numéro ou une adresse s'inscrit au journal d'administration, à votre nom.")}</p>}
      {fault && <Notice kind="error" title={fault} />}
    </section>
  );
}

export const french = (on: string): string => on.split('-').reverse().join('/');
