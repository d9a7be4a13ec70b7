import { callOutcomes, categoryNames, factNames } from '../contract/french.js';
import type { Order, OrderName } from '../contract/commands.js';
import { FUNCTIONS, type OnBehalf } from '../domain/entry.js';
import { EVENT_KINDS } from '../contract/forms.js';
import type { Instant } from '../domain/time.js';

/** What a line needs to know when its time comes: everything that a person would read on their screen. */
export interface Scene {
  /** The version of a step, or of the text of a step, that stands on the screen. */
  seen(step: string): number;
  textVersion(step: string): number;
  clockVersion(): number;
  /** The account of somebody of the cast, the contact of a call list. */
  person(name: string): string;
  contact(step: string, name: string): string;
  /** The entry of a decision that was recorded for somebody and awaits their word; of what was promised for that time. */
  oral(): number;
  promise(at: string): number;
  /** A time of the story ("07:30") as an instant of the exercise. */
  instant(at: string): Instant;
  /** A text as it is printed, its hours filled in. */
  text(words: string): string;
}

/** An order over the wire, its body made when its time comes; or the opening, which has no activation yet. */
export interface Said {
  order: OrderName | 'open';
  for?: OnBehalf;
  body(scene: Scene): object;
}

type Groups = Record<string, string>;
interface Verb<N extends OrderName | 'open' = OrderName | 'open'> {
  says: RegExp;
  order: N;
  body: (groups: Groups, scene: Scene) => N extends OrderName ? Omit<Order<N>, 'for' | 'occurredAt'> : object;
}
const verb = <N extends OrderName | 'open'>(order: N, says: string, body: Verb<N>['body']): Verb => ({ order, says: new RegExp(`^${says}$`), body }) as Verb;

/** "P12 (Communiqué nº 1 rédigé)": the words in brackets are for the reader. */
const STEP = '(?<step>[PNF]\\d\\d)(?: \\([^)]*\\))?';
const TEXT = ' : « (?<text>.+) »';
const FUNCTION = `(?<function>${FUNCTIONS.join('|')})`;
const TIME = '(?<at>\\d+:\\d\\d)';
const NAME = '(?<name>[^:»]+?)';
const oneOf = (group: string, words: readonly string[]) => `(?<${group}>${words.map((word) => plain(word).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`;

