import { CALL_IN_ANSWERS, WAYS } from '../domain/outreach/reaching.js';
import { z } from 'zod';
import type { Command } from '../domain/commands.js';
import { FUNCTIONS, type OnBehalf, type Sealed } from '../domain/entry.js';
import { CALL_OUTCOMES, DECIDER_ROLES, NOT_APPLICABLE_CATEGORIES, type Evidence } from '../domain/events.js';
import { OUTSIDE_OUTCOMES } from '../domain/outreach/targets.js';
import { FACTS } from '../domain/plan/plan.js';
import { toMs } from '../domain/time.js';
import { parseCallList } from './call-list.js';
import { EVENT_KINDS, MAX_SPOKEN, MAX_TEXT, SYNERGI_NUMBER } from './forms.js';

const MAX_REASON = 2_000;

const instant = z.iso.datetime({ offset: true }).describe('Instant ISO 8601 avec décalage ou Z');
const text = z.string().trim().min(1).max(MAX_TEXT);
const reason = z.string().trim().min(1).max(MAX_REASON);
const accountId = z.string().regex(/^[0-9a-f]{32}$/);
/** Of a campaign that somebody started; or of a cell called in, which the engine names after the entry that asked for it. */
const campaignId = z.string().regex(/^([0-9a-f]{32}|(charge|cell|cip)\d{1,9})$/);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const step = z.string().min(1).max(40);
const seen = z.int().min(0).describe('Version de l’étape que la personne avait sous les yeux');
const entry = z.int().min(1);
const speed = z.int().min(1).max(60).describe('Combien de fois plus vite que le temps réel court celui de l’exercice');
const functionCode = z.enum(FUNCTIONS);
const communeCode = z.string().regex(/^(\d{5}|2[AB]\d{3})$/);
const circle = z.union([z.literal(1), z.literal(2)]);
/** Columns of an outside automaton's result file, by their header; mapped once, kept. */
const outsideColumns = z.strictObject({
  number: z.string().max(120), result: z.string().max(120), at: z.string().max(120).optional(), time: z.string().max(120).optional(),
}).describe('Colonnes du fichier : numéro appelé, résultat, date et heure');
/** What each value of the result column means; what is not named is not imported. */
const outsideValues = z.record(z.string().max(120), z.enum(OUTSIDE_OUTCOMES)).refine((values) => Object.keys(values).length <= 60);
const onBehalf = z.enum(['prefet', 'directeur', ...FUNCTIONS]);
const synergiNumber = z.string().trim().regex(SYNERGI_NUMBER);

const evidence = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text }),
  z.strictObject({ kind: z.literal('link'), url: z.url({ protocol: /^https?$/ }).max(2_000) }),
  z.strictObject({ kind: z.literal('file'), file: digest }),
]);

/** On every order: when it happened, where that differs from now, and on whose behalf. */
const common = { occurredAt: instant.optional(), for: onBehalf.optional() };

