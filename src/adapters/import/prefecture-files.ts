import type { Communes } from '../../application/communes.js';
import { FileRefused, ImportFiles, type OpenedFile, type ReadBatch, type ReadKind, type ReadLine, type Recognised } from '../../application/directory/import-files.js';
import type { Numbers } from '../../application/directory/numbers.js';
import type { Mapping } from '../../domain/directory/imports.js';
import { annuaireReader, isAnnuaire } from './annuaire.js';
import { headed } from './columns.js';
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
      const { pages } = await openRecords(path);
      const record = (await firstOf(pages))[0]?.record ?? {};
      if (isContour(record)) return { kind: 'contours', columns: [], guessed: [] };
      if (isAnnuaire(record)) return { kind: 'annuaire', columns: [], guessed: [] };
      throw new FileRefused('unknown-format');
    }
    const { header, pages } = await headed(await openTable(path, form));
    const first = (await firstOf(pages)).slice(0, EXAMPLES).map(({ cells }) => cells);
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
    yield* inBatches(await openRecords(path), ({ place, record }) => read(place, record));
  }

  async *#contours(path: string): AsyncGenerator<ReadBatch> {
    const reader = new ContourReader(this.communes);
    let read = 0;
    for await (const batch of inBatches(await openRecords(path), ({ place, record }) => [reader.read(place, record)].filter((line) => line !== undefined))) {
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

async function* inBatches<R>({ pages, part }: { pages: AsyncIterable<R[]>; part: () => number }, readRow: (row: R) => ReadLine[]): AsyncGenerator<ReadBatch> {
  let read = 0;
  for await (const page of pages) {
    read += page.length;
    if (read > MOST_LINES) throw new FileRefused('too-many-lines', String(MOST_LINES));
    if (page.length > 0) yield { lines: page.flatMap(readRow), read, part: part() };
    await turn();
  }
  if (read === 0) throw new FileRefused('no-rows');
}

/** The first page that holds anything; the rest of the file is left. */
async function firstOf<R>(pages: AsyncIterable<R[]>): Promise<R[]> {
  for await (const page of pages) if (page.length > 0) return page;
  return [];
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
