import { MINUTE, SECOND, type Ms } from '../time.js';
import { REACH } from './coverage.js';

/** What answers when a number is dialled: the line of a town hall rings in an empty office at night. */
export type DialledLine = 'mobile' | 'fixed' | 'unknown' | 'town-hall';
export const HOURS = ['night', 'day'] as const;
export type HourOfDay = (typeof HOURS)[number];

/** One commune, its numbers in the order in which they are tried. */
export interface Callable {
  commune: string;
  lines: readonly DialledLine[];
}

/** What is not known of a night that has not come; each is a setting [H]. */
export interface CallHypotheses {
  /** The share of calls that somebody answers. */
  answered: Readonly<Record<HourOfDay, number>>;
  /** … and on the fixed line of a town hall. */
  townHallAnswered: Readonly<Record<HourOfDay, number>>;
  ringSeconds: number;
  talkSeconds: number;
  /** How often all the numbers of a commune are tried. */
  rounds: number;
  /** Between two rounds of one commune. */
  pauseSeconds: number;
}
/** What calls: lines are not everything, a provider also limits how often one dials, and how many calls a new account holds at once. */
export interface CallMeans {
  lines: number;
  callsPerSecond: number;
  /** Calls at once that the account is allowed; null where nobody limits them. */
  concurrent: number | null;
}

export interface Estimate {
  communes: number;
  /** Until 95 % of the communes are reached; null where so many never are. */
  enoughAfter: Ms | null;
  /** Until the last call ends. */
  endsAfter: Ms;
  /** How many are reached in the end, as may be expected; the others wait for a person's voice. */
  reached: number;
  calls: number;
  /** Those where no number answers at that hour: no line and no pace helps. */
  unreachable: string[];
}

/**
 * How many nights are played: odd, so that the median is one of them. A perimeter of very many numbers varies less, and
 * the server has other things to do.
 */
function nightsOf(perimeter: readonly Callable[], { rounds }: CallHypotheses): number {
  const most = rounds * perimeter.reduce((sum, { lines }) => sum + lines.length, 0);
  return most <= 40_000 ? 7 : most <= 120_000 ? 3 : 1;
}

/** The night is played several times with the same chance each time anyone asks; the median night is told. */
export function estimate(perimeter: readonly Callable[], hour: HourOfDay, means: CallMeans, given: CallHypotheses): Estimate {
  const nights = Array.from({ length: nightsOf(perimeter, given) }, (_, seed) => playedNight(perimeter, hour, means, given, chance(seed + 1)));
  const median = (of: (night: Night) => number) => nights.map(of).sort((x, y) => x - y)[(nights.length - 1) / 2]!;
  const enoughAfter = median(({ enoughAfter: after }) => after);
  return {
    communes: perimeter.length, enoughAfter: enoughAfter === Infinity ? null : enoughAfter,
    endsAfter: median(({ endsAfter }) => endsAfter), calls: median(({ calls }) => calls),
    reached: Math.round(perimeter.reduce((sum, { lines }) => sum + 1 - lines.reduce((missed, line) => missed * (1 - answers(line, hour, given)) ** given.rounds, 1), 0)),
    unreachable: perimeter.filter(({ lines }) => lines.every((line) => answers(line, hour, given) === 0)).map(({ commune }) => commune),
  };
}

/** Whether anybody may answer in this commune at that hour. */
export function isReachable({ lines }: Pick<Callable, 'lines'>, hour: HourOfDay, given: Pick<CallHypotheses, 'answered' | 'townHallAnswered'>): boolean {
  return lines.some((line) => answers(line, hour, given) > 0);
}

function answers(line: DialledLine, hour: HourOfDay, given: Pick<CallHypotheses, 'answered' | 'townHallAnswered'>): number {
  return line === 'town-hall' ? given.townHallAnswered[hour] : given.answered[hour];
}

interface Night {
  enoughAfter: number;
  endsAfter: Ms;
  calls: number;
}

