import type { AdministrationEvent } from '../administration.js';
import { refuse, type Refusal } from '../refusal.js';
import { HOUR, type Ms } from '../time.js';
import type { ImportKind } from './events.js';
import type { NumberFault } from './person.js';

/** An applied import is undone within a day; a rehearsal is applied within a day too. */
export const UNDONE_WITHIN: Ms = 24 * HOUR;

/** Why a file cannot be read at all. */
export const FILE_FAULTS = [
  'empty', 'binary', 'unknown-format', 'old-spreadsheet', 'no-header', 'no-rows', 'columns-missing', 'mapping-needed', 'broken-quotes', 'broken-json', 'broken-archive',
  'bomb', 'too-many-lines', 'line-too-long', 'nobody-here', 'interrupted', 'storage-failed', 'internal',
] as const;
export type FileFault = (typeof FILE_FAULTS)[number];

/** What a line of the report says beside its action; null where the action says it all. */
export const LINE_REASONS = [
  // Rejected.
  'no-commune', 'unknown-commune', 'ambiguous-commune', 'commune-merged', 'commune-gone', 'no-name', 'nobody-of-that-function', 'no-contact', 'duplicate', 'bad-address', 'too-many-numbers',
  'no-shape', 'number-not-a-number', 'number-too-short', 'number-too-long', 'number-emergency', 'number-premium',
  // Added or changed, with something to know.
  'new-mayor', 'another-mayor', 'title-kept', 'title-replaced', 'contacts-replaced', 'mandate-resumed', 'bad-date',
] as const;
export type LineReason = (typeof LINE_REASONS)[number];

export function reasonOfNumber(fault: Exclude<NumberFault, 'empty'>): LineReason {
  return `number-${fault}`;
}

/** What the columns of a préfecture's own list may hold: the commune, and of one to three people who they are and how to reach them. */
export const PERSON_FIELDS = ['name', 'last-name', 'first-name', 'function', 'phone', 'email'] as const;
export type PersonField = (typeof PERSON_FIELDS)[number];
export const PEOPLE_A_LINE = 3;
export type OwnListField = 'commune' | 'ignored' | `${1 | 2 | 3}.${PersonField}`;
export const OWN_LIST_FIELDS: readonly OwnListField[] = [
  'ignored', 'commune', ...([1, 2, 3] as const).flatMap((n) => PERSON_FIELDS.map((field): OwnListField => `${n}.${field}`)),
];
/** Column by column, in the order of the file. */
export type Mapping = readonly OwnListField[];

/** What the domain is told of an import. */
export interface ImportFacts {
  id: string;
  kind: ImportKind;
  state: string;
  /** When its state last changed. */
  at: Ms;
  counts: { added: number; changed: number; ended: number; rejected: number };
}

export type ImportCommand =
  | { type: 'import-directory'; known: ImportFacts | undefined; /** Nothing that it compared with has changed since. */ isFresh: boolean; now: Ms }
  | { type: 'undo-import'; known: ImportFacts | undefined; now: Ms };

export function decideImport(command: ImportCommand): AdministrationEvent[] | Refusal {
  const { known, now } = command;
  if (!known) return refuse('unknown-import');
  const { id, kind, state, at, counts: { added, changed, ended, rejected } } = known;
  switch (command.type) {
    case 'import-directory':
      if (state === 'applied') return [];
      if (state !== 'rehearsed') return refuse('not-rehearsed');
      return command.isFresh && now - at < UNDONE_WITHIN ? [{ type: 'importApplied', payload: { import: id, kind, added, changed, ended, rejected } }] : refuse('stale-rehearsal');
    case 'undo-import':
      if (state === 'undone') return [];
      if (state !== 'applied') return refuse('not-applied');
      return now - at < UNDONE_WITHIN ? [{ type: 'importUndone', payload: { import: id } }] : refuse('undo-too-late');
  }
}