/** THE list of orders that go over the wire, each `POST /api/activations/{id}/{name}`. */
export const ORDERS = {
  'start-clock': z.strictObject({ ...common, clock: z.enum(['important', 'cod', 'ciav']), t0: instant, confirmOld: z.boolean().optional() }),
  'correct-clock': z.strictObject({
    ...common, clock: z.enum(['important', 'cod', 'nu', 'ciav']), t0: instant, reason, seen, confirmOld: z.boolean().optional(),
  }),
  'order-nu': z.strictObject({ ...common, writtenAt: instant.optional(), spokenAt: instant.optional(), confirmOld: z.boolean().optional() }),
  'record-synergi-number': z.strictObject({ ...common, number: synergiNumber }),
  'answer-declaration': z.strictObject({ ...common, declaration: accountId, to: accountId.nullable() }),
  'set-event-type': z.strictObject({ ...common, eventType: z.enum(EVENT_KINDS) }),
  'declare-fact': z.strictObject({ ...common, fact: z.enum(FACTS), holds: z.boolean() }),
  'set-title': z.strictObject({ ...common, title: z.string().trim().min(1).max(200) }),
  'set-communes': z.strictObject({ ...common, communes: z.array(communeCode).max(1_500) }),
  'record-decider': z.strictObject({ ...common, decider: z.enum(DECIDER_ROLES) }),
  'take-function': z.strictObject({ ...common, function: functionCode, holder: accountId.optional(), why: reason.optional() }),
  'offer-handover': z.strictObject({ ...common, function: functionCode, to: accountId, why: reason.optional() }),
  'accept-handover': z.strictObject({ ...common, function: functionCode }),
  'relieve-function': z.strictObject({ ...common, function: functionCode }),
  'assign-step': z.strictObject({ ...common, step, to: accountId }),
  'start-step': z.strictObject({ ...common, step }),
  'write-step-text': z.strictObject({ ...common, step, text, seen }),
  'add-evidence': z.strictObject({ ...common, step, evidence }),
  'complete-step': z.strictObject({
    ...common, step, evidence: z.array(evidence).max(20).default([]), seen,
    approves: z.strictObject({ step, version: z.int().min(1) }).optional(),
  }),
  'mark-not-applicable': z.strictObject({ ...common, step, category: z.enum(NOT_APPLICABLE_CATEGORIES), reason, authorisedBy: onBehalf, seen }),
  'mark-outside-cause': z.strictObject({ ...common, step, reason, seen }),
  'reopen-step': z.strictObject({ ...common, step, reason, seen }),
  'paste-call-list': z.strictObject({ ...common, step, list: z.string().min(1).max(200_000) }),
  'record-call': z.strictObject({ ...common, step, person: accountId, outcome: z.enum(CALL_OUTCOMES), note: text.optional() }),
  'freeze-perimeter': z.strictObject({ ...common, circle, communes: z.array(communeCode).min(1).max(1_500), list: accountId.optional() }),
  'refuse-circle': z.strictObject({ ...common, reason }),
  'record-outside-campaign': z.strictObject({
    ...common, campaign: accountId.optional(), circle, tool: z.string().trim().min(1).max(80), text, startedAt: instant, endedAt: instant.optional(),
  }),
  'import-outside-results': z.strictObject({ ...common, campaign: accountId, file: digest, columns: outsideColumns, values: outsideValues }),
  'claim-call': z.strictObject({ ...common, person: accountId }),
  'release-call': z.strictObject({ ...common, person: accountId }),
  'record-direct-call': z.strictObject({
    ...common, person: accountId, outcome: z.enum(CALL_OUTCOMES), dialled: z.strictObject({ version: z.int().min(1), contact: z.int().min(0).max(20) }).optional(),
    note: text.optional(), again: instant.optional(), onPaper: z.literal(true).optional(),
  }),
  'start-campaign': z.strictObject({
    ...common, circles: z.array(circle).min(1).max(2), text: z.string().trim().min(1).max(MAX_SPOKEN), ways: z.array(z.enum(WAYS)).min(1).max(3),
    lines: z.int().min(1).max(2_000), callsPerSecond: z.number().min(0.1).max(200),
  }),
  'change-campaign-text': z.strictObject({ ...common, campaign: accountId, text: z.string().trim().min(1).max(MAX_SPOKEN), again: z.boolean() }),
  'pause-campaign': z.strictObject({ ...common, campaign: campaignId }),
  'resume-campaign': z.strictObject({ ...common, campaign: campaignId }),
  'stop-campaign': z.strictObject({ ...common, campaign: campaignId }),
  'answer-call-in': z.strictObject({ ...common, campaign: campaignId, answer: z.enum(CALL_IN_ANSWERS), minutes: z.int().min(0).max(24 * 60).optional() }),
  'declare-operational': z.strictObject({ ...common, people: z.array(accountId).min(1).max(100) }),
  'confirm-oral': z.strictObject({ ...common, entry }),
  'log-note': z.strictObject({
    ...common, text, attachments: z.array(digest).max(20).default([]), promisedFor: instant.optional(), corrects: entry.optional(),
  }),
  'log-direction-note': z.strictObject({
    ...common, text, attachments: z.array(digest).max(20).default([]), promisedFor: instant.optional(), corrects: entry.optional(),
  }),
  'keep-promise': z.strictObject({ ...common, entry }),
  'erase-text': z.strictObject({ ...common, digest, reason }),
  'pause-exercise': z.strictObject({ ...common }),
  'resume-exercise': z.strictObject({ ...common }),
  'set-exercise-speed': z.strictObject({ ...common, speed }),
  'end': z.strictObject({ ...common }),
  'seal': z.strictObject({ ...common }),
  'cancel-opening': z.strictObject({ ...common, reason }),
} as const satisfies Partial<Record<Command['type'], z.ZodType>>;

