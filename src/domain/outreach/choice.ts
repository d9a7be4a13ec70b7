import { plainName, type Commune } from '../communes.js';
import type { Circle } from './targets.js';

/** Two circles as they are chosen, before they are kept or frozen: official codes. */
export interface Circles {
  circle1: readonly string[];
  circle2: readonly string[];
}

/** A commune is called for one reason: what circle 1 gains, circle 2 loses; what circle 1 has, circle 2 does not take. */
export function withCommunes({ circle1, circle2 }: Circles, circle: Circle, codes: readonly string[]): Circles {
  const gained = new Set(codes);
  if (circle === 1) return { circle1: [...new Set([...circle1, ...codes])], circle2: circle2.filter((code) => !gained.has(code)) };
  return { circle1, circle2: [...new Set([...circle2, ...codes.filter((code) => !circle1.includes(code))])] };
}

/** Said anew, as a field gives it back. */
export function setCircle({ circle1, circle2 }: Circles, circle: Circle, codes: readonly string[]): Circles {
  return circle === 1 ? withCommunes({ circle1: [], circle2 }, 1, codes) : withCommunes({ circle1, circle2: [] }, 2, codes);
}

/** Whether a circle is still as it was kept, in whatever order it was chosen. */
export function isSameCircle(codes: readonly string[], kept: readonly string[]): boolean {
  const among = new Set(kept);
  return codes.length > 0 && codes.length === among.size && codes.every((code) => among.has(code));
}

/** Of so many inhabitants at least, at most. */
export function byPopulation(communes: readonly Commune[], least: number | undefined, most: number | undefined): string[] {
  return communes.filter(({ population }) => population >= (least ?? 0) && population <= (most ?? Infinity)).map(({ code }) => code);
}

export interface Proposal {
  /** `border`: they share one, where contours were imported. */
  why: 'border' | 'epci' | 'arrondissement';
  code: string;
  name: string;
  /** Those that are in no circle yet, by name. */
  communes: string[];
}

/**
 * 48.1 circle 2 is proposed: those that border on circle 1, then the other communes of its EPCI and of its arrondissements,
 * the smaller groups first.
 */
export function neighbourProposals(communes: readonly Commune[], { circle1, circle2 }: Circles, bordering: readonly string[] = []): Proposal[] {
  const chosen = new Set([...circle1, ...circle2]);
  const border = bordering.filter((code) => !chosen.has(code));
  const affected = new Set(circle1);
  const groups = new Map<string, Proposal & { isNear: boolean }>();
  for (const commune of communes) {
    for (const why of ['epci', 'arrondissement'] as const) {
      const of = commune[why];
      if (!of) continue;
      const group = groups.get(`${why} ${of.code}`) ?? { why, code: of.code, name: of.name, communes: [], isNear: false };
      groups.set(`${why} ${of.code}`, group);
      if (affected.has(commune.code)) group.isNear = true;
      else if (!chosen.has(commune.code)) group.communes.push(commune.code);
    }
  }
  const near = [...groups.values()]
    .filter(({ isNear, communes: left }) => isNear && left.length > 0)
    .sort((x, y) => x.communes.length - y.communes.length || (x.name < y.name ? -1 : 1))
    .map(({ isNear: _, ...proposal }) => proposal);
  return border.length > 0 && circle1.length > 0 ? [{ why: 'border', code: '', name: '', communes: border }, ...near] : near;
}

/** A line of a pasted list that is not one commune yet. */
export interface UnreadLine {
  line: number;
  text: string;
  /** Homonyms, or a code and a name that disagree: which? None: nothing of that name or code. */
  among: string[];
}
export interface ReadList {
  codes: string[];
  unread: UnreadLine[];
}

const CODE = /^(\d{5}|2[ab]\d{3})$/i;

/** Names or codes, pasted from wherever they stand: one a line, or several between commas, semicolons or tabs. */
export function readCommuneList(text: string, communes: readonly Commune[]): ReadList {
  const byCode = new Map(communes.map(({ code }) => [code.toUpperCase(), code]));
  const byName = new Map<string, string[]>();
  for (const { code, name } of communes) byName.set(plainName(name), [...(byName.get(plainName(name)) ?? []), code]);
  const named = (cell: string) => byName.get(plainName(articleFirst(cell))) ?? [];
  const codes = new Set<string>();
  const unread: UnreadLine[] = [];
  text.split(/\r\n|\r|\n/).forEach((raw, index) => {
    for (const item of itemsOf(raw, (cell) => named(cell).length > 0)) {
      const found = meantBy(item, byCode, named);
      if (found.length === 1) codes.add(found[0]!);
      else unread.push({ line: index + 1, text: item.text, among: found });
    }
  });
  return { codes: [...codes], unread };
}

interface Item {
  text: string;
  code: string | undefined;
  /** What may be its name, beside the code. */
  names: string[];
}

/** A line that holds one code is one commune, whatever else stands on it, unless it names several; otherwise each cell is one. */
function itemsOf(raw: string, isName: (cell: string) => boolean): Item[] {
  const cells = raw.split(/[;,\t]/).map((cell) => cell.trim().replace(/^["«\s]+|["»\s]+$/g, '')).filter((cell) => cell !== '')
    .flatMap((cell) => (cell.split(/\s+/).every((word) => CODE.test(word)) ? cell.split(/\s+/) : [cell]));
  const items = cells.map(itemOf);
  const codes = new Set(items.flatMap(({ code }) => code ?? []));
  const isOne = codes.size === 1 && items.filter(({ code, names }) => code === undefined && names.some(isName)).length < 2;
  return isOne ? [{ text: cells.join(' ; '), code: [...codes][0], names: items.flatMap(({ names }) => names) }] : items;
}

function itemOf(text: string): Item {
  const code = text.split(/[\s()]+/).find((word) => CODE.test(word));
  const name = code === undefined ? text : text.replace(code, ' ').replace(/\(\s*\)/g, ' ').replace(/\s+/g, ' ').trim();
  return { text, code: code?.toUpperCase(), names: name === '' ? [] : [name] };
}

/** Which communes an item may mean. A five-figure code may be a postal one: where it and the name disagree, one asks. */
function meantBy({ code, names }: Item, byCode: ReadonlyMap<string, string>, named: (cell: string) => string[]): string[] {
  const known = code === undefined ? undefined : byCode.get(code);
  const meant = [...new Set(names.flatMap(named))];
  if (known === undefined) return meant;
  return meant.length === 0 || meant.includes(known) ? [known] : [known, ...meant];
}

/** "Havre (Le)" is how lists in the alphabet's order write it. */
function articleFirst(cell: string): string {
  return cell.replace(/^(.*\S)\s*\((le|la|les|l['’])\)$/i, '$2 $1');
}
