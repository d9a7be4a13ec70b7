// An hour driven through the application itself, with its texts and files in a vault: what pages and exports are made of.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { HtmlPrinter } from '../../src/adapters/printing/html-printer.js';
import { Activations } from '../../src/application/activations.js';
import { THE_ENGINE } from '../../src/application/submission.js';
import { Evidence, type Pack, type Reader } from '../../src/application/evidence.js';
import { Boards, Clock, type Account } from '../../src/application/ports.js';
import { Sealer } from '../../src/application/sealer.js';
import { commonOf, ORDERS, toCommand, type Order, type OrderName } from '../../src/contract/commands.js';
import type { Command } from '../../src/domain/commands.js';
import { isRefusal, type Refusal } from '../../src/domain/refusal.js';
import type { Right } from '../../src/domain/rights.js';
import { MINUTE, SECOND, toInstant, toMs, type Ms } from '../../src/domain/time.js';
import { standardPlan } from './given.js';
import { MemoryStore } from './memory-store.js';

export const VERIFIER = resolve(import.meta.dirname, '../../src/cli/verify.mjs');
/** 25 October 2026 at 02:14 in Paris, summer time: 02:30 comes twice that night. */
export const T0 = toMs('2026-10-25T00:14:00.000Z');

const PEOPLE: Record<string, { name: string; title: string; rights: readonly Right[] }> = {
  prefete: { name: 'Hélène Vasseur', title: 'préfète', rights: ['prefet'] },
  directrice: { name: 'Anne Delorme', title: 'directrice de cabinet', rights: ['directeur'] },
  communication: { name: 'Claire Maillard', title: 'responsable de cellule', rights: ['communication'] },
  astreinte: { name: 'Paul Ostrowski', title: "agent d'astreinte", rights: ['astreinte'] },
  sidpc: { name: 'Karim Benali', title: 'SIDPC', rights: ['sidpc'] },
  planificatrice: { name: 'Odile Roux', title: 'planificatrice', rights: ['planificateur'] },
  auditeur: { name: 'Marc Tessier', title: 'auditeur', rights: ['auditeur'] },
};
export type Who = keyof typeof PEOPLE;
const idOf = (who: string) => createHash('sha256').update(who).digest('hex').slice(0, 32);

class HandClock extends Clock {
  now: Ms = T0;
  override wall = () => this.now;
  override monotonic = () => this.now;
}
class NoBoards extends Boards {
  override news(): void {}
  override lobby(): void {}
  override async request(): Promise<number> {
    return 0;
  }
}

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

export class ProvenHour {
  readonly id = idOf('proven hour');
  readonly clock = new HandClock();
  readonly store = new MemoryStore(() => this.clock.now);
  readonly activations = new Activations(this.store.journal, this.clock, sha256, new NoBoards());
  readonly evidence: Evidence;
  #ids = 0;

  constructor(readonly lane: 'real' | 'exercise' = 'real', readonly timeZone = 'Europe/Paris') {
    const { journal, vault, directory } = this.store;
    const random = { id: () => this.newId() };
    this.evidence = new Evidence({
      activations: this.activations, journal, vault, directory, printer: new HtmlPrinter(), clock: this.clock, random, hash: sha256,
      communeName: (code) => ({ '76540': 'Castelroy', '76001': 'Rouvray-la-Forge' })[code], verifier: readFileSync(VERIFIER, 'utf8'),
    });
    const accounts = Object.entries(PEOPLE).map(([login, { name, title, rights }]): Account => ({
      id: idOf(login), login, name, title, rights: [...rights], passwordHash: null, totpSecret: null, totpUsedStep: 0, recoveryCodes: [],
      disabledAt: null, erasedAt: null, createdAt: T0,
    }));
    directory.apply(accounts.map((account) => ({ change: 'account-put', account })));
  }

  newId(): string {
    return idOf(`id ${this.#ids++}`);
  }

  who(login: Who): Reader {
    return { id: idOf(login), rights: PEOPLE[login]!.rights };
  }

  async at(minutes: number, seconds = 0): Promise<this> {
    this.clock.now = T0 + minutes * MINUTE + seconds * SECOND;
    await this.activations.tick(this.id);
    return this;
  }

