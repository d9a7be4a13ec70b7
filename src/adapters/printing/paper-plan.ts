import type { PaperPlan } from '../../application/ports.js';
import { clockNames, conditionWords, evidenceNames } from '../../contract/french.js';
import { clockMinute, clockTime, dayTime } from '../../contract/french-times.js';
import { capital, fr } from '../../contract/french-typography.js';
import { markOf } from '../../domain/exercise-mark.js';
import type { ClockId, PlanRow } from '../../domain/plan/plan.js';
import { HOUR, MINUTE, type Ms } from '../../domain/time.js';
import { documentOf } from './hour-page.js';
import { html, joined, type Html, type Part } from './html.js';
import { offsetOf } from './reading.js';
import { PAPER_STYLE } from './style.js';

/** Blank lines of the log on paper: with the closing steps, about a sheet. */
const LOG_LINES = 8;

/** The plan of the hour on paper, for the day the machine is down: a row a step, its times, and room to write. */
export function renderPaperPlan(page: PaperPlan): string {
  const { plan, kind, lane, t0, nu, prefecture, timeZone } = page;
  // What only the machine writes is not to be done by hand.
  const rows = plan.rows.filter((row) => row.completes !== 'statement-written' && (row.profile.includes(kind) || (lane === 'exercise' && row.profile.includes('exercise'))));
  const main: ClockId = kind === 'cod' ? 'cod' : 'important';
  const hour = rows.filter((row) => row.anchor !== 'nu' && row.anchor !== 'closing');
  const sheet = (title: string, body: Part, first = false) => html`<section${first ? '' : html` class="sheet"`}><h2>${title}</h2>${body}</section>`;
  const body = html`<div class="identity"><h1>${fr(`L'heure sur papier, ${kind === 'cod' ? 'COD' : 'événement important'}`)}</h1>
<p>${fr("Pour le jour où la machine ne répond plus. Cochez, écrivez l'heure du fait et votre nom. Quand elle revient, reportez chaque ligne avec son heure : c'est elle qui compte.")}</p>
<dl class="fill">${fill(clockNames[main], t0, timeZone)}${fill('Numéro SYNERGI')}${fill('Activation décidée par')}${fill('Événement')}${fill(clockNames.nu, nu, timeZone)}${fill('Feuille tenue par')}${fill('Communes', undefined, timeZone, true)}</dl></div>
${sheet('Étapes, dans l’ordre des cibles', table(page, inOrder(hour), clockNames[main], t0), true)}
${sheet(fr(`Numéro unique : les étapes comptent depuis ${clockNames.nu}, l'ordre écrit`), table(page, inOrder(rows.filter((row) => row.anchor === 'nu')), clockNames.nu, nu))}
${sheet('Clôture', table(page, rows.filter((row) => row.anchor === 'closing'), 'Fin', undefined))}
${sheet('Main courante', logLines(), true)}`;
  const running = html`<p class="running"><span>${prefecture}</span><span>${fr(`${plan.title}, version ${plan.version}`)}</span></p>`;
  return documentOf(fr(`L'heure sur papier, ${prefecture}`), PAPER_STYLE, markOf(lane), { top: running, main: body, foot: running });
}

function fill(label: string, at?: Ms, timeZone = 'Europe/Paris', all = false): Html {
  return html`<div${all && html` class="all"`}><dt>${fr(`${label} :`)}</dt><dd class="blank">${at !== undefined && html`<strong>${dayTime(at, timeZone)}</strong>${paris(at, timeZone)}`}</dd></div>`;
}

/** What to do next comes next. */
function inOrder(rows: readonly PlanRow[]): PlanRow[] {
  const minutes = ({ target, deadline }: PlanRow) => target ?? deadline ?? Infinity;
  return [...rows].sort((x, y) => minutes(x) - minutes(y));
}

function table({ facts, plan, timeZone }: PaperPlan, rows: readonly PlanRow[], origin: string, t0: Ms | undefined): Html {
  const title = (id: string) => plan.rows.find((row) => row.id === id)?.title ?? id;
  const cell = (row: PlanRow, minutes: number | undefined, starred = false): Part => {
    if (minutes === undefined) return html`<td class="clock"></td>`;
    const from = row.targetAnchor && !starred ? clockNames[row.targetAnchor] : typeof row.anchor === 'object' ? row.anchor.step : origin;
    const counted = `${from} + ${minutes}`;
    const known = t0 !== undefined && from === origin;
    return html`<td class="clock">${known ? html`${clock(t0 + minutes * MINUTE, timeZone)}${starred && row.ours && '*'}${offset(t0, minutes, timeZone)}` : html`<span class="blank" style="min-width:4.5em"></span>${starred && row.ours && '*'}`}<small>${counted}${known && paris(t0 + minutes * MINUTE, timeZone)}</small></td>`;
  };
  const when = ({ when: condition }: PlanRow): Part => {
    if (condition === 'always') return '';
    const known = typeof condition === 'object' && 'fact' in condition ? facts[condition.fact] : undefined;
    return known === true ? '' : html` <em>(${conditionWords(condition, title)})</em>`;
  };
  return html`<table><thead><tr><th scope="col">Fait</th><th scope="col">Étape</th><th scope="col">Qui</th><th scope="col">Cible</th><th scope="col">Échéance</th><th scope="col">Heure du fait</th><th scope="col">Par (nom)</th><th scope="col">Preuve</th></tr></thead>
<tbody class="all">${rows.map((row) => html`<tr><td class="box">☐</td><td><strong>${row.id}</strong> ${row.title}${when(row)}<br><small>${joined([row.ref, row.means], ', ')}</small></td>
<td class="who">${row.functions.join(', ')}</td>${cell(row, row.target)}${cell(row, row.deadline, true)}<td class="write"></td><td class="name"></td>
<td class="proof"><small>${capital(row.evidenceAsked ?? evidenceNames[row.evidence])}</small></td></tr>`)}</tbody></table>
<p><small>${fr("* échéance fixée par la préfecture. Une étape sans objet : l'écrire, avec le motif et le nom de qui l'autorise.")}</small></p>`;
}

function logLines(): Html {
  return html`<table class="lines"><thead><tr><th scope="col">Heure du fait</th><th scope="col">Écrit à</th><th scope="col">Par, pour qui</th><th scope="col">Fait, décision, information reçue</th><th scope="col">Reporté</th></tr></thead>
<tbody class="all">${Array.from({ length: LOG_LINES }, () => html`<tr><td class="write"></td><td class="write"></td><td class="name"></td><td></td><td class="box">☐</td></tr>`)}</tbody></table>`;
}

/** With its seconds where the T0 has some: a deadline is not to be read a minute late. */
function clock(at: Ms, timeZone: string): string {
  return at % MINUTE === 0 ? clockMinute(at, timeZone) : clockTime(at, timeZone);
}

/** In the night when the clocks change, a time alone may name two instants. */
function offset(t0: Ms, minutes: number, timeZone: string): Part {
  return offsetOf(t0, timeZone) !== offsetOf(t0 + 3 * HOUR, timeZone) && html` <small>${offsetOf(t0 + minutes * MINUTE, timeZone)}</small>`;
}

function paris(at: Ms, timeZone: string): Part {
  return clockTime(at, timeZone) !== clockTime(at, 'Europe/Paris') && html` <small>(Paris ${clock(at, 'Europe/Paris')})</small>`;
}
