// A model that plays: it draws numbers, and turns them into commands that make sense on the activation as it stands, some
// of them late, stale, or by somebody who may not. What the rules refuse is part of the play.
import { CALL_IN_ANSWERS, GESTURES, MEANINGS, LINE_STATES } from '../../src/domain/outreach/reaching.js';
import fc from 'fast-check';
import type { Command } from '../../src/domain/commands.js';
import { FUNCTIONS } from '../../src/domain/entry.js';
import { CALL_OUTCOMES, DECIDER_ROLES, NOT_APPLICABLE_CATEGORIES, REQUEST_OUTCOMES } from '../../src/domain/events.js';
import { OUTSIDE_OUTCOMES } from '../../src/domain/outreach/targets.js';
import { LACKS } from '../../src/domain/people/training.js';
import type { FunctionState } from '../../src/domain/state.js';
import { CLOCKS, FACTS } from '../../src/domain/plan/plan.js';
import { MINUTE, SECOND } from '../../src/domain/time.js';
import { ACTIVATION, Hour, openCommand, RIGHTS_OF, sealed, T0 } from '../kit/given.js';

export interface Draw {
  gesture: number;
  who: number;
  pick: number;
  /** Seconds that pass before; the system clock may have been stepped back. */
  seconds: number;
  /** Minutes of a time that is declared, around now. */
  declared: number;
  stale: boolean;
  behalf: number;
}

export const draw: fc.Arbitrary<Draw> = fc.record({
  gesture: fc.nat(1_000), who: fc.nat(1_000), pick: fc.nat(1_000),
  seconds: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 400 }) }, { weight: 1, arbitrary: fc.integer({ min: -300, max: 2_000 }) }),
  declared: fc.integer({ min: -90, max: 4 }), stale: fc.boolean(), behalf: fc.nat(5),
});

export interface Play {
  kind: 'cod' | 'important';
  lane: 'real' | 'exercise';
  noT0: boolean;
  attack: boolean;
  draws: Draw[];
}

/** `steady`: time never goes back. */
export function play(most = 40, { steady = false } = {}): fc.Arbitrary<Play> {
  return fc.record({
    kind: fc.constantFrom('cod', 'important'), lane: fc.constantFrom('real', 'exercise'), noT0: fc.boolean(), attack: fc.boolean(),
    draws: fc.array(steady ? draw.map((one) => ({ ...one, seconds: Math.abs(one.seconds) })) : draw, { minLength: 1, maxLength: most, size: 'max' }),
  });
}

const PEOPLE = ['directrice', 'prefet', 'suppleante', 'communication', 'communication', 'astreinte', 'astreinte', 'sidpc', 'cip', 'planificateur', 'observateur', 'joueur'];
const of = <T>(list: readonly T[], n: number): T => list[n % list.length]!;

type Gesture = (hour: Hour, d: Draw) => Command;
const stepOf = (hour: Hour, d: Draw) => of(hour.state.plan.rows, d.pick).id;
/** Half of the time a step that somebody touched, so that it goes through all its states. */
const touched = (hour: Hour, d: Draw) => {
  const known = Object.keys(hour.state.steps);
  return known.length > 0 && d.pick % 2 === 0 ? of(known, d.pick >> 1) : stepOf(hour, d);
};
/** A function of which this is true; where there is none, any. */
const heldOr = (hour: Hour, d: Draw, is: (state: FunctionState) => boolean) => {
  const found = FUNCTIONS.filter((code) => is(hour.state.functions[code]));
  return of(found.length > 0 ? found : FUNCTIONS, d.pick);
};
const seen = (hour: Hour, step: string, d: Draw) => hour.version(step) - (d.stale && d.behalf > 3 ? 1 : 0);
const time = (hour: Hour, d: Draw) => Math.floor((hour.now + d.declared * MINUTE) / SECOND) * SECOND;
const entry = (hour: Hour, d: Draw) => 1 + (d.pick % Math.max(1, hour.state.seq));
const called = (hour: Hour, d: Draw) => of([...Object.keys(hour.state.outreach.targets), 'personne'], d.pick);
const words = (kind: string, d: Draw) => sealed(`${kind} ${d.pick} ${d.declared}`);

