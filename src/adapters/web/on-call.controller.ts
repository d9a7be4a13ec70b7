import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CalendarKeeper } from '../../application/on-call/keeper.js';
import { Roster, type Shift } from '../../application/on-call/roster.js';
import { Staff } from '../../application/people/staff.js';
import { Clock } from '../../application/ports.js';
import { functionNames } from '../../contract/french.js';
import { capital } from '../../contract/french-typography.js';
import { calendarFeedQuery, onCallQuery, weeksQuery, type OnCallNow, type OnCallWeeks, type ShiftLine } from '../../contract/on-call.js';
import { mayAdminister } from '../../domain/administration-rules.js';
import { refuse } from '../../domain/refusal.js';
import { toMs } from '../../domain/time.js';
import { mayOrRefuse } from './auth/accounts.controller.js';
import { ForTokens } from './guard.js';
import { parse, Refused, WireRefused } from './refused.js';
import { Authentication, lacksSecondFactor, OpenToAll, Signed, type GuardedRequest, type SignedIn } from './signed-in.js';

/** How far a subscribed calendar sees: what was, and what comes. */
const FEED_BACK = 30 * 24 * 3_600_000;
const FEED_AHEAD = 180 * 24 * 3_600_000;

/** Writes who is on call as iCalendar. */
export abstract class CalendarFeed {
  abstract write(name: string, shifts: readonly { uid: string; from: number; to: number; title: string }[], now: number): string;
}

/** Who is on call: now, at any date, in the weeks ahead; and as iCalendar. */
@Controller('api')
export class OnCallController {
  constructor(
    private readonly roster: Roster,
    private readonly staff: Staff,
    private readonly clock: Clock,
    private readonly authentication: Authentication,
    private readonly feed: CalendarFeed,
    private readonly keeper: CalendarKeeper,
  ) {}

  @ForTokens('read-on-call')
  @Get('on-call')
  async at(@Signed() signedIn: SignedIn, @Query() query: unknown): Promise<OnCallNow> {
    if (!signedIn.scopes) mayOrRefuse(signedIn, 'read-on-call');
    const { at: asked, function: code } = parse(onCallQuery, query);
    const at = asked === undefined ? this.clock.wall() : toMs(asked);
    const found = (await this.roster.at(at)).filter((one) => code === undefined || one.function === code);
    return { at, functions: await Promise.all(found.map(async ({ now, next, ...one }) => ({ ...one, now: await this.#lines(now), next: next ? await this.#line(next) : null }))) };
  }

  @Get('on-call/weeks')
  async weeks(@Signed() signedIn: SignedIn, @Query() query: unknown): Promise<OnCallWeeks> {
    mayOrRefuse(signedIn, 'read-on-call');
    const { weeks = this.roster.settings.weeks } = parse(weeksQuery, query);
    const from = this.clock.wall();
    const watched = await this.roster.watch(from, weeks);
    return {
      from, to: from + weeks * 7 * 24 * 3_600_000,
      functions: await Promise.all(watched.map(async ({ function: code, shifts, concerns }) => {
        const names = new Map(await Promise.all(shifts.map(async (one) => [one.holder, (await this.#line(one)).name] as const)));
        return {
          function: code, covers: this.roster.coversOf(code), shifts: await this.#lines(shifts),
          concerns: concerns.map(({ holders, ...one }) => ({ ...one, names: holders.map((holder) => names.get(holder) ?? '?') })),
        };
      })),
      faults: this.keeper.faults(),
    };
  }

  /**
   * Calendars cannot send headers: the token stands in the address, which is a secret of its own, made, revoked and
   * ended like any other token. It opens nothing else.
   */
  @OpenToAll()
  @Get('on-call.ics')
  async calendar(@Req() request: GuardedRequest, @Query() query: unknown, @Res() reply: FastifyReply): Promise<void> {
    const { function: code, key } = parse(calendarFeedQuery, query);
    const signedIn = await this.authentication.authenticate(key === undefined ? request.headers : { authorization: `Bearer ${key}` });
    if (!signedIn) throw new Refused(refuse('signed-out'));
    if (signedIn.scopes ? !signedIn.scopes.includes('read-on-call') : !mayAdminister(signedIn.author.rights, 'read-on-call')) throw new WireRefused('token-scope');
    if (lacksSecondFactor(signedIn)) throw new Refused(refuse('second-factor-needed'));
    const now = this.clock.wall();
    const codes = code === undefined ? this.roster.functions() : [code];
    const shifts = await Promise.all(codes.map(async (one) => {
      const found = await this.roster.shifts(one, { from: now - FEED_BACK, to: now + FEED_AHEAD });
      return Promise.all(found.map(async (shift) => ({
        uid: `${shift.calendar}-${one}-${shift.from}-${shift.to}-${shift.person ?? 'inconnu'}@temps-zero`, from: shift.from, to: shift.to,
        title: `Astreinte ${one} : ${(await this.#line(shift)).name}`,
      })));
    }));
    const name = code === undefined ? 'Astreintes' : `Astreinte : ${capital(functionNames[code])}`;
    await reply.header('content-type', 'text/calendar; charset=utf-8').header('content-disposition', `inline; filename="astreinte${code === undefined ? '' : `-${code}`}.ics"`)
      .send(this.feed.write(name, shifts.flat(), now));
  }

  #lines(shifts: readonly Shift[]): Promise<ShiftLine[]> {
    return Promise.all(shifts.map((one) => this.#line(one)));
  }

  async #line({ from, to, written, person, unknown }: Shift): Promise<ShiftLine> {
    const member = person === null ? undefined : await this.staff.member(person);
    return { from, to, name: member?.name ?? written, person, unknown };
  }
}
