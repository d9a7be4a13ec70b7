import type { CommandOf, Context } from '../commands.js';
import { ENGINE, type Entry } from '../entry.js';
import type { NewEvent, Payloads } from '../events.js';
import type { ClockId } from '../plan/plan.js';
import { isRefusal, refuse, type Refusal } from '../refusal.js';
import { DECIDERS } from '../rights.js';
import type { Activation } from '../state.js';
import { HOUR, MINUTE, toInstant, toMs, type Ms } from '../time.js';

/** Our clock may differ from SYNERGI's, and from other people's: this far ahead is accepted, beyond that refused. */
export const AHEAD_ACCEPTED: Ms = 2 * MINUTE;
/** A T0 older than this asks once. */
export const OLD_T0: Ms = 24 * HOUR;

/**
 * Module 7: the hour runs from the time in SYNERGI, whatever the hour at which somebody typed it here. What the engine hands
 * over was judged when it was received: it is never refused because our clock stepped since.
 */
export function checkT0(t0: Ms, { now, by }: Context, confirmOld: boolean | undefined): { aheadMs?: number } | Refusal {
  const ahead = t0 - now;
  const both = { declared: toInstant(t0), ours: toInstant(now) };
  if (ahead > AHEAD_ACCEPTED && by !== ENGINE) return refuse('t0-ahead', both);
  if (-ahead > OLD_T0 && by !== ENGINE && !confirmOld) return refuse('t0-old', both);
  return ahead > 0 ? { aheadMs: ahead } : {};
}

export function startClock(
  a: Readonly<Activation>, clock: ClockId, t0: Ms, context: Context, more: { confirmOld?: boolean | undefined; spokenAt?: Ms | undefined },
): NewEvent[] | Refusal {
  const running = a.clocks[clock];
  if (running) {
    return running.t0 === t0 ? [] : refuse('clock-running', { clock, t0: toInstant(running.t0), version: running.versions.at(-1)!.seq });
  }
  const checked = checkT0(t0, context, more.confirmOld);
  if (isRefusal(checked)) return checked;
  const payload: Payloads['clockStarted'] = { clock, t0: toInstant(t0), ...checked };
  if (more.spokenAt !== undefined) payload.spokenAt = toInstant(more.spokenAt);
  return [{ type: 'clockStarted', payload, occurredAt: Math.min(t0, context.now) }];
}

/** Every deadline follows; both versions are kept. */
export function correctClock(a: Readonly<Activation>, command: CommandOf<'correct-clock'>, context: Context): NewEvent[] | Refusal {
  const running = a.clocks[command.clock];
  if (!running) return refuse('clock-not-started', { clock: command.clock });
  if (running.t0 === command.t0) return [];
  const version = running.versions.at(-1)!.seq;
  if (command.seen !== version) return refuse('stale', { seen: command.seen, version });
  const checked = checkT0(command.t0, context, command.confirmOld);
  if (isRefusal(checked)) return checked;
  const payload = { clock: command.clock, t0: toInstant(command.t0), reason: command.reason, ...checked };
  return [{ type: 'clockCorrected', payload, corrects: version }];
}

/**
 * 50.1: the order of the préfet or his representative, when it is written down, starts the CIP's clock; when it was
 * spoken is kept beside it and starts nothing. Others record it for him: oral until confirmed.
 */
export function orderNu(a: Readonly<Activation>, command: CommandOf<'order-nu'>, context: Context): NewEvent[] | Refusal {
  const inOwnName = DECIDERS.some((right) => context.rights.includes(right));
  const forDecider = context.for === 'prefet' || context.for === 'directeur';
  const rehearsed = a.lane === 'exercise' && context.rights.includes('planificateur');
  if (!inOwnName && !forDecider && !rehearsed) return refuse('visa-needed');
  if (a.clocks.nu && command.writtenAt === undefined) return [];
  const { spokenAt } = command;
  if (spokenAt !== undefined && spokenAt > context.now + AHEAD_ACCEPTED) {
    return refuse('in-the-future', { declared: toInstant(spokenAt), ours: toInstant(context.now) });
  }
  return startClock(a, 'nu', command.writtenAt ?? context.now, context, { confirmOld: command.confirmOld, spokenAt });
}

export function evolveClock(a: Activation, entry: Entry<string, Payloads['clockStarted'] | Payloads['clockCorrected']>): void {
  const { clock, t0, aheadMs } = entry.payload;
  const version = {
    t0: toMs(t0), recordedAt: toMs(entry.recordedAt), seq: entry.seq, by: entry.by,
    ...('reason' in entry.payload ? { reason: entry.payload.reason } : {}),
    ...(aheadMs === undefined ? {} : { aheadMs }),
  };
  const known = a.clocks[clock];
  if (known) {
    known.t0 = version.t0;
    known.versions.push(version);
    return;
  }
  const spokenAt = 'spokenAt' in entry.payload && entry.payload.spokenAt ? { spokenAt: toMs(entry.payload.spokenAt) } : {};
  a.clocks[clock] = { id: clock, t0: version.t0, versions: [version], ...spokenAt };
}
