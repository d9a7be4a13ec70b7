import { fr } from '../../contract/french-typography.js';
import { announce, enableSound, useSound } from '../sound.js';

/** Warnings sound after one touch of the page; until then it says that they do not. */
export function SoundSwitch() {
  const sound = useSound();
  if (sound === 'on') return null;
  if (sound === 'none') return <span className="sound-off">{fr('Cet appareil ne sonne pas')}</span>;
  const enable = async () => {
    await enableSound();
    announce();
  };
  return (
    <span className="sound-off">
      <span>Son coupé</span>
      <button type="button" className="bare-link" onClick={() => void enable()}>Activer le son</button>
    </span>
  );
}
