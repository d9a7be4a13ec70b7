import type { Way, CampaignMeans, CampaignPerson, ContactKind, Purpose } from '../../domain/outreach/reaching.js';
import type { Population } from '../../domain/exercise/behaviour.js';
import type { FunctionCode, Lane } from '../../domain/entry.js';
import { inCallingOrder, type Person } from '../../domain/directory/person.js';
import type { Right } from '../../domain/rights.js';
import type { Ms } from '../../domain/time.js';
import type { Book } from '../directory/book.js';
import type { Roster } from '../on-call/roster.js';
import type { Staff } from '../people/staff.js';
import type { Trainings } from '../people/trainings.js';

/** What the settings say of calling; what a person chose for one campaign replaces it. */
export interface CallSettings {
  lines: number;
  callsPerSecond: number;
  rounds: number;
  pauseMinutes: number;
  ringSeconds: number;
  talkSeconds: number;
  answeredAtNight: number;
  /** 47.2, 50.2: how many have to say that they come. */
  cellStaff: number;
  cipStaff: number;
}

/** No faster than providers take texts from one sender. */
const TEXTS_PER_SECOND = 10;
/** 47: who is called in is a handful of people; the lines of the officials' campaign are not for them. */
const CALL_IN_LINES = 6;
/** Whoever holds them is called on opening; the others follow once one has taken charge. */
const CHARGE: readonly FunctionCode[] = ['DC', 'AA'];
const CALLED_IN: Record<'cell' | 'cip', readonly FunctionCode[]> = { cell: ['AA', 'RC', 'OE', 'OP', 'OW'], cip: ['CC', 'TS'] };
/** Whose account makes them the one to call where no calendar says who is on call. */
const RIGHT_OF: Partial<Record<FunctionCode, Right>> = { DC: 'directeur', AA: 'astreinte' };

/** Whom a campaign reaches and by what, looked up once, when it starts (design.md part 2, outside data). */
export class Callees {
  constructor(
    private readonly book: Book,
    private readonly staff: Staff,
    private readonly roster: Roster,
    private readonly trainings: Pick<Trainings, 'lacks' | 'isKept'>,
    private readonly rightsOf: (account: string) => readonly Right[],
    readonly settings: CallSettings,
    /** By which ways one can leave the house in that lane. */
    readonly ways: (lane: Lane) => Way[],
  ) {}

  /** Whether anybody could be called in at all. */
  anybody(): boolean {
    return [...this.book.everybody()].some((one) => one.kind === 'agent' && one.contacts.some(({ kind }) => kind === 'phone'));
  }

  /** 48.1: those whom the perimeter froze, as the directory knows them now; whoever has no number nor address any more is left out. */
  officials(frozen: Iterable<{ person: string }>): CampaignPerson[] {
    return [...frozen].flatMap(({ person }) => asCalled(this.book.person(person)));
  }

  /** 47.1, 47.2, 50.2: those on call first, then the recall list in its order, trained people only; never who is in it already. */
  async calledIn(purpose: Exclude<Purpose, 'officials'>, now: Ms, involved: readonly string[]): Promise<CampaignPerson[]> {
    const found = new Map<string, CampaignPerson>();
    const add = async (id: string | null, code: FunctionCode) => {
      const member = id === null ? undefined : await this.staff.member(id);
      if (!member || found.has(member.id) || (member.account !== null && involved.includes(member.account)) || involved.includes(member.id)) return;
      for (const one of asCalled(this.book.person(member.id))) found.set(member.id, { ...one, function: code, ...(member.account === null ? {} : { account: member.account }) });
    };
    const codes = purpose === 'charge' ? CHARGE : CALLED_IN[purpose];
    const onCall = new Map((await this.roster.at(now)).map(({ function: code, now: shifts }) => [code, shifts]));
    for (const code of codes) {
      for (const { person } of onCall.get(code) ?? []) await add(person, code);
      const right = RIGHT_OF[code];
      if (purpose === 'charge' && right && !onCall.has(code)) {
        for (const { id, account } of await this.staff.members()) if (account !== null && this.rightsOf(account).includes(right)) await add(id, code);
      }
    }
    // Without training records nobody knows who belongs to the cell: the whole house is not woken.
    if (purpose !== 'charge' && this.trainings.isKept) {
      const code = purpose === 'cell' ? 'OE' : 'CC';
      for (const { id } of inCallingOrder([...this.book.everybody()].filter(({ kind }) => kind === 'agent'))) {
        if ((await this.trainings.lacks(id, code)).length === 0) await add(id, code);
      }
    }
    return [...found.values()];
  }

  /** What the person who starts it did not choose. */
  means(lane: Lane, purpose: Purpose, chosen: Partial<Pick<CampaignMeans, 'ways' | 'lines' | 'callsPerSecond'>> = {}): CampaignMeans {
    const { lines, callsPerSecond, rounds, pauseMinutes, ringSeconds, cellStaff, cipStaff } = this.settings;
    const available = this.ways(lane);
    return {
      ways: available.filter((way) => (chosen.ways ?? available).includes(way)), textsPerSecond: TEXTS_PER_SECOND, rounds, pauseSeconds: Math.round(pauseMinutes * 60), ringSeconds,
      lines: chosen.lines ?? (purpose === 'officials' ? lines : CALL_IN_LINES), callsPerSecond: chosen.callsPerSecond ?? callsPerSecond,
      enough: purpose === 'cell' ? cellStaff : purpose === 'cip' ? cipStaff : 0,
    };
  }

  /** In an exercise: a night as the settings suppose it. */
  population(): Population {
    const { answeredAtNight: answered, talkSeconds } = this.settings;
    return { answered, machine: 0.6 * (1 - answered), busy: 0.05 * (1 - answered), wrong: 0.02, acknowledge: 0.9, ask: 0.04, tap: 0.1, talkSeconds };
  }
}

function asCalled(person: Person | undefined): CampaignPerson[] {
  if (!person || person.contacts.length === 0) return [];
  return [{ person: person.id, version: person.version, contacts: person.contacts.map((one): ContactKind => (one.kind === 'email' ? 'email' : one.line)) }];
}
