import { fr } from '../../../contract/french-typography.js';
import { announce, enableSound, useSound } from '../../sound.js';
import { chooseTheme, useTheme } from '../../theme.js';
import { Button } from '../../ui/button.js';
import { RadioGroup } from '../../ui/choices.js';

const SOUND = {
  on: "Le son est actif : une alerte qui vous concerne sonne et fait vibrer l'appareil où il le peut.",
  off: "Le son est coupé : un navigateur ne sonne qu'après un geste de votre part. Essayez-le une fois à chaque ouverture.",
  none: 'Cet appareil ne peut pas sonner.',
} as const;

/** How this device looks and sounds; kept on it, not on the account. */
export function ThisDevice() {
  const theme = useTheme();
  const sound = useSound();
  const test = async () => {
    await enableSound();
    announce();
  };
  return (
    <div className="settings-grid">
      <section className="panel stack" aria-labelledby="look-title">
        <h2 id="look-title">Aspect</h2>
        <RadioGroup
          label="Aspect sur cet appareil" hideLabel value={theme} onChange={chooseTheme} framed
          options={[{ value: 'auto', label: fr("Comme l'appareil") }, { value: 'light', label: 'Clair' }, { value: 'dark', label: 'Sombre' }]}
        />
      </section>
      <section className="panel stack" aria-labelledby="sound-title">
        <h2 id="sound-title">Avertissements</h2>
        <p>{fr(SOUND[sound])}</p>
        {sound !== 'none' && <div><Button onPress={() => void test()}>Essayer le son</Button></div>}
        <p>{fr("Page fermée, temps-zero ne peut pas vous avertir. Gardez-la ouverte pendant l'astreinte.")}</p>
        <p className="help">{fr(window.isSecureContext ? "L'écran reste allumé tant que la page des gestes est devant vous." : "Sans https, l'écran peut s'éteindre : réglez la veille de l'appareil.")}</p>
      </section>
    </div>
  );
}
