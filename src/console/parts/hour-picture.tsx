import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { clockNames, conditionWords, stepWords } from '../../contract/french.js';
import { clockMinute, clockTime, offset } from '../../contract/french-times.js';
import { count, fr } from '../../contract/french-typography.js';
import type { Plan } from '../../domain/plan/plan.js';
import type { Ms } from '../../domain/time.js';
import { tally, type ClockShown } from '../../domain/views/board.js';
import type { StepShown } from '../../domain/views/steps.js';
import { Button } from '../ui/button.js';
import type { StateWord } from '../ui/icons.js';
import { StateLabel, stateText } from '../ui/state-label.js';
import { clip, part, percent, sectionsOf, type Axis, type Section } from './hour-axis.js';
import { BarPatterns, HourBar, HourGrid } from './hour-bar.js';
import { HourLegend, HourTable } from './hour-table.js';

export interface HourPictureProps {
  steps: readonly StepShown[];
  groups: Plan['groups'];
  clocks: readonly ClockShown[];
  now: Ms;
  zone: string;
  /** Where the axis starts while no clock runs. */
  openedAt: Ms;
  selected?: string | undefined;
  onSelect: (step: string) => void;
  /** Under the row that is selected: the step, open in place. */
  renderOpen?: ((shown: StepShown) => ReactNode) | undefined;
  /** Steps that wait for the person who looks: their whole row is lit. */
  awaiting?: readonly string[] | undefined;
  /** Where a step would end at its present pace. */
  estimates?: Readonly<Record<string, Ms>> | undefined;
  /** Instead of the picture, from the start: the table. */
  startsAsTable?: boolean | undefined;
}

/** The hour as a picture, its legend, and its table. */
export function HourPicture(props: HourPictureProps) {
  const { steps, groups, clocks, now, zone, openedAt, startsAsTable = false } = props;
  const [asTable, setAsTable] = useState(startsAsTable);
  const patterns = useId();
  const sections = sectionsOf(steps, groups, clocks, now, openedAt);
  return (
    <section className="hour" aria-labelledby={`${patterns}-title`}>
      <div className="hour-head">
        <h2 id={`${patterns}-title`}>L’heure</h2>
        <span className="hour-tally">{tallyText(steps)}</span>
        <Button kind="tertiary" size="small" onPress={() => setAsTable(!asTable)}>{asTable ? 'Voir l’image' : 'Voir le tableau'}</Button>
      </div>
      {asTable ? <HourTable {...props} /> : (
        <>
          <BarPatterns id={patterns} />
          {sections.map((section) => <HourSection key={section.id} section={section} patterns={patterns} titled={sections.length > 1} {...props} />)}
          <HourLegend />
        </>
      )}
      <span className="hidden">{fr(`Il est ${clockTime(now, zone)}.`)}</span>
    </section>
  );
}

function HourSection({ section, patterns, titled, ...props }: HourPictureProps & { section: Section; patterns: string; titled: boolean }) {
  const { zone, now, clocks, selected, awaiting = [], estimates = {}, renderOpen, onSelect } = props;
  const list = useRef<HTMLDivElement>(null);
  const all = section.groups.flatMap((group) => group.steps);
  const [focused, setFocused] = useState<string>();
  // One stop of Tab for a section; arrows walk its rows.
  const stop = [focused, selected, all.find(({ step }) => step.status !== 'done')?.row.id].find((id) => id !== undefined && all.some(({ row }) => row.id === id)) ?? all[0]?.row.id;
  const walk = (event: KeyboardEvent) => {
    const rows = [...(list.current?.querySelectorAll<HTMLButtonElement>('button.hour-row') ?? [])];
    const here = rows.indexOf(document.activeElement as HTMLButtonElement);
    if (here < 0) return;
    const to = ({ ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: rows.length - 1 } as Record<string, number>)[event.key];
    if (to === undefined) return;
    event.preventDefault();
    rows[Math.min(rows.length - 1, Math.max(0, to))]?.focus();
  };
  const idle = section.id === 'nu' && !clocks.some((clock) => clock.id === 'nu');
  if (idle) {
    return <p className="hour-idle"><b>{clockNames.nu}</b> {fr(`${count(all.length, 'étape')} : elles prennent leur place quand l'ordre du numéro unique est écrit.`)}</p>;
  }
  return (
    <div className={`hour-section hour-section-${section.id}`}>
      <HourHead axis={section.axis} now={now} zone={zone} title={titled ? (section.id === 'nu' ? clockNames.nu : '') : ''} />
      <div className="hour-body">
        <div className="hour-back"><HourGrid axis={section.axis} now={now} /></div>
        <div ref={list} role="group" aria-label={fr(`Étapes : flèches haut et bas pour les parcourir, Entrée pour ouvrir`)} onKeyDown={walk}>
          {section.groups.map((group) => (
            <ol key={group.id} className="hour-group" aria-label={group.label}>
              {group.steps.map((shown, index) => {
                const waits = awaiting.includes(shown.row.id);
                const word: StateWord = waits && (shown.word === 'todo' || shown.word === 'under-way') ? 'awaiting' : shown.word;
                const open = selected === shown.row.id;
                return (
                  <li key={shown.row.id} className={open ? 'open' : undefined}>
                    <button
                      type="button" className={`hour-row${waits ? ' waits' : ''}${open ? ' selected' : ''} word-${word}`} aria-label={rowLabel(shown, word, zone)} aria-expanded={renderOpen ? open : undefined}
                      aria-pressed={renderOpen ? undefined : open} tabIndex={stop === shown.row.id ? 0 : -1} onFocus={() => setFocused(shown.row.id)} onClick={() => onSelect(shown.row.id)}
                    >
                      <span className="hour-group-name">{index === 0 ? group.label : ''}</span>
                      <span className="hour-code">{shown.row.id}</span>
                      <span className="hour-name" title={shown.row.title}>{fr(shown.row.short ?? shown.row.title)}</span>
                      <span className="hour-state">
                        {shown.word === 'apart' ? <span className="hour-apart">{conditionWords(shown.row.when)}</span>
                          : <StateLabel word={word} lateBy={shown.lateBy} size={13}>{word === 'done' ? doneText(shown, zone) : undefined}</StateLabel>}
                      </span>
                      <span className="hour-axis">
                        <HourBar shown={shown} word={word} axis={section.axis} now={now} patterns={patterns} progress={progressOf(shown)} estimate={estimates[shown.row.id]} />
                      </span>
                    </button>
                    {open && renderOpen && <div className="hour-open">{renderOpen(shown)}</div>}
                  </li>
                );
              })}
            </ol>
          ))}
        </div>
      </div>
    </div>
  );
}

