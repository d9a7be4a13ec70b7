import { clockMinute } from '../../contract/french-times.js';
import { fr } from '../../contract/french-typography.js';
import { REACH } from '../../domain/outreach/coverage.js';
import type { Reached } from '../../domain/outreach/commune-facts.js';
import { MINUTE, type Ms } from '../../domain/time.js';

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
}

/** How many communes had acknowledged, by the minute, against what is asked. Measured, never estimated. */
export function ReachCurve({ curve, communes, from, target, deadline, now, zone, narrow = false }: ReachCurveProps) {
  const WIDTH = narrow ? 330 : 720;
  const first = Math.min(from, curve[0]?.at ?? from);
  const last = Math.max(now, deadline ?? 0, target ?? 0, first + 10 * MINUTE);
  const x = (at: Ms) => LEFT + ((at - first) / (last - first)) * (WIDTH - LEFT - 8);
  const y = (n: number) => HEIGHT - BOTTOM - (communes === 0 ? 0 : n / communes) * (HEIGHT - TOP - BOTTOM);
  const steps = curve.flatMap(({ at }, i) => [`${x(at)},${y(i)}`, `${x(at)},${y(i + 1)}`]);
  const upTo = Math.max(now, curve.at(-1)?.at ?? now);
  const line = [`${x(first)},${y(0)}`, ...steps, `${x(upTo)},${y(curve.length)}`].join(' ');
  const percent = communes === 0 ? 0 : Math.floor((100 * curve.length) / communes);
  const mark = (at: Ms | undefined, words: string) => at !== undefined && at >= first && (
    <g>
      <line className="reach-goal" x1={x(at)} x2={x(at)} y1={TOP} y2={HEIGHT - BOTTOM} />
      <text x={x(at) - 4} y={TOP + 26} textAnchor="end">{fr(`${words} ${clockMinute(at, zone)}`)}</text>
    </g>
  );
  return (
    <svg className="reach" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={fr(`${curve.length} communes acquittées sur ${communes}, ${percent} %. Attendu : ${Math.round(REACH * 100)} %.`)}>
      <polygon className="reach-area" points={`${x(first)},${y(0)} ${line} ${x(upTo)},${y(0)}`} />
      <line className="reach-axis" x1={LEFT} x2={WIDTH - 8} y1={y(0)} y2={y(0)} />
      <line className="reach-goal" x1={LEFT} x2={WIDTH - 8} y1={y(communes * REACH)} y2={y(communes * REACH)} />
      <text x={LEFT - 6} y={y(communes * REACH) + 4} textAnchor="end">{fr('95 %')}</text>
      <text x={LEFT - 6} y={y(0) + 4} textAnchor="end">0</text>
      <text x={LEFT} y={HEIGHT - 8}>{clockMinute(first, zone)}</text>
      {mark(target, 'cible')}
      {mark(deadline, 'échéance')}
      <polyline className="reach-line" points={line} />
      <line className="reach-now" x1={x(now)} x2={x(now)} y1={TOP} y2={HEIGHT - BOTTOM} />
    </svg>
  );
}
