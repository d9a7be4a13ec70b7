import { useState, type SubmitEvent } from 'react';
import { rightNames } from '../../../contract/french.js';
import { capital, fr, listed } from '../../../contract/french-typography.js';
import type { Me } from '../../../contract/live.js';
import { post, sentenceOf, setMe } from '../../api.js';
import { signOut } from '../../session.js';
import { Button, LinkButton } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { TextField } from '../../ui/fields.js';
import { Notice, useToasts } from '../../ui/notice.js';
import { NewPassword, passwordFault } from '../access/new-password.js';
import { SetUpSecondFactor } from '../access/set-up-second-factor.js';
import { useAccess } from '../access/use-access.js';
import '../access/access.css';

const FACTOR: Record<Me['secondFactor'], string> = {
  'given': 'En place : un code de votre téléphone est demandé à chaque entrée.',
  'asked': 'En place, pas encore donné dans cette session.',
  'to-set-up': 'À mettre en place : vos droits le demandent.',
  'not-needed': "Vos droits ne le demandent pas. Vous pouvez en mettre un en place quand même.",
};

/** Who I am here, my password, my second factor, and the way out. */
export function MyAccount({ me }: { me: Me }) {
  const [fault, setFault] = useState<string>();
  const [settingUp, setSettingUp] = useState(false);
  const say = useToasts();
  return (
    <div className="settings-grid">
      <section className="panel stack" aria-labelledby="who-title">
        <h2 id="who-title">{me.name}</h2>
        <dl className="facts">
          <div><dt>Fonction</dt><dd>{me.title || '—'}</dd></div>
          <div><dt>Droits</dt><dd>{me.rights.length === 0 ? 'aucun' : capital(listed(me.rights.map((right) => rightNames[right])))}</dd></div>
        </dl>
        <p className="help">{fr("Nom, identifiant et droits se changent à la page Comptes, par un administrateur.")}</p>
        <div className="row">
          {me.rights.includes('admin') && <LinkButton href="/comptes">Comptes</LinkButton>}
          <Button kind="danger-outline" onPress={() => void signOut().catch((error: unknown) => setFault(sentenceOf(error)))}>Se déconnecter</Button>
        </div>
        {fault && <Notice kind="error" title={fault} />}
      </section>
      <section className="panel stack" aria-labelledby="factor-title">
        <h2 id="factor-title">Second facteur</h2>
        <p>{fr(FACTOR[me.secondFactor])}</p>
        <div><Button onPress={() => setSettingUp(true)}>{me.secondFactor === 'given' ? fr('Changer de téléphone') : 'Mettre en place'}</Button></div>
        {me.secondFactor === 'given' && <p className="help">{fr("L'ancien téléphone et les anciens codes de secours cesseront de servir.")}</p>}
      </section>
      <ChangePassword />
      {settingUp && (
        <Dialog isOpen onClose={() => setSettingUp(false)} title="Second facteur">
          <SetUpSecondFactor onDone={(renewed) => { setSettingUp(false); setMe(renewed); say(fr('Second facteur en place.')); }} />
        </Dialog>
      )}
    </div>
  );
}

function ChangePassword() {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [tried, setTried] = useState(false);
  const { attempt, pending, fault, wait } = useAccess();
  const say = useToasts();
  const change = async (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (current === '' || passwordFault(next, '')) return;
    const changed = await attempt(async () => setMe(await post<Me>('/api/me/password', { current, next })));
    if (!changed) return;
    setCurrent('');
    setNext('');
    setTried(false);
    say(fr('Mot de passe changé. Vos autres sessions ont pris fin.'));
  };
  return (
    <section className="panel stack" aria-labelledby="password-title">
      <h2 id="password-title">Mot de passe</h2>
      <form className="stack" onSubmit={(event) => void change(event)} noValidate>
        <TextField label="Mot de passe actuel" type="password" value={current} onChange={setCurrent} autoComplete="current-password" isRequired error={tried && current === '' ? fr('Donnez le mot de passe actuel.') : undefined} />
        <NewPassword label="Nouveau mot de passe" value={next} onChange={setNext} login="" tried={tried} />
        {fault && <Notice kind="error" title={fault} />}
        <div><Button type="submit" isPending={pending} isDisabled={wait > 0}>{wait > 0 ? fr(`Réessayer dans ${wait} s`) : 'Changer le mot de passe'}</Button></div>
      </form>
    </section>
  );
}
