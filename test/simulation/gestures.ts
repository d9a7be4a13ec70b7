// What the people of a night do: each reads what their board shows, which may be old, and gives an order as the console
// would, in the shape of the API. Some of it is late, wrong, forbidden or nonsense: refusing it is part of the night.
import { CALL_IN_ANSWERS } from '../../src/domain/outreach/reaching.js';
import type { OrderName } from '../../src/contract/commands.js';
import { EVENT_KINDS } from '../../src/contract/forms.js';
import { nowInside } from '../../src/domain/activation.js';
import { FUNCTIONS, type OnBehalf } from '../../src/domain/entry.js';
import { CALL_OUTCOMES, DECIDER_ROLES, NOT_APPLICABLE_CATEGORIES } from '../../src/domain/events.js';
import { CLOCKS, FACTS } from '../../src/domain/plan/plan.js';
import type { Activation } from '../../src/domain/state.js';
import { MINUTE, SECOND, toInstant, type Ms } from '../../src/domain/time.js';
import type { Account } from './board.js';
import type { Chance } from './chance.js';

export interface Order {
  name: string;
  body: Record<string, unknown>;
}

export interface Eyes {
  chance: Chance;
  a: Readonly<Activation>;
  /** What the person's watch shows: their own, not the server's. */
  watch: Ms;
  people: readonly Account[];
  communes: readonly string[];
  /** Numbers of SYNERGI that are about in this night. */
  numbers: readonly string[];
}

type Gesture = (eyes: Eyes) => Record<string, unknown>;

/** Half of the time a step that somebody touched, so that it goes through all its states. */
function stepOf({ chance, a }: Eyes): string {
  const known = Object.keys(a.steps);
  return known.length > 0 && chance.happens(0.5) ? chance.pick(known) : a.plan.rows.length > 0 ? chance.pick(a.plan.rows).id : 'P12';
}

const seenOf = ({ a, chance }: Eyes, step: string) => Math.max(0, (a.steps[step]?.version ?? 0) - (chance.happens(0.03) ? 1 : 0));
const words = ({ chance }: Eyes, kind: string) => `${kind} ${chance.below(1_000)} « é ’ » ${chance.happens(0.02) ? '\u2028🚒'.repeat(40) : ''}`.trim();
const instant = ({ chance, a, watch }: Eyes, least: number, most: number) =>
  toInstant(Math.floor((nowInside(a, watch) + chance.between(least, most) * MINUTE) / SECOND) * SECOND);
const person = ({ chance, people }: Eyes) => (chance.happens(0.02) ? chance.id() : chance.pick(people).id);
const evidence = (eyes: Eyes) =>
  eyes.chance.happens(0.7) ? [eyes.chance.happens(0.8) ? { kind: 'text', text: words(eyes, 'preuve') } : { kind: 'link', url: `https://exemple.fr/${eyes.chance.below(99)}` }] : [];
const entryOf = ({ chance, a }: Eyes) => chance.between(1, Math.max(1, a.seq));

const target = ({ chance, a }: Eyes) => chance.pick([...Object.keys(a.outreach.targets), chance.id()]);

const campaign = ({ chance, a }: Eyes) => chance.pick([...Object.keys(a.campaigns), chance.id()]);