export type OrderName = keyof typeof ORDERS;
export type Order<N extends OrderName = OrderName> = z.input<(typeof ORDERS)[N]>;
export type Parsed<N extends OrderName = OrderName> = z.output<(typeof ORDERS)[N]>;

/** `POST /api/activations` */
export const openOrder = z.strictObject({
  /** `test`: a campaign in peace time, towards those alone who may be reached by one. */
  lane: z.enum(['real', 'exercise', 'test']),
  kind: z.enum(['cod', 'important']),
  t0: instant.optional(),
  synergi: synergiNumber.optional(),
  title: z.string().trim().min(1).max(200).optional(),
  confirmOld: z.boolean().optional(),
  speed: speed.optional(),
});
export type OpenOrder = z.input<typeof openOrder>;

/** `POST /api/t0`: what a script beside SYNERGI posts. */
export const declareT0Order = z.strictObject({ t0: instant, synergi: synergiNumber, confirmOld: z.boolean().optional() });
export type DeclareT0Order = z.input<typeof declareT0Order>;

/** How an order becomes a command: texts and files are put in the vault first, and replaced by their digests. */
export interface Sealing {
  text(content: string): Sealed;
  /** A file that was uploaded before; throws UnknownFile. */
  file(digest: string): Sealed;
  newId(): string;
}

const optional = <K extends string, V>(key: K, value: V | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };

