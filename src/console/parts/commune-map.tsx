import { communeStateWords } from '../../contract/french.js';
import { fr } from '../../contract/french-typography.js';
import type { Contours } from '../../contract/imports.js';
import type { CommuneState } from '../../domain/outreach/commune-facts.js';
import './commune-tiles.css';

const WIDTH = 720;
const MARGIN = 4;

export interface CommuneMapProps {
  contours: Contours;
  /** Of the communes of the circle; the others are their ground. */
  states: ReadonlyMap<string, CommuneState>;
  nameOf: (code: string) => string;
  onPick: (code: string) => void;
  picked: string | undefined;
}

/** The real map, once the préfecture has imported its contours: the same colours and patterns as the tiles. */
export function CommuneMap({ contours, states, nameOf, onPick, picked }: CommuneMapProps) {
  const shapes = contours.communes.filter(({ commune }) => states.has(commune));
  const points = shapes.flatMap(({ rings }) => rings.flat());
  if (points.length === 0) return null;
  const xs = points.filter((_, i) => i % 2 === 0);
  const ys = points.filter((_, i) => i % 2 === 1);
  const [west, east] = extent(xs);
  const [south, north] = extent(ys);
  // A degree of longitude is shorter than one of latitude, by the cosine of where we are.
  const squeeze = Math.cos(((south + north) / 2_000) * (Math.PI / 180));
  const scale = (WIDTH - 2 * MARGIN) / Math.max(1, (east - west) * squeeze);
  const height = Math.min(WIDTH, (north - south) * scale + 2 * MARGIN);
  const fit = Math.min(1, (WIDTH - 2 * MARGIN) / Math.max(1, (north - south) * scale));
  const at = (x: number, y: number) => `${(MARGIN + (x - west) * squeeze * scale * fit).toFixed(1)},${(MARGIN + (north - y) * scale * fit).toFixed(1)}`;
  const path = (ring: readonly number[]) => `M${Array.from({ length: ring.length / 2 }, (_, i) => at(ring[2 * i]!, ring[2 * i + 1]!)).join('L')}Z`;
  const reached = [...states.values()].filter((state) => state === 'acknowledged').length;
  return (
    <svg className="commune-map" viewBox={`0 0 ${WIDTH} ${height.toFixed(0)}`} role="img" aria-label={fr(`Carte : ${reached} communes acquittées sur ${states.size}. Le tableau dit la même chose.`)}>
      <Patterns />
      {shapes.map(({ commune, rings }) => {
        const state = states.get(commune)!;
        return (
          <path key={commune} d={rings.map(path).join('')} className={`map-${state}${commune === picked ? ' map-picked' : ''}`} fillRule="evenodd" onClick={() => onPick(commune)}>
            <title>{fr(`${nameOf(commune)}, ${communeStateWords[state]}`)}</title>
          </path>
        );
      })}
    </svg>
  );
}

/** A state is told by its pattern too. */
function Patterns() {
  return (
    <defs>
      <pattern id="map-tried" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 1.5h6" className="map-stroke-run" /></pattern>
      <pattern id="map-answered" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0h3v6H0z" className="map-fill-run" /></pattern>
      <pattern id="map-untried" width="7" height="7" patternUnits="userSpaceOnUse"><circle cx="3.5" cy="3.5" r="1" className="map-fill-off" /></pattern>
      <pattern id="map-refused" width="8" height="8" patternUnits="userSpaceOnUse"><path d="M0 0l8 8M8 0L0 8" className="map-stroke-over" /></pattern>
    </defs>
  );
}

function extent(values: readonly number[]): [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}
