import { communeStateWords } from '../../contract/french.js';
import { capital, count, fr } from '../../contract/french-typography.js';
import { COMMUNE_STATES, type CommuneState } from '../../domain/outreach/commune-facts.js';
import './commune-tiles.css';

export interface Tile {
  code: string;
  name: string;
  state: CommuneState;
}
export interface TileGroup {
  id: string;
  title: string;
  tiles: readonly Tile[];
}

/** Colour and pattern together: what is full is acknowledged, and each state has a shape that a colour-blind eye tells apart. */
export function TileMark({ state }: { state: CommuneState }) {
  return <span className={`tile tile-${state}`} aria-hidden="true" />;
}

export function TileLegend({ by }: { by: Record<CommuneState, number> }) {
  return (
    <ul className="tile-legend" aria-label="Communes par état">
      {COMMUNE_STATES.filter((state) => by[state] > 0).map((state) => (
        <li key={state}><TileMark state={state} /><b>{by[state]}</b> {communeStateWords[state]}</li>
      ))}
    </ul>
  );
}

/** The communes as a picture: a tile each, by arrondissement, the gravest first. Not a map: the place says nothing. */
export function CommuneTiles({ groups, onPick, picked }: { groups: readonly TileGroup[]; onPick: (code: string) => void; picked: string | undefined }) {
  return (
    <div className="tile-groups">
      {groups.map(({ id, title, tiles }) => (
        <section key={id} aria-label={title}>
          <h3>{title} <span className="dim">{count(tiles.length, 'commune')}, {fr(`${tiles.filter(({ state }) => state === 'acknowledged').length} acquittées`)}</span></h3>
          <div className="tiles">
            {tiles.map(({ code, name, state }) => (
              <button
                key={code} type="button" className={`tile tile-${state}${code === picked ? ' tile-picked' : ''}`} tabIndex={-1} title={`${name}, ${communeStateWords[state]}`}
                aria-label={`${name}, ${communeStateWords[state]}`} onClick={() => onPick(code)}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

const GRAVEST: readonly CommuneState[] = ['unreachable', 'refused', 'untried', 'tried', 'answered', 'acknowledged'];

export function byGravity(x: Tile, y: Tile): number {
  return GRAVEST.indexOf(x.state) - GRAVEST.indexOf(y.state) || x.name.localeCompare(y.name, 'fr');
}

export const stateTitle = (state: CommuneState) => capital(communeStateWords[state]);
