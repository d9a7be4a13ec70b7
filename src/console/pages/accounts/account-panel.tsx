import { useState, type SubmitEvent } from 'react';
import { dayTime } from '../../../contract/french-times.js';
import { fr } from '../../../contract/french-typography.js';
import type { AccountLine, Invited } from '../../../contract/people.js';
import { me, post } from '../../api.js';
import { Button } from '../../ui/button.js';
import { Confirm, Dialog } from '../../ui/dialog.js';
import { Notice, useToasts } from '../../ui/notice.js';
import { useAccess } from '../access/use-access.js';
import { PersonFields, personFaults } from './person-fields.js';
import { RightsChoice } from './rights-choice.js';
import { Standing } from './standing.js';

interface Props {
  line: AccountLine;
  isMe: boolean;
  onClose: () => void;
  onChanged: () => void;
  onLink: (invited: Invited) => void;
}

type Asked = 'disable' | 'erase' | 'reset-second-factor' | 'revoke-sessions';

/** What each act does, said before it is done. */
const ACTS: Record<Asked, { button: string; title: (name: string) => string; what: string; danger?: true }> = {
  'reset-second-factor': {
    button: 'Retirer le second facteur', title: (name) => `Retirer le second facteur de ${name} ?`,
    what: "Ses sessions prennent fin, et il lui en sera demandé un nouveau à la prochaine entrée. À faire si le téléphone est perdu ; assurez-vous que c'est bien la personne qui le demande.",
  },
  'revoke-sessions': {
    button: 'Mettre fin à ses sessions', title: (name) => `Mettre fin aux sessions de ${name} ?`,
    what: 'Chacun de ses appareils devra se reconnecter. Les ordres qui y attendent partiront ensuite.',
  },
  'disable': {
    button: 'Désactiver', title: (name) => `Désactiver le compte de ${name} ?`,
    what: "La personne ne peut plus entrer, ses sessions prennent fin. Ce qu'elle a fait reste au journal, à son nom. Vous pourrez la réactiver.", danger: true,
  },
  'erase': {
    button: 'Effacer la personne', title: (name) => `Effacer ${name} définitivement ?`,
    what: "Son nom et son identifiant disparaissent partout : les journaux diront « personne effacée » et sa fonction. C'est irréversible.", danger: true,
  },
};

/** One person: who they are, what they may do, and the way in. */
export function AccountPanel({ line, isMe, onClose, onChanged, onLink }: Props) {
  const [asked, setAsked] = useState<Asked>();
  const acts = useAccess();
  const say = useToasts();
  const erased = line.erasedAt !== null;
  const done = (words: string) => {
    say(fr(words));
    onChanged();
  };
  const act = async (path: string, words: string) => {
    if (!(await acts.attempt(async () => { await post(`/api/accounts/${line.id}/${path}`, {}); }))) throw new Error(path);
    done(words);
  };
  const link = () => void acts.attempt(async () => onLink(await post<Invited>(`/api/accounts/${line.id}/link`, {})));
  const about = asked && ACTS[asked];
  return (
    <Dialog isOpen onClose={onClose} title={line.name || 'Personne effacée'} placement="side">
      <p className="row"><Standing line={line} /><span className="dim">{fr(`Créé le ${dayTime(line.createdAt, me()?.house.timeZone ?? 'Europe/Paris')}`)}</span></p>
      {acts.fault && <Notice kind="error" title={acts.fault} />}
      {erased ? <p>{fr("Cette personne a été effacée. Ce qu'elle a fait reste au journal, sous sa fonction.")}</p> : (
        <>
          <Describe line={line} onDone={() => done('Compte corrigé.')} />
          <Rights line={line} isMe={isMe} onDone={() => done('Droits changés.')} />
          <section className="stack" aria-label="Accès">
            <h3>Accès</h3>
            {line.disabledAt === null
              ? (
                <>
                  <div className="acts">
                    <Button isPending={acts.pending} onPress={link}>{line.hasPassword ? fr('Lien pour un nouveau mot de passe') : fr('Nouveau lien d’invitation')}</Button>
                    {line.secondFactor && <Button onPress={() => setAsked('reset-second-factor')}>{fr(ACTS['reset-second-factor'].button)}</Button>}
                    <Button onPress={() => setAsked('revoke-sessions')}>{fr(ACTS['revoke-sessions'].button)}</Button>
                    <Button kind="danger-outline" onPress={() => setAsked('disable')}>{fr(ACTS.disable.button)}</Button>
                    <Button kind="danger-outline" onPress={() => setAsked('erase')}>{fr(ACTS.erase.button)}</Button>
                  </div>
                </>
              )
              : (
                <div className="acts">
                  <Button kind="primary" isPending={acts.pending} onPress={() => void act('enable', 'Compte réactivé.').catch(() => {})}>Réactiver</Button>
                  <Button kind="danger-outline" onPress={() => setAsked('erase')}>{fr(ACTS.erase.button)}</Button>
                </div>
              )}
          </section>
        </>
      )}
      {about && (
        <Confirm
          isOpen onClose={() => setAsked(undefined)} title={fr(about.title(line.name))} action={fr(about.button)} danger={about.danger === true}
          onConfirm={() => act(asked, DONE[asked])}
        >
          <p>{fr(about.what)}</p>
          {acts.fault && <Notice kind="error" title={acts.fault} />}
        </Confirm>
      )}
    </Dialog>
  );
}

const DONE: Record<Asked, string> = {
  'disable': 'Compte désactivé.', 'erase': 'Personne effacée.', 'reset-second-factor': 'Second facteur retiré.', 'revoke-sessions': 'Sessions terminées.',
};

function Describe({ line, onDone }: { line: AccountLine; onDone: () => void }) {
  const [person, setPerson] = useState({ login: line.login, name: line.name, title: line.title });
  const { attempt, pending, fault } = useAccess();
  const changed = person.login !== line.login || person.name !== line.name || person.title !== line.title;
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (Object.keys(personFaults(person)).length > 0) return;
    if (await attempt(async () => { await post(`/api/accounts/${line.id}/describe`, person); })) onDone();
  };
  return (
    <form className="stack" onSubmit={(event) => void save(event)} noValidate aria-label="Personne">
      <PersonFields person={person} onChange={setPerson} tried />
      {fault && <Notice kind="error" title={fault} />}
      {changed && <Button type="submit" kind="primary" isPending={pending}>Enregistrer</Button>}
    </form>
  );
}

function Rights({ line, isMe, onDone }: { line: AccountLine; isMe: boolean; onDone: () => void }) {
  const [rights, setRights] = useState(line.rights);
  const { attempt, pending, fault } = useAccess();
  const changed = [...rights].sort().join() !== [...line.rights].sort().join();
  const save = async () => {
    if (await attempt(async () => { await post(`/api/accounts/${line.id}/rights`, { rights }); })) onDone();
  };
  return (
    <section className="stack" aria-label="Droits">
      <RightsChoice legend="Droits" chosen={rights} onChange={setRights} />
      {changed && isMe && !rights.includes('admin') && <Notice kind="watch" title={fr("Vous vous retirez le droit d'administrer : cette page vous sera fermée.")} />}
      {fault && <Notice kind="error" title={fault} />}
      {changed && <Button kind="primary" isPending={pending} onPress={() => void save()}>Changer les droits</Button>}
    </section>
  );
}
