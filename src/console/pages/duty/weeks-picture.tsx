import { useState } from 'react';
import { functionNames } from '../../../contract/french.js';
import { capital, count, fr } from '../../../contract/french-typography.js';
import type { OnCallWeeks } from '../../../contract/on-call.js';
import { concernWords, dutyDay, dutySpan } from '../../../contract/on-call-words.js';
import type { Ms } from '../../../domain/time.js';
import { Button } from '../../ui/button.js';
import { Table } from '../../ui/table.js';

const DAY: Ms = 24 * 3_600_000;
const WEEK: Ms = 7 * DAY;
type Line = OnCallWeeks['functions'][number];

/** The weeks ahead: a row for each function, shifts as bars with their names, gaps hatched and written; or the same as a table. */
export function WeeksPicture({ weeks, zone }: { weeks: OnCallWeeks; zone: string }) {
  const [asTable, setAsTable] = useState(false);
  const spans = Array.from({ length: Math.ceil((weeks.to - weeks.from) / WEEK) }, (_, i) => ({ from: weeks.from + i * WEEK, to: Math.min(weeks.to, weeks.from + (i + 1) * WEEK) }));
  return (
    <section className="stack" aria-labelledby="duty-weeks">
      <div className="spread">
        <h2 id="duty-weeks">{fr(`Les ${count(spans.length, 'semaine')} qui viennent`)}</h2>
        <Button size="small" kind="tertiary" onPress={() => setAsTable(!asTable)}>{asTable ? 'Voir l’image' : 'Voir le tableau'}</Button>
      </div>
      {asTable ? <WeeksTable weeks={weeks} zone={zone} /> : spans.map((span) => <OneWeek key={span.from} span={span} functions={weeks.functions} zone={zone} />)}
    </section>
  );
}

function OneWeek({ span, functions, zone }: { span: { from: Ms; to: Ms }; functions: readonly Line[]; zone: string }) {
  const at = (instant: Ms) => ((Math.min(Math.max(instant, span.from), span.to) - span.from) / (span.to - span.from)) * 100;
  const days = midnights(span, zone);
  const within = <T extends { from: Ms; to: Ms }>(one: T) => one.from < span.to && one.to > span.from;
  return (
    <figure className="duty-week" aria-label={fr(`Semaine ${dutySpan(span.from, span.to, zone)}`)}>
      <div className="duty-days" aria-hidden="true">
        {days.filter((day) => at(day) < 94).map((day) => <span key={day} style={{ left: `${at(day)}%` }}>{dutyDay(day, zone)}</span>)}
      </div>
      {functions.map(({ function: code, shifts, concerns }) => (
        <div key={code} className="duty-row">
          <span className="duty-code" title={capital(functionNames[code])}>{code}</span>
          <div className="duty-lane">
            {days.map((day) => <i key={day} className="duty-midnight" style={{ left: `${at(day)}%` }} aria-hidden="true" />)}
            {shifts.filter(within).map((shift, i) => (
              <span key={`${shift.from}-${i}`} className={`duty-shift${shift.unknown ? ' duty-unknown' : ''}`} style={{ left: `${at(shift.from)}%`, width: `${at(shift.to) - at(shift.from)}%` }} title={fr(`${shift.name} ${dutySpan(shift.from, shift.to, zone)}`)}>
                {shift.name}{shift.unknown ? ' ?' : ''}
              </span>
            ))}
            {concerns.filter(within).map((concern) => (
              <span key={`${concern.kind}-${concern.from}`} className={`duty-concern duty-${concern.kind}`} style={{ left: `${at(concern.from)}%`, width: `${at(concern.to) - at(concern.from)}%` }} title={concernWords(concern, code, zone)}>
                <b>{concern.kind === 'gap' ? 'Trou' : 'Doublon'}</b>
              </span>
            ))}
          </div>
        </div>
      ))}
    </figure>
  );
}

function WeeksTable({ weeks, zone }: { weeks: OnCallWeeks; zone: string }) {
  const rows = weeks.functions.flatMap(({ function: code, shifts, concerns }) => [
    ...shifts.map((one) => ({ code, from: one.from, to: one.to, who: one.name, state: one.unknown ? fr('pas reconnu') : '' })),
    ...concerns.map((one) => ({ code, from: one.from, to: one.to, who: one.kind === 'gap' ? 'Personne' : one.names.join(', '), state: one.kind === 'gap' ? 'trou' : 'doublon' })),
  ]).sort((x, y) => x.from - y.from || x.code.localeCompare(y.code));
  return (
    <Table
      caption={fr("Astreintes, trous et doublons des semaines qui viennent")} hideCaption rows={rows} rowKey={(row) => `${row.code} ${row.from} ${row.who} ${row.state}`}
      columns={[
        { id: 'code', title: 'Fonction', cell: (row) => `${row.code}, ${functionNames[row.code]}` },
        { id: 'when', title: 'Quand', cell: (row) => fr(dutySpan(row.from, row.to, zone)) },
        { id: 'who', title: 'Qui', names: true, cell: (row) => row.who },
        { id: 'state', title: 'À régler', cell: (row) => (row.state === '' ? '' : <b className={row.state === 'trou' ? 'over' : 'watch'}>{row.state}</b>) },
      ]}
    />
  );
}

/** The local midnights within a span, whatever the clock changes. */
function midnights({ from, to }: { from: Ms; to: Ms }, zone: string): Ms[] {
  const found: Ms[] = [];
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit' });
  const start = Math.ceil(from / 900_000) * 900_000;
  for (let at = start; at < to; at += 900_000) if (hour.format(at) === '00:00') found.push(at);
  return found;
}
