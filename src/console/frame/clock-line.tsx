import { useEffect, useRef, useState } from 'react';
import { clockNames } from '../../contract/french.js';
import { clockTime, countdown } from '../../contract/french-times.js';
import { fr } from '../../contract/french-typography.js';
import { clocksShown } from '../../domain/views/board.js';
import type { Board } from '../board.js';
import { useNow } from '../live.js';
import { Icon, STATE_STYLE } from '../ui/icons.js';
import { stateText } from '../ui/state-label.js';

/**
 * The clock never leaves the screen: on a telephone, once the large one has scrolled away or a dialog covers it, one line
 * of it stays at the top. Stands where the large clock ends. Hidden from assistive technology, which has the large one.
 */
export function ClockLine({ board }: { board: Board }) {
  const here = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => setAway(entry !== undefined && !entry.isIntersecting && entry.boundingClientRect.top < 0));
    observer.observe(here.current!);
    return () => observer.disconnect();
  }, []);
  return <><div ref={here} className="clock-line-mark" /><Line board={board} away={away} /></>;
}

function Line({ board: { activation }, away }: { board: Board; away: boolean }) {
  const clock = clocksShown(activation, useNow(activation))[0];
  if (!clock) return null;
  return (
    <div className={`clock-line clock-line-${clock.word}${away ? ' away' : ''}`} aria-hidden="true">
      <span>{clockNames[clock.id]}</span>
      <b>{countdown(clock.remaining)}</b>
      <span className={`state ${STATE_STYLE[clock.word].tone}`}><Icon shape={STATE_STYLE[clock.word].shape} size={14} />{stateText(clock.word)}</span>
      <span>{fr(`→ ${clockTime(clock.ends, activation.timeZone)}`)}</span>
    </div>
  );
}