  async open(kind: 'cod' | 'important' = 'cod', more: { t0?: Ms; synergi?: string } = { t0: T0, synergi: '26-041877' }): Promise<void> {
    const by = this.lane === 'exercise' ? 'planificatrice' : 'sidpc';
    const segment = this.lane === 'exercise' ? { segment: { wallAt: T0, exerciseAt: T0, speed: 1 } } : {};
    await this.#submit(by, {
      type: 'open', id: this.id, lane: this.lane, kind, prefecture: 'Préfecture du Val-de-Brenne', departement: '76', timeZone: this.timeZone,
      plan: standardPlan, facts: { accounts: true, app: false }, ...segment, ...more,
    });
  }

  /** An order as it comes over the wire; throws when it is refused. */
  async order<N extends OrderName>(login: Who, name: N, given: Order<N>): Promise<number> {
    const sealer = new Sealer(sha256, { id: () => this.newId() });
    const parsed = ORDERS[name].parse(given) as never;
    const file = (digest: string) => {
      const { bytes, mime } = this.store.files.get(digest)!;
      return { digest, bytes, mime };
    };
    const command = toCommand(name, parsed, { text: (content: string) => sealer.seal(content), file, newId: () => this.newId() } as never);
    return this.#submit(login, command, { ...commonOf(parsed), texts: sealer.texts });
  }

  /** Completes a step as its screen would: with the version that is shown. */
  async complete(login: Who, step: string, more: Partial<Order<'complete-step'>> = {}): Promise<number> {
    const seen = await this.activations.read(this.id, ({ activation }) => activation.steps[step]?.version ?? 0);
    return this.order(login, 'complete-step', { step, seen: seen!, ...more });
  }

  async engine(command: Command): Promise<number> {
    const receipt = await this.activations.submit(this.id, { command, author: THE_ENGINE, key: this.newId() });
    return accepted(receipt).toSeq;
  }

  /** A file in the vault, not named by any entry yet. */
  async upload(name: string, mime: string, bytes: Uint8Array): Promise<string> {
    const salt = this.newId();
    const digest = createHash('sha256').update(salt).update(bytes).digest('hex');
    await this.store.vault.putFile({ digest, activation: this.id, salt, name, mime, bytes: bytes.length }, bytes);
    return digest;
  }

  async page(login: Who): Promise<string> {
    return accepted(await this.evidence.hourPage(this.id, this.who(login))).html;
  }

  async export(login: Who, contents = true): Promise<Map<string, Buffer>> {
    return unpacked(accepted(await this.evidence.exportOf(this.id, this.who(login), { contents })));
  }

  async #submit(login: string, command: Command, more: object = {}): Promise<number> {
    const { id, rights } = this.who(login);
    const key = this.newId();
    const receipt = await this.activations.submit(this.id, { command, author: { id, rights, source: 'console' }, key, bodyHash: sha256(key), ...more });
    return accepted(receipt).toSeq;
  }
}

export function accepted<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(`refused: ${answer.refused} ${JSON.stringify(answer.details ?? {})}`);
  return answer;
}

export async function unpacked(pack: Pack): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for await (const { name, content } of pack.files) {
    const chunks: Buffer[] = [];
    for await (const chunk of content) chunks.push(Buffer.from(chunk));
    files.set(name, Buffer.concat(chunks));
  }
  return files;
}