/** One campaign, call by call: whoever has waited longest is next, on the line that is free first, no faster than the pace. */
function playedNight(perimeter: readonly Callable[], hour: HourOfDay, means: CallMeans, given: CallHypotheses, random: () => number): Night {
  const { ringSeconds, talkSeconds, rounds, pauseSeconds } = given;
  const between = SECOND / means.callsPerSecond;
  const waiting = new Heap(perimeter.flatMap(({ lines }, index) => (lines.length > 0 ? [{ at: 0, index }] : [])));
  const free = new Heap(Array.from({ length: Math.max(1, Math.min(means.lines, means.concurrent ?? Infinity)) }, (_, index) => ({ at: 0, index })));
  const tries = new Array<number>(perimeter.length).fill(0);
  const enough = Math.max(1, Math.ceil(perimeter.length * REACH));
  const reached: Ms[] = [];
  let slot = 0;
  let calls = 0;
  let endsAfter = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { lines } = perimeter[next.index]!;
    const line = free.pop()!;
    const start = Math.max(next.at, line.at, slot);
    const tried = tries[next.index]!++;
    const isAnswered = random() < answers(lines[tried % lines.length]!, hour, given);
    const end = start + (isAnswered ? talkSeconds : ringSeconds) * SECOND;
    slot = start + between;
    calls++;
    endsAfter = Math.max(endsAfter, end);
    free.push({ at: end, index: line.index });
    if (isAnswered) reached.push(end);
    else if (tried + 1 < rounds * lines.length) waiting.push({ at: end + ((tried + 1) % lines.length === 0 ? pauseSeconds * SECOND : 0), index: next.index });
  }
  reached.sort((x, y) => x - y);
  return { enoughAfter: perimeter.length === 0 ? 0 : (reached[enough - 1] ?? Infinity), endsAfter, calls };
}

/** What one could change before the night, and what it would give. */
export type Advice =
  | { kind: 'concurrent' | 'lines' | 'pace' | 'lines-and-pace'; means: CallMeans; enoughAfter: Ms | null; endsAfter: Ms }
  /** So many communes have nobody who answers at night: a mobile for each of them. */
  | { kind: 'mobiles'; communes: number }
  /** So many communes rest on a single number at night. */
  | { kind: 'second-numbers'; communes: number }
  /** So many are left to a person's voice in the end. */
  | { kind: 'by-hand'; communes: number };

/** A gain that is worth a purchase: a tenth of the time, and a minute. */
const WORTH = 0.9;

export function advice(perimeter: readonly Callable[], means: CallMeans, given: CallHypotheses, night: Estimate): Advice[] {
  const { lines, callsPerSecond, concurrent } = means;
  const isHeld = concurrent !== null && concurrent < lines;
  const wider: [kind: 'concurrent' | 'lines' | 'pace' | 'lines-and-pace', means: CallMeans][] = isHeld
    ? [['concurrent', { ...means, concurrent: null }]]
    : [['lines', { ...means, lines: lines * 2 }], ['pace', { ...means, callsPerSecond: callsPerSecond * 2 }],
      ['lines-and-pace', { ...means, lines: lines * 2, callsPerSecond: callsPerSecond * 2 }]];
  // Where 95 % never are, what counts is when the calls end and a person's voice takes over.
  const lasts = ({ enoughAfter, endsAfter }: Pick<Estimate, 'enoughAfter' | 'endsAfter'>) => enoughAfter ?? endsAfter;
  let best = lasts(night);
  const faster = wider.flatMap(([kind, more]): Advice[] => {
    const { enoughAfter, endsAfter } = estimate(perimeter, 'night', more, given);
    const after = lasts({ enoughAfter, endsAfter });
    // Both together are worth saying only where they beat each alone.
    if (after > best * WORTH || best - after < MINUTE) return [];
    best = after;
    return [{ kind, means: more, enoughAfter, endsAfter }];
  });
  const single = perimeter.filter(({ lines: numbers }) => numbers.filter((line) => answers(line, 'night', given) > 0).length === 1).length;
  const left = perimeter.length - night.reached;
  return [
    ...faster,
    ...(night.unreachable.length > 0 ? [{ kind: 'mobiles', communes: night.unreachable.length } as const] : []),
    ...(single > 0 ? [{ kind: 'second-numbers', communes: single } as const] : []),
    ...(left > 0 ? [{ kind: 'by-hand', communes: left } as const] : []),
  ];
}

interface Timed {
  at: Ms;
  index: number;
}

/** The earliest first, then the smallest index: the same night is played the same way everywhere. */
class Heap {
  readonly #items: Timed[];

  /** Items of one time, in the order of their indexes: that is a heap already. */
  constructor(items: Timed[]) {
    this.#items = items;
  }

  push(item: Timed): void {
    const items = this.#items;
    let i = items.length;
    items.push(item);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!isBefore(item, items[parent]!)) break;
      items[i] = items[parent]!;
      i = parent;
    }
    items[i] = item;
  }

  pop(): Timed | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (!last || items.length === 0) return first;
    let i = 0;
    for (let child = 1; child < items.length; child = 2 * i + 1) {
      if (child + 1 < items.length && isBefore(items[child + 1]!, items[child]!)) child++;
      if (!isBefore(items[child]!, last)) break;
      items[i] = items[child]!;
      i = child;
    }
    items[i] = last;
    return first;
  }
}

function isBefore(x: Timed, y: Timed): boolean {
  return x.at < y.at || (x.at === y.at && x.index < y.index);
}

/** Mulberry32: chance that is the same on every machine. */
function chance(seed: number): () => number {
  let state = seed * 0x9e3779b1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
