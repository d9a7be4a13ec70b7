import { ADMINISTRATION, type AdministrationEvent } from '../../domain/administration.js';
import { decideAdministration } from '../../domain/administration-rules.js';
import type { LocalDate } from '../../domain/directory/person.js';
import type { FunctionCode, Sealed } from '../../domain/entry.js';
import { recognise } from '../../domain/on-call/holder.js';
import { localDay } from '../../domain/on-call/roster.js';
import { isRunningOut, lacksFor, QUALIFICATIONS, standing, type Lack, type Qualification, type Standing, type TrainingKind, type TrainingRules } from '../../domain/people/training.js';
import type { Training } from '../../domain/people/training-events.js';
import { MOST_SESSIONS, type TrainingCommand, type TrainingContent } from '../../domain/people/training-record.js';
import { isRefusal, refuse, type Refusal } from '../../domain/refusal.js';
import { THE_HOUSE, type Act, type Actor, type Administration } from '../administration.js';
import type { Clock, Random, Vault } from '../ports.js';
import type { Member, Staff } from './staff.js';

/** What a certificate may be: what a service prints or photographs. */
export const CERTIFICATE_KINDS: readonly string[] = ['application/pdf', 'image/jpeg'];

/** A session as somebody types it; the certificate is a file that was sent before. */
export interface TypedTraining {
  person: string;
  kind: TrainingKind;
  on: LocalDate;
  certificate?: string;
}
export interface TrainedPerson {
  member: Member;
  trainings: Training[];
  standings: Record<Qualification, Standing & { runningOut: boolean }>;
}

/** One line of a list of trainings, as it was read. */
export interface ListedTraining {
  line: number;
  person: string;
  kind: TrainingKind | undefined;
  on: LocalDate | undefined;
  /** As it was written, for whoever mends the file. */
  shown: string;
}
export const LIST_FAULTS = ['empty', 'unreadable', 'columns', 'too-many'] as const;
export type ListFault = (typeof LIST_FAULTS)[number];
/** Reads a list that somebody keeps in a spreadsheet. */
export abstract class TrainingListReader {
  abstract read(text: string, most: number): Promise<ListedTraining[] | { fault: ListFault }>;
}

export const LINE_REASONS = ['nobody', 'several', 'kind', 'date', 'to-come', 'known', 'twice'] as const;
export type LineReason = (typeof LINE_REASONS)[number];
export interface RehearsedTraining {
  line: number;
  shown: string;
  /** Null: it will be recorded. */
  reason: LineReason | null;
  person: string | null;
  kind: TrainingKind | null;
  on: LocalDate | null;
}

/** 47.2, 50.2, organisation 3: the trainings of each person, in the administration's chained journal; certificates in the vault. */
export class Trainings {
  constructor(
    private readonly administration: Administration,
    private readonly staff: Staff,
    private readonly vault: Vault,
    private readonly reader: TrainingListReader,
    private readonly clock: Clock,
    private readonly random: Random,
    readonly rules: TrainingRules,
    private readonly zone: string,
  ) {}

  today(): LocalDate {
    return localDay(this.clock.wall(), this.zone);
  }

  /** Nothing was recorded yet: nobody would be qualified, so nothing is asked. */
  get isKept(): boolean {
    return this.administration.state.trainings.size > 0;
  }

  /** What an account lacks to hold a function today. */
  async lacks(account: string, code: FunctionCode): Promise<Lack[]> {
    if (!this.isKept) return [];
    const member = await this.staff.member(account);
    return lacksFor(code, member ? this.#of(member) : [], this.today(), this.rules);
  }

  /** Everybody who may hold a function, and whoever was trained, by name. */
  async people(day: LocalDate = this.today()): Promise<TrainedPerson[]> {
    const everybody = (await this.staff.members()).map((member) => ({ member, trainings: this.#of(member) }));
    return everybody
      .map(({ member, trainings }) => ({
        member, trainings: trainings.sort((x, y) => (x.on < y.on ? 1 : -1)),
        standings: Object.fromEntries(QUALIFICATIONS.map((asked) => {
          const found = standing(trainings, asked, day, this.rules);
          return [asked, { ...found, runningOut: isRunningOut(found, day, this.rules) }];
        })) as TrainedPerson['standings'],
      }))
      .sort((x, y) => x.member.name.localeCompare(y.member.name, 'fr'));
  }

  async record(actor: Actor, typed: TypedTraining): Promise<{ training: string } | Refusal> {
    const training = this.random.id();
    const refused = await this.#write(actor, async () => {
      const content = await this.#content(typed);
      return isRefusal(content) ? content : { type: 'record-training', sessions: [{ ...content, training }], today: this.today() };
    });
    return refused ?? { training };
  }

  correct(actor: Actor, id: string, typed: TypedTraining): Promise<Refusal | undefined> {
    const training = this.random.id();
    return this.#write(actor, async () => {
      const content = await this.#content(typed);
      return isRefusal(content) ? content : { type: 'correct-training', training: id, by: { ...content, training }, today: this.today() };
    });
  }

  withdraw(actor: Actor, id: string): Promise<Refusal | undefined> {
    return this.#write(actor, async () => ({ type: 'remove-training', training: id, why: 'mistake' }));
  }

