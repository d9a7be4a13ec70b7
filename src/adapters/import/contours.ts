import type { Communes } from '../../application/communes.js';
import type { CommuneShape, ReadLine } from '../../application/directory/import-files.js';
import { placeOfCode } from './communes-of-lines.js';

type Json = Record<string, unknown>;
type Point = readonly [number, number];

const CODE = /^(code|insee|codgeo|insee_com|code_insee|com_code|codeinsee|inseecom)$/i;
/** For the picture: thousandths of a degree, some hundred metres. For the borders: ten times finer. */
const DRAWN = 1_000;
const COMPARED = 10_000;
const MOST_POINTS = 3_000_000;

export function isContour(record: Json): boolean {
  return record['type'] === 'Feature' || 'geometry' in record;
}

/** Reads one commune after another; who shares a border with whom is known once all are read. */
export class ContourReader {
  readonly #shapes = new Map<string, { line: number; shape: CommuneShape; near: Set<string> }>();
  readonly #owners = new Map<number, string>();

  constructor(private readonly communes: Communes) {}

  read(line: number, record: Json): ReadLine | undefined {
    const properties = (record['properties'] ?? {}) as Json;
    const code = String(Object.entries(properties).find(([name, value]) => CODE.test(name) && (typeof value === 'string' || typeof value === 'number'))?.[1] ?? record['id'] ?? '');
    const place = placeOfCode(code, this.communes);
    if ('elsewhere' in place) return { gives: 'elsewhere' };
    const label = String(properties['nom'] ?? properties['libelle'] ?? properties['NOM'] ?? '');
    if ('reason' in place) return { gives: 'rejection', line, reason: place.reason, shown: `${code} ${label}`.trim() };
    const { commune } = place;
    const shown = `${this.communes.named([commune])[0]!.name} (${commune})`;
    if (this.#shapes.has(commune)) return { gives: 'rejection', line, reason: 'duplicate', shown };
    const rings = ringsOf(record['geometry']);
    const drawn = rings.map(drawnRing).filter((ring) => ring.length >= 6);
    if (rings.length === 0 || this.#owners.size > MOST_POINTS) return { gives: 'rejection', line, reason: 'no-shape', shown };
    const near = new Set<string>();
    this.#shapes.set(commune, { line, shape: { commune, rings: drawn.length > 0 ? drawn : [rounded(rings[0]!)], neighbours: [] }, near });
    for (const ring of rings) this.#compare(commune, ring, near);
    return undefined;
  }

  shapes(): ReadLine[] {
    return [...this.#shapes].map(([commune, { line, shape, near }]) => ({
      gives: 'shape', line, shape: { ...shape, neighbours: [...near].sort() }, shown: `${this.communes.named([commune])[0]!.name} (${commune})`,
    }));
  }

  /** Whoever has a point in common is a neighbour: files of contours draw a shared border twice, with the same points. */
  #compare(commune: string, ring: readonly Point[], near: Set<string>): void {
    for (const [x, y] of ring) {
      const key = (Math.round(x * COMPARED) + 1_800_000) * 2_000_000 + Math.round(y * COMPARED) + 900_000;
      const owner = this.#owners.get(key);
      if (owner === undefined) this.#owners.set(key, commune);
      else if (owner !== commune) {
        near.add(owner);
        this.#shapes.get(owner)!.near.add(commune);
      }
    }
  }
}

function ringsOf(geometry: unknown): Point[][] {
  const { type, coordinates } = (geometry ?? {}) as { type?: unknown; coordinates?: unknown };
  const polygons = type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? coordinates : [];
  if (!Array.isArray(polygons)) return [];
  return polygons.flatMap((polygon) => (Array.isArray(polygon) ? polygon : [])).filter((ring): ring is Point[] => Array.isArray(ring) && ring.length >= 4 && ring.every(isPoint));
}

function isPoint(point: unknown): point is Point {
  if (!Array.isArray(point)) return false;
  const [x, y] = point as unknown[];
  return typeof x === 'number' && typeof y === 'number' && Math.abs(x) <= 180 && Math.abs(y) <= 90;
}

/** Rounded to the same grid everywhere: two communes that share a border still share it. */
function drawnRing(ring: readonly Point[]): number[] {
  const flat = rounded(ring);
  const kept: number[] = [];
  for (let i = 0; i < flat.length; i += 2) {
    if (flat[i] !== kept.at(-2) || flat[i + 1] !== kept.at(-1)) kept.push(flat[i]!, flat[i + 1]!);
  }
  if (kept.length > 2 && kept[0] === kept.at(-2) && kept[1] === kept.at(-1)) kept.splice(-2);
  return kept;
}

function rounded(ring: readonly Point[]): number[] {
  return ring.flatMap(([x, y]) => [Math.round(x * DRAWN), Math.round(y * DRAWN)]);
}
