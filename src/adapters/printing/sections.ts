import { capital, count, fr, listed } from '../../contract/french-typography.js';
import { countdown, duration } from '../../contract/french-times.js';
import { behalfNames, clockNames, clockWords, deciderNames, factNames, functionNames, lackList, laneNames, lifeWords, verdictWords } from '../../contract/french.js';
import { ENGINE } from '../../domain/entry.js';
import type { ActivationEntry } from '../../domain/events.js';
import type { Fact } from '../../domain/plan/plan.js';
import type { Clock } from '../../domain/state.js';
import { toMs } from '../../domain/time.js';
import { clocksShown } from '../../domain/views/board.js';
import { verdicts, type ClauseVerdict, type PartVerdict } from '../../domain/views/verdicts.js';
import { html, joined, stack, type Html, type Part } from './html.js';
import type { Reading } from './reading.js';
import { state } from './shapes.js';

export function table(className: string, heads: readonly Part[], rows: Part): Html {
  return html`<div class="scroll"><table class="${className}"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>${rows}</table></div>`;
}

/** Whose hour it is, and what was said of the event. */
export function identity(reading: Reading): Html {
  const { activation: a, now } = reading.page;
  const kind = a.clocks.cod || a.kind === 'cod' ? 'COD' : 'événement important';
  const fact = (label: string, value: Part, wide = false) => value && html`<div${wide ? html` class="wide"` : ''}><dt>${label}</dt><dd>${value}</dd></div>`;
  const facts = (Object.entries(a.facts) as [Fact, boolean][]).map(([name, holds]) => fr(`${factNames[name]} : ${holds ? 'oui' : 'non'}`));
  return html`<div class="identity">
<p>${a.prefecture}</p>
<h1>${a.title ? reading.plain(a.title) : a.eventType ?? 'Activation sans titre'}</h1>
<p class="sub">${fr(`Page de l'heure, ${kind}, ${laneNames[a.lane]}, ${lifeWords[a.life]}. État au `)}${reading.fullTime(now)}${a.life === 'running' && reading.clock ? ` (${reading.since(now)})` : ''}.</p>
<dl class="facts">
${fact(fr('Numéro SYNERGI'), a.synergi?.number ?? 'non reçu')}
${fact(fr("Type d'événement"), a.eventType ?? 'non précisé')}
${fact(fr('Décidé par'), a.decider ? deciderNames[a.decider] : 'non précisé')}
${fact('Ouverte', html`${reading.fullTime(a.openedAt)}, ${reading.person(a.openedBy)}`)}
${fact('Terminée', a.endedAt !== undefined && reading.fullTime(a.endedAt))}
${fact('Scellée', a.sealedAt !== undefined && reading.fullTime(a.sealedAt))}
${fact('Plan', fr(`${a.plan.title}, version ${a.plan.version}`))}
${fact('Faits déclarés', listed(facts))}
${fact('Heures', `locales (${reading.zone})${reading.overseas ? ', celle de Paris à côté' : ''}${a.lane === 'exercise' ? ', celles de l’exercice' : ''}`)}
${fact(count(a.communes.length, 'commune concernée', 'communes concernées'), a.communes.length > 0 && listed(a.communes.map(reading.commune)), true)}
</dl></div>`;
}

/** Each clock with every version of its T0, and why it changed. */
export function clockTable(reading: Reading): Html {
  const { activation: a, now } = reading.page;
  const shown = clocksShown(a, now).sort((x, y) => x.t0 - y.t0);
  if (shown.length === 0) return html`<p>${fr("Aucune horloge n'a démarré : aucune échéance ne court.")}</p>`;
  const rows = shown.map(({ id, ends, remaining, word }) => {
    const clock = a.clocks[id]!;
    const left = a.life === 'running' ? fr(remaining < 0 ? `dépassée de ${duration(remaining)}` : `reste ${countdown(remaining)}`) : '';
    return html`<tbody>${clock.versions.map((version, i) => html`<tr>
<td>${i === 0 && html`<strong class="at">${clockNames[id]}</strong>`}</td>
<td>${stack(reading.fullTime(version.t0), version.aheadMs !== undefined && html`<small>${fr(`en avance de ${duration(version.aheadMs)} sur notre horloge`)}</small>`, i === 0 && spoken(reading, clock))}</td>
<td>${stack(reading.fullTime(version.recordedAt), html`<small>${reading.person(version.by)}</small>`)}</td>
<td>${version.reason && reading.said(version.reason)}</td>
<td>${i < clock.versions.length - 1 ? html`<small>T0 remplacé</small>` : stack(reading.time(ends), state(word, capital(clockWords[word])), left && html`<small>${left}</small>`)}</td>
<td class="num">${reading.entries([version.seq])}</td></tr>`)}</tbody>`;
  });
  return table('', ['Horloge', fr('T0 déclaré'), 'Inscrit ici', fr('Motif du changement'), 'Échéance', 'Entrée'], rows);
}

function spoken(reading: Reading, { spokenAt }: Clock): Part {
  return spokenAt !== undefined && html`<small>${fr('dit à')} ${reading.time(spokenAt)}</small>`;
}

/** The verdict of each clause, its parts, and the entries that prove them. */
export function verdictTable(reading: Reading): Html {
  const { activation: a, now } = reading.page;
  const rows = verdicts(a, now).map((clause) => html`<tbody><tr>
<td><span class="ref">${clause.clause.id}</span> ${clause.clause.label}</td>
<td>${state(clause.verdict, capital(verdictWords[clause.verdict]))}</td>
<td>${stack(clause.deadline !== undefined && reading.time(clause.deadline), margin(clause))}</td>
<td>${parts(reading, clause)}</td></tr></tbody>`);
  return table('verdicts', ['Engagement', 'Verdict', 'Échéance', fr('Ce qui le prouve')], rows);
}

function margin({ verdict, margin: left }: ClauseVerdict): Part {
  if (left === undefined) return '';
  const held = verdict === 'held' || verdict === 'held-declared-afterwards';
  return html`<small>${fr(left < 0 ? `dépassée de ${duration(left)}` : `${held ? 'marge' : 'reste'} ${duration(left)}`)}</small>`;
}

/** All the parts are needed; within one, any of the alternatives. */
function parts(reading: Reading, { parts: all }: ClauseVerdict): Html {
  if (all.length === 0) return html`<small>aucune étape applicable</small>`;
  const one = ({ step, verdict, proofs, proofMissing }: PartVerdict) => html`<span class="ref">${step}</span> ${reading.step(step)}${fr(' : ')}${verdictWords[verdict]}${proofs.length > 0 && html` <small>(${reading.entries(proofs)})</small>`}${proofMissing && html` <span class="missing">preuve manquante</span>`}`;
  return html`<ul class="proofs">${all.map((alternatives) => html`<li>${joined(alternatives.map(one), html`<br>ou `)}</li>`)}</ul>`;
}

type Overridden = Extract<ActivationEntry, { type: 'qualificationOverridden' }>;

/** Who held which function, from when to when; without the training for it, that is said. */
export function functionTable(reading: Reading): Html {
  const held: { code: keyof typeof functionNames; holder: string; from: ActivationEntry; to?: ActivationEntry; overridden?: Overridden }[] = [];
  /** Of an offer: it shows once it is accepted. */
  const offered = new Map<string, Overridden>();
  const close = (code: string, entry: ActivationEntry) => {
    const open = held.find((one) => one.code === code && !one.to);
    if (open) open.to = entry;
  };
  for (const entry of reading.page.entries) {
    if ('withheld' in entry) continue;
    if (entry.type === 'functionTaken') held.push({ code: entry.payload.function, holder: entry.payload.holder, from: entry });
    if (entry.type === 'qualificationOverridden') {
      const open = held.find((one) => one.code === entry.payload.function && one.holder === entry.payload.holder && !one.to);
      if (open) open.overridden = entry;
      else offered.set(`${entry.payload.function} ${entry.payload.holder}`, entry);
    }
    if (entry.type === 'functionRelieved') close(entry.payload.function, entry);
    if (entry.type === 'handoverAccepted') {
      close(entry.payload.function, entry);
      const overridden = offered.get(`${entry.payload.function} ${entry.payload.to}`);
      held.push({ code: entry.payload.function, holder: entry.payload.to, from: entry, ...(overridden ? { overridden } : {}) });
    }
  }
  if (held.length === 0) return html`<p>Aucune fonction n’a été prise.</p>`;
  const rows = held.map(({ code, holder, from, to, overridden }) => html`<tbody><tr><td><span class="ref">${code}</span> ${functionNames[code]}</td><td>${reading.person(holder)}${overridden && html`<br><small class="missing">sans la formation (${lackList(overridden.payload.lacks)}), motif ${reading.entries([overridden.seq])}</small>`}</td>
<td>${reading.time(toMs(from.occurredAt))}</td><td>${to ? reading.time(toMs(to.occurredAt)) : 'tenue'}</td><td class="num">${reading.entries(to ? [from.seq, to.seq] : [from.seq])}</td></tr></tbody>`);
  return table('', ['Fonction', 'Tenue par', 'De', 'À', 'Entrées'], rows);
}

/** Decisions recorded for the préfet or the directeur, and whether one of them confirmed. */
export function oralTable(reading: Reading, sentence: (seq: number) => Part): Html {
  const { orals } = reading.page.activation;
  if (orals.length === 0) return html`<p>Aucune décision n’a été inscrite pour le préfet ou le directeur.</p>`;
  const rows = orals.map((oral) => html`<tbody><tr><td>${reading.time(oral.at)}</td><td>${sentence(oral.seq)}</td>
<td>${stack(behalfNames[oral.for], html`<small>inscrite par ${reading.person(oral.by)}</small>`)}</td>
<td>${oral.confirmedBy === undefined ? html`<strong>orale, non confirmée</strong>` : html`confirmée par ${reading.person(oral.confirmedBy)}`}</td>
<td class="num">${reading.entries(oral.confirmedSeq === undefined ? [oral.seq] : [oral.seq, oral.confirmedSeq])}</td></tr></tbody>`);
  return table('', ['Quand', 'Décision', 'De', 'Confirmation', 'Entrées'], rows);
}

/** What the machine itself missed: outages, steps of its clock. */
export function interruptions(reading: Reading, sentence: (seq: number) => Part): Html {
  const seqs = reading.page.entries.flatMap((entry) => (!('withheld' in entry) && entry.by === ENGINE && (entry.type === 'outageNoted' || entry.type === 'clockStepped') ? [entry.seq] : []));
  if (seqs.length === 0) return html`<p>Le service ne s’est pas interrompu, et son horloge n’a pas sauté.</p>`;
  return html`<ul class="proofs">${seqs.map((seq) => html`<li>${sentence(seq)} <small>(${reading.entries([seq])})</small></li>`)}</ul>`;
}