/** Local times under the minutes since T0; the flag of now stands on the side of the past. */
function HourHead({ axis, now, zone, title }: { axis: Axis; now: Ms; zone: string; title: string }) {
  const here = clip(part(axis, now));
  const turned = here < 0.2;
  const hides = (where: number) => (turned ? where > here - 0.06 && where < here + 0.24 : where > here - 0.24 && where < here + 0.06);
  return (
    <div className="hour-ticks">
      <b className="hour-ticks-title">{title}</b>
      <svg width="100%" height="34" aria-hidden="true">
        {axis.ticks.map((tick) => {
          const where = part(axis, tick.at);
          if (hides(where)) return null;
          const anchor = where < 0.04 ? 'start' : where > 0.96 ? 'end' : 'middle';
          return (
            <svg key={tick.at} x={percent(where)} overflow="visible" textAnchor={anchor}>
              <text className={`tick${tick.strong ? ' strong' : ''}`} y="13">{tick.label}</text>
              <text className="tick-time" y="28">{clockMinute(tick.at, zone)}</text>
            </svg>
          );
        })}
        <svg x={percent(here)} overflow="visible">
          <rect className="flag" x={turned ? -1 : -67} width="68" height="34" />
          <text className="flag-text strong" x={turned ? 6 : -6} y="13.5" textAnchor={turned ? 'start' : 'end'}>{offset(now, axis.t0)}</text>
          <text className="flag-text" x={turned ? 6 : -6} y="28" textAnchor={turned ? 'start' : 'end'}>{clockTime(now, zone)}</text>
        </svg>
      </svg>
    </div>
  );
}

function doneText({ step, declaredAfterwards }: StepShown, zone: string): string {
  return `Fait à ${clockTime(step.doneAt!, zone)}${declaredAfterwards ? ', dit après' : ''}`;
}

/** "3/7": acknowledged among those to call, or the rounds of a step that comes back. */
function progressOf({ calls, step, row }: StepShown): string | undefined {
  if (step.status !== 'todo' && step.status !== 'under-way') return undefined;
  if (calls) return `${calls.acknowledged}/${calls.total}`;
  return row.every !== undefined && step.rounds.length > 0 ? `${step.rounds.length} fait${step.rounds.length > 1 ? 's' : ''}` : undefined;
}

function rowLabel({ row, times, lateBy, word, calls }: StepShown, shown: StateWord, zone: string): string {
  const parts = [`${row.id} ${row.title}`, word === 'apart' ? `à part, ${conditionWords(row.when)}` : stateText(shown, lateBy)];
  if (times.target !== undefined) parts.push(`cible ${clockMinute(times.target, zone)}`);
  if (times.deadline !== undefined) parts.push(`échéance ${clockMinute(times.deadline, zone)}`);
  if (calls) parts.push(`${calls.acknowledged} acquittés sur ${calls.total}`);
  return fr(parts.join(', '));
}

const TALLIED = ['overdue', 'missed', 'at-risk', 'under-way', 'todo', 'done-late', 'done-after-target', 'done', 'outside-cause', 'not-applicable'] as const;

/** "1 dépassée, 2 à surveiller, 10 faites": the worst first, nothing that is zero. */
function tallyText(steps: readonly StepShown[]): string {
  const counts = tally(steps);
  const done = (counts.done ?? 0) + (counts['done-after-target'] ?? 0);
  const plural: Partial<Record<(typeof TALLIED)[number], [string, string]>> = { overdue: ['dépassée', 'dépassées'], missed: ['manquée', 'manquées'], done: ['faite', 'faites'], 'done-late': ['hors délai', 'hors délai'] };
  return TALLIED.filter((word) => word !== 'done-after-target').flatMap((word) => {
    const number = word === 'done' ? done : counts[word] ?? 0;
    if (number === 0) return [];
    const [one, many] = plural[word] ?? [stepWords[word], stepWords[word]];
    return [count(number, one, many)];
  }).join(', ');
}
