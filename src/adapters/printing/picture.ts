import { clockNames, stepWords } from '../../contract/french.js';
import { clockMinute, clockTime, duration } from '../../contract/french-times.js';
import { capital, fr } from '../../contract/french-typography.js';
import type { ClockId } from '../../domain/plan/plan.js';
import { MINUTE, type Ms } from '../../domain/time.js';
import { stepsShown, type StepShown } from '../../domain/views/steps.js';
import { html, type Html, type Part } from './html.js';
import type { Reading } from './reading.js';
import { mark, STYLE } from './shapes.js';

const WIDTH = 760;
const LEFT = 384;
const RIGHT = 748;
const TOP = 54;
const ROW = 19;
const GAP = 7;

/** A panel of the picture: the steps of one clock against its own minutes. */
interface Panel {
  clock: ClockId;
  t0: Ms;
  from: Ms;
  to: Ms;
  groups: { label: string; steps: StepShown[] }[];
}

/** The hour as a picture; the rows of the NU on their own clock's scale. The table of the steps says the same in words. */
export function pictures(reading: Reading): Html {
  const { activation: a, now } = reading.page;
  const shown = stepsShown(a, now).filter(({ word, times, step }) => word !== 'apart' && (times.target ?? times.deadline ?? step.doneAt) !== undefined);
  const panels: Panel[] = [];
  const main = reading.clock;
  const { nu } = a.clocks;
  if (main) panels.push(panel(reading, main.id, main.t0, shown.filter(({ row }) => row.anchor !== 'nu')));
  if (nu) panels.push(panel(reading, 'nu', nu.t0, shown.filter(({ row }) => row.anchor === 'nu')));
  if (panels.length === 0) return html`<p>${fr("Aucune horloge n'a démarré : l'heure n'a pas encore d'axe.")}</p>`;
  return html`${panels.map((one) => html`<div class="figure">${draw(reading, one)}</div>`)}`;
}

/** From the earliest fact, at the latest T0 and at most half an hour before; to T0+75, or as far as deadlines go, at most T0+150. */
function panel(reading: Reading, clock: ClockId, t0: Ms, shown: StepShown[]): Panel {
  const facts = shown.flatMap(({ step, times }) => [step.startedAt, step.doneAt, times.target, times.deadline].filter((at) => at !== undefined));
  const quarter = 15 * MINUTE;
  const earliest = Math.max(t0 - 2 * quarter, Math.min(t0, ...facts));
  const latest = Math.min(t0 + 10 * quarter, Math.max(t0 + 5 * quarter, ...facts));
  const groups = reading.page.activation.plan.groups
    .map(({ id, label }) => ({ label, steps: shown.filter(({ row }) => row.group === id) }))
    .filter(({ steps }) => steps.length > 0);
  return { clock, t0, from: earliest < t0 ? t0 - Math.ceil((t0 - earliest) / (5 * MINUTE)) * 5 * MINUTE : t0, to: t0 + Math.ceil((latest - t0) / quarter) * quarter, groups };
}

type Scale = (at: Ms) => number;

