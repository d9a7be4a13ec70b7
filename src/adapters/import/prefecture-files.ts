import type { Communes } from '../../application/communes.js';
import { FileRefused, ImportFiles, type OpenedFile, type ReadBatch, type ReadKind, type ReadLine, type Recognised } from '../../application/directory/import-files.js';
import type { Numbers } from '../../application/directory/numbers.js';
import type { Mapping } from '../../domain/directory/imports.js';
import { annuaireReader, isAnnuaire } from './annuaire.js';
import { headed, type Headed } from './columns.js';
import { ContourReader, isContour } from './contours.js';
import { checkMapping, guessMapping, ownListReader } from './own-list.js';
import { openRecords } from './records.js';
import { isRne, rneReader } from './rne.js';
import { formOf, MOST_LINES, openTable } from './table.js';

/** A batch takes a few milliseconds; the beat and the boards have their turn behind each. */
const BATCH = 250;
const EXAMPLES = 3;

/** The files that préfectures have, each by what is in it. */
export class PrefectureFiles extends ImportFiles {
  constructor(
    private readonly communes: Communes,
    private readonly numbers: Numbers,
    private readonly now: () => number,
  ) {
    super();
  }

  override async recognise(path: string): Promise<Recognised> {
    const form = await formOf(path);
    if (form === 'json') {
      const { records } = await openRecords(path);
      for await (const { record } of records) {
        if (isContour(record)) return { kind: 'contours', columns: [], guessed: [] };
        if (isAnnuaire(record)) return { kind: 'annuaire', columns: [], guessed: [] };
        break;
      }
      throw new FileRefused('unknown-format');
    }
    const { header, rows } = await headed(await openTable(path, form));
    const first: string[][] = [];
    for await (const { cells } of rows) if (first.push(cells) === EXAMPLES) break;
    if (first.length === 0) throw new FileRefused('no-rows');
    if (isRne(header)) {
      rneReader(header, this.communes);
      return { kind: 'rne', columns: [], guessed: [] };
    }
    const examples = (at: number) => first.map((cells) => (cells[at] ?? '').slice(0, 60)).filter((cell) => cell !== '');
    return { kind: 'own-list', columns: header.map((name, at) => ({ name, examples: examples(at) })), guessed: guessMapping(header) };
  }

  override async open(path: string, kind: ReadKind, mapping: Mapping | undefined): Promise<OpenedFile> {
    const form = await formOf(path);
    if ((kind === 'annuaire' || kind === 'contours') !== (form === 'json')) throw new FileRefused('unknown-format');
    if (kind === 'annuaire') return { offices: [], batches: this.#annuaire(path) };
    if (kind === 'contours') return { offices: [], batches: this.#contours(path) };
    const table = await headed(await openTable(path, form));
    if (kind === 'rne') {
      const { offices, read } = rneReader(table.header, this.communes);
      return { offices, batches: inBatches(table, (row) => [read(row)]) };
    }
    const chosen = mapping ?? guessMapping(table.header);
    checkMapping(table.header, chosen);
    const read = ownListReader(table.header, chosen, { communes: this.communes, numbers: this.numbers, now: this.now });
    return { offices: ['maire', 'adjoint', 'maire-delegue'], batches: inBatches(table, read) };
  }

  async *#annuaire(path: string): AsyncGenerator<ReadBatch> {
    const read = annuaireReader({ communes: this.communes, numbers: this.numbers, now: this.now });
    const { records, part } = await openRecords(path);
    yield* inBatches({ rows: records, part }, ({ place, record }) => read(place, record));
  }

  async *#contours(path: string): AsyncGenerator<ReadBatch> {
    const reader = new ContourReader(this.communes);
    const { records, part } = await openRecords(path);
    let read = 0;
    for await (const batch of inBatches({ rows: records, part }, ({ place, record }) => [reader.read(place, record)].filter((line) => line !== undefined))) {
      read = batch.read;
      yield batch;
    }
    const shapes = reader.shapes();
    for (let at = 0; at < shapes.length; at += BATCH) {
      yield { lines: shapes.slice(at, at + BATCH), read, part: 1 };
      await turn();
    }
  }
}

async function* inBatches<R>({ rows, part }: Pick<Headed, 'part'> & { rows: AsyncIterable<R> }, readRow: (row: R) => ReadLine[]): AsyncGenerator<ReadBatch> {
  let lines: ReadLine[] = [];
  let read = 0;
  for await (const row of rows) {
    read++;
    if (read > MOST_LINES) throw new FileRefused('too-many-lines', String(MOST_LINES));
    for (const line of readRow(row)) lines.push(line);
    if (read % BATCH !== 0) continue;
    yield { lines, read, part: part() };
    lines = [];
    await turn();
  }
  if (read === 0) throw new FileRefused('no-rows');
  yield { lines, read, part: 1 };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