const GESTURES: Record<OrderName, Gesture> = {
  'start-clock': (eyes) => ({ clock: eyes.chance.pick(['important', 'cod', 'ciav']), t0: instant(eyes, -30, 3), ...(eyes.chance.happens(0.5) ? { confirmOld: true } : {}) }),
  'correct-clock': (eyes) => {
    const clock = eyes.chance.pick(CLOCKS.filter((id) => eyes.a.clocks[id]).concat('cod'));
    return { clock, t0: instant(eyes, -50, 1), reason: words(eyes, 'motif'), seen: eyes.a.clocks[clock]?.versions.at(-1)?.seq ?? 0, confirmOld: true };
  },
  'order-nu': (eyes) => (eyes.chance.happens(0.5) ? { writtenAt: instant(eyes, -10, 0) } : { spokenAt: instant(eyes, -10, 0) }),
  'record-synergi-number': ({ chance, numbers }) => ({ number: chance.pick(numbers) }),
  'answer-declaration': ({ chance, a }) => ({ declaration: a.declarations[0]?.id ?? chance.id(), to: chance.pick([a.id, chance.id(), null]) }),
  'set-event-type': ({ chance }) => ({ eventType: chance.pick([...EVENT_KINDS, 'ovni']) }),
  'declare-fact': ({ chance }) => ({ fact: chance.pick(FACTS), holds: chance.happens(0.5) }),
  'set-title': (eyes) => ({ title: words(eyes, 'titre') }),
  'set-communes': ({ chance, communes }) => ({ communes: chance.happens(0.05) ? ['00000'] : [chance.pick(communes), chance.pick(communes)] }),
  'record-decider': ({ chance }) => ({ decider: chance.pick(DECIDER_ROLES) }),
  'take-function': (eyes) => ({ function: eyes.chance.pick(FUNCTIONS), ...(eyes.chance.happens(0.3) ? { holder: person(eyes) } : {}) }),
  'offer-handover': (eyes) => ({ function: eyes.chance.pick(FUNCTIONS.filter((code) => eyes.a.functions[code].holder).concat('RC')), to: person(eyes) }),
  'accept-handover': ({ chance, a }) => ({ function: chance.pick(FUNCTIONS.filter((code) => a.functions[code].offer).concat('RC')) }),
  'relieve-function': ({ chance }) => ({ function: chance.pick(FUNCTIONS) }),
  'assign-step': (eyes) => ({ step: stepOf(eyes), to: person(eyes) }),
  'start-step': (eyes) => ({ step: stepOf(eyes) }),
  'write-step-text': (eyes) => {
    const step = eyes.chance.happens(0.4) ? 'P12' : stepOf(eyes);
    return { step, text: words(eyes, 'texte'), seen: seenOf(eyes, step) };
  },
  'add-evidence': (eyes) => ({ step: stepOf(eyes), evidence: { kind: 'text', text: words(eyes, 'pièce') } }),
  'complete-step': (eyes) => {
    const step = stepOf(eyes);
    const text = eyes.a.steps['P12']?.text;
    return { step, seen: seenOf(eyes, step), evidence: evidence(eyes), ...(text && step === 'P13' ? { approves: { step: 'P12', version: text.version } } : {}) };
  },
  'mark-not-applicable': (eyes) => {
    const step = stepOf(eyes);
    return { step, category: eyes.chance.pick(NOT_APPLICABLE_CATEGORIES), reason: words(eyes, 'motif'), authorisedBy: 'directeur', seen: seenOf(eyes, step) };
  },
  'mark-outside-cause': (eyes) => {
    const step = stepOf(eyes);
    return { step, reason: words(eyes, 'cause'), seen: seenOf(eyes, step) };
  },
  'reopen-step': (eyes) => {
    const step = stepOf(eyes);
    return { step, reason: words(eyes, 'motif'), seen: seenOf(eyes, step) };
  },
  'paste-call-list': (eyes) => ({
    step: eyes.chance.pick(['P07', 'P09', stepOf(eyes)]),
    list: eyes.chance.happens(0.05) ? 'pas un numéro' : `Mairie ${eyes.chance.below(99)};maire;02355510${eyes.chance.between(10, 99)}\nMairie B;maire;0235551${eyes.chance.between(100, 999)}`,
  }),
  'record-call': (eyes) => {
    const lists = Object.entries(eyes.a.contacts);
    const [step, contacts] = lists.length > 0 ? eyes.chance.pick(lists) : ['P07', []];
    const to = contacts.length > 0 ? eyes.chance.pick(contacts).person : eyes.chance.id();
    return { step, person: to, outcome: eyes.chance.pick(CALL_OUTCOMES), ...(eyes.chance.happens(0.4) ? { note: words(eyes, 'appel') } : {}) };
  },
  'freeze-perimeter': ({ chance, communes }) => ({ circle: chance.pick([1, 1, 2]), communes: chance.happens(0.05) ? ['00000'] : [chance.pick(communes), chance.pick(communes)] }),
  'refuse-circle': (eyes) => ({ reason: words(eyes, 'refus') }),
  'record-outside-campaign': (eyes) => ({ circle: eyes.chance.pick([1, 2]), tool: 'GALA', text: words(eyes, 'message'), startedAt: instant(eyes, -20, 1) }),
  'import-outside-results': ({ chance }) => ({ campaign: chance.id(), file: chance.id() + chance.id(), columns: { number: 'n', result: 'r' }, values: {} }),
  'claim-call': (eyes) => ({ person: target(eyes) }),
  'release-call': (eyes) => ({ person: target(eyes) }),
  'record-direct-call': (eyes) => ({ person: target(eyes), outcome: eyes.chance.pick(CALL_OUTCOMES), ...(eyes.chance.happens(0.3) ? { note: words(eyes, 'appel') } : {}) }),
  'start-campaign': (eyes) => ({ circles: [eyes.chance.pick([1, 1, 2])], text: words(eyes, 'message'), ways: ['voice', 'sms'], lines: eyes.chance.pick([2, 10, 60]), callsPerSecond: eyes.chance.pick([1, 5]) }),
  'change-campaign-text': (eyes) => ({ campaign: campaign(eyes), text: words(eyes, 'autre message'), again: eyes.chance.happens(0.5) }),
  'pause-campaign': (eyes) => ({ campaign: campaign(eyes) }),
  'resume-campaign': (eyes) => ({ campaign: campaign(eyes) }),
  'stop-campaign': (eyes) => ({ campaign: campaign(eyes) }),
  'answer-call-in': (eyes) => ({ campaign: campaign(eyes), answer: eyes.chance.pick(CALL_IN_ANSWERS), ...(eyes.chance.happens(0.5) ? { minutes: 20 } : {}) }),
  'declare-operational': (eyes) => ({ people: [person(eyes)] }),
  'confirm-oral': (eyes) => ({ entry: eyes.a.orals.at(-1)?.seq ?? entryOf(eyes) }),
  'log-note': (eyes) => ({
    text: words(eyes, 'note'),
    ...(eyes.chance.happens(0.2) ? { promisedFor: instant(eyes, 5, 30) } : {}), ...(eyes.chance.happens(0.1) ? { corrects: entryOf(eyes) } : {}),
  }),
  'log-direction-note': (eyes) => ({ text: words(eyes, 'note réservée'), ...(eyes.chance.happens(0.2) ? { promisedFor: instant(eyes, 5, 30) } : {}) }),
  'keep-promise': (eyes) => ({ entry: eyes.a.promises.at(-1)?.seq ?? entryOf(eyes) }),
  'erase-text': (eyes) => ({ digest: eyes.chance.pick([eyes.a.promises.at(-1)?.text, eyes.a.title, eyes.a.steps['P12']?.text?.sealed])?.digest ?? eyes.chance.id() + eyes.chance.id(), reason: words(eyes, 'demande') }),
  'pause-exercise': () => ({}),
  'resume-exercise': () => ({}),
  'set-exercise-speed': ({ chance }) => ({ speed: chance.pick([1, 2, 5, 20]) }),
  'end': () => ({}),
  'seal': () => ({}),
  'cancel-opening': (eyes) => ({ reason: words(eyes, 'erreur') }),
};

