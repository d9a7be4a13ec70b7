import { useState, type SubmitEvent } from 'react';
import { useLocation } from 'wouter';
import { fr } from '../../contract/french-typography.js';
import type { Me } from '../../contract/live.js';
import { isLogin, LOGIN_WORDS } from '../../contract/forms.js';
import type { Right } from '../../domain/entry.js';
import { post, setMe } from '../api.js';
import { Button } from '../ui/button.js';
import { TextField } from '../ui/fields.js';
import { Notice } from '../ui/notice.js';
import { AccessPage } from './access/access-page.js';
import { DeadLink, LinkUnknown } from './access/dead-link.js';
import { NewPassword, passwordFault } from './access/new-password.js';
import { useAccess } from './access/use-access.js';
import { useLink } from './access/use-link.js';
import { RightsChoice } from './accounts/rights-choice.js';
import { ASSIGNABLE } from './accounts/right-words.js';

/** The first start: the link that `npm start` prints makes the administrator, once. */
export function FirstAdmin() {
  const [link, again] = useLink();
  const alive = link.is === 'alive' && link.view.purpose === 'first-admin';
  return (
    <AccessPage title="Premier démarrage" wide={alive}>
      {link.is === 'looking' && <p className="dim" aria-busy="true">Vérification du lien…</p>}
      {(link.is === 'dead' || (link.is === 'alive' && !alive)) && <Dead />}
      {link.is === 'unknown' && <LinkUnknown sentence={link.sentence} onRetry={again} />}
      {alive && <CreateAdmin secret={link.secret} />}
    </AccessPage>
  );
}

function Dead() {
  return (
    <DeadLink>
      {fr("S'il n'y a pas encore d'administrateur, redémarrez temps-zero : chaque démarrage imprime un nouveau lien, valable 15 minutes. S'il y en a un, demandez-lui un compte.")}
    </DeadLink>
  );
}

function CreateAdmin({ secret }: { secret: string }) {
  const [, navigate] = useLocation();
  const [person, setPerson] = useState({ name: '', title: '', login: '' });
  const [password, setPassword] = useState('');
  const [rights, setRights] = useState<Right[]>(['admin']);
  const [tried, setTried] = useState(false);
  const { attempt, pending, fault, refused } = useAccess();
  const faults = {
    name: person.name.trim() === '' ? fr('Votre nom paraîtra à côté de ce que vous faites.') : undefined,
    login: isLogin(person.login) ? undefined : fr(LOGIN_WORDS),
    password: passwordFault(password, person.login),
  };
  const set = (field: keyof typeof person) => (value: string) => setPerson({ ...person, [field]: value });
  const create = async (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.values(faults).some((one) => one !== undefined)) return;
    await attempt(async () => {
      const me = await post<Me>('/api/links/first-admin', { token: secret, ...person, password, rights });
      navigate('/', { replace: true });
      setMe(me);
    });
  };
  if (refused === 'dead-link') return <Dead />;
  return (
    <>
      <p>{fr("Ce lien crée l'administrateur de cette installation : il donnera leurs comptes aux autres. Ensuite, vous protégerez ce compte par un second facteur.")}</p>
      <form className="stack" onSubmit={(event) => void create(event)} noValidate>
        <div className="access-pair">
          <TextField label="Nom" value={person.name} onChange={set('name')} name="name" autoComplete="name" autoFocus isRequired maxLength={120} error={tried ? faults.name : undefined} />
          <TextField label={fr('Fonction')} value={person.title} onChange={set('title')} name="title" autoComplete="organization-title" maxLength={120} placeholder={fr('cheffe du SDCI')} />
        </div>
        <div className="access-pair">
          <TextField
            label="Identifiant" value={person.login} onChange={set('login')} name="username" autoComplete="username" isRequired maxLength={64}
            help={fr('Par exemple a.delorme')} error={tried ? faults.login : undefined}
          />
          <NewPassword value={password} onChange={setPassword} login={person.login} tried={tried} />
        </div>
        <RightsChoice
          legend="Vos autres droits, si vous tenez aussi un rôle pendant une crise" chosen={rights} onChange={setRights} fixed={['admin']} level={2}
          offered={ASSIGNABLE.filter((right) => right !== 'admin' && right !== 'joueur')}
        />
        {fault && <Notice kind="error" title={fault} />}
        <Button type="submit" kind="primary" size="large" wide isPending={pending}>{fr("Créer l'administrateur")}</Button>
      </form>
    </>
  );
}
