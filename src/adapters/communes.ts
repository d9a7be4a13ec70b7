import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Communes } from '../application/communes.js';
import { plainName, type Commune, type CommuneGroup } from '../domain/communes.js';

const require = createRequire(import.meta.url);

interface Row {
  code: string;
  nom: string;
  type: string;
  departement: string;
  /** Empty overseas. */
  arrondissement?: string;
  population?: number;
  /** Of the communes that were merged into it. */
  anciensCodes?: string[];
}
interface Arrondissement {
  code: string;
  nom: string;
  departement: string;
}
interface Departement {
  code: string;
  nom: string;
}
interface Epci {
  code: string;
  nom: string;
  membres: { code: string }[];
}

/**
 * Reads the official list (`@etalab/decoupage-administratif`), and keeps the wanted départements only: the whole holds
 * 37,590 rows (toolchain.md). Its files have one object a line, so that nothing else is ever parsed.
 */
export async function readCommunes(departement: string, neighbours: 'all' | readonly string[]): Promise<Communes> {
  const wanted = neighbours === 'all' ? undefined : new Set([departement, ...neighbours]);
  const rows = await lines<Row>('communes', (line) => line.includes('"commune-actuelle"') && (!wanted || mentions(line, wanted)));
  const kept = rows.filter((row) => row.type === 'commune-actuelle' && (!wanted || wanted.has(row.departement)));
  if (kept.length === 0) throw new Error(`@etalab/decoupage-administratif holds no commune of ${departement}`);
  const arrondissements = await lines<Arrondissement>('arrondissements', () => true);
  const codes = new Set(kept.map(({ code }) => code));
  const epci = await lines<Epci>('epci', (line) => [...line.matchAll(/"code":"(\w{5})"/g)].some(([, code]) => codes.has(code!)));
  const departements = await lines<Departement>('departements', () => true);
  return new OfficialList(departement, neighbours === 'all', kept, arrondissements, epci, new Map(departements.map(({ code, nom }) => [code, nom])));
}

class OfficialList extends Communes {
  readonly #communes: readonly Commune[];
  readonly #byCode: ReadonlyMap<string, Commune>;
  readonly #words: ReadonlyMap<string, string>;
  readonly #byName: ReadonlyMap<string, Commune[]>;
  readonly #successors: ReadonlyMap<string, string>;
  readonly #departements: ReadonlySet<string>;

  constructor(
    private readonly own: string, private readonly isWhole: boolean, rows: readonly Row[], arrondissements: readonly Arrondissement[], epci: readonly Epci[],
    private readonly departements: ReadonlyMap<string, string>,
  ) {
    super();
    const arrondissementOf = new Map(arrondissements.map(({ code, nom }) => [code, { code, name: nom }]));
    const epciOf = new Map(epci.flatMap(({ code, nom, membres }) => membres.map((member) => [member.code, { code, name: nom }] as const)));
    this.#communes = rows.map((row) => ({
      code: row.code, name: row.nom, departement: row.departement, population: row.population ?? 0,
      arrondissement: arrondissementOf.get(row.arrondissement ?? '') ?? null, epci: epciOf.get(row.code) ?? null,
    }));
    this.#byCode = new Map(this.#communes.map((commune) => [commune.code, commune]));
    this.#words = new Map(this.#communes.map(({ code, name }) => [code, plainName(name)]));
    this.#byName = byName(this.#communes, this.#words);
    this.#successors = new Map(rows.flatMap(({ code, anciensCodes = [] }) => anciensCodes.map((former) => [former, code] as const)));
    this.#departements = new Set(this.#communes.map(({ departement }) => departement));
  }

  override knows(code: string): boolean {
    return this.#byCode.has(code);
  }

  override named(codes: readonly string[]): Commune[] {
    const named: Commune[] = [];
    for (const code of codes) {
      const known = this.#byCode.get(code);
      if (known) named.push(known);
    }
    return named;
  }

  override search(query: string, departement: string | undefined, limit: number): Commune[] {
    const wanted = plainName(query);
    const among = departement === undefined ? this.#communes : this.#communes.filter((one) => one.departement === departement);
    const scored = among.flatMap((commune) => {
      const name = this.#words.get(commune.code)!;
      const code = commune.code.toLowerCase();
      if (name === wanted || code === wanted) return [{ commune, score: 0 }];
      if (name.startsWith(wanted) || code.startsWith(wanted)) return [{ commune, score: 1 }];
      return name.includes(` ${wanted}`) ? [{ commune, score: 2 }] : [];
    });
    const mine = ({ departement: of }: Commune) => (of === this.own ? 0 : 1);
    scored.sort((x, y) => x.score - y.score || mine(x.commune) - mine(y.commune) || y.commune.population - x.commune.population);
    return scored.slice(0, limit).map(({ commune }) => commune);
  }

  override all(): Commune[] {
    return this.#communes.filter(({ departement }) => !this.isWhole || departement === this.own);
  }

  override called(name: string): Commune[] {
    const found = this.#byName.get(plainName(name)) ?? [];
    const own = found.filter(({ departement }) => departement === this.own);
    return own.length > 0 ? own : [...found];
  }

  override successor(code: string): string | undefined {
    return this.#successors.get(code);
  }

  override covers(departement: string): boolean {
    return this.#departements.has(departement);
  }

  override groups(departement: string | undefined): CommuneGroup[] {
    const groups = new Map<string, CommuneGroup>();
    for (const commune of this.#communes) {
      if (departement !== undefined && commune.departement !== departement) continue;
      const add = (kind: CommuneGroup['kind'], of: { code: string; name: string } | null) => {
        if (!of) return;
        const key = `${kind} ${of.code}`;
        const group = groups.get(key) ?? { kind, ...of, communes: [] };
        group.communes.push(commune.code);
        groups.set(key, group);
      };
      add('departement', { code: commune.departement, name: this.departements.get(commune.departement) ?? commune.departement });
      add('arrondissement', commune.arrondissement);
      add('epci', commune.epci);
    }
    return [...groups.values()].sort((x, y) => x.kind.localeCompare(y.kind) || x.name.localeCompare(y.name, 'fr'));
  }
}

function byName(communes: readonly Commune[], words: ReadonlyMap<string, string>): Map<string, Commune[]> {
  const named = new Map<string, Commune[]>();
  for (const commune of communes) {
    const name = words.get(commune.code)!;
    named.set(name, [...(named.get(name) ?? []), commune]);
  }
  return named;
}

function mentions(line: string, departements: ReadonlySet<string>): boolean {
  const code = /"departement":"(\w+)"/.exec(line)?.[1];
  return code !== undefined && departements.has(code);
}

/** Bytes until a line is kept: what `keep` looks for is plain ASCII, and to decode all the others cost each start half of its reading. */
async function lines<T>(name: string, keep: (line: string) => boolean): Promise<T[]> {
  const bytes = await readFile(require.resolve(`@etalab/decoupage-administratif/data/${name}.json`));
  const kept = bytes.toString('latin1').split('\n').filter((line) => line.startsWith('{') && keep(line));
  return kept.map((line) => JSON.parse(Buffer.from(line.replace(/,?\r?$/, ''), 'latin1').toString()) as T);
}
