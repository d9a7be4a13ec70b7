import type { CommandOf } from '../domain/commands.js';
import type { FunctionCode } from '../domain/entry.js';
import type { FrozenTarget } from '../domain/outreach/targets.js';
import type { Lack } from '../domain/people/training.js';
import type { Right } from '../domain/rights.js';
import type { Communes } from './communes.js';
import type { Callees } from './outreach/callees.js';
import type { OutsideResults } from './outreach/outside-results.js';

/** What `decide` cannot know: an order's command is completed with it before it is submitted (design.md part 2, outside data). */
export interface OutsideData {
  /** Who may be given something: an account that is neither disabled nor erased, with its rights. */
  person(id: string): { rights: readonly Right[] } | undefined;
  communes: Communes;
  /** 47.2, 50.2: what somebody's training lacks to hold a function today. */
  lacks(account: string, code: FunctionCode): Promise<readonly Lack[]>;
  /** 48.1: whom one may reach in these communes today. */
  targets(communes: readonly string[]): FrozenTarget[];
  results: Pick<OutsideResults, 'read' | 'note'>;
  /** 48.1, 47.2: whom a campaign reaches, and by what. */
  callees: Callees;
  /** What came of a real call to a number: the directory keeps it. */
  called(call: CommandOf<'record-direct-call'>): Promise<void>;
}
