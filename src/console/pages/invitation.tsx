import { useState, type SubmitEvent } from 'react';
import { useLocation } from 'wouter';
import { dayTime } from '../../contract/french-times.js';
import { fr } from '../../contract/french-typography.js';
import type { Me } from '../../contract/live.js';
import type { LinkView } from '../../contract/people.js';
import { post, setMe } from '../api.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { AccessPage } from './access/access-page.js';
import { DeadLink, LinkUnknown } from './access/dead-link.js';
import { NewPassword, passwordFault } from './access/new-password.js';
import { useAccess } from './access/use-access.js';
import { useLink } from './access/use-link.js';

/** An invitation, or the way back in of somebody who lost their password: one chooses a password, once. */
export function Invitation() {
  const [link, again] = useLink();
  const title = link.is === 'alive' && link.view.purpose === 'invitation' ? 'Votre compte' : 'Choisir un mot de passe';
  return (
    <AccessPage title={title}>
      {link.is === 'looking' && <p className="dim" aria-busy="true">Vérification du lien…</p>}
      {link.is === 'dead' && <DeadLink>{fr("Demandez un nouveau lien à un administrateur : il en remet un depuis la page Comptes.")}</DeadLink>}
      {link.is === 'unknown' && <LinkUnknown sentence={link.sentence} onRetry={again} />}
      {link.is === 'alive' && <ChoosePassword secret={link.secret} view={link.view} />}
    </AccessPage>
  );
}

function ChoosePassword({ secret, view }: { secret: string; view: LinkView }) {
  const [, navigate] = useLocation();
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const { attempt, pending, fault, refused, wait } = useAccess();
  const login = view.login ?? '';
  const choose = async (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (passwordFault(password, login)) return;
    await attempt(async () => {
      const me = await post<Me>(`/api/links/${view.purpose}`, { token: secret, password });
      navigate('/', { replace: true });
      setMe(me);
    });
  };
  if (refused === 'dead-link') return <DeadLink>{fr("Demandez un nouveau lien à un administrateur.")}</DeadLink>;
  return (
    <>
      <p>{fr(`Bonjour ${view.name ?? ''}. Votre identifiant est`)} <b className="code">{login}</b>{fr('. Choisissez le mot de passe qui va avec.')}</p>
      <form className="stack" onSubmit={(event) => void choose(event)}>
        <input type="text" name="username" value={login} autoComplete="username" readOnly hidden aria-hidden="true" />
        <NewPassword value={password} onChange={setPassword} login={login} tried={tried} />
        {fault && <Notice kind="error" title={fault} />}
        <Button type="submit" kind="primary" size="large" wide isPending={pending} isDisabled={wait > 0}>Choisir ce mot de passe et entrer</Button>
      </form>
      <p className="help">{fr(`Ce lien sert une fois, jusqu'au ${dayTime(view.expiresAt, Intl.DateTimeFormat().resolvedOptions().timeZone)}.`)}{view.purpose === 'recovery' && fr(' Toutes les sessions ouvertes de ce compte prendront fin.')}</p>
    </>
  );
}
