import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { clockNames, stepWords } from '../../contract/french.js';
import { clockMinute, clockTime, offset } from '../../contract/french-times.js';
import { count, fr } from '../../contract/french-typography.js';
import type { Plan } from '../../domain/plan/plan.js';
import type { Ms } from '../../domain/time.js';
import { tally, type ClockShown } from '../../domain/views/board.js';
import type { StepShown } from '../../domain/views/steps.js';
import { Button } from '../ui/button.js';
import { clip, isAside, part, percent, sectionsOf, type Axis, type Section } from './hour-axis.js';
import { BarPatterns, HourGrid } from './hour-bar.js';
import { HourAside, HourRow } from './hour-row.js';
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
  const { steps, groups, clocks, now, zone, openedAt, selected, onSelect, renderOpen, estimates = {}, startsAsTable = false } = props;
  const [asTable, setAsTable] = useState(startsAsTable);
  const patterns = useId();
  const sections = sectionsOf(steps, groups, clocks, now, openedAt);
  const title = (id: string) => { const row = steps.find((shown) => shown.row.id === id)?.row; return row?.short ?? row?.title ?? id; };
  const head = (
    <div className="hour-head">
      <h2 id={`${patterns}-title`}>L’heure</h2>
      <span className="hour-tally">{tallyText(steps)}</span>
      <Button kind="tertiary" size="small" onPress={() => setAsTable(!asTable)}>{asTable ? 'Voir l’image' : 'Voir le tableau'}</Button>
    </div>
  );
  return (
    <section className="hour" aria-labelledby={`${patterns}-title`}>
      {asTable ? <><div className="hour-alone">{head}</div><HourTable {...props} /></> : (
        <>
          <BarPatterns id={patterns} />
          {sections.length === 0 && <div className="hour-alone">{head}</div>}
          {sections.map((section, index) => <HourSection key={section.id} section={section} patterns={patterns} title={index === 0 ? head : <b className="hour-ticks-title">{clockNames.nu}</b>} {...props} />)}
          <HourAside steps={steps.filter(isAside)} title={title} selected={selected} onSelect={onSelect} renderOpen={renderOpen} />
          <HourLegend late={steps.some(({ word }) => word === 'overdue' || word === 'done-late')} estimated={Object.keys(estimates).length > 0} />
        </>
      )}
      <span className="hidden">{fr(`Il est ${clockTime(now, zone)}.`)}</span>
    </section>
  );
}

function HourSection({ section, patterns, title, ...props }: HourPictureProps & { section: Section; patterns: string; title: ReactNode }) {
  const { zone, now, selected, awaiting = [], estimates = {}, renderOpen, onSelect } = props;
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
  return (
    <div className={`hour-section hour-section-${section.id}`}>
      <HourHead axis={section.axis} now={now} zone={zone} title={title} />
      <div className="hour-body">
        <div className="hour-back"><HourGrid axis={section.axis} now={now} /></div>
        <div ref={list} role="group" aria-label={fr(`Étapes : flèches haut et bas pour les parcourir, Entrée pour ouvrir`)} onKeyDown={walk}>
          {section.groups.map((group) => (
            <ol key={group.id} className="hour-group" aria-label={group.label}>
              {group.steps.map((shown, index) => (
                <HourRow
                  key={shown.row.id} shown={shown} axis={section.axis} now={now} zone={zone} patterns={patterns} group={index === 0 ? group.label : ''}
                  waits={awaiting.includes(shown.row.id)} isOpen={selected === shown.row.id} isStop={stop === shown.row.id} estimate={estimates[shown.row.id]}
                  renderOpen={renderOpen} onSelect={() => onSelect(shown.row.id)} onFocus={() => setFocused(shown.row.id)}
                />
              ))}
            </ol>
          ))}
        </div>
      </div>
    </div>
  );
}

/** Local times under the minutes since T0; the flag of now stands on the side of the past. */
function HourHead({ axis, now, zone, title }: { axis: Axis; now: Ms; zone: string; title: ReactNode }) {
  const here = clip(part(axis, now));
  const turned = here < 0.2;
  const flag = turned ? [here, here + 0.23] as const : [here - 0.23, here] as const;
  return (
    <div className="hour-ticks">
      <div>{title}</div>
      <svg width="100%" height="34" aria-hidden="true">
        {axis.ticks.map((tick) => {
          const where = part(axis, tick.at);
          const anchor = where < 0.05 ? 'start' : where > 0.95 ? 'end' : 'middle';
          const [before, after] = { start: [0, 0.12], middle: [0.06, 0.06], end: [0.12, 0] }[anchor] as [number, number];
          if (where + after > flag[0] && where - before < flag[1]) return null;
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