export function toCommand<N extends OrderName>(name: N, parsed: Parsed<N>, seal: Sealing): Command {
  const order = { name, ...(parsed as object) } as { [K in OrderName]: { name: K } & Parsed<K> }[OrderName];
  switch (order.name) {
    case 'start-clock':
      return { type: 'start-clock', clock: order.clock, t0: toMs(order.t0), ...optional('confirmOld', order.confirmOld) };
    case 'correct-clock':
      return {
        type: 'correct-clock', clock: order.clock, t0: toMs(order.t0), reason: seal.text(order.reason), seen: order.seen,
        ...optional('confirmOld', order.confirmOld),
      };
    case 'order-nu':
      return {
        type: 'order-nu', ...optional('writtenAt', order.writtenAt === undefined ? undefined : toMs(order.writtenAt)),
        ...optional('spokenAt', order.spokenAt === undefined ? undefined : toMs(order.spokenAt)), ...optional('confirmOld', order.confirmOld),
      };
    case 'set-title':
      return { type: 'set-title', title: seal.text(order.title) };
    case 'take-function':
      return { type: 'take-function', function: order.function, ...optional('holder', order.holder), ...optional('why', order.why === undefined ? undefined : seal.text(order.why)) };
    case 'write-step-text':
      return { type: 'write-step-text', step: order.step, text: seal.text(order.text), seen: order.seen };
    case 'add-evidence':
      return { type: 'add-evidence', step: order.step, evidence: sealEvidence(order.evidence, seal) };
    case 'complete-step':
      return {
        type: 'complete-step', step: order.step, seen: order.seen, evidence: order.evidence.map((one) => sealEvidence(one, seal)),
        ...optional('approves', order.approves),
      };
    case 'mark-not-applicable': {
      const { step, category, authorisedBy, seen } = order;
      return { type: 'mark-not-applicable', step, category, authorisedBy, seen, reason: seal.text(order.reason) };
    }
    case 'mark-outside-cause':
    case 'reopen-step':
      return { type: order.name, step: order.step, reason: seal.text(order.reason), seen: order.seen };
    case 'paste-call-list': {
      const contacts = parseCallList(order.list).map((contact) => ({ person: seal.newId(), line: seal.text(JSON.stringify(contact)) }));
      return { type: 'paste-call-list', step: order.step, contacts };
    }
    case 'record-call': {
      const { step, person, outcome, note } = order;
      return { type: 'record-call', step, person, outcome, ...optional('note', note === undefined ? undefined : seal.text(note)) };
    }
    case 'log-note':
    case 'log-direction-note':
      return {
        type: order.name, text: seal.text(order.text), attachments: order.attachments.map((one) => seal.file(one)),
        ...optional('promisedFor', order.promisedFor === undefined ? undefined : toMs(order.promisedFor)), ...optional('corrects', order.corrects),
      };
    case 'erase-text':
      return { type: 'erase-text', digest: order.digest, reason: seal.text(order.reason) };
    case 'cancel-opening':
      return { type: 'cancel-opening', reason: seal.text(order.reason) };
    case 'record-synergi-number':
      return { type: 'record-synergi-number', number: order.number };
    case 'answer-declaration':
      return { type: 'answer-declaration', declaration: order.declaration, to: order.to };
    case 'set-event-type':
      return { type: 'set-event-type', eventType: order.eventType };
    case 'declare-fact':
      return { type: 'declare-fact', fact: order.fact, holds: order.holds };
    case 'set-communes':
      return { type: 'set-communes', communes: order.communes };
    case 'record-decider':
      return { type: 'record-decider', decider: order.decider };
    case 'offer-handover':
      return { type: 'offer-handover', function: order.function, to: order.to, ...optional('why', order.why === undefined ? undefined : seal.text(order.why)) };
    case 'accept-handover':
    case 'relieve-function':
      return { type: order.name, function: order.function };
    case 'assign-step':
      return { type: 'assign-step', step: order.step, to: order.to };
    case 'start-step':
      return { type: 'start-step', step: order.step };
    case 'freeze-perimeter':
      return { type: 'freeze-perimeter', circle: order.circle, communes: order.communes, ...optional('list', order.list), targets: [] };
    case 'refuse-circle':
      return { type: 'refuse-circle', reason: seal.text(order.reason) };
    case 'record-outside-campaign':
      return {
        type: 'record-outside-campaign', campaign: order.campaign ?? seal.newId(), circle: order.circle, tool: seal.text(order.tool), text: seal.text(order.text),
        startedAt: toMs(order.startedAt), ...optional('endedAt', order.endedAt === undefined ? undefined : toMs(order.endedAt)),
      };
    case 'import-outside-results':
      return { type: 'import-outside-results', campaign: order.campaign, file: seal.file(order.file), results: [], unmatched: 0 };
    case 'claim-call':
    case 'release-call':
      return { type: order.name, person: order.person };
    case 'record-direct-call': {
      const { person, outcome, dialled, note, again, onPaper } = order;
      return {
        type: 'record-direct-call', person, outcome, ...optional('dialled', dialled), ...optional('note', note === undefined ? undefined : seal.text(note)),
        ...optional('again', again === undefined ? undefined : toMs(again)), ...optional('onPaper', onPaper),
      };
    }
    case 'start-campaign': {
      const { circles, text, ways, lines, callsPerSecond } = order;
      // What the settings say of the rest, and who is to be reached, is looked up by `submit`.
      const means = { ways, lines, callsPerSecond, textsPerSecond: 1, rounds: 1, pauseSeconds: 0, ringSeconds: 30, enough: 0 };
      return { type: 'start-campaign', campaign: seal.newId(), purpose: 'officials', circles: [...new Set(circles)].sort(), text: seal.text(text), means, people: [] };
    }
    case 'change-campaign-text':
      return { type: 'change-campaign-text', campaign: order.campaign, text: seal.text(order.text), again: order.again };
    case 'pause-campaign':
    case 'resume-campaign':
    case 'stop-campaign':
      return { type: order.name, campaign: order.campaign };
    case 'answer-call-in':
      return { type: 'answer-call-in', campaign: order.campaign, person: '', how: 'button', answer: order.answer, ...optional('minutes', order.minutes) };
    case 'declare-operational':
      return { type: 'declare-operational', people: order.people };
    case 'confirm-oral':
    case 'keep-promise':
      return { type: order.name, entry: order.entry };
    case 'set-exercise-speed':
      return { type: 'set-exercise-speed', speed: order.speed };
    case 'pause-exercise':
    case 'resume-exercise':
    case 'end':
    case 'seal':
      return { type: order.name };
  }
}

function sealEvidence(one: z.output<typeof evidence>, seal: Sealing): Evidence {
  if (one.kind === 'text') return { kind: 'text', text: seal.text(one.text) };
  if (one.kind === 'link') return { kind: 'link', url: seal.text(one.url) };
  return { kind: 'file', file: seal.file(one.file) };
}

/** What stands on every order, read apart from its own fields. */
export function commonOf(parsed: { occurredAt?: string | undefined; for?: OnBehalf | undefined }): { occurredAt?: number; for?: OnBehalf } {
  return { ...optional('occurredAt', parsed.occurredAt === undefined ? undefined : toMs(parsed.occurredAt)), ...optional('for', parsed.for) };
}
