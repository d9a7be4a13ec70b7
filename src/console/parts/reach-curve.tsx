import { useId } from 'react';
import { clockMinute } from '../../contract/french-times.js';
import { fr } from '../../contract/french-typography.js';
import { REACH } from '../../domain/outreach/coverage.js';
import type { Reached } from '../../domain/outreach/commune-facts.js';
import { MINUTE, type Ms } from '../../domain/time.js';
import type { Ending } from '../../domain/views/campaign.js';

/** Where the picture's frame is, and how large its letters are: a telephone keeps them, a wall is read from four metres. */
const SIZES = {
  console: { width: 720, height: 190, left: 44, top: 14, bottom: 26, letters: 13 },
  phone: { width: 330, height: 190, left: 44, top: 14, bottom: 26, letters: 13 },
  wall: { width: 540, height: 330, left: 92, top: 10, bottom: 44, letters: 28 },
} as const;
const RIGHT = 8;

export interface ReachCurveProps {
  curve: readonly Reached[];
  communes: number;
  /** When the circle was frozen: where the curve begins, unless something happened before. */
  from: Ms;
  target: Ms | undefined;
  deadline: Ms | undefined;
  now: Ms;
  zone: string;
  size?: keyof typeof SIZES;
  /** Where the campaign goes, at the rate of late: dotted, in the band of what chance does. */
  ending?: Ending | undefined;
}

/** How many communes had acknowledged, by the minute, against what is asked. What was measured is full, what is estimated dotted. */
export function ReachCurve({ curve, communes, from, target, deadline, now, zone, size = 'console', ending }: ReachCurveProps) {
  const { width, height, left, top, bottom, letters } = SIZES[size];
  const [right, floor] = [width - RIGHT, height - bottom];
  const band = useId();
  const expected = ending?.is === 'expected' ? ending : undefined;
  const first = Math.min(from, curve[0]?.at ?? from);
  // An end that is hours away does not squeeze what is known.
  const last = Math.max(now, deadline ?? 0, target ?? 0, first + 10 * MINUTE, Math.min(expected?.at ?? 0, now + 2 * (now - first)) + 2 * MINUTE);
  const x = (at: Ms) => left + ((at - first) / (last - first)) * (right - left);
  const y = (n: number) => floor - (communes === 0 ? 0 : n / communes) * (floor - top);
  const steps = curve.flatMap(({ at }, i) => [`${x(at)},${y(i)}`, `${x(at)},${y(i + 1)}`]);
  const upTo = Math.max(now, curve.at(-1)?.at ?? now);
  const line = [`${x(first)},${y(0)}`, ...steps, `${x(upTo)},${y(curve.length)}`].join(' ');
  const goal = communes * REACH;
  const percent = communes === 0 ? 0 : Math.floor((100 * curve.length) / communes);
  const mark = (at: Ms | undefined, words: string) => at !== undefined && at >= first && (
    <g>
      <line className="reach-goal" x1={x(at)} x2={x(at)} y1={top} y2={floor} />
      <text x={x(at) - 4} y={size === 'wall' ? floor - 12 : top + 2 * letters} textAnchor="end">{fr(`${words} ${clockMinute(at, zone)}`)}</text>
    </g>
  );
  return (
    <svg className={`reach reach-${size}`} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={fr(`${curve.length} communes acquittées sur ${communes}, ${percent} %. Attendu : ${Math.round(REACH * 100)} %.${expected ? ` Estimé à ${clockMinute(expected.at, zone)}.` : ''}`)}>
      <defs>
        <pattern id={band} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0v5" className="reach-hatch" /></pattern>
        <clipPath id={`${band}-frame`}><rect x={left} y={0} width={right - left} height={height} /></clipPath>
      </defs>
      <polygon className="reach-area" points={`${x(first)},${y(0)} ${line} ${x(upTo)},${y(0)}`} />
      <line className="reach-axis" x1={left} x2={right} y1={y(0)} y2={y(0)} />
      <line className="reach-goal" x1={left} x2={right} y1={y(goal)} y2={y(goal)} />
      <text x={left - 6} y={y(goal) + letters / 3} textAnchor="end">{fr('95 %')}</text>
      <text x={left - 6} y={y(0) + letters / 3} textAnchor="end">0</text>
      <text x={left} y={height - letters / 2}>{clockMinute(first, zone)}</text>
      {mark(target, 'cible')}
      {mark(deadline, 'échéance')}
      {expected && (
        <g clipPath={`url(#${band}-frame)`}>
          <polygon points={`${x(now)},${y(curve.length)} ${x(expected.from)},${y(goal)} ${x(expected.to)},${y(goal)}`} fill={`url(#${band})`} />
          <line className="reach-expected" x1={x(now)} y1={y(curve.length)} x2={x(expected.at)} y2={y(goal)} />
          {size !== 'wall' && <text className="reach-estimate" {...(x(expected.to) + 90 < right ? { x: x(expected.to) + 4, textAnchor: 'start' as const } : { x: right - 4, textAnchor: 'end' as const })} y={y(goal) + 3.4 * letters}>{fr(`estimé ${clockMinute(expected.at, zone)}`)}</text>}
        </g>
      )}
      <polyline className="reach-line" points={line} />
      <line className="reach-now" x1={x(now)} x2={x(now)} y1={top} y2={floor} />
    </svg>
  );
}
