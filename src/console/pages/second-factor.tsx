import { useState, type SubmitEvent } from 'react';
import { fr } from '../../contract/french-typography.js';
import type { Me } from '../../contract/live.js';
import { post, sentenceOf, setMe, useMe } from '../api.js';
import { signOut } from '../session.js';
import { Button } from '../ui/button.js';
import { TextField } from '../ui/fields.js';
import { Notice } from '../ui/notice.js';
import { AccessPage } from './access/access-page.js';
import { SetUpSecondFactor } from './access/set-up-second-factor.js';
import { useAccess } from './access/use-access.js';

/** Asked after the password of those whose orders bind the State; set up first where they have none. */
export function SecondFactor() {
  const me = useMe();
  // Set-up ends on its recovery codes, which must stay in sight after the server has already taken the factor.
  const [settingUp] = useState(me?.secondFactor === 'to-set-up');
  if (!me) return null;
  return (
    <AccessPage title={settingUp ? 'Protéger votre compte' : 'Second facteur'}>
      {settingUp ? <SetUpSecondFactor onDone={setMe} /> : <GiveCode />}
      <SignOut name={me.name} />
    </AccessPage>
  );
}

function GiveCode() {
  const [code, setCode] = useState('');
  const [paper, setPaper] = useState(false);
  const { attempt, pending, fault, wait } = useAccess();
  const give = async (event: SubmitEvent) => {
    event.preventDefault();
    const accepted = await attempt(async () => setMe(await post<Me>('/api/me/second-factor/code', { code })));
    if (!accepted) setCode('');
  };
  return (
    <form className="stack" onSubmit={(event) => void give(event)}>
      {paper
        ? <TextField key="paper" label="Code de secours" value={code} onChange={setCode} autoComplete="off" autoFocus code maxLength={40} help={fr('Un des dix codes notés à la mise en place. Chacun sert une fois.')} />
        : (
          <TextField
            key="telephone" label={fr('Code à six chiffres')} value={code} onChange={setCode} name="one-time-code" autoComplete="one-time-code" inputMode="numeric" autoFocus code
            maxLength={9} help={fr("L'application d'authentification de votre téléphone l'affiche.")}
          />
        )}
      {fault && <Notice kind="error" title={fault} />}
      {wait > 0
        ? <Button size="large" wide isDisabled>{fr(`Réessayer dans ${wait} s`)}</Button>
        : <Button type="submit" kind="primary" size="large" wide isPending={pending} isDisabled={code.replace(/\s/g, '').length < 6}>Continuer</Button>}
      <Button kind="tertiary" onPress={() => { setPaper(!paper); setCode(''); }}>{paper ? fr('Utiliser le téléphone') : fr('Téléphone perdu : utiliser un code de secours')}</Button>
    </form>
  );
}

function SignOut({ name }: { name: string }) {
  const [fault, setFault] = useState<string>();
  return (
    <div className="access-foot">
      <span className="dim">{fr(`Vous êtes ${name}.`)}</span>
      <Button kind="tertiary" onPress={() => void signOut().catch((error: unknown) => setFault(sentenceOf(error)))}>Se déconnecter</Button>
      {fault && <Notice kind="error" title={fault} />}
    </div>
  );
}