/** Now and then somebody whose training lacks something; with a reason, or without. */
const trained = (d: Draw) => (d.behalf < 4 ? {} : { lacks: [of(LACKS, d.pick)], ...(d.behalf === 4 ? { why: words('motif', d) } : {}) });

const campaignOf = (hour: Hour, d: Draw) => of([...Object.keys(hour.state.campaigns), 'aucune'], d.pick);
const attemptIn = (hour: Hour, d: Draw) =>
  of([...Object.values(hour.state.outreach.targets).flatMap(({ attempts }) => attempts.flatMap(({ id }) => id ?? [])), 'aucune/personne/voice-1'], d.pick);
const MEANS = { ways: ['voice', 'sms', 'mail'] as const, lines: 3, callsPerSecond: 1, textsPerSecond: 1, rounds: 2, pauseSeconds: 60, ringSeconds: 20, enough: 1 };
const POPULATION = { answered: 0.5, machine: 0.2, busy: 0.1, wrong: 0.1, acknowledge: 0.7, ask: 0.2, tap: 0.5, talkSeconds: 30 };

const gestures: Record<Exclude<Command['type'], 'raise-warnings' | 'complete-by-proof' | 'intend-attempts' | 'cancel-attempts' | 'expire-declaration' | 'request-statement'>, Gesture> = {
  'open': () => openCommand(),
  'start-clock': (hour, d) => ({ type: 'start-clock', clock: of(['important', 'cod', 'ciav'] as const, d.pick), t0: time(hour, d), confirmOld: true }),
  'correct-clock': (hour, d) => {
    const clock = of(CLOCKS, d.pick);
    return { type: 'correct-clock', clock, t0: time(hour, d), reason: words('motif', d), seen: hour.state.clocks[clock]?.versions.at(-1)?.seq ?? 0, confirmOld: true };
  },
  'order-nu': (hour, d) => ({ type: 'order-nu', ...(d.stale ? { writtenAt: time(hour, d) } : {}) }),
  'record-synergi-number': (_hour, d) => ({ type: 'record-synergi-number', number: `26-${d.pick % 3}` }),
  'receive-declaration': (hour, d) => ({ type: 'receive-declaration', declaration: `d${hour.state.seq}`, number: `26-${d.pick % 3}`, t0: time(hour, d) }),
  'answer-declaration': (hour, d) => ({ type: 'answer-declaration', declaration: hour.state.declarations[0]?.id ?? 'aucune', to: of([ACTIVATION, 'ailleurs', null], d.pick) }),
  'set-event-type': (_hour, d) => ({ type: 'set-event-type', eventType: of(['crue', 'incendie'], d.pick) }),
  'declare-fact': (_hour, d) => ({ type: 'declare-fact', fact: of(FACTS, d.pick), holds: d.stale }),
  'set-title': (_hour, d) => ({ type: 'set-title', title: words('titre', d) }),
  'set-communes': (_hour, d) => ({ type: 'set-communes', communes: ['76217', '76540', '76351'].slice(d.pick % 3) }),
  'record-decider': (_hour, d) => ({ type: 'record-decider', decider: of(DECIDER_ROLES, d.pick) }),
  'take-function': (_hour, d) => {
    const other = of(PEOPLE, d.pick);
    return { type: 'take-function', function: of(FUNCTIONS, d.pick), ...(d.stale ? { holder: other, holderRights: RIGHTS_OF[other]! } : {}), ...trained(d) };
  },
  'offer-handover': (hour, d) => ({ type: 'offer-handover', function: heldOr(hour, d, (one) => one.holder !== undefined), to: of(PEOPLE, d.pick >> 2), ...trained(d) }),
  'accept-handover': (hour, d) => ({ type: 'accept-handover', function: heldOr(hour, d, (one) => one.offer !== undefined) }),
  'relieve-function': (_hour, d) => ({ type: 'relieve-function', function: of(FUNCTIONS, d.pick) }),
  'assign-step': (hour, d) => ({ type: 'assign-step', step: touched(hour, d), to: of(PEOPLE, d.pick >> 1) }),
  'start-step': (hour, d) => ({ type: 'start-step', step: stepOf(hour, d) }),
  'write-step-text': (hour, d) => ({ type: 'write-step-text', step: touched(hour, d), text: words('texte', d), seen: seen(hour, touched(hour, d), d) }),
  'add-evidence': (hour, d) => ({ type: 'add-evidence', step: touched(hour, d), evidence: { kind: 'file', file: { ...words('capture', d), mime: 'image/png' } } }),
  'complete-step': (hour, d) => {
    const step = d.stale ? touched(hour, d) : stepOf(hour, d);
    const text = hour.state.steps['P12']?.text;
    return {
      type: 'complete-step', step, seen: seen(hour, step, d), evidence: d.behalf === 0 ? [] : [{ kind: 'text', text: words('preuve', d) }],
      ...(text && step === 'P13' ? { approves: { step: 'P12', version: text.version } } : {}),
    };
  },
  'mark-not-applicable': (hour, d) => ({
    type: 'mark-not-applicable', step: touched(hour, d), category: of(NOT_APPLICABLE_CATEGORIES, d.pick), reason: words('motif', d), authorisedBy: 'prefet',
    seen: seen(hour, touched(hour, d), d),
  }),
  'mark-outside-cause': (hour, d) => ({ type: 'mark-outside-cause', step: touched(hour, d), reason: words('cause', d), seen: seen(hour, touched(hour, d), d) }),
  'reopen-step': (hour, d) => ({ type: 'reopen-step', step: touched(hour, d), reason: words('motif', d), seen: seen(hour, touched(hour, d), d) }),
  'paste-call-list': (hour, d) => ({
    type: 'paste-call-list', step: of(['P07', 'P09', stepOf(hour, d)], d.pick), contacts: [0, 1].map((i) => ({ person: `p${(d.pick + i) % 9}`, line: words('ligne', d) })),
  }),
  'record-call': (hour, d) => {
    const called = Object.entries(hour.state.contacts);
    const [step, contacts] = called.length > 0 ? of(called, d.pick) : ['P07', []];
    return { type: 'record-call', step, person: contacts[0]?.person ?? 'personne', outcome: of(CALL_OUTCOMES, d.pick), note: words('appel', d) };
  },
  'freeze-perimeter': (_hour, d) => {
    const communes = ['76217', '76540', '76351', '76005'].slice(d.pick % 4);
    return {
      type: 'freeze-perimeter', circle: of([1, 1, 2] as const, d.pick >> 2), communes,
      targets: communes.flatMap((commune, i) => [0, 1].map((order) => ({ person: `${commune}-${order}`, version: 1 + ((d.pick + i) % 2), commune, role: order === 0 ? 'maire' as const : 'adjoint' as const, order }))),
    };
  },
  'refuse-circle': (_hour, d) => ({ type: 'refuse-circle', reason: words('refus', d) }),
  'record-outside-campaign': (hour, d) => ({
    type: 'record-outside-campaign', campaign: `c${d.pick % 2}`, circle: of([1, 2] as const, d.pick), tool: sealed('GALA'), text: words('message', d), startedAt: time(hour, d),
    ...(d.stale ? { endedAt: time(hour, d) + 5 * MINUTE } : {}),
  }),
  'import-outside-results': (hour, d) => ({
    type: 'import-outside-results', campaign: `c${d.pick % 2}`, file: { ...words('fichier', d), mime: 'text/csv' }, unmatched: d.pick % 3,
    results: Object.keys(hour.state.outreach.targets).slice(0, d.pick % 5).map((person, i) => ({ person, outcome: of(OUTSIDE_OUTCOMES, d.pick + i), at: time(hour, d) })),
  }),
  'claim-call': (hour, d) => ({ type: 'claim-call', person: called(hour, d) }),
  'release-call': (hour, d) => ({ type: 'release-call', person: Object.values(hour.state.outreach.claims)[0]?.person ?? called(hour, d) }),
  'record-direct-call': (hour, d) => ({
    type: 'record-direct-call', person: called(hour, d), outcome: of(CALL_OUTCOMES, d.pick), ...(d.stale ? { note: words('appel', d), again: hour.now + 5 * MINUTE } : {}),
  }),
  'start-campaign': (hour, d) => {
    const officials = d.behalf < 4;
    const people = officials ? Object.values(hour.state.outreach.targets).filter(({ role }) => role !== 'agent').map(({ person }) => person) : ['agent-1', 'agent-2'];
    return {
      type: 'start-campaign', campaign: `campagne${hour.state.seq}`, purpose: officials ? 'officials' : of(['charge', 'cell', 'cip'] as const, d.pick), circles: officials ? [of([1, 2] as const, d.pick)] : [],
      ...(officials ? { text: words('campagne', d) } : {}), means: { ...MEANS, ways: [...MEANS.ways] }, population: POPULATION,
      people: people.map((person, i) => ({ person, version: 1, contacts: i % 3 === 2 ? ['email'] : ['mobile', 'fixed', 'email'], ...(officials ? {} : { account: of(PEOPLE, i), function: 'DC' }) })),
    };
  },
  'change-campaign-text': (hour, d) => ({ type: 'change-campaign-text', campaign: campaignOf(hour, d), text: words('autre texte', d), again: d.stale }),
  'pause-campaign': (hour, d) => ({ type: 'pause-campaign', campaign: campaignOf(hour, d) }),
  'resume-campaign': (hour, d) => ({ type: 'resume-campaign', campaign: campaignOf(hour, d) }),
  'stop-campaign': (hour, d) => ({ type: d.stale ? 'stop-campaign' : 'resume-campaign', campaign: campaignOf(hour, d) }),
  'answer-call-in': (hour, d) => ({
    type: 'answer-call-in', campaign: campaignOf(hour, d), person: of(['agent-1', 'agent-2'], d.pick), answer: of(CALL_IN_ANSWERS, d.pick), how: 'button', ...(d.stale ? { minutes: 15 } : {}),
  }),
  'declare-operational': (_hour, d) => ({ type: 'declare-operational', people: PEOPLE.slice(0, d.pick % 3) }),
  'move-attempts': (hour, d) => ({
    type: 'move-attempts', items: [{ attempt: attemptIn(hour, d), state: of(LINE_STATES, d.pick >> 3), sid: `CA${d.pick}`, account: 'un', ...(d.stale ? { over: true as const } : {}) }],
  }),
  'acknowledge': (hour, d) => {
    const [campaign = '', person = ''] = attemptIn(hour, d).split('/');
    return { type: 'acknowledge', person, campaign, how: of(GESTURES, d.pick), ...(d.stale ? {} : { attempt: attemptIn(hour, d) }) };
  },
  'ask-for-person': (hour, d) => ({ type: 'ask-for-person', attempt: attemptIn(hour, d) }),
  'receive-reply': (hour, d) => ({ type: 'receive-reply', attempt: attemptIn(hour, d), words: words('réponse', d), meaning: of(MEANINGS, d.pick), message: `SM${d.pick % 7}` }),
  'change-account': () => ({ type: 'change-account', from: 'un', to: 'deux', why: 'unavailable' }),
  'confirm-oral': (hour, d) => ({ type: 'confirm-oral', entry: hour.state.orals.at(-1)?.seq ?? entry(hour, d) }),
  'log-note': (hour, d) => ({ type: 'log-note', text: words('note', d), attachments: [], ...(d.stale ? { promisedFor: hour.now + 10 * MINUTE } : { corrects: entry(hour, d) }) }),
  'log-direction-note': (hour, d) => ({
    type: 'log-direction-note', text: words('réservé', d), attachments: [words('pièce réservée', d)], ...(d.stale ? { promisedFor: hour.now + 10 * MINUTE } : {}),
  }),
  'keep-promise': (hour, d) => ({ type: 'keep-promise', entry: hour.state.promises.at(-1)?.seq ?? entry(hour, d) }),
  'erase-text': (hour, d) => {
    const note = hour.entries.findLast((one) => one.type === (d.stale ? 'directionNoteLogged' : 'noteLogged'));
    return { type: 'erase-text', digest: note && 'text' in note.payload && typeof note.payload.text === 'object' ? note.payload.text.digest : 'rien', reason: words('effacé', d) };
  },
  'pause-exercise': () => ({ type: 'pause-exercise' }),
  'resume-exercise': () => ({ type: 'resume-exercise' }),
  'set-exercise-speed': (_hour, d) => ({ type: 'set-exercise-speed', speed: 1 + (d.pick % 60) }),
  'end': (hour) => ({ type: hour.state.life === 'ended' ? 'seal' : 'end' }),
  'seal': () => ({ type: 'seal' }),
  'cancel-opening': (_hour, d) => ({ type: 'cancel-opening', reason: words('erreur', d) }),
  'record-statement': (hour, d) => ({ type: 'record-statement', dueAt: hour.state.statement.requestedFor.at(-1) ?? T0, file: words('constat', d), upTo: hour.state.seq }),
  'settle-requests': (hour, d) => ({ type: 'settle-requests', items: hour.effects.slice(-2).map(({ id }) => ({ effect: id, outcome: of(REQUEST_OUTCOMES, d.pick) })) }),
  'note-outage': (hour) => ({ type: 'note-outage', from: hour.now - MINUTE, to: hour.now }),
  'note-clock-step': (_hour, d) => ({ type: 'note-clock-step', byMs: d.seconds * SECOND }),
};

