import { behalfNames, categoryNames, conditionWords, stepWords } from '../../contract/french.js';
import { duration } from '../../contract/french-times.js';
import { capital, fr } from '../../contract/french-typography.js';
import { ENGINE } from '../../domain/entry.js';
import type { ActivationEntry } from '../../domain/events.js';
import { belongs, standsApart } from '../../domain/plan/timing.js';
import { SECOND, type Ms } from '../../domain/time.js';
import { stepsShown, type StepShown } from '../../domain/views/steps.js';
import { html, joined, stack, type Html, type Part } from './html.js';
import { sentence } from './log.js';
import type { Reading } from './reading.js';
import { table } from './sections.js';
import { state } from './shapes.js';

/** "Fait, +1:25 sur la cible", "Fait hors délai, +2:10". */
export function stepText({ word, lateBy }: Pick<StepShown, 'word' | 'lateBy'>): string {
  if (word === 'done-after-target' && lateBy !== undefined) return fr(`Fait, +${duration(lateBy)} sur la cible`);
  if (word === 'done-late' && lateBy !== undefined) return fr(`Fait hors délai, +${duration(lateBy)}`);
  return capital(stepWords[word]);
}

/** Every step of the hour by group: what was asked, when it was done and written, by whom, and its evidence. */
export function stepTable(reading: Reading): Html {
  const { activation: a, now } = reading.page;
  const shown = stepsShown(a, now).filter(({ word }) => word !== 'apart');
  const groups = a.plan.groups.map((group) => {
    const steps = shown.filter(({ row }) => row.group === group.id);
    return steps.length > 0 && html`<tbody class="group"><tr><th colspan="6" scope="colgroup">${group.label}</th></tr></tbody>${steps.map((step) => stepRows(reading, step))}`;
  });
  const apart = a.plan.rows.filter((row) => belongs(a, row) && standsApart(a, row));
  const left = apart.map((row) => html`${row.id} ${row.title} (${conditionWords(row.when, reading.step)})`);
  return html`${table('steps', ['Étape', fr('Cible, échéance'), fr('Fait, inscrit'), 'Par', 'État', 'Entrées'], groups)}
${apart.length > 0 && html`<p class="text"><small>À part, leur condition n’étant pas remplie${fr(' : ')}${joined(left, fr(' ; '))}.</small></p>`}
<p class="text"><small>* échéance fixée par la préfecture, non par le référentiel.</small></p>`;
}

function stepRows(reading: Reading, shown: StepShown): Html {
  const { row, step, times, word } = shown;
  const settled = step.doneAt !== undefined;
  const details = detailsOf(reading, shown);
  return html`<tbody class="step"><tr id="s${row.id}">
<td><span class="ref">${row.id}</span> ${row.title} <small>${row.ref}</small></td>
<td>${stack(times.target !== undefined && reading.time(times.target), times.deadline !== undefined && html`<strong>${reading.time(times.deadline, row.ours ? '*' : '')}</strong>`)}</td>
<td>${settled && stack(reading.time(step.doneAt!), html`<small>${joined([reading.since(step.doneAt!), writtenAt(reading, step.doneAt!, step.doneRecordedAt!)], ', ')}</small>`)}</td>
<td>${step.doneBy === undefined ? step.assignee !== undefined && html`<small>confiée à</small> ${reading.person(step.assignee)}` : reading.author(step.doneBy, step.doneFor)}</td>
<td>${stack(state(word, stepText(shown)), ...flags(shown))}</td>
<td>${reading.entries(step.proofs)}</td></tr>${details && html`<tr><td colspan="6">${details}</td></tr>`}</tbody>`;
}

function writtenAt(reading: Reading, doneAt: Ms, recordedAt: Ms): Part {
  return recordedAt - doneAt < SECOND ? 'inscrit aussitôt' : html`inscrit ${reading.time(recordedAt)}`;
}

function flags({ declaredAfterwards, proofMissing, step, times }: StepShown): Part[] {
  return [
    declaredAfterwards && html`<strong>${fr(`déclaré après coup, ${duration(step.doneRecordedAt! - times.deadline!)} après l'échéance`)}</strong>`,
    proofMissing && html`<span class="missing">preuve manquante</span>`,
  ];
}

/** What stands under the step: evidence, text and visa, reasons, calls. */
function detailsOf(reading: Reading, { step, row, calls, word }: StepShown): Part {
  const line = (label: string, value: Part, seqs: readonly number[] = []) => html`<li><small>${fr(`${label} :`)}</small> ${value}${seqs.length > 0 && html` <small>(${reading.entries(seqs)})</small>`}</li>`;
  const lines: Html[] = [];
  if (word === 'not-applicable') lines.push(line('Sans objet', html`${categoryNames[step.category!]}, ${fr(`autorisé par ${behalfNames[step.authorisedBy!]}`)}${fr(' : ')}${step.reason && reading.said(step.reason)}`));
  else if (step.reason) lines.push(line(word === 'outside-cause' ? 'Cause extérieure' : 'Rouverte', reading.said(step.reason)));
  if (step.text) lines.push(line(`Texte, version ${step.text.version}`, reading.said(step.text.sealed), [step.text.seq]));
  if (step.approval) lines.push(line('Visa', fr(`version ${step.approval.version} du texte de ${step.approval.step}`), [step.approval.seq]));
  if (calls) lines.push(line('Appels', fr(`${calls.tried} appelés sur ${calls.total}, ${calls.acknowledged} acquittés`)));
  for (const { seq, item } of step.evidence) lines.push(line('Preuve', reading.evidence(item), [seq]));
  for (const proof of step.doneBy === ENGINE ? provingEntries(reading, step.proofs) : []) lines.push(line('Prouvé par', sentence(reading, proof), [proof.seq]));
  if (step.rounds.length > 0) lines.push(line('Points rendus', String(step.rounds.length), step.rounds));
  if (lines.length === 0 && (word === 'overdue' || word === 'missed') && row.evidenceAsked) lines.push(line('Preuve demandée', row.evidenceAsked));
  return lines.length > 0 && html`<ul class="proofs">${lines}</ul>`;
}

/** What the engine took as proof, apart from its own word. */
function provingEntries({ page }: Reading, seqs: readonly number[]): ActivationEntry[] {
  return [...new Set(seqs)].flatMap((seq) => page.entries.filter((entry): entry is ActivationEntry => entry.seq === seq && !('withheld' in entry) && entry.by !== ENGINE));
}
