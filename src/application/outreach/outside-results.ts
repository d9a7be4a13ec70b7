import { isAllowed } from '../../domain/activation.js';
import { instantsOf } from '../../domain/clock/local-time.js';
import type { CommandOf } from '../../domain/commands.js';
import { numbersOf, type Person } from '../../domain/directory/person.js';
import { guessColumns, guessOutcome, type OutsideColumns } from '../../domain/outreach/outside-values.js';
import type { OutsideOutcome } from '../../domain/outreach/targets.js';
import { refuse, type Refusal } from '../../domain/refusal.js';
import type { Activation } from '../../domain/state.js';
import type { Ms } from '../../domain/time.js';
import type { Activations } from '../activations.js';
import type { AddressBook, ContactOutcome } from '../directory/address-book.js';
import type { Book } from '../directory/book.js';
import { FileRefused } from '../directory/import-files.js';
import type { Numbers } from '../directory/numbers.js';
import type { Vault } from '../ports.js';
import type { Author } from '../submission.js';

/** A table as another tool writes it. Throws FileRefused when it is none. */
export abstract class ResultTables {
  abstract read(bytes: Uint8Array): Promise<{ header: string[]; rows: string[][] }>;
}

/** What a result file shows of itself, for whoever says what its columns hold. */
export interface ResultFile {
  header: string[];
  /** The first lines. */
  examples: string[][];
  guessed: Partial<OutsideColumns>;
  /** Of each column, its different values where they are few, and what each seems to mean. */
  values: Record<string, { value: string; times: number; guessed: OutsideOutcome | null }[]>;
}
export type ReadResults = Pick<CommandOf<'import-outside-results'>, 'results' | 'unmatched'> & {
  /** Which number was called for each: for the directory, no entry holds it. */
  called: ContactOutcome[];
};

const EXAMPLES = 3;
const MOST_VALUES = 60;
const NOTED_AT_ONCE = 500;

/** P07, P08: the result file of an outside automaton, read against the people of the perimeter. */
export class OutsideResults {
  constructor(
    private readonly activations: Activations,
    private readonly vault: Vault,
    private readonly tables: ResultTables,
    private readonly store: AddressBook,
    private readonly book: Book,
    private readonly numbers: Numbers,
  ) {}

  async look(activation: string, author: Author, file: string): Promise<ResultFile | Refusal> {
    const seen = await this.#seen(activation, author);
    if ('refused' in seen) return seen;
    const table = await this.#table(activation, file);
    if ('refused' in table) return table;
    const { header, rows } = table;
    const values = Object.fromEntries(header.map((name, column) => [name, distinct(rows.map((row) => row[column] ?? ''))] as const).filter(([, found]) => found.length <= MOST_VALUES));
    const kept = await this.#kept(header);
    for (const found of Object.values(values)) for (const one of found) one.guessed = kept?.values[one.value] ?? one.guessed;
    return { header, examples: rows.slice(0, EXAMPLES), guessed: kept?.columns ?? guessColumns(header), values };
  }

  /** Which line names whom: by the number that was called, as the perimeter froze it or as it is now. */
  async read(activation: string, author: Author, campaign: string, file: string, columns: OutsideColumns, values: Readonly<Record<string, OutsideOutcome>>): Promise<ReadResults | Refusal> {
    const seen = await this.#seen(activation, author);
    if ('refused' in seen) return seen;
    const known = seen.outreach.campaigns.find(({ id }) => id === campaign);
    if (!known) return refuse('unknown-campaign');
    const table = await this.#table(activation, file);
    if ('refused' in table) return table;
    const place = (name: string | undefined) => (name === undefined ? -1 : table.header.indexOf(name));
    const [number, result, day, time] = [place(columns.number), place(columns.result), place(columns.at), place(columns.time)];
    if (number < 0 || result < 0) return refuse('no-result');
    const people = await this.#byNumber(seen);
    const [results, called]: [ReadResults['results'], ContactOutcome[]] = [[], []];
    let unmatched = 0;
    for (const row of table.rows) {
      const read = this.numbers.read(row[number] ?? '', seen.departement);
      const whom = 'fault' in read ? undefined : people.get(read.number);
      const outcome = values[(row[result] ?? '').trim()];
      if ('fault' in read || !whom || !outcome) {
        unmatched++;
        continue;
      }
      const at = instantOf([day, time].map((column) => row[column] ?? '').join(' '), seen.timeZone, known.startedAt) ?? known.endedAt ?? known.startedAt;
      for (const person of whom) {
        results.push({ person, outcome, at });
        called.push({ person, number: read.number, outcome, at });
      }
    }
    if (results.length > 0) await this.store.putMapping(keyOf(table.header), [JSON.stringify({ columns, values } satisfies Kept)]);
    return { results, unmatched, called };
  }