/** Steps are what an hour is made of; its end, its seal and its undoing come rarely. */
const RARE = new Set(['end', 'seal', 'cancel-opening', 'open', 'note-outage', 'note-clock-step', 'pause-exercise', 'resume-exercise', 'set-exercise-speed']);
const OFTEN = new Set(['start-campaign', 'freeze-perimeter', 'move-attempts', 'accept-handover', 'complete-step', 'start-step', 'write-step-text', 'mark-not-applicable', 'reopen-step', 'take-function', 'log-direction-note', 'erase-text', 'claim-call', 'release-call']);
const weighted = Object.keys(gestures).flatMap((type) => Array<string>(RARE.has(type) ? 1 : OFTEN.has(type) ? 12 : 5).fill(type)) as (keyof typeof gestures)[];
const BY_ENGINE = new Set(['move-attempts', 'acknowledge', 'ask-for-person', 'receive-reply', 'answer-call-in', 'change-account', 'record-statement', 'settle-requests', 'note-outage', 'note-clock-step']);

export interface Played {
  command: Command;
  who: string;
  saying: { for?: 'prefet' | 'directeur'; occurredAt?: number };
}

/** The command that a draw stands for, on the activation as it stands. */
export function commandOf(hour: Hour, d: Draw): Played {
  const type = of(weighted, d.gesture);
  const saying: Played['saying'] = d.behalf === 1 ? { for: 'prefet' } : d.behalf === 2 ? { for: 'directeur' } : {};
  if (d.behalf === 3) saying.occurredAt = Math.floor((hour.now - T0) / MINUTE) + d.declared;
  return { command: gestures[type](hour, d), who: BY_ENGINE.has(type) ? 'engine' : of(PEOPLE, d.who), saying };
}

export function openedBy({ kind, lane, noT0, attack }: Omit<Play, 'draws'>): Hour {
  const hour = new Hour();
  return hour.does(lane === 'exercise' ? 'planificateur' : 'astreinte', openCommand({ kind, lane, noT0, facts: { accounts: true, attack } }));
}

/** Plays to the end; `look` sees each command before it is submitted. */
export function playOut(given: Play, look: (hour: Hour, played: Played) => void = () => {}): Hour {
  const hour = openedBy(given);
  for (const d of given.draws) {
    hour.now += d.seconds * SECOND;
    hour.beat();
    const played = commandOf(hour, d);
    look(hour, played);
    hour.submit(played.command, played.who, played.saying);
  }
  return hour;
}
