import type { ImportKind } from '../../domain/directory/events.js';
import type { Person } from '../../domain/directory/person.js';
import type { NumberOutcome } from '../../domain/directory/quality.js';
import type { Ms } from '../../domain/time.js';
import type { CommuneShape } from './import-files.js';

/**
 * One import: what was read of a file, and what it would change. Its people are versions like any other, in force while
 * its state says `applied`: one row switches the whole of it on, and off again.
 */
export interface ImportRecord {
  id: string;
  kind: ImportKind;
  fileName: string;
  by: string;
  startedAt: Ms;
  state: 'staging' | 'rehearsed' | 'applied' | 'undone' | 'discarded' | 'failed';
  /** When its state last changed. */
  at: Ms;
  counts: ImportCounts;
  /** Why it failed: a word of FILE_FAULTS, and behind it what its sentence needs. */
  fault: string | null;
}
export interface ImportCounts {
  /** Lines of the file, apart from its header. */
  read: number;
  added: number;
  changed: number;
  ended: number;
  unchanged: number;
  rejected: number;
  /** Of other départements: counted, not rejected. */
  elsewhere: number;
  /** Good, and not kept here: councillors without a function, annexes, services that are no town hall. */
  leftOut: number;
}
export const NO_COUNTS: ImportCounts = { read: 0, added: 0, changed: 0, ended: 0, unchanged: 0, rejected: 0, elsewhere: 0, leftOut: 0 };

export const LINE_ACTIONS = ['added', 'changed', 'ended', 'rejected'] as const;
export type LineAction = (typeof LINE_ACTIONS)[number];

/** One line of a rehearsal's report; what is unchanged is counted only. */
export interface ImportLine {
  /** In the file, from 1, its header counted; 0 for somebody whom the file no longer names. */
  line: number;
  action: LineAction;
  /** A word of the contract; null where the action says it all. */
  reason: string | null;
  person: string | null;
  /** What the line says, for whoever mends the file. */
  shown: string;
}

/** What came of the last call to a number, for whoever mends the directory; how it was reached is in the activation's journal. */
export interface ContactOutcome {
  person: string;
  /** E.164. */
  number: string;
  outcome: NumberOutcome;
  at: Ms;
}

/** Changed with an entry of the administration's journal, in one transaction. */
export type DirectoryChange =
  | { change: 'person-put'; person: Person }
  | { change: 'people-erased'; people: readonly string[] }
  | { change: 'import-moved'; import: string; state: ImportRecord['state']; at: Ms };

/** The directory, as it is stored: versions of people, those that imports have staged among them. */
export abstract class AddressBook {
  /** Whoever is in force, in the order of ids, after this one. */
  abstract people(after: string, limit: number): Promise<Person[]>;
  /** In force; or that version, in force or not, as an activation froze it. */
  abstract person(id: string, version?: number): Promise<Person | undefined>;
  /** The last version of each of these, staged ones included: what comes next is above. */
  abstract lastVersions(ids: readonly string[]): Promise<Map<string, number>>;

  abstract imports(): Promise<ImportRecord[]>;
  abstract import(id: string): Promise<ImportRecord | undefined>;
  abstract putImport(record: ImportRecord): Promise<void>;
  /** At most 500 at once, each a short transaction: versions that are in force once the import is applied, and the report's lines. */
  abstract stage(id: string, people: readonly Person[], lines: readonly ImportLine[]): Promise<void>;
  abstract lines(id: string, after: number, limit: number, action?: LineAction): Promise<(ImportLine & { place: number })[]>;
  /** Whom an import staged, in the order of ids, after this one. */
  abstract stagedBy(id: string, after: string, limit: number): Promise<Person[]>;
  /**
   * Takes the lines and all that was staged of an import that will not be applied, or an old report's lines alone; a short
   * transaction each time, until false.
   */
  abstract clear(id: string, limit: number, what: 'all' | 'lines'): Promise<boolean>;

  /** The shapes of communes: those of the contours that were applied last are in force. */
  abstract stageShapes(id: string, shapes: readonly CommuneShape[]): Promise<void>;
  abstract shapes(after: string, limit: number): Promise<CommuneShape[]>;

  /** After real calls, at most 500 at once: of each number the last one counts, whatever the order in which they are noted. Goes with the person. */
  abstract noteOutcomes(outcomes: readonly ContactOutcome[]): Promise<void>;
  abstract outcomes(): Promise<ContactOutcome[]>;

  /** What the columns of such a header hold, as somebody said once. */
  abstract mapping(header: string): Promise<readonly string[] | undefined>;
  abstract putMapping(header: string, mapping: readonly string[]): Promise<void>;
}
