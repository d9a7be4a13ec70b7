import { fr } from '../../contract/french-typography.js';
import type { Me } from '../../contract/live.js';
import { useLobby } from '../live.js';
import { running } from '../pages/opening/lines.js';
import { LinkButton } from '../ui/button.js';
import { Notice } from '../ui/notice.js';

/** A demonstration starts over: whoever still looks at a night that is over is shown the one that runs. */
export function NextNight({ me, current }: { me: Me; current: string | undefined }) {
  const lines = useLobby() ?? [];
  const now = running(lines)[0];
  if (!me.house.demonstration || current === undefined || lines.some(({ id, life }) => id === current && life === 'running')) return null;
  return (
    <Notice
      title={fr(now ? 'Cette nuit est finie, une autre a commencé.' : 'Cette nuit est finie. La suivante commence dans quelques secondes.')}
      actions={now && <LinkButton href={`/activations/${now.id}`} kind="primary">La suivre</LinkButton>}
    >
      {fr("Le journal, les verdicts et le constat de celle-ci restent à lire jusqu'à la fin de la démonstration.")}
    </Notice>
  );
}
