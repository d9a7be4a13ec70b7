import { useId } from 'react';
import { functionNames } from '../../../contract/french.js';
import { clockMinute, duration } from '../../../contract/french-times.js';
import { count, fr } from '../../../contract/french-typography.js';
import type { PlanRow } from '../../../domain/plan/plan.js';
import type { Activation } from '../../../domain/state.js';
import { MINUTE, type Ms } from '../../../domain/time.js';
import { tally } from '../../../domain/views/board.js';
import type { StepShown } from '../../../domain/views/steps.js';
import { wallRows } from '../../../domain/views/wall.js';
import { usePeople } from '../../people.js';
import type { Axis } from '../../parts/hour-axis.js';
import { BarPatterns, HourBar, HourGrid } from '../../parts/hour-bar.js';
import { StateLabel } from '../../ui/state-label.js';

const ROWS = 8;
/** The window around now, the same for each row and each clock. */
const BEFORE: Ms = 15 * MINUTE;
const AHEAD: Ms = 45 * MINUTE;

/** The hour in at most eight rows: overdue, at risk, next due. */
export function Rows({ activation, steps, now }: { activation: Readonly<Activation>; steps: readonly StepShown[]; now: Ms }) {
  const patterns = useId();
  const rows = wallRows(steps, ROWS);
  const axis: Axis = { from: now - BEFORE, to: now + AHEAD, t0: now, origin: '', ticks: [], ends: [], others: [] };
  return (
    <section className="wall-hour" aria-labelledby="hour-title">
      <BarPatterns id={patterns} />
      <div className="wall-hour-head"><h2 id="hour-title">L’heure</h2><span className="dim">{tallyWords(steps)}</span></div>
      {rows.length === 0 ? <p className="dim">{fr("Tout ce qui a une heure est clos.")}</p> : (
        <ol className="wall-rows">
          {rows.map((shown) => <Row key={shown.row.id} activation={activation} shown={shown} axis={axis} now={now} patterns={patterns} />)}
        </ol>
      )}
    </section>
  );
}

function Row({ activation, shown, axis, now, patterns }: { activation: Readonly<Activation>; shown: StepShown; axis: Axis; now: Ms; patterns: string }) {
  const { row, word } = shown;
  const zone = activation.timeZone;
  const due = dueOf(shown);
  return (
    <li className={`wall-row word-${word}`}>
      <span className="wall-state"><StateLabel word={word} size={28} /><span className="hidden"> : </span></span>
      <span className="wall-name"><span className="dim">{row.id}</span> {fr(nameOf(row))}<span className="hidden">, </span></span>
      <Holder activation={activation} shown={shown} />
      <span className="wall-bar"><span className="wall-grid"><HourGrid axis={axis} now={now} /></span><HourBar shown={shown} word={word} axis={axis} now={now} patterns={patterns} /></span>
      <span className="wall-due">
        {due && <><span className="dim">{due.what}</span> <b>{clockMinute(due.at, zone)}</b><span className="wall-left">{fr(left(due.at - now))}</span></>}
      </span>
    </li>
  );
}

/** A short name that goes on from the row above says nothing where that row is not. */
function nameOf({ short, title }: PlanRow): string {
  return short === undefined || short.startsWith('…') ? title : short;
}

/** Who was given it, else who holds the function; and where nobody does, which one is missing. */
function Holder({ activation, shown: { step, row } }: { activation: Readonly<Activation>; shown: StepShown }) {
  const person = usePeople();
  const who = step.assignee ?? row.functions.map((code) => activation.functions[code]?.holder).find((holder) => holder !== undefined);
  const [code] = row.functions;
  if (who !== undefined) return <span className="wall-who">{person(who).name}</span>;
  return <span className="wall-who dim">{code ? <abbr title={functionNames[code]}>Personne ({code})</abbr> : ''}</span>;
}

/** The limit that presses: the deadline, or the target where it is still to come, or where there is nothing else. */
function dueOf({ times: { target, deadline }, word }: StepShown): { what: string; at: Ms } | undefined {
  const soft = target !== undefined && (deadline === undefined || (word !== 'overdue' && word !== 'at-risk'));
  if (soft) return { what: 'cible', at: target };
  return deadline === undefined ? undefined : { what: 'avant', at: deadline };
}

/** "9 min", "+3 min": whole minutes keep a wall calm; seconds for the last one. */
function left(ms: Ms): string {
  if (Math.abs(ms) < MINUTE) return ms < 0 ? `+${duration(ms)}` : duration(ms);
  const minutes = Math.floor(Math.abs(ms) / MINUTE);
  const words = minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
  return ms < 0 ? `+${words}` : words;
}

function tallyWords(steps: readonly StepShown[]): string {
  const { overdue = 0, 'at-risk': atRisk = 0, done = 0, 'done-after-target': after = 0, 'done-late': late = 0, todo = 0, 'under-way': underWay = 0 } = tally(steps);
  const made = done + after + late;
  return [
    overdue > 0 && count(overdue, 'dépassée'), atRisk > 0 && `${atRisk} à surveiller`, todo + underWay > 0 && `${todo + underWay} à venir`, made > 0 && count(made, 'faite'),
  ].filter((words): words is string => words !== false).join(', ');
}