/** An hour with something of everything, up to five minutes past it. */
export async function fullHour(lane: 'real' | 'exercise' = 'real', timeZone = 'Europe/Paris'): Promise<ProvenHour> {
  const hour = new ProvenHour(lane, timeZone);
  const on = (login: Who): Who => (lane === 'exercise' ? 'planificatrice' : login);
  await hour.at(1, 20);
  await hour.open();
  await hour.order(on('sidpc'), 'set-title', { title: 'Incendie, panache · Castelroy' });
  await hour.order(on('sidpc'), 'set-event-type', { eventType: 'Incendie industriel' });
  await hour.order(on('sidpc'), 'set-communes', { communes: ['76540', '76001'] });
  await hour.order(on('sidpc'), 'record-decider', { decider: 'prefet' });
  await hour.order(on('directrice'), 'take-function', { function: 'DC' });
  await hour.at(4);
  await hour.order(on('astreinte'), 'take-function', { function: 'AA' });
  await hour.order(on('astreinte'), 'log-note', { text: "Fumée visible depuis l'A28 <script>alert('x')</script>", occurredAt: toInstant(T0 - 3 * MINUTE) });
  await hour.at(8, 35);
  await hour.complete(on('astreinte'), 'P02', { evidence: [{ kind: 'link', url: 'https://x.example/prefet76/status/1?a=1&b=2' }, { kind: 'text', text: 'Publié sur X et Facebook, vu.' }] });
  await hour.at(9, 20);
  await hour.complete(on('astreinte'), 'P03', { evidence: [{ kind: 'text', text: 'Maillard, Roux et Petit rappelés, présents à 02:40.' }] });
  await hour.order(on('communication'), 'take-function', { function: 'RC' });
  await hour.at(13, 25);
  await hour.complete(on('directrice'), 'P05', { evidence: [{ kind: 'text', text: 'Cercle 1 : Castelroy, Rouvray-la-Forge.' }] });
  await hour.order(on('communication'), 'paste-call-list', { step: 'P07', list: 'Jean Aubert; maire, Castelroy; 06 12 34 56 78\nLise Moreau; maire, Rouvray-la-Forge; 06 98 76 54 32' });
  const [aubert, moreau] = (await hour.activations.read(hour.id, ({ activation }) => activation.contacts['P07']!.map(({ person }) => person)))!;
  await hour.at(14, 10);
  await hour.complete(on('communication'), 'P07', { evidence: [{ kind: 'text', text: 'Deux maires appelés un par un.' }] });
  await hour.order(on('communication'), 'record-call', { step: 'P07', person: aubert!, outcome: 'acknowledged', note: 'Ouvre la salle des fêtes.' });
  await hour.order(on('communication'), 'record-call', { step: 'P07', person: moreau!, outcome: 'no-answer' });
  await hour.at(19, 10);
  await hour.order(on('communication'), 'write-step-text', { step: 'P12', text: 'Un incendie est en cours à Castelroy.\nFermez vos fenêtres.', seen: 0 });
  await hour.complete(on('communication'), 'P12');
  await hour.at(22);
  await hour.order(on('communication'), 'order-nu', { for: 'directeur', spokenAt: toInstant(T0 + 20 * MINUTE) });
  await hour.at(24);
  const photo = await hour.upload('panache vu de la D12.jpg', 'image/jpeg', Buffer.from('\xff\xd8 not really a photo', 'latin1'));
  await hour.order(on('astreinte'), 'log-note', { text: 'Photo reçue du SDIS.', attachments: [photo] });
  await hour.order(on('communication'), 'mark-not-applicable', { step: 'P20', category: 'decided-against', reason: 'Pas de message radio : vent tombé.', authorisedBy: 'directeur', seen: 0 }).catch(() => 0);
  await hour.order(on('directrice'), 'log-direction-note', { text: 'Le ministre appelle à 03:30.' });
  await hour.at(27);
  const version = await hour.activations.read(hour.id, ({ activation }) => activation.clocks.cod!.versions.at(-1)!.seq);
  await hour.order(on('sidpc'), 'correct-clock', { clock: 'cod', t0: toInstant(T0 - 2 * MINUTE), reason: 'SYNERGI dit 02:12, non 02:14.', seen: version! });
  await hour.at(31);
  await hour.complete(on('communication'), 'P13', { for: 'prefet', approves: { step: 'P12', version: 1 } });
  await hour.at(33);
  const wrong = await hour.order(on('astreinte'), 'log-note', { text: 'Trois blessés légers.' });
  await hour.at(34);
  await hour.order(on('astreinte'), 'log-note', { text: 'Deux blessés légers, selon le SAMU.', corrects: wrong });
  await hour.complete(on('communication'), 'P14', { evidence: [{ kind: 'text', text: 'Envoyé à 14 rédactions.' }] });
  await hour.complete(on('communication'), 'P16');
  await hour.engine({ type: 'note-outage', from: T0 + 35 * MINUTE, to: T0 + 35 * MINUTE + 40 * SECOND });
  await hour.engine({ type: 'note-clock-step', byMs: -3_000 });
  await hour.at(50);
  if (lane === 'real') await hour.order('prefete', 'confirm-oral', { entry: (await hour.activations.read(hour.id, ({ activation }) => activation.orals.find((one) => one.for === 'prefet')!.seq))! });
  await hour.at(58); // the statement is due: T0 was corrected to 02:12
  const written = await hour.evidence.writeStatement(hour.id);
  await hour.engine({ type: 'record-statement', dueAt: T0 + 58 * MINUTE, ...written! });
  await hour.at(65);
  await hour.complete(on('communication'), 'P18', { occurredAt: toInstant(T0 + 40 * MINUTE), evidence: [{ kind: 'text', text: 'Les six sujets sont dans le communiqué.' }] });
  return hour;
}
