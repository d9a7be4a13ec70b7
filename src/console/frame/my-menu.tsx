import { useState } from 'react';
import { rightNames } from '../../contract/french.js';
import { capital, fr, listed } from '../../contract/french-typography.js';
import type { Me } from '../../contract/live.js';
import { usePending } from '../actions.js';
import { sentenceOf } from '../api.js';
import { signOut } from '../session.js';
import { announce, enableSound } from '../sound.js';
import { chooseTheme, useTheme } from '../theme.js';
import { Button, LinkButton } from '../ui/button.js';
import { RadioGroup } from '../ui/choices.js';
import { Dialog } from '../ui/dialog.js';
import { Notice } from '../ui/notice.js';

/** Who I am here, how this device looks and sounds, and the way out. */
export function MyMenu({ me, onClose }: { me: Me; onClose: () => void }) {
  const theme = useTheme();
  const { orders } = usePending();
  const [fault, setFault] = useState<string>();
  const leave = () => signOut().catch((error: unknown) => setFault(sentenceOf(error)));
  const test = async () => {
    await enableSound();
    announce();
  };
  return (
    <Dialog isOpen onClose={onClose} title={me.name} actions={<Button kind="danger-outline" onPress={() => void leave()}>Se déconnecter</Button>}>
      <p>{capital(me.title)}. {fr(me.rights.length > 0 ? `Droits : ${listed(me.rights.map((right) => rightNames[right]))}.` : 'Aucun droit.')}</p>
      <div className="row">
        <LinkButton href="/reglages">Réglages</LinkButton>
        {me.rights.includes('admin') && <LinkButton href="/comptes">Comptes</LinkButton>}
      </div>
      <RadioGroup
        label="Aspect sur cet appareil" value={theme} onChange={chooseTheme} framed
        options={[{ value: 'auto', label: fr("Comme l'appareil") }, { value: 'light', label: 'Clair' }, { value: 'dark', label: 'Sombre' }]}
      />
      <div className="stack">
        <Button onPress={() => void test()}>Essayer le son</Button>
        <p className="help">{fr("Page ouverte, elle sonne et vibre quand une alerte vous concerne. Page fermée, elle ne peut pas vous prévenir.")}</p>
      </div>
      {orders.length > 0 && <Notice kind="watch" title={fr('Des ordres attendent sur cet appareil : ils partiront quand vous serez reconnecté.')} announce={false} />}
      {fault && <Notice kind="error" title={fault} />}
    </Dialog>
  );
}
