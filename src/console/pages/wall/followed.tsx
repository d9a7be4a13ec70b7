import { useEffect } from 'react';
import { fr } from '../../../contract/french-typography.js';
import type { ActivationLine, Me } from '../../../contract/live.js';
import { onWall } from '../../../domain/views/wall.js';
import { useActivation, useLobby, useNoActivation } from '../../live.js';
import { setLaneChrome } from '../../ui/document.js';
import { Hour } from './hour.js';
import { isSaid } from './said.js';
import { BigTime, Top } from './top.js';

/** Kept in memory: the last events are read from them, all night long. */
const KEPT = { most: 100, worth: isSaid };

/** Which activation the wall shows is nobody's choice: the list says it, and says it again whenever it changes. */
export function Followed({ me }: { me: Me }) {
  const lines = useLobby();
  if (me.audience === null) return <Idle me={me} title="Ce compte ne lit aucune activation." />;
  if (lines === undefined) return <main className="wall" aria-busy="true"><Top me={me} title="Mur" /></main>;
  const [first, ...others] = onWall(lines);
  return first ? <Running key={first.id} me={me} line={first} others={others} /> : <Idle me={me} title="Aucune activation" />;
}

function Running({ me, line, others }: { me: Me; line: ActivationLine; others: readonly ActivationLine[] }) {
  const following = useActivation(line.id, KEPT);
  if (following.state === 'shown') return <Hour me={me} board={following.board} others={others} />;
  return <main className="wall" aria-busy={following.state === 'loading'}><Top me={me} title={line.title ?? 'Activation'} /></main>;
}

function Idle({ me, title }: { me: Me; title: string }) {
  useNoActivation();
  useEffect(() => setLaneChrome(undefined, 'Mur'), []);
  return (
    <main className="wall wall-idle">
      <Top me={me} title={me.house.prefecture} />
      <div className="wall-nothing">
        <h2>{fr(title)}</h2>
        <BigTime zone={me.house.timeZone} />
        <p>{fr("Cet écran montrera l'heure dès qu'une activation s'ouvrira.")}</p>
      </div>
    </main>
  );
}