/** The whole vocabulary. What it names in French, the screens name with the same words (contract/french.ts). */
const VERBS: readonly Verb[] = [
  verb('open', `ouvre l'exercice « (?<text>.+) », T0 à ${TIME}`, (g, scene) => ({ title: scene.text(g['text']!), t0: g['at']! })),
  verb('take-function', `prend la fonction ${FUNCTION}`, (g) => ({ function: g['function'] as 'DC' })),
  verb('offer-handover', `passe la fonction ${FUNCTION} à ${NAME}`, (g, scene) => ({ function: g['function'] as 'DC', to: scene.person(g['name']!) })),
  verb('accept-handover', `accepte la fonction ${FUNCTION}`, (g) => ({ function: g['function'] as 'DC' })),
  verb('start-step', `commence ${STEP}`, (g) => ({ step: g['step']! })),
  verb('assign-step', `confie ${STEP} à ${NAME}`, (g, scene) => ({ step: g['step']!, to: scene.person(g['name']!) })),
  verb('write-step-text', `écrit ${STEP}${TEXT}`, (g, scene) => ({ step: g['step']!, text: scene.text(g['text']!), seen: scene.seen(g['step']!) })),
  verb('complete-step', `vise le texte de (?<read>[PN]\\d\\d) et fait ${STEP}`, (g, scene) => ({
    step: g['step']!, seen: scene.seen(g['step']!), approves: { step: g['read']!, version: scene.textVersion(g['read']!) },
  })),
  verb('complete-step', `fait ${STEP}(?:${TEXT})?`, (g, scene) => ({
    step: g['step']!, seen: scene.seen(g['step']!), evidence: g['text'] === undefined ? [] : [evidenceOf(g['text'], scene)],
  })),
  verb('add-evidence', `joint à ${STEP}${TEXT}`, (g, scene) => ({ step: g['step']!, evidence: evidenceOf(g['text']!, scene) })),
  verb('mark-not-applicable', `dit ${STEP} sans objet, ${oneOf('category', Object.values(categoryNames))}${TEXT}`, (g, scene) => ({
    step: g['step']!, category: keyOf(categoryNames, g['category']!), reason: scene.text(g['text']!), authorisedBy: 'directeur', seen: scene.seen(g['step']!),
  })),
  verb('mark-outside-cause', `dit ${STEP} empêchée par une cause extérieure${TEXT}`, (g, scene) => ({ step: g['step']!, reason: scene.text(g['text']!), seen: scene.seen(g['step']!) })),
  verb('reopen-step', `rouvre ${STEP}${TEXT}`, (g, scene) => ({ step: g['step']!, reason: scene.text(g['text']!), seen: scene.seen(g['step']!) })),
  verb('paste-call-list', `colle la liste de ${STEP}${TEXT}`, (g) => ({ step: g['step']!, list: g['text']!.split(' / ').join('\n') })),
  verb('record-call', `appelle ${NAME} pour ${STEP}, ${oneOf('outcome', Object.values(callOutcomes))}(?:${TEXT})?`, (g, scene) => ({
    step: g['step']!, person: scene.contact(g['step']!, g['name']!), outcome: keyOf(callOutcomes, g['outcome']!),
    ...(g['text'] === undefined ? {} : { note: scene.text(g['text']) }),
  })),
  verb('correct-clock', `corrige le T0 à ${TIME}${TEXT}`, (g, scene) => ({ clock: 'cod', t0: scene.instant(g['at']!), reason: scene.text(g['text']!), seen: scene.clockVersion() })),
  verb('order-nu', `ordonne le numéro unique(?:, dit à ${TIME})?`, (g, scene) => (g['at'] === undefined ? {} : { spokenAt: scene.instant(g['at']) })),
  verb('confirm-oral', "confirme ce qu'il a dit", (_, scene) => ({ entry: scene.oral() })),
  verb('record-synergi-number', 'enregistre le numéro SYNERGI (?<number>[\\w-]+)', (g) => ({ number: g['number']! })),
  verb('set-event-type', `qualifie l'événement : ${oneOf('kind', EVENT_KINDS)}`, (g) => ({ eventType: g['kind'] as 'Incendie' })),
  verb('declare-fact', `déclare : ${oneOf('fact', Object.values(factNames))}`, (g) => ({ fact: keyOf(factNames, g['fact']!), holds: true })),
  verb('record-decider', 'dit que le préfet a décidé', () => ({ decider: 'prefet' })),
  verb('log-note', `note${TEXT}`, (g, scene) => ({ text: scene.text(g['text']!) })),
  verb('log-note', `annonce pour ${TIME}${TEXT}`, (g, scene) => ({ text: scene.text(g['text']!), promisedFor: scene.instant(g['at']!) })),
  verb('keep-promise', `tient l'annonce de ${TIME}`, (g, scene) => ({ entry: scene.promise(g['at']!) })),
  verb('log-direction-note', `note pour la direction${TEXT}`, (g, scene) => ({ text: scene.text(g['text']!) })),
  verb('end', "termine l'exercice", () => ({})),
  verb('seal', 'scelle le journal', () => ({})),
];

/** What the words of a line ask for; undefined where they are not of the language. */
export function verbOf(words: string, isOfTheCast: (name: string) => boolean): Said | undefined {
  const behalf = /^, pour le (?<who>préfet|directeur), /.exec(words);
  const rest = words.slice(behalf?.[0].length ?? 0);
  for (const { says, order, body } of VERBS) {
    const match = says.exec(rest);
    if (!match) continue;
    const groups = { ...match.groups } as Groups;
    if ((order === 'offer-handover' || order === 'assign-step') && !isOfTheCast(groups['name']!)) return undefined;
    return { order, body: (scene) => body(groups, scene), ...(behalf ? { for: behalf.groups!['who'] === 'préfet' ? 'prefet' : 'directeur' } : {}) };
  }
  return undefined;
}

function evidenceOf(text: string, scene: Scene): { kind: 'link'; url: string } | { kind: 'text'; text: string } {
  return /^https:\S+$/.test(text) ? { kind: 'link', url: text } : { kind: 'text', text: scene.text(text) };
}

/** As a keyboard types it: the file may be typed with or without typographic signs. */
export function plain(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, ' ').replace(/’/g, "'");
}

function keyOf<K extends string>(words: Record<K, string>, wanted: string): K {
  return (Object.keys(words) as K[]).find((key) => plain(words[key]) === wanted)!;
}
