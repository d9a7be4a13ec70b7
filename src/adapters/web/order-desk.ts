import type { Activations } from '../../application/activations.js';
import type { OutsideData } from '../../application/outside-data.js';
import type { ReadResults } from '../../application/outreach/outside-results.js';
import type { Openings, Request } from '../../application/openings.js';
import type { Random, Vault, VaultFile } from '../../application/ports.js';
import { Sealer } from '../../application/sealer.js';
import type { Author } from '../../application/submission.js';
import {
  commonOf, declareT0Order, openOrder, ORDERS, toCommand, type OrderName, type Parsed,
} from '../../contract/commands.js';
import type { Accepted } from '../../contract/live.js';
import type { Command, CommandOf } from '../../domain/commands.js';
import { targetsOf } from '../../domain/outreach/reached.js';
import type { Right, Sealed } from '../../domain/entry.js';
import { canonical } from '../../domain/evidence/canonical.js';
import type { Hash } from '../../domain/evidence/chain.js';
import { refuse } from '../../domain/refusal.js';
import { toMs } from '../../domain/time.js';
import { orRefuse, parse, Refused, withCallList, WireRefused } from './refused.js';
import type { SignedIn } from './signed-in.js';

/** Visible ASCII: it travels in a header, and is kept in the journal. */
const KEY = /^[\x21-\x7e]{1,200}$/;

/**
 * From the wire to `submit`: checks the order against its schema, seals its texts, looks up what the domain cannot know
 * (people, files, communes), and hands it over with its idempotency key.
 */
export class OrderDesk {
  constructor(
    private readonly activations: Activations,
    private readonly openings: Openings,
    private readonly outside: OutsideData,
    private readonly vault: Vault,
    private readonly hash: Hash,
    private readonly random: Random,
  ) {}

  async open(signedIn: SignedIn, body: unknown, key: string | undefined): Promise<Accepted> {
    mustBeInScope(signedIn, 'open');
    const { lane, kind, t0, synergi, title, confirmOld, speed } = parse(openOrder, body);
    const sealer = new Sealer(this.hash, this.random);
    const opening = {
      lane, kind, ...(t0 === undefined ? {} : { t0: toMs(t0) }), ...(synergi === undefined ? {} : { synergi }), ...(confirmOld ? { confirmOld } : {}),
      ...(speed === undefined ? {} : { speed }),
    };
    const request = this.#request('activations', signedIn.author, body, key);
    return orRefuse(await this.openings.open(opening, title === undefined ? undefined : sealer.seal(title), { ...request, texts: sealer.texts }));
  }