function draw(reading: Reading, { clock, t0, from, to, groups }: Panel): Html {
  const { activation: a, now } = reading.page;
  const x: Scale = (at) => round(LEFT + ((Math.min(Math.max(at, from), to) - from) / (to - from)) * (RIGHT - LEFT));
  let y = TOP;
  const rows: Html[] = [];
  for (const [i, { label, steps }] of groups.entries()) {
    if (i > 0) {
      rows.push(html`<path d="M0 ${y + GAP / 2}H${WIDTH}" stroke="var(--line)"/>`);
      y += GAP;
    }
    for (const [j, step] of steps.entries()) {
      rows.push(row(reading, step, j === 0 ? label : '', y + ROW / 2, x, { clock, from, to, t0 }));
      y += ROW;
    }
  }
  const bottom = y + 3;
  const steps = groups.reduce((sum, group) => sum + group.steps.length, 0);
  const running = a.life === 'running' && now > from && now < to;
  return html`<svg viewBox="0 0 ${WIDTH} ${bottom + 26}" role="img" aria-label="${fr(`L'heure : ${steps} étapes depuis ${clockNames[clock]}. La table des étapes dit la même chose.`)}" font-family="inherit" font-size="12">
<defs><pattern id="hatch-${clock}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0v5" stroke="var(--line2)" stroke-width="1.8"/></pattern>
<pattern id="dots-${clock}" width="5" height="5" patternUnits="userSpaceOnUse"><circle cx="1.5" cy="1.5" r="1" fill="var(--line2)"/></pattern></defs>
${running && html`<rect x="${x(from)}" y="${TOP - 4}" width="${round(x(now) - x(from))}" height="${bottom - TOP + 4}" fill="var(--ground)" class="screen"/>`}
${axis(reading, { clock, t0, from, to }, x, bottom)}${rows}
${running && html`<path d="M${x(now)} ${TOP - 22}V${bottom}" stroke="var(--ink)" stroke-width="2"/><text x="${x(now) - 5}" y="${TOP - 11}" text-anchor="end" font-size="11" font-weight="700" fill="var(--ink)">état à ${clockTime(now, reading.zone)}</text>`}
${legend(bottom + 18, clock)}</svg>`;
}

function axis(reading: Reading, { clock, t0, from, to }: Omit<Panel, 'groups'>, x: Scale, bottom: number): Html {
  const minutes = reading.page.activation.plan.minutes[clock];
  const step = to - from > 100 * MINUTE ? 30 : 15;
  const ticks: Html[] = [html`<text x="0" y="12" font-weight="700" font-size="13" fill="var(--ink)">${clockNames[clock]} ${clockTime(t0, reading.zone)}</text>`];
  for (let at = t0; at <= to; at += step * MINUTE) {
    const offset = (at - t0) / MINUTE;
    const anchor = at === to ? 'end' : 'middle';
    const heavy = offset === minutes || offset === 0;
    ticks.push(html`<path d="M${x(at)} ${TOP - 4}V${bottom}" stroke="var(--${heavy ? 'ink' : 'line'})" stroke-width="${heavy ? 1.3 : 1}"/>
<text x="${at === to ? RIGHT + 6 : x(at)}" y="12" text-anchor="${anchor}" font-weight="700" fill="var(--ink)">${offset === 0 ? 'T0' : `+${offset}`}</text><text x="${at === to ? RIGHT + 6 : x(at)}" y="24" text-anchor="${anchor}" font-size="11" fill="var(--ink2)">${clockMinute(at, reading.zone)}</text>`);
  }
  for (const other of Object.values(reading.page.activation.clocks)) {
    if (other.id === clock || other.id === 'nu' || clock === 'nu' || other.t0 < from || other.t0 > to) continue;
    ticks.push(html`<path d="M${x(other.t0)} ${TOP - 34}V${bottom}" stroke="var(--ink2)" stroke-dasharray="4 2"/><text x="${x(other.t0) + 3}" y="${TOP - 26}" font-size="10" fill="var(--ink2)">${clockNames[other.id]}</text>`);
  }
  return html`${ticks}`;
}

function row(reading: Reading, shown: StepShown, group: string, y: number, x: Scale, { clock, from, to, t0 }: Omit<Panel, 'groups'>): Html {
  const { row: plan, word, step, times } = shown;
  const tone = `var(--${STYLE[word].tone})`;
  const base = y + 4;
  const open = step.status === 'todo' || step.status === 'under-way';
  const end = step.doneAt ?? (step.startedAt !== undefined && open ? Math.min(reading.page.activation.endedAt ?? reading.page.now, to) : undefined);
  const begin = step.startedAt !== undefined && end !== undefined ? Math.min(step.startedAt, end) : end;
  const beyond = step.doneAt !== undefined && (step.doneAt > to || step.doneAt < from);
  const withMark = end !== undefined && word !== 'not-applicable';
  return html`<text x="0" y="${base}" font-weight="700" fill="var(--ink)">${group}</text><text x="48" y="${base}" font-size="11" fill="var(--ink2)">${plan.id}</text><text x="78" y="${base}" fill="var(--ink)">${short(plan.short ?? plan.title, 30)}</text>
${mark(word, 270, y, 12)}<text x="280" y="${base}" font-size="10.5" font-weight="${word === 'todo' ? 400 : 600}" fill="${tone}">${wordOf(reading, shown)}</text>
${bar(shown, y, x, clock)}${times.target !== undefined && html`<path d="M${x(times.target)} ${y - 6.5}v13" stroke="var(--${open ? 'ink' : 'line2'})" stroke-width="2"/>`}
${withMark && begin !== undefined && begin < end! && html`<path d="M${x(begin)} ${y}H${x(end!)}M${x(begin)} ${y - 4}v8" stroke="${tone}" stroke-width="2.4" fill="none"/>`}
${withMark && mark(word, x(end!), y)}${beyond && html`<text x="${x(step.doneAt!) - 12}" y="${base}" text-anchor="end" font-size="11" fill="var(--ink)">${step.doneAt! < t0 ? '-' : '+'}${duration(step.doneAt! - t0)} →</text>`}`;
}

/** From the target to the deadline: high where the reference document sets it, low where it is ours; filled by state. */
function bar({ row: plan, word, times }: StepShown, y: number, x: Scale, clock: ClockId): Part {
  const { target, deadline } = times;
  if (deadline === undefined) return '';
  const start = x(target ?? deadline);
  const width = round(Math.max(1, x(deadline) - start));
  const kept = word === 'done' || word === 'done-after-target';
  const broken = word === 'overdue' || word === 'missed' || word === 'done-late';
  if (plan.ours) return html`<rect x="${start}" y="${y - 1.5}" width="${width}" height="3" fill="var(--${broken ? 'over' : kept ? 'line' : 'line2'})"/>`;
  if (kept) return html`<rect x="${start}" y="${y - 4}" width="${width}" height="8" fill="none" stroke="var(--line)"/>`;
  const fill = broken ? 'var(--over)' : FILLS[word] ? `url(#${FILLS[word]}-${clock})` : 'var(--paper)';
  return html`<rect x="${start}" y="${y - 4}" width="${width}" height="8" fill="${fill}" stroke="var(--line2)"${word === 'not-applicable' && html` stroke-dasharray="2 3"`}/>`;
}

const FILLS: Partial<Record<StepShown['word'], 'hatch' | 'dots'>> = { 'at-risk': 'hatch', 'not-applicable': 'hatch', 'outside-cause': 'dots' };

function wordOf(reading: Reading, { word, step, lateBy }: StepShown): string {
  if (word === 'done') return `Fait ${clockTime(step.doneAt!, reading.zone)}`;
  if (word === 'done-after-target') return `Fait, cible +${duration(lateBy!)}`;
  if (word === 'done-late') return `Hors délai +${duration(lateBy!)}`;
  return capital(stepWords[word]);
}

function legend(y: number, clock: ClockId): Html {
  const items: [Html, string][] = [
    [html`<path d="M12 -6v12" stroke="var(--ink)" stroke-width="2"/>`, 'cible'],
    [html`<rect x="0" y="-4" width="24" height="8" fill="var(--paper)" stroke="var(--line2)"/>`, 'de la cible à l’échéance'],
    [html`<rect x="0" y="-1.5" width="24" height="3" fill="var(--line2)"/>`, 'échéance fixée par nous'],
    [html`<path d="M0 0H24M1 -4v8" stroke="var(--ink)" stroke-width="2.4" fill="none"/>`, 'du début à la fin'],
    [html`<rect x="0" y="-4" width="24" height="8" fill="url(#hatch-${clock})" stroke="var(--line2)"/>`, 'à surveiller'],
    [html`<rect x="0" y="-4" width="24" height="8" fill="var(--over)" stroke="var(--line2)"/>`, 'dépassé'],
  ];
  let at = 0;
  return html`${items.map(([drawing, text]) => {
    const left = at;
    at += 42 + text.length * 5.6;
    return html`<g transform="translate(${round(left)} ${y - 4})">${drawing}<text x="29" y="4" font-size="11" fill="var(--ink2)">${text}</text></g>`;
  })}`;
}

const round = (n: number) => Math.round(n * 10) / 10;
const short = (text: string, most: number) => (text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`);
