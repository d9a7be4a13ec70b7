import { useState, type SubmitEvent } from 'react';
import { Redirect, useSearch } from 'wouter';
import { fr } from '../../contract/french-typography.js';
import type { Me } from '../../contract/live.js';
import { post, setMe, useMe } from '../api.js';
import { useDemonstration } from '../demonstration.js';
import { Button } from '../ui/button.js';
import { TextField } from '../ui/fields.js';
import { Notice } from '../ui/notice.js';
import { AccessPage } from './access/access-page.js';
import { Entrance } from './access/entrance.js';
import { useAccess } from './access/use-access.js';

/** Where one was going: a path of this console, nothing else. */
function wayBack(search: string): string {
  const back = new URLSearchParams(search).get('retour') ?? '/';
  return /^\/(?![/\\])/.test(back) && !back.startsWith('/connexion') ? back : '/';
}

/** Login and password; the second factor is asked next, where the account needs one. */
export function SignIn() {
  const me = useMe();
  const back = wayBack(useSearch());
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const { attempt, pending, fault, wait } = useAccess();
  const demonstration = useDemonstration();
  if (me) return <Redirect to={back} replace />;
  if (demonstration) return <Entrance />;
  const enter = async (event: SubmitEvent) => {
    event.preventDefault();
    await attempt(async () => setMe(await post<Me>('/api/sign-in', { login, password })));
  };
  return (
    <AccessPage title="Se connecter">
      {back !== '/' && <p className="dim">{fr('Vous reviendrez à la page que vous demandiez.')}</p>}
      <form className="stack" onSubmit={(event) => void enter(event)}>
        <TextField label="Identifiant" value={login} onChange={setLogin} name="username" autoComplete="username" autoFocus maxLength={64} />
        <TextField label="Mot de passe" type="password" value={password} onChange={setPassword} name="password" autoComplete="current-password" />
        {fault && <Notice kind="error" title={fault} />}
        {wait > 0
          ? <Button size="large" wide isDisabled>{fr(`Réessayer dans ${wait} s`)}</Button>
          : <Button type="submit" kind="primary" size="large" wide isPending={pending} isDisabled={login.trim() === '' || password === ''}>Se connecter</Button>}
      </form>
      <p className="help">{fr("Mot de passe perdu : un administrateur vous remet un lien à usage unique. Plus d'administrateur : l'exploitant de la machine le rétablit en ligne de commande.")}</p>
    </AccessPage>
  );
}