/** How often each comes in a night, beside the others. What ends an hour is decided by the night itself. */
const SHARES: Record<OrderName, number> = {
  'log-note': 14, 'complete-step': 22, 'start-step': 8, 'write-step-text': 8, 'record-call': 7, 'take-function': 6, 'add-evidence': 4,
  'log-direction-note': 4, 'assign-step': 4, 'mark-not-applicable': 2, 'mark-outside-cause': 1, 'reopen-step': 2, 'paste-call-list': 2,
  'confirm-oral': 2, 'keep-promise': 2, 'offer-handover': 2, 'accept-handover': 2, 'relieve-function': 1, 'order-nu': 1, 'correct-clock': 2,
  'start-clock': 2, 'set-event-type': 1, 'declare-fact': 2, 'set-title': 1, 'set-communes': 1, 'record-decider': 1, 'record-synergi-number': 1,
  'answer-declaration': 3, 'erase-text': 1,
  'freeze-perimeter': 2, 'refuse-circle': 1, 'record-outside-campaign': 1, 'claim-call': 4, 'release-call': 1, 'record-direct-call': 8,
  // A file comes by HTTP in pieces, which is not simulated.
  'import-outside-results': 0,
  'start-campaign': 0, 'change-campaign-text': 0, 'pause-campaign': 0, 'resume-campaign': 0, 'stop-campaign': 0, 'answer-call-in': 0, 'declare-operational': 0,
  'pause-exercise': 1, 'resume-exercise': 2, 'set-exercise-speed': 1, 'end': 0, 'seal': 0, 'cancel-opening': 0,
};
const NAMES = (Object.entries(SHARES) as [OrderName, number][]).flatMap(([name, share]) => Array<OrderName>(share).fill(name));

/** One order, given by somebody who looks at their board. */
export function gesture(eyes: Eyes, among: readonly OrderName[] = NAMES): Order {
  const { chance } = eyes;
  if (chance.happens(0.02)) return nonsense(eyes);
  // Who sees a declaration on top of their console answers it, more often than not.
  const name = eyes.a.declarations.length > 0 && chance.happens(0.3) ? 'answer-declaration' : chance.pick(among);
  return order(name, eyes);
}

export function order(name: OrderName, eyes: Eyes): Order {
  const { chance } = eyes;
  const body = GESTURES[name](eyes);
  if (chance.happens(0.15)) body['for'] = chance.pick<OnBehalf>(['prefet', 'directeur', 'RC']);
  if (chance.happens(0.1)) body['occurredAt'] = instant(eyes, -20, 1);
  return { name, body };
}

/** What a script with a mistake, a page of another version or a stranger would send. */
function nonsense(eyes: Eyes): Order {
  const { chance } = eyes;
  return chance.pick<() => Order>([
    () => ({ name: 'sabotage', body: {} }),
    () => ({ name: 'log-note', body: { text: '   ' } }),
    () => ({ name: 'log-note', body: { text: 'x'.repeat(30_000) } }),
    () => ({ name: 'complete-step', body: { step: 'Z99', seen: 0 } }),
    () => ({ name: 'complete-step', body: { step: 'P03', seen: -1, surprise: true } }),
    () => ({ name: 'start-clock', body: { clock: 'nu', t0: 'hier' } }),
    () => ({ name: 'start-clock', body: { clock: 'cod', t0: '2040-01-01T00:00:00Z' } }),
    () => ({ name: 'log-note', body: { text: 'moitié \ud83d de caractère' } }),
    () => ({ name: 'log-note', body: { text: words(eyes, 'pièce inconnue'), attachments: [chance.id() + chance.id()] } }),
    () => ({ name: 'raise-warnings', body: { items: [] } }),
  ])();
}
