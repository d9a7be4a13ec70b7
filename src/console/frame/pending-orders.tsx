import { useState } from 'react';
import { clockTime } from '../../contract/french-times.js';
import { capital, count, fr } from '../../contract/french-typography.js';
import { discard, sendAll, usePending } from '../actions.js';
import { me } from '../api.js';
import { typedIn, type KeptOrder } from '../kept-orders.js';
import { Button } from '../ui/button.js';
import { Confirm, Disclosure } from '../ui/dialog.js';
import { Notice, useToasts } from '../ui/notice.js';

/** The orders that wait on this device: never mistaken for what is recorded. */
export function PendingOrders() {
  const { orders, why } = usePending();
  const [leaving, setLeaving] = useState<KeptOrder>();
  if (orders.length === 0) return null;
  const refused = orders.filter((order) => order.refused !== undefined).length;
  const waits = orders.length - refused;
  const title = [
    waits > 0 ? `${count(waits, 'ordre')} en attente sur cet appareil, pas encore ${waits > 1 ? 'enregistrés' : 'enregistré'}` : '',
    refused > 0 ? `${count(refused, 'ordre refusé', 'ordres refusés')} par le serveur` : '',
  ].filter(Boolean).join(', ');
  return (
    <Notice kind="watch" title={fr(title)}>
      {why === 'signed-out' && <p>{fr('Votre session est finie : reconnectez-vous sous le même compte pour les envoyer.')}</p>}
      <Disclosure title="Voir ces ordres" level={2}>
        <ul className="pending-list">
          {orders.map((order) => <OnePending key={order.key} order={order} onDiscard={() => setLeaving(order)} />)}
        </ul>
        {waits > 0 && <Button size="small" onPress={() => void sendAll()}>Réessayer maintenant</Button>}
      </Disclosure>
      <Confirm
        isOpen={leaving !== undefined} onClose={() => setLeaving(undefined)} danger title={fr('Abandonner cet ordre ?')} action="Abandonner cet ordre"
        onConfirm={() => discard(leaving!.key)}
      >
        <p>{fr(`« ${capital(leaving?.label ?? '')} » ne sera plus envoyé depuis cet appareil. S'il est déjà parvenu au serveur, le journal le dira.`)}</p>
      </Confirm>
    </Notice>
  );
}

function OnePending({ order, onDiscard }: { order: KeptOrder; onDiscard: () => void }) {
  const say = useToasts();
  const words = typedIn(order);
  const copy = () => navigator.clipboard.writeText(words).then(() => say(fr('Copié.')), () => say(fr('La copie a échoué : sélectionnez le texte.'), 'error'));
  return (
    <li>
      <p><b>{capital(order.label)}</b> <span className="dim">{fr(`donné à ${clockTime(order.givenAt, me()?.house.timeZone ?? 'Europe/Paris')}`)}</span></p>
      {words !== '' && <p className="pending-words">{words}</p>}
      {order.refused !== undefined && <p className="over">{order.refused}</p>}
      <div className="row">
        {words !== '' && <Button size="small" onPress={() => void copy()}>Copier</Button>}
        <Button size="small" kind="danger-outline" onPress={onDiscard}>Abandonner</Button>
      </div>
    </li>
  );
}
