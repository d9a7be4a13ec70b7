import { age, clockTime, parisTime } from '../../../contract/french-times.js';
import { fr } from '../../../contract/french-typography.js';
import type { Me } from '../../../contract/live.js';
import { nowInside } from '../../../domain/activation.js';
import type { Activation } from '../../../domain/state.js';
import { SECOND } from '../../../domain/time.js';
import { useWall } from '../../clock.js';
import { outdated, useFreshness } from '../../connection.js';
import { FreshnessNow } from '../../frame/frame.js';
import { useStore } from '../../store.js';

/** What it is about, whose wall it is, how fresh it is and what time it is; hugely, when it is not fresh. */
export function Top({ me, title, activation }: { me: Me; title: string; activation?: Readonly<Activation> | undefined }) {
  return (
    <>
      <header className="wall-top">
        <h1>{title}</h1>
        {title !== me.house.prefecture && <span className="wall-house">{me.house.prefecture}</span>}
        <div className="wall-meta"><FreshnessNow /><Time zone={activation?.timeZone ?? me.house.timeZone} activation={activation} /></div>
      </header>
      <Stale />
    </>
  );
}

/** Between two crises the wall is the clock of the room. The header tells it to assistive technology. */
export function BigTime({ zone }: { zone: string }) {
  return <p className="wall-big-time" aria-hidden="true">{clockTime(useWall(), zone)}</p>;
}

/** Where exercise time runs by itself, deadlines are in it: so is the time that is shown. */
function Time({ zone, activation }: { zone: string; activation: Readonly<Activation> | undefined }) {
  const wall = useWall();
  const now = activation ? nowInside(activation, wall) : wall;
  const paris = parisTime(now, zone);
  return (
    <span className="wall-time">
      {fr(Math.abs(now - wall) < 2 * SECOND ? 'il est ' : "heure d'exercice ")}<b>{clockTime(now, zone)}</b>{paris && <span className="dim"> · Paris {paris}</span>}
    </span>
  );
}

/** What stands below may be old: said across the whole screen, with its age. */
function Stale() {
  const { state, since } = useFreshness();
  const why = useStore(outdated);
  if (why !== undefined) {
    return <div className="wall-stale" role="alert"><b>{fr("D'une autre version que le serveur")}</b><span>{fr("ce qui est affiché n'est plus tenu à jour")}</span></div>;
  }
  if (state === 'fresh') return null;
  return (
    <div className={`wall-stale wall-stale-${state}`} role={state === 'lost' ? 'alert' : 'status'}>
      <b aria-hidden="true">{fr(state === 'lost' ? `Connexion perdue depuis ${age(since)}` : `Dernière nouvelle il y a ${age(since)}`)}</b>
      <span className="hidden">{fr(state === 'lost' ? 'Connexion perdue' : 'Nouvelles en retard')}</span>
      <span>{fr("ce qui est affiché peut être ancien")}</span>
    </div>
  );
}
