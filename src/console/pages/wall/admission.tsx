import { useEffect, type ReactNode } from 'react';
import { fr } from '../../../contract/french-typography.js';
import { Button } from '../../ui/button.js';
import { setLaneChrome } from '../../ui/document.js';
import { Icon, type ShapeName } from '../../ui/icons.js';

const ASK = "Demandez une nouvelle adresse à un administrateur de temps-zero : Réglages, Écrans de mur, « Nouvelle adresse ». Puis ouvrez-la ici.";

/** A few large words, read from the other end of the room. */
function Words({ shape, title, children }: { shape: ShapeName; title: string; children?: ReactNode }) {
  useEffect(() => setLaneChrome(undefined, 'Mur'), []);
  return (
    <main className="wall wall-words">
      <Icon shape={shape} size={96} />
      <h1>{fr(title)}</h1>
      {children}
    </main>
  );
}

export function Swapping() {
  return <main className="wall wall-words" aria-busy="true"><h1>{fr("L'écran entre en service…")}</h1></main>;
}

export function Silent() {
  return <Words shape="lost" title="Le serveur ne répond pas."><p>{fr("L'adresse de cet écran n'a pas servi. Il réessaie toutes les 5 secondes.")}</p></Words>;
}

export function Lost() {
  return <Words shape="lost" title="Cet écran n'est pas, ou plus, en service."><p>{fr(ASK)}</p></Words>;
}

export function Refusing({ onRetry }: { onRetry: () => void }) {
  return (
    <Words shape="missed" title="Cette adresse ne sert plus.">
      <p>{fr("Elle a déjà servi, une plus récente la remplace, ou l'écran est révoqué. L'administrateur en voit la trace.")}</p>
      <p>{fr(ASK)}</p>
      <Button onPress={onRetry}>Continuer</Button>
    </Words>
  );
}

export function Occupied({ name, onLeave }: { name: string; onLeave: () => Promise<void> }) {
  return (
    <Words shape="person" title={`Ce navigateur est celui de ${name}.`}>
      <p>{fr("Un écran de mur n'est à personne, et son adresse ne sert qu'une fois : elle n'a pas servi. Ouvrez-la sur l'écran lui-même.")}</p>
      <Button onPress={() => void onLeave()}>{fr("Me déconnecter, et faire de cet appareil l'écran")}</Button>
    </Words>
  );
}