  /** 4.3: after a real campaign, what the directory learns of its numbers. */
  async note(called: readonly ContactOutcome[]): Promise<void> {
    for (let at = 0; at < called.length; at += NOTED_AT_ONCE) await this.store.noteOutcomes(called.slice(at, at + NOTED_AT_ONCE));
  }

  /** As somebody said of such a header the last time. */
  async #kept(header: readonly string[]): Promise<Kept | undefined> {
    const [said] = (await this.store.mapping(keyOf(header))) ?? [];
    return said === undefined ? undefined : (JSON.parse(said) as Kept);
  }

  async #seen(activation: string, author: Author): Promise<Readonly<Activation> | Refusal> {
    const seen = await this.activations.read(activation, (held) => held.activation);
    if (!seen) return refuse('unknown-activation');
    return isAllowed('import-outside-results', seen.lane, { by: author.id, ...author }) ? seen : refuse('forbidden', { command: 'import-outside-results' });
  }

  async #byNumber({ outreach }: Readonly<Activation>): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    for (const { person: id, version } of Object.values(outreach.targets)) {
      const now = this.book.person(id);
      const frozen = now?.version === version ? now : await this.store.person(id, version);
      const numbers = new Set([now, frozen].filter((one): one is Person => one !== undefined).flatMap((one) => numbersOf(one).map((point) => point.number)));
      for (const number of numbers) found.set(number, [...(found.get(number) ?? []), id]);
    }
    return found;
  }

  async #table(activation: string, digest: string): Promise<{ header: string[]; rows: string[][] } | Refusal> {
    const file = await this.vault.file(digest);
    const bytes = file?.activation === activation ? await this.vault.readFile(digest) : undefined;
    if (!bytes) return refuse('unknown-file', { file: digest });
    try {
      return await this.tables.read(bytes);
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      return refuse('file-refused', { why: error.fault, about: error.about });
    }
  }
}

/** What the columns of a file hold and what its values mean: said once, kept for the next file of that tool. */
interface Kept {
  columns: OutsideColumns;
  values: Readonly<Record<string, OutsideOutcome>>;
}
const keyOf = (header: readonly string[]) => `outside results\n${header.join('\n')}`;

function distinct(cells: readonly string[]): ResultFile['values'][string] {
  const times = new Map<string, number>();
  for (const cell of cells) if (cell.trim() !== '') times.set(cell.trim(), (times.get(cell.trim()) ?? 0) + 1);
  return [...times].map(([value, n]) => ({ value, times: n, guessed: guessOutcome(value) ?? null })).sort((x, y) => y.times - x.times);
}

/** "27/11/2026 03:12:05", "2026-11-27T03:12", "03:12" on the day of the campaign; of an hour that a clock change repeats, the first since it began. */
function instantOf(text: string, zone: string, since: Ms): Ms | undefined {
  const [, hour, minute, second = '00'] = /(\d{1,2})\s*[:hH]\s*(\d{2})(?::(\d{2}))?/.exec(text) ?? [];
  if (hour === undefined) return undefined;
  const french = /(\d{2})[/.](\d{2})[/.](\d{4})/.exec(text);
  const iso = /(\d{4})-(\d{2})-(\d{2})/.exec(text);
  const day = french ? `${french[3]}-${french[2]}-${french[1]}` : iso ? iso[0] : new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(since);
  try {
    const instants = instantsOf(`${day}T${hour.padStart(2, '0')}:${minute}:${second}`, zone);
    return instants.find((at) => at >= since - 60_000) ?? instants[0];
  } catch {
    return undefined;
  }
}
