import type { LocalDate } from '../directory/person.js';
import { FUNCTIONS, type FunctionCode } from '../entry.js';

/** 47.2: prior training for the emergency communication cell. 50.2: one day for the CIP, a refresher each year, an exercise with the CIP. */
export const TRAINING_KINDS = ['cell', 'cip-initial', 'cip-refresher', 'cip-exercise'] as const;
export type TrainingKind = (typeof TRAINING_KINDS)[number];

/** What a function may ask of whoever holds it. */
export const QUALIFICATIONS = ['cell', 'cip'] as const;
export type Qualification = (typeof QUALIFICATIONS)[number];

/** What somebody lacks; frozen in journals. `-renewal` and `refresher`: they had it, and it ran out. */
export const LACKS = ['cell', 'cell-renewal', 'cip-initial', 'cip-refresher', 'cip-exercise'] as const;
export type Lack = (typeof LACKS)[number];

/** Settings: how long a session holds, and which function asks for what. */
export interface TrainingRules {
  /** Organisation 3: four years at most between two sessions. */
  cellMonths: number;
  /** 50.2: a refresher each year. */
  refresherMonths: number;
  /** 50.2: at least so many exercises with the CIP. */
  exercises: number;
  /** Said so many days before it runs out. */
  warnDays: number;
  asks: Readonly<Record<FunctionCode, Qualification | null>>;
}
export const USUAL_TRAINING: TrainingRules = {
  cellMonths: 48, refresherMonths: 12, exercises: 1, warnDays: 60,
  asks: { DC: null, AA: 'cell', RC: 'cell', OE: 'cell', OP: 'cell', OW: 'cell', SI: null, CC: 'cip', TS: 'cip' },
};

export interface Session {
  kind: TrainingKind;
  on: LocalDate;
}

/** Where somebody stands on a day. `until` is the last day that counts; null while it never did. */
export interface Standing {
  holds: boolean;
  until: LocalDate | null;
  lacks: Lack[];
}

/** Who holds what at a date, from the sessions that took place until then. */
export function standing(sessions: readonly Session[], asked: Qualification, day: LocalDate, rules: TrainingRules): Standing {
  const past = sessions.filter(({ on }) => on <= day);
  const lastOf = (...kinds: TrainingKind[]) => past.reduce<LocalDate | null>((last, { kind, on }) => (kinds.includes(kind) && (last === null || on > last) ? on : last), null);
  if (asked === 'cell') {
    const last = lastOf('cell');
    if (last === null) return { holds: false, until: null, lacks: ['cell'] };
    return verdict(monthsAfter(last, rules.cellMonths), day, 'cell-renewal', []);
  }
  const exercises = past.filter(({ kind }) => kind === 'cip-exercise').length;
  const missing: Lack[] = exercises < rules.exercises ? ['cip-exercise'] : [];
  if (lastOf('cip-initial') === null) return { holds: false, until: null, lacks: ['cip-initial', ...missing] };
  return verdict(monthsAfter(lastOf('cip-initial', 'cip-refresher')!, rules.refresherMonths), day, 'cip-refresher', missing);
}

function verdict(until: LocalDate, day: LocalDate, ranOut: Lack, missing: readonly Lack[]): Standing {
  const lacks = [...(until < day ? [ranOut] : []), ...missing];
  return { holds: lacks.length === 0, until, lacks };
}

/** What somebody lacks to hold a function; nothing where it asks for nothing. */
export function lacksFor(code: FunctionCode, sessions: readonly Session[], day: LocalDate, rules: TrainingRules): Lack[] {
  const asked = rules.asks[code];
  return asked === null ? [] : standing(sessions, asked, day, rules).lacks;
}

/** Holds it on that day, and not for long. */
export function isRunningOut({ holds, until }: Standing, day: LocalDate, { warnDays }: TrainingRules): boolean {
  return holds && until !== null && until <= daysAfter(day, warnDays);
}

/** The functions that ask for a qualification, in the order of the list. */
export function functionsAsking(asked: Qualification, rules: TrainingRules): FunctionCode[] {
  return FUNCTIONS.filter((code) => rules.asks[code] === asked);
}

/** The same day so many months later; the 31st of a shorter month is its last day. */
export function monthsAfter(day: LocalDate, months: number): LocalDate {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

export function daysAfter(day: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(day) + days * 24 * 3_600_000).toISOString().slice(0, 10);
}
