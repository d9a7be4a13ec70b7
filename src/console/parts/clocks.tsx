import { useEffect, useRef, useState, type ReactNode } from 'react';
import { clockNames } from '../../contract/french.js';
import { clockTime, countdown, duration, parisTime, spoken } from '../../contract/french-times.js';
import { fr } from '../../contract/french-typography.js';
import { MINUTE, type Ms } from '../../domain/time.js';
import type { ClockShown } from '../../domain/views/board.js';
import { StateLabel } from '../ui/state-label.js';

/** A countdown is announced at these minutes and at its end, never each second. */
const ANNOUNCED = [30, 15, 5, 1, 0] as const;

/** What is said aloud when `remaining` crosses a mark; nothing when the page opens on it. */
function useAnnouncement(remaining: Ms, name: string): string {
  const [said, setSaid] = useState('');
  const before = useRef(remaining);
  useEffect(() => {
    const crossed = ANNOUNCED.filter((minutes) => before.current > minutes * MINUTE && remaining <= minutes * MINUTE).at(-1);
    before.current = remaining;
    if (crossed !== undefined) setSaid(fr(crossed === 0 ? `${name} : délai dépassé` : `${name} : il reste ${crossed} min`));
  }, [remaining, name]);
  return said;
}

/** The hour as a ruler: filled to now, quarter marks and the last five minutes. */
function Ruler({ clock, height = 10 }: { clock: ClockShown; height?: number }) {
  const part = (minutes: number) => Math.min(1, Math.max(0, minutes / clock.minutes));
  const elapsed = part(clock.elapsed / MINUTE);
  const marks = [clock.minutes / 4, clock.minutes / 2, (clock.minutes * 3) / 4, clock.minutes - 5];
  return (
    <svg className={`ruler ruler-${clock.word}`} width="100%" height={height} aria-hidden="true">
      <rect className="ruler-frame" x="0.5" y="0.5" width="100%" height={height - 1} />
      <rect className="ruler-fill" width={`${elapsed * 100}%`} height={height} />
      {marks.map((minutes) => (
        <line key={minutes} className={part(minutes) <= elapsed ? 'ruler-past' : 'ruler-mark'} x1={`${part(minutes) * 100}%`} x2={`${part(minutes) * 100}%`} y1="0" y2={height} />
      ))}
    </svg>
  );
}

export interface ClockBigProps {
  clock: ClockShown;
  zone: string;
  /** `rail` beside the page, `wall` at four metres, `phone` in one hand. */
  size?: 'rail' | 'wall' | 'phone' | undefined;
  /** When T0 was learnt, where that differs from it. */
  recordedAt?: Ms | undefined;
  /** Under the ruler: SYNERGI number, a link to correct T0. */
  children?: ReactNode;
  /** Opens the entries that prove T0. */
  onOpen?: (() => void) | undefined;
  /** One clock of the page announces; the others are silent. Default true. */
  announces?: boolean | undefined;
  /** Whose clock it is, where a page shows those of several activations. */
  of?: string | undefined;
}

export function ClockBig({ clock, zone, size = 'rail', recordedAt, children, onOpen, announces = true, of }: ClockBigProps) {
  const name = clockNames[clock.id];
  const shown = countdown(clock.remaining);
  const past = clock.remaining < 0;
  const announcement = useAnnouncement(clock.remaining, name);
  const paris = parisTime(clock.ends, zone);
  const ends = clockTime(clock.ends, zone);
  const source = fr(`T0 ${clockTime(clock.t0, zone)}${recordedAt !== undefined && recordedAt - clock.t0 >= 1_000 ? `, saisi à ${clockTime(recordedAt, zone)}` : ''}`);
  return (
    <div role="group" className={`clock clock-${size} clock-${clock.word}${past ? ' past' : ''}`} aria-label={labelOf(name, of)}>
      <div className="clock-cap">
        <b>{fr(`${name}, ${past ? 'dépassée de' : 'il reste'}`)}</b>
        {size !== 'phone' && <StateLabel word={clock.word} />}
      </div>
      <div className="clock-row">
        <div className="clock-figure" data-length={shown.length} role="timer" aria-live="off" aria-label={fr(`${past ? 'Dépassé de' : 'Il reste'} ${spoken(clock.remaining)}`)}>
          <span aria-hidden="true">{shown}</span>
        </div>
        {size === 'phone' && <div className="clock-side"><span className="dim">échéance</span><b>{ends}</b></div>}
      </div>
      <div className="clock-say">
        {size === 'phone' ? <StateLabel word={clock.word} size={18} /> : <span>échéance <b>{ends}</b>{paris && <span className="dim"> · Paris {paris}</span>}</span>}
        <span className="dim">écoulé {duration(clock.elapsed)}</span>
      </div>
      <Ruler clock={clock} height={size === 'wall' ? 20 : size === 'phone' ? 8 : 10} />
      {size === 'rail' && <div className="clock-source">{onOpen ? <button type="button" className="bare-link" onClick={onOpen}>{source}</button> : <p>{source}</p>}{children}</div>}
      {announces && <span className="hidden" aria-live="polite">{announcement}</span>}
    </div>
  );
}

export interface ClockSmallProps {
  clock: ClockShown;
  zone: string;
  children?: ReactNode;
  onOpen?: (() => void) | undefined;
  of?: string | undefined;
}

const labelOf = (name: string, of: string | undefined) => fr(`Horloge ${name}${of === undefined ? '' : ` : ${of}`}`);

/** A clock on one line: name, word, what is left and its deadline. */
export function ClockSmall({ clock, zone, children, onOpen, of }: ClockSmallProps) {
  const name = clockNames[clock.id];
  const past = clock.remaining < 0;
  return (
    <div role="group" className="clock-small" aria-label={labelOf(name, of)}>
      <div className="spread">
        <b>{onOpen ? <button type="button" className="bare-link" onClick={onOpen}>{name}</button> : name}</b>
        <StateLabel word={clock.word} />
      </div>
      <div className="spread">
        <span className="clock-small-figure" role="timer" aria-live="off" aria-label={fr(`${past ? 'Dépassé de' : 'Il reste'} ${spoken(clock.remaining)}`)}><span aria-hidden="true">{countdown(clock.remaining)}</span></span>
        <span>échéance <b>{clockTime(clock.ends, zone)}</b></span>
      </div>
      {children}
    </div>
  );
}

/** A clock that does not run: what would start it. */
export function ClockIdle({ name, of, children }: { name: string; of?: string | undefined; children: ReactNode }) {
  return (
    <div role="group" className="clock-small" aria-label={labelOf(name, of)}>
      <div className="spread"><b>{name}</b><StateLabel word="not-started">Non démarrée</StateLabel></div>
      <div className="clock-source">{children}</div>
    </div>
  );
}
