import { fr } from '../../../contract/french-typography.js';
import { announce, enableSound, useSound } from '../../sound.js';
import { Button } from '../../ui/button.js';

/** What this page can do to warn, and what a closed page cannot: nobody may believe to be warned who is not. */
export function Warned() {
  const sound = useSound();
  const enable = async () => {
    await enableSound();
    announce();
  };
  return (
    <div className="warned">
      <p>{fr("Gardez cette page ouverte : fermée, elle ne peut pas vous avertir.")} {fr(window.isSecureContext ? "L'écran reste allumé tant qu'elle est devant vous." : "Sans https, l'écran peut s'éteindre : réglez sa veille.")}</p>
      {sound === 'on' ? <p>Le son est actif.</p> : sound === 'none' ? <p>Cet appareil ne sonne pas.</p> : <Button onPress={() => void enable()}>Son coupé : l’activer</Button>}
    </div>
  );
}
