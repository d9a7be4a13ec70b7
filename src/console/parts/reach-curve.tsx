import { useId } from 'react';
import { clockMinute } from '../../contract/french-times.js';
import { fr } from '../../contract/french-typography.js';
import { REACH } from '../../domain/outreach/coverage.js';
import type { Reached } from '../../domain/outreach/commune-facts.js';
import { MINUTE, type Ms } from '../../domain/time.js';
import type { Ending } from '../../domain/views/campaign.js';

const HEIGHT = 190;
const LEFT = 44;
const TOP = 14;
const BOTTOM = 26;

export interface ReachCurveProps {
  curve: readonly Reached[];
  communes: number;
  /** When the circle was frozen: where the curve begins, unless something happened before. */
  from: Ms;
  target: Ms | undefined;
  deadline: Ms | undefined;
  now: Ms;
  zone: string;
  /** On a telephone: its letters stay as large. */
  narrow?: boolean;
  /** Where the campaign goes, at the rate of late: dotted, in the band of what chance does. */
  ending?: Ending | undefined;
}

/** How many communes had acknowledged, by the minute, against what is asked. What was measured is full, what is estimated dotted. */
export function ReachCurve({ curve, communes, from, target, deadline, now, zone, narrow = false, ending }: ReachCurveProps) {
  const WIDTH = narrow ? 330 : 720;
  const band = useId();
  const expected = ending?.is === 'expected' ? ending : undefined;
  const first = Math.min(from, curve[0]?.at ?? from);
  // An end that is hours away does not squeeze what is known.
  const last = Math.max(now, deadline ?? 0, target ?? 0, first + 10 * MINUTE, Math.min(expected?.at ?? 0, now + 2 * (now - first)) + 2 * MINUTE);
  const x = (at: Ms) => LEFT + ((at - first) / (last - first)) * (WIDTH - LEFT - 8);
  const y = (n: number) => HEIGHT - BOTTOM - (communes === 0 ? 0 : n / communes) * (HEIGHT - TOP - BOTTOM);
  const steps = curve.flatMap(({ at }, i) => [`${x(at)},${y(i)}`, `${x(at)},${y(i + 1)}`]);
  const upTo = Math.max(now, curve.at(-1)?.at ?? now);
  const line = [`${x(first)},${y(0)}`, ...steps, `${x(upTo)},${y(curve.length)}`].join(' ');
  const goal = communes * REACH;
  const percent = communes === 0 ? 0 : Math.floor((100 * curve.length) / communes);
  const mark = (at: Ms | undefined, words: string) => at !== undefined && at >= first && (
    <g>
      <line className="reach-goal" x1={x(at)} x2={x(at)} y1={TOP} y2={HEIGHT - BOTTOM} />
      <text x={x(at) - 4} y={TOP + 26} textAnchor="end">{fr(`${words} ${clockMinute(at, zone)}`)}</text>
    </g>
  );
  return (
    <svg className="reach" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={fr(`${curve.length} communes acquittées sur ${communes}, ${percent} %. Attendu : ${Math.round(REACH * 100)} %.${expected ? ` Estimé à ${clockMinute(expected.at, zone)}.` : ''}`)}>
      <defs>
        <pattern id={band} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0v5" className="reach-hatch" /></pattern>
        <clipPath id={`${band}-frame`}><rect x={LEFT} y={0} width={WIDTH - 8 - LEFT} height={HEIGHT} /></clipPath>
      </defs>
      <polygon className="reach-area" points={`${x(first)},${y(0)} ${line} ${x(upTo)},${y(0)}`} />
      <line className="reach-axis" x1={LEFT} x2={WIDTH - 8} y1={y(0)} y2={y(0)} />
      <line className="reach-goal" x1={LEFT} x2={WIDTH - 8} y1={y(goal)} y2={y(goal)} />
      <text x={LEFT - 6} y={y(goal) + 4} textAnchor="end">{fr('95 %')}</text>
      <text x={LEFT - 6} y={y(0) + 4} textAnchor="end">0</text>
      <text x={LEFT} y={HEIGHT - 8}>{clockMinute(first, zone)}</text>
      {mark(target, 'cible')}
      {mark(deadline, 'échéance')}
      {expected && (
        <g clipPath={`url(#${band}-frame)`}>
          <polygon points={`${x(now)},${y(curve.length)} ${x(expected.from)},${y(goal)} ${x(expected.to)},${y(goal)}`} fill={`url(#${band})`} />
          <line className="reach-expected" x1={x(now)} y1={y(curve.length)} x2={x(expected.at)} y2={y(goal)} />
          <text className="reach-estimate" x={Math.min(x(expected.at), WIDTH - 60)} y={y(goal) + 34} textAnchor="middle">{fr(`estimé ${clockMinute(expected.at, zone)}`)}</text>
        </g>
      )}
      <polyline className="reach-line" points={line} />
      <line className="reach-now" x1={x(now)} x2={x(now)} y1={TOP} y2={HEIGHT - BOTTOM} />
    </svg>
  );
}
