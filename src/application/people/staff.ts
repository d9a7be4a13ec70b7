import { plainWords } from '../../domain/directory/names.js';
import type { Person } from '../../domain/directory/person.js';
import type { Candidate } from '../../domain/on-call/holder.js';
import { FIVE, type Right } from '../../domain/rights.js';
import type { Administration } from '../administration.js';
import type { Book } from '../directory/book.js';
import type { Account, Directory } from '../ports.js';

/** Rights whose owner may hold a function: the planner holds them in exercises alone. */
const WORKING: readonly Right[] = [...FIVE, 'cip'];

/** Somebody of the house: an agent of the directory, an account, or both at once. */
export interface Member {
  /** The agent's, where there is one. */
  id: string;
  account: string | null;
  name: string;
  title: string;
  organisation: string;
  emails: readonly string[];
  /** May hold a function of the hour. */
  works: boolean;
}

/**
 * The agents of the directory and the accounts, each person once: those whose record names the account, and those who
 * alone on both sides bear the same name. Read again after each change.
 */
export class Staff {
  #known: { revision: string; members: readonly Member[]; candidates: readonly Candidate[]; byId: ReadonlyMap<string, Member> } | undefined;

  constructor(
    private readonly book: Book,
    private readonly directory: Directory,
    private readonly administration: Administration,
  ) {}

  async members(): Promise<readonly Member[]> {
    return (await this.#current()).members;
  }

  /** By the id of the agent, or of the account. */
  async member(id: string): Promise<Member | undefined> {
    return (await this.#current()).byId.get(id);
  }

  async candidates(): Promise<{ revision: string; people: readonly Candidate[] }> {
    const { revision, candidates } = await this.#current();
    return { revision, people: candidates };
  }

  async #current() {
    const revision = `${this.book.revision} ${this.administration.state.seq}`;
    if (this.#known?.revision !== revision) {
      const accounts = (await this.directory.accounts()).filter(({ disabledAt, erasedAt }) => disabledAt === null && erasedAt === null);
      this.#known = { revision, ...gather([...this.book.everybody()].filter(({ kind }) => kind === 'agent'), accounts) };
    }
    return this.#known;
  }
}

function gather(agents: readonly Person[], accounts: readonly Account[]) {
  const members: Member[] = [];
  const candidates: Candidate[] = [];
  const byId = new Map<string, Member>();
  const taken = new Set<string>();
  for (const agent of agents) {
    const account = accounts.find(({ id }) => id === agent.account) ?? namesake(agent, agents, accounts);
    if (account) taken.add(account.id);
    const emails = agent.contacts.flatMap((one) => (one.kind === 'email' ? [one.address.toLowerCase()] : []));
    const member = {
      id: agent.id, account: account?.id ?? null, name: `${agent.firstName} ${agent.lastName}`.trim(), title: agent.title || (account?.title ?? ''),
      organisation: agent.organisation, emails: [...emails, ...emailOf(account)], works: account !== undefined && works(account),
    };
    add(member, { lastName: plainWords(agent.lastName), firstName: plainWords(agent.firstName) });
  }
  for (const account of accounts.filter(({ id }) => !taken.has(id))) {
    add({ id: account.id, account: account.id, name: account.name, title: account.title, organisation: '', emails: emailOf(account), works: works(account) }, namesOf(account.name));
  }
  return { members, candidates, byId };

  function add(member: Member, names: { lastName: string; firstName: string }): void {
    members.push(member);
    candidates.push({ id: member.id, ...names, emails: member.emails });
    byId.set(member.id, member);
    if (member.account !== null) byId.set(member.account, member);
  }
}

function namesake(agent: Person, agents: readonly Person[], accounts: readonly Account[]): Account | undefined {
  const name = inOrder(`${agent.firstName} ${agent.lastName}`);
  const found = accounts.filter((one) => inOrder(one.name) === name);
  const rivals = agents.filter((one) => inOrder(`${one.firstName} ${one.lastName}`) === name);
  return found.length === 1 && rivals.length === 1 && !agents.some((one) => one.account === found[0]!.id) ? found[0] : undefined;
}

/** "Anne Delorme" and "DELORME Anne" are one name. */
function inOrder(name: string): string {
  return plainWords(name).split(' ').sort().join(' ');
}

/** Words in capitals are the family name; else all but the first. */
function namesOf(name: string): { lastName: string; firstName: string } {
  const words = name.trim().split(/\s+/);
  const capitals = words.filter((word) => word.length > 1 && word === word.toLocaleUpperCase('fr') && /\p{L}/u.test(word));
  const last = capitals.length > 0 && capitals.length < words.length ? capitals : words.slice(1);
  return { lastName: plainWords(last.join(' ') || name), firstName: plainWords(words.filter((word) => !last.includes(word)).join(' ')) };
}

/** Many sign in with their e-mail address. */
function emailOf(account: Account | undefined): string[] {
  return account?.login.includes('@') ? [account.login.toLowerCase()] : [];
}

function works({ rights }: Account): boolean {
  return rights.some((right) => WORKING.includes(right));
}
