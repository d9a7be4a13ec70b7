import { useLocation } from 'wouter';
import { fr } from '../../../contract/french-typography.js';
import type { ActivationLine, Me } from '../../../contract/live.js';
import { get, post, setMe } from '../../api.js';
import { Button } from '../../ui/button.js';
import { Notice } from '../../ui/notice.js';
import { running } from '../opening/lines.js';
import { AccessPage } from './access-page.js';
import { useAccess } from './use-access.js';

/** The door of a demonstration: one button, and one stands before a living board. */
export function Entrance() {
  const [, navigate] = useLocation();
  const { attempt, pending, fault } = useAccess();
  const enter = () => attempt(async () => {
    const me = await post<Me>('/api/demonstration/enter', {});
    const now = running(await get<ActivationLine[]>('/api/activations'))[0];
    navigate(now ? `/activations/${now.id}` : '/', { replace: true });
    setMe(me);
  });
  return (
    <AccessPage title="Démonstration">
      <p>{fr("La Brenne déborde. Une préfecture a une heure pour joindre les élus, informer la presse et le public. Douze agents la vivent sous vos yeux, vingt fois plus vite : une heure tient en trois minutes.")}</p>
      <p>{fr('Tout est inventé. Rien ne sort d’ici, rien n’est gardé. Vous pouvez regarder, mettre en pause, changer la vitesse, et même prendre la main.')}</p>
      {fault && <Notice kind="error" title={fault} />}
      <Button kind="primary" size="large" wide autoFocus isPending={pending} onPress={() => void enter()}>Entrer dans la démonstration</Button>
      <p className="help">{fr("Aucun compte n'est demandé. Sur le serveur d'une préfecture, cette porte n'existe pas.")}</p>
    </AccessPage>
  );
}