  async declareT0(signedIn: SignedIn, body: unknown, key: string | undefined): Promise<Accepted> {
    mustBeInScope(signedIn, 'declare-t0');
    const { t0, synergi, confirmOld } = parse(declareT0Order, body);
    const declared = { t0: toMs(t0), synergi, ...(confirmOld ? { confirmOld } : {}) };
    return orRefuse(await this.openings.declareT0(declared, this.#request('t0', signedIn.author, body, key)));
  }

  async order(signedIn: SignedIn, id: string, name: string, body: unknown, key: string | undefined): Promise<Accepted> {
    if (!isOrderName(name)) throw new WireRefused('unknown-order');
    mustBeInScope(signedIn, name);
    const parsed = parse(ORDERS[name], body ?? {});
    const { called = [], ...outside }: Partial<ReadResults> = name === 'import-outside-results' ? await this.#outsideResults(signedIn, id, parsed as Parsed<'import-outside-results'>) : {};
    const files = await this.#files(id, parsed);
    const sealer = new Sealer(this.hash, this.random);
    const command = await this.#withOutsideData(id, signedIn.author, withCallList(() => toCommand(name, parsed, {
      text: (content) => sealer.seal(content),
      file: (digest) => sealedFile(files, digest),
      newId: () => this.random.id(),
    })), outside);
    const request = this.#request(`activations/${id}/${name}`, signedIn.author, body ?? {}, key);
    const receipt = orRefuse(await this.activations.submit(id, { command, ...request, ...commonOf(parsed), texts: sealer.texts }));
    if (command.type === 'erase-text') await this.vault.sweep([command.digest]);
    await this.#noteCalled(id, command, called, receipt.repeated);
    return receipt;
  }

  /** What came of real calls stays with the numbers: an exercise says nothing of them. */
  async #noteCalled(id: string, command: Command, called: ReadResults['called'], isRepeated: boolean): Promise<void> {
    const isCall = command.type === 'record-direct-call' && !isRepeated;
    if ((!isCall && called.length === 0) || (await this.activations.read(id, (held) => held.activation.lane)) !== 'real') return;
    if (isCall) await this.outside.called(command);
    await this.outside.results.note(called);
  }

  #request(route: string, author: Author, body: unknown, given: string | undefined): Pick<Request, 'author' | 'key' | 'bodyHash'> {
    if (given !== undefined && !KEY.test(given)) throw new WireRefused('bad-key');
    return { author, key: given ?? this.random.id(), bodyHash: this.hash(`${route}\n${canonical(body)}`) };
  }

  /** What only the directory and the official list know goes into the command (design.md part 2, outside data). */
  async #withOutsideData(activation: string, { id }: Author, command: Command, results: Omit<Partial<ReadResults>, 'called'>): Promise<Command> {
    switch (command.type) {
      case 'import-outside-results':
        return { ...command, ...results };
      case 'take-function': {
        const lacks = await this.outside.lacks(command.holder ?? id, command.function);
        return { ...command, lacks, ...(command.holder === undefined ? {} : { holderRights: this.#person(command.holder).rights }) };
      }
      case 'offer-handover':
        this.#person(command.to);
        return { ...command, lacks: await this.outside.lacks(command.to, command.function) };
      case 'assign-step':
        this.#person(command.to);
        return command;
      case 'set-communes':
        this.#mustKnow(command.communes);
        return command;
      case 'freeze-perimeter':
        this.#mustKnow(command.communes);
        return { ...command, targets: this.outside.targets(command.communes) };
      case 'start-campaign':
        return this.#campaign(activation, command);
      case 'answer-call-in':
        return { ...command, person: await this.#calledAs(activation, command.campaign, id) };
      default:
        return command;
    }
  }

  /** 48.1: whom the perimeter froze, as the directory knows them now; what the settings say of calling. */
  async #campaign(activation: string, command: CommandOf<'start-campaign'>): Promise<Command> {
    const seen = await this.activations.read(activation, ({ activation: a }) => ({
      lane: a.lane, targets: command.circles.flatMap((circle) => (a.outreach.circles[circle]?.communes ?? []).flatMap((code) => targetsOf(a.outreach, code))),
    }));
    if (!seen) return command;
    const { callees } = this.outside;
    const means = callees.means(seen.lane, 'officials', command.means);
    return { ...command, means, people: callees.officials(seen.targets), population: callees.population() };
  }

  /** The person of the directory behind an account that was called in. */
  async #calledAs(activation: string, campaign: string, account: string): Promise<string> {
    const found = await this.activations.read(activation, ({ activation: a }) => Object.values(a.campaigns[campaign]?.people ?? {}).find((one) => one.account === account)?.person);
    return found ?? account;
  }

  async #outsideResults({ author }: SignedIn, id: string, { campaign, file, columns, values }: Parsed<'import-outside-results'>): Promise<ReadResults> {
    return orRefuse(await this.outside.results.read(id, author, campaign, file, columns, values));
  }

  #mustKnow(communes: readonly string[]): void {
    const unknown = communes.find((code) => !this.outside.communes.knows(code));
    if (unknown !== undefined) throw new Refused(refuse('unknown-commune', { commune: unknown }));
  }

  #person(id: string): { rights: readonly Right[] } {
    const person = this.outside.person(id);
    if (!person) throw new Refused(refuse('unknown-person', { person: id }));
    return person;
  }

  async #files(id: string, parsed: object): Promise<ReadonlyMap<string, VaultFile>> {
    const { attachments, evidence, file } = parsed as { attachments?: string[]; evidence?: unknown; file?: string };
    const pieces = (Array.isArray(evidence) ? evidence : [evidence]) as ({ file?: string } | undefined)[];
    const digests = [...(attachments ?? []), ...(file === undefined ? [] : [file]), ...pieces.flatMap((piece) => piece?.file ?? [])];
    if (digests.length === 0) return new Map();
    return new Map((await this.vault.files(digests)).filter(({ activation }) => activation === id).map((file) => [file.digest, file]));
  }
}

function sealedFile(files: ReadonlyMap<string, VaultFile>, digest: string): Sealed {
  const file = files.get(digest);
  if (!file) throw new Refused(refuse('unknown-file', { file: digest }));
  return { digest, bytes: file.bytes, mime: file.mime };
}

/** A token issues what its list names, and nothing else. */
function mustBeInScope({ scopes }: SignedIn, operation: string): void {
  if (scopes && !scopes.includes(operation)) throw new WireRefused('token-scope');
}

function isOrderName(name: string): name is OrderName {
  return Object.hasOwn(ORDERS, name);
}
