import type { Named } from '../../domain/directory/comparing.js';
import type { ImportKind } from '../../domain/directory/events.js';
import type { FileFault, LineReason, Mapping } from '../../domain/directory/imports.js';
import type { Office } from '../../domain/directory/person.js';

/** The file cannot be read: thrown by whoever reads it, said to whoever chose it. */
export class FileRefused extends Error {
  constructor(readonly fault: FileFault, /** What the sentence needs: the columns that are missing, the line… */ readonly about = '') {
    super(`${fault} ${about}`.trim());
  }
}

export type ReadKind = Extract<ImportKind, 'rne' | 'annuaire' | 'own-list' | 'contours'>;

/** What a file shows of itself. */
export interface Recognised {
  kind: ReadKind;
  /** Of a préfecture's own list: its columns, with the first cells below, for whoever says what they hold. */
  columns: readonly { name: string; examples: readonly string[] }[];
  /** What the names of the columns suggest. */
  guessed: Mapping;
}

/** The shape of a commune: rings of points in thousandths of a degree, x and y in turn; and who shares a border with it. */
export interface CommuneShape {
  commune: string;
  rings: number[][];
  neighbours: string[];
}

/** What one line gave. Several may come from one line: three people, or a person and a number that cannot be kept. */
export type ReadLine =
  | { gives: 'person'; named: Named; note?: LineReason }
  | { gives: 'shape'; line: number; shape: CommuneShape; shown: string }
  | { gives: 'rejection'; line: number; reason: LineReason; shown: string }
  /** Of another département; or good but not kept here (councillors without a function, annexes). */
  | { gives: 'elsewhere' | 'left-out' };

export interface ReadBatch {
  lines: ReadLine[];
  /** Lines of the file so far, apart from its header; and how much of it was read, from 0 to 1. */
  read: number;
  part: number;
}

/** A file whose header was read, and whose lines come in batches; the event loop has its turn in between. */
export interface OpenedFile {
  /** Whoever held one of these, and is no longer named, has ended: what this file speaks of. */
  offices: readonly Office[];
  batches: AsyncIterable<ReadBatch>;
}

/** Files as préfectures have them. Both throw FileRefused. */
export abstract class ImportFiles {
  abstract recognise(path: string): Promise<Recognised>;
  abstract open(path: string, kind: ReadKind, mapping: Mapping | undefined): Promise<OpenedFile>;
}
