import {
  ADMINISTRATION, evolveAdministration, initialAdministration, recordAdministration,
  type AdministrationEntry, type AdministrationEvent, type AdministrationState,
} from '../domain/administration.js';
import { ENGINE, type Right, type Source } from '../domain/entry.js';
import { GENESIS, link, verifyChain, type ChainVerdict, type Hash, type Link } from '../domain/evidence/chain.js';
import { isRefusal, type Refusal } from '../domain/refusal.js';
import { HOUR, MINUTE, type Ms } from '../domain/time.js';
import { accountAfter, afterwards } from './people/account-rows.js';
import type { Account, AccountChange, Clock, Directory, Journal, Random, Summary } from './ports.js';

/** Who administers. The house itself, and the operator of the machine, sign as the engine does. */
export interface Actor {
  id: string;
  rights: readonly Right[];
  source: Source;
}
export const THE_HOUSE: Actor = { id: ENGINE, rights: [], source: 'engine' };

/** What one act of administration writes: events for the journal, and what must not stand in it. */
export interface Act {
  events: AdministrationEvent[];
  /** What the events do not say of the account they are about: its name, the hash of its password… */
  details?: Partial<Account>;
  changes?: AccountChange[];
  /** Files that no entry names any more: their bytes go with this act. */
  erased?: string[];
  /** The link that allows this act: dead with it. */
  uses?: { tokenHash: string };
}

/** The journal grows with every sign-in: the disk is read in pages. */
const PAGE = 1_000;
/** A running activation's head is noted this often. */
const HEAD_EVERY: Ms = HOUR;

/**
 * The administration's own chained journal, and the only way to change an account, a token or a link: its entry and its
 * row are written in one transaction. It also notes what the other journals were.
 */
export class Administration {
  #state = initialAdministration();
  #head = GENESIS;
  #turn: Promise<unknown> = Promise.resolve();
  #throttled = { refusals: 0, notedAt: -Infinity };
  /** After each commit: what was kept of these accounts and tokens is no longer true. */
  onCommitted: (events: readonly AdministrationEvent[]) => void = () => {};

  constructor(
    private readonly journal: Journal,
    private readonly directory: Directory,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly hash: Hash,
  ) {}

  /** At start, before anything else here. */
  async restore(): Promise<void> {
    const state = initialAdministration();
    let head = GENESIS;
    for await (const one of this.links()) {
      evolveAdministration(state, JSON.parse(one.line) as AdministrationEntry);
      head = one.hash;
    }
    this.#state = state;
    this.#head = head;
  }

  get state(): Readonly<AdministrationState> {
    return this.#state;
  }

  /** Decides and writes, one act at a time: `decide` sees a state and rows that nothing else changes meanwhile. */
  write(actor: Actor, decide: (state: Readonly<AdministrationState>, now: Ms) => Promise<Act | Refusal> | Act | Refusal): Promise<AdministrationEvent[] | Refusal> {
    const turn = this.#turn.then(async () => {
      const now = this.clock.wall();
      const act = await decide(this.#state, now);
      if (isRefusal(act) || act.events.length === 0) return isRefusal(act) ? act : [];
      await this.#append(actor, act, now);
      return act.events;
    });
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /**
   * Called by the beat. Notes each activation's first entry, its head every hour while it moves on, and at its end, seal
   * or cancellation: what a chain cannot show by itself (design.md part 4 d). Costs a read of the list when all is noted.
   */
  async noteHeads(): Promise<void> {
    const summaries = await this.journal.summaries();
    const now = this.clock.wall();
    if (!summaries.some((one) => this.#mustNote(one, now))) return;
    await this.write(THE_HOUSE, async () => {
      const events: AdministrationEvent[] = [];
      for (const { id, lane, life, seq, head } of summaries.filter((one) => this.#mustNote(one, now))) {
        if (!this.#state.noted.has(id)) {
          const [first] = await this.journal.read(id, 0, 1);
          events.push({ type: 'activationNoted', payload: { noted: id, lane, firstHash: first!.hash } });
        }
        events.push({ type: 'headNoted', payload: { noted: id, life, seq, head } });
      }
      return { events };
    });
  }

  #mustNote({ id, life, seq }: Summary, now: Ms): boolean {
    const noted = this.#state.noted.get(id);
    return !noted || noted.life !== life || (seq > noted.seq && now - noted.at >= HEAD_EVERY);
  }

  /** Sign-ins were slowed down: one entry a minute at most says how many, so that no flood fills the disk. */
  async noteThrottled(account: string | null): Promise<void> {
    this.#throttled.refusals++;
    const now = this.clock.monotonic();
    if (now - this.#throttled.notedAt < MINUTE) return;
    const { refusals } = this.#throttled;
    this.#throttled = { refusals: 0, notedAt: now };
    await this.write(THE_HOUSE, () => ({ events: [{ type: 'signInThrottled', payload: { account, refusals } }] }));
  }

  /** Stored lines after a number. */
  read(after: number, limit = PAGE): Promise<Link[]> {
    return this.journal.read(ADMINISTRATION, after, limit);
  }

  /** The whole chain, as it is stored. */
  async *links(): AsyncGenerator<Link> {
    for (let after = 0; ; ) {
      const page = await this.read(after);
      yield* page;
      if (page.length < PAGE) return;
      after = page.at(-1)!.seq;
    }
  }

  /** Reads the whole chain from the disk, and says where it breaks. */
  async verify(): Promise<ChainVerdict> {
    const links: Link[] = [];
    for await (const one of this.links()) links.push(one);
    return verifyChain(this.hash, links);
  }

  async #append(actor: Actor, { events, details, changes, uses, erased }: Act, now: Ms): Promise<void> {
    const opening: AdministrationEvent[] = this.#state.seq === 0 ? [{ type: 'administrationOpened', payload: { format: 1 } }] : [];
    const entries = recordAdministration(this.#state, [...opening, ...events], { by: actor.id, source: actor.source, command: this.random.id(), now });
    const links: Link[] = [];
    let head = this.#head;
    for (const entry of entries) {
      const linked = link(this.hash, head, entry);
      head = linked.hash;
      links.push(linked);
    }
    const accounts: AccountChange[] = [
      ...(uses ? [{ change: 'link-used', tokenHash: uses.tokenHash, at: now } as const] : []), ...(await this.#rows(events, details ?? {}, now)),
      ...afterwards(events), ...(changes ?? []),
    ];
    const seq = entries.at(-1)!.seq;
    await this.journal.append({
      activation: ADMINISTRATION, expectedSeq: this.#state.seq, links, outbox: [], texts: [],
      summary: { id: ADMINISTRATION, lane: 'real', life: 'running', kind: 'important', openedAt: 0, synergi: null, seq, head },
      ...(accounts.length > 0 ? { accounts } : {}), ...(erased && erased.length > 0 ? { erased } : {}),
    });
    for (const entry of entries) evolveAdministration(this.#state, entry);
    this.#head = head;
    this.onCommitted(events);
  }

  /** The account's row as these events leave it; none where they say nothing of it. */
  async #rows(events: readonly AdministrationEvent[], details: Partial<Account>, now: Ms): Promise<AccountChange[]> {
    const rows = new Map<string, Account>();
    for (const event of events) {
      if (!('account' in event.payload) || !event.payload.account) continue;
      const id = event.payload.account;
      const before = rows.get(id) ?? (await this.directory.account(id));
      const after = accountAfter(before, event, details, now);
      if (after) rows.set(id, after);
    }
    return [...rows.values()].map((account) => ({ change: 'account-put', account }));
  }
}