  certificateOf(id: string): Sealed | undefined {
    return this.administration.state.trainings.get(id)?.certificate;
  }

  /** Whether a file that was sent is somebody's certificate by now. */
  names(digest: string): boolean {
    return [...this.administration.state.trainings.values()].some(({ certificate }) => certificate?.digest === digest);
  }

  /** What a list would record, line by line, and why not. */
  async rehearse(text: string): Promise<RehearsedTraining[] | Refusal> {
    const listed = await this.reader.read(text, MOST_SESSIONS);
    if (!Array.isArray(listed)) return refuse('training-list-refused', { why: listed.fault });
    const { people } = await this.staff.candidates();
    const today = this.today();
    const seen = new Set<string>();
    return listed.map(({ line, person, kind, on, shown }) => {
      const found = recognise({ summary: person, attendees: [] }, people);
      const id = 'id' in found ? found.id : null;
      const key = `${id} ${kind} ${on}`;
      const reason = 'fault' in found ? found.fault
        : kind === undefined ? 'kind'
        : on === undefined ? 'date'
        : on > today ? 'to-come'
        : seen.has(key) ? 'twice'
        : this.#isKnown({ person: found.id, kind, on }) ? 'known' : null;
      seen.add(key);
      return { line, shown, reason, person: id, kind: kind ?? null, on: on ?? null };
    });
  }

  /** Records what a rehearsal found fit, whole or not at all; the rest is told again. */
  async take(actor: Actor, text: string): Promise<{ recorded: number; lines: RehearsedTraining[] } | Refusal> {
    const lines = await this.rehearse(text);
    if (isRefusal(lines)) return lines;
    const sessions = lines.filter(({ reason }) => reason === null).map(({ person, kind, on }) => ({ training: this.random.id(), person: person!, kind: kind!, on: on! }));
    if (sessions.length === 0) return refuse('training-list-refused', { why: 'nothing' });
    const refused = await this.#write(actor, async () => ({ type: 'record-training', sessions, today: this.today() }));
    return refused ?? { recorded: sessions.length, lines };
  }

  /** At start: whoever was erased by a process that died before what follows. */
  async restore(): Promise<void> {
    if (!this.isKept) return;
    const events: AdministrationEvent[] = [];
    for await (const { line } of this.administration.links()) {
      if (/"type":"(peopleErased|accountErased)"/.test(line)) events.push(JSON.parse(line) as AdministrationEvent);
    }
    await this.heed(events);
  }

  /** After a commit: of somebody who was erased no certificate stays, and no training that would name nobody. */
  async heed(events: readonly AdministrationEvent[]): Promise<void> {
    const gone = events.flatMap((event) => (event.type === 'peopleErased' ? event.payload.people : event.type === 'accountErased' ? [event.payload.account] : []));
    if (gone.length === 0) return;
    for (const { id, person } of [...this.administration.state.trainings.values()]) {
      if (gone.includes(person)) await this.#write(THE_HOUSE, async () => ({ type: 'remove-training', training: id, why: 'erased' }));
    }
  }

  #of(member: Member): Training[] {
    return [...this.administration.state.trainings.values()].filter(({ person }) => person === member.id || person === member.account);
  }

  #isKnown(one: TrainingContent): boolean {
    return [...this.administration.state.trainings.values()].some(({ person, kind, on }) => person === one.person && kind === one.kind && on === one.on);
  }

  async #content({ person, kind, on, certificate }: TypedTraining): Promise<TrainingContent | Refusal> {
    const member = await this.staff.member(person);
    if (!member) return refuse('unknown-person', { person });
    if (certificate === undefined) return { person: member.id, kind, on };
    const file = await this.vault.file(certificate);
    if (file?.activation !== ADMINISTRATION) return refuse('unknown-file', { file: certificate });
    if (!CERTIFICATE_KINDS.includes(file.mime)) return refuse('certificate-refused');
    return { person: member.id, kind, on, certificate: { digest: certificate, bytes: file.bytes, mime: file.mime } };
  }

  /** The entry, and the erasing of certificates that no training names any more, in one transaction. */
  async #write(actor: Actor, command: () => Promise<TrainingCommand | Refusal>): Promise<Refusal | undefined> {
    let erased: string[] = [];
    const written = await this.administration.write(actor, async (state, now): Promise<Act | Refusal> => {
      const decided = await command();
      if (isRefusal(decided)) return decided;
      const events = decideAdministration(state, decided, { rights: actor === THE_HOUSE ? ['admin'] : actor.rights, now });
      if (isRefusal(events)) return events;
      const removed = events.flatMap((event) => (event.type === 'trainingRemoved' ? (state.trainings.get(event.payload.training)?.certificate?.digest ?? []) : []));
      const kept = events.flatMap((event) => (event.type === 'trainingRecorded' ? (event.payload.certificate?.digest ?? []) : []));
      erased = removed.filter((digest) => !kept.includes(digest));
      return { events, erased };
    });
    if (isRefusal(written)) return written;
    if (erased.length > 0) await this.vault.sweep(erased);
    return undefined;
  }
}
