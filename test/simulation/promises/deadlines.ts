import { evolve, initial } from '../../../src/domain/activation.js';
import { wallTime } from '../../../src/domain/clock/exercise-time.js';
import type { ActivationEntry, WarningKind } from '../../../src/domain/events.js';
import { belongs, standsApart, timesOf, timesOnEach } from '../../../src/domain/plan/timing.js';
import type { Activation } from '../../../src/domain/state.js';
import { MINUTE, SECOND, toMs, type Ms } from '../../../src/domain/time.js';
import type { Journal, Promised, Seen } from '../seen.js';
import { ableIn, type Able } from '../wall.js';

/** A hint that is lost costs a second; a write that fails, a second each time. Beyond this, it was skipped. */
const LATE_MS: Ms = 5 * SECOND;
/** A correction that moves a due instant by less makes nothing new. */
const SAME_MS: Ms = MINUTE;
/** Other entries change nothing of what is due when. */
const MOVES = new Set<ActivationEntry['type']>([
  'activationOpened', 'planFrozen', 'clockStarted', 'clockCorrected', 'factDeclared', 'exerciseSegmentStarted', 'stepStarted', 'stepTextWritten',
  'stepCompleted', 'stepNotApplicable', 'stepOutsideCause', 'stepReopened', 'activationEnded', 'openedByMistake', 'declarationReceived', 'declarationAnswered',
]);

interface Due {
  what: string;
  at: Ms;
}

/**
 * What time obliges (warnings, the statement, declarations that nobody answered) is done, in time wherever the machine ran and
 * could write, once, and not before. The due instants come from the rows of the plan and their times; what the engine keeps
 * to know what it raised already, and its hints, are not looked at.
 */
export const deadlines: Promised = {
  name: 'no deadline skipped or doubled',
  *breaches(seen) {
    const able = ableIn(seen.witness.happenings, seen.endedAt);
    const commits = new Map<string, { toSeq: number; at: Ms }[]>();
    for (const one of seen.witness.commits) commits.set(one.activation, [...(commits.get(one.activation) ?? []), one]);
    for (const [id, journal] of seen.journals) {
      const done = doneIn(journal, commits.get(id)!);
      yield* doubled(id, done);
      yield* skipped(id, journal, commits.get(id)!, done, able, seen);
      yield* statements(id, journal);
    }
  },
};

interface Done extends Due {
  /** When the store took it, and what the journal says of that time. */
  trueAt: Ms;
  recordedAt: Ms;
}

function doneIn({ entries }: Journal, commits: readonly { toSeq: number; at: Ms }[]): Done[] {
  const done: Done[] = [];
  let commit = 0;
  const expired = new Map<string, Ms>();
  for (const entry of entries) {
    while (commits[commit]!.toSeq < entry.seq) commit++;
    const [trueAt, recordedAt] = [commits[commit]!.at, toMs(entry.recordedAt)];
    if (entry.type === 'warningsRaised') for (const { step, kind, dueAt } of entry.payload.items) done.push({ what: `${step} ${kind}`, at: toMs(dueAt), trueAt, recordedAt });
    if (entry.type === 'statementRequested') done.push({ what: 'statement', at: toMs(entry.payload.dueAt), trueAt, recordedAt });
    if (entry.type === 'declarationReceived') expired.set(entry.payload.declaration, recordedAt + 2 * MINUTE);
    if (entry.type === 'declarationAnswered') {
      const { declaration, answer } = entry.payload;
      if (answer === 'unanswered') done.push({ what: `declaration ${declaration}`, at: entries.some(({ type, seq }) => seq > entry.seq && (type === 'activationEnded' || type === 'openedByMistake')) ? recordedAt : expired.get(declaration)!, trueAt, recordedAt });
    }
  }
  return done;
}

function* doubled(id: string, done: readonly Done[]): Iterable<string> {
  const before = new Map<string, Ms[]>();
  for (const { what, at, recordedAt } of done) {
    const known = before.get(what) ?? [];
    if (known.some((other) => Math.abs(other - at) < SAME_MS)) yield `${id}: ${what} of ${at} was done twice`;
    if (at > recordedAt && !what.startsWith('declaration')) yield `${id}: ${what} of ${at} was done before its time`;
    before.set(what, [...known, at]);
  }
}

function* skipped(id: string, { entries }: Journal, commits: readonly { toSeq: number; at: Ms }[], done: readonly Done[], able: readonly Able[], { endedAt }: Seen): Iterable<string> {
  const told = new Map<string, Done[]>();
  for (const one of done) told.set(one.what, [...(told.get(one.what) ?? []), one]);
  const a = initial(id);
  const states: { from: Ms; dues: Due[] }[] = [];
  let seq = 0;
  for (const { toSeq, at } of commits) {
    let moved = false;
    for (; seq < toSeq; seq++) {
      evolve(a, entries[seq]!);
      moved ||= MOVES.has(entries[seq]!.type);
    }
    if (moved) states.push({ from: at, dues: duesOf(a) });
  }
  for (const [i, { from, dues }] of states.entries()) {
    const until = states[i + 1]?.from ?? endedAt;
    for (const due of dues) {
      const stretch = able.find((one) => Math.max(one.from, from, due.at - one.wallBy) + LATE_MS < Math.min(one.to, until));
      if (!stretch) continue;
      const latest = Math.max(stretch.from, from, due.at - stretch.wallBy) + LATE_MS;
      const isTold = told.get(due.what)?.some((one) => Math.abs(one.at - (due as Due & { inside: Ms }).inside) < SAME_MS && one.trueAt <= latest);
      if (!isTold) yield `${id}: ${due.what} of ${due.at} was not done by ${latest}`;
    }
  }
}

/** All that time will oblige this activation to, as it stands, by the wall clock. */
function duesOf(a: Readonly<Activation>): (Due & { inside: Ms })[] {
  if (a.life !== 'running') return [];
  const dues: (Due & { inside: Ms })[] = [];
  const add = (what: string, inside: Ms | undefined) => {
    if (inside !== undefined) dues.push({ what, inside, at: wallTime(a.segments, inside) });
  };
  for (const row of a.plan.rows) {
    const status = a.steps[row.id]?.status ?? 'todo';
    if (!belongs(a, row)) continue;
    if (row.completes === 'statement-written') add('statement', timesOf(a, row).target);
    if ((status !== 'todo' && status !== 'under-way') || standsApart(a, row)) continue;
    for (const { target, deadline } of timesOnEach(a, row)) {
      const warn = (kind: WarningKind, at: Ms | undefined) => add(`${row.id} ${kind}`, at);
      if (row.completes !== 'statement-written') warn('target', target);
      if (deadline !== undefined) for (const [kind, before] of [['minus15', 15], ['minus5', 5], ['deadline', 0]] as const) warn(kind, deadline - before * MINUTE);
    }
  }
  for (const { id, receivedAt } of a.declarations) add(`declaration ${id}`, receivedAt + 2 * MINUTE);
  return dues;
}

/** Asked for once, written once: unless the activation was sealed or undone meanwhile. */
function* statements(id: string, { entries, summary: { life } }: Journal): Iterable<string> {
  const written = entries.flatMap((entry) => (entry.type === 'statementWritten' ? [entry.payload.dueAt] : []));
  if (new Set(written).size < written.length) yield `${id}: a statement was written twice`;
  for (const entry of entries) {
    if (entry.type !== 'statementRequested' || (life !== 'running' && life !== 'ended')) continue;
    if (!written.includes(entry.payload.dueAt)) yield `${id}: the statement asked for by entry ${entry.seq} was not written`;
  }
}
