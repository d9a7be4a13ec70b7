import { useCallback, useEffect, useRef, useState } from 'react';
import type { Ms } from '../../../domain/time.js';
import type { Reel } from '../../reel.js';

export const SPEEDS = [1, 5, 20] as const;
const STEP_MS = 200;

export interface Cursor {
  /** How many entries were known there, and the time. */
  seq: number;
  at: Ms;
  /** At the end, which it follows: the present, where the activation runs. */
  atEnd: boolean;
  /** Where it stands on the slider, and how long that is: silences are shortened. */
  place: Ms;
  length: Ms;
  /** How many times as fast as life it plays; undefined: it stands. */
  playing: number | undefined;
  /** To an entry, by number; past the last one is the end. */
  goTo: (seq: number) => void;
  /** To a time: whatever was learnt by then is known. */
  moveTo: (at: Ms) => void;
  /** To a place on the slider. */
  slideTo: (place: Ms) => void;
  toEnd: () => void;
  play: (speed: number | undefined) => void;
}

/** A place of its own, which news moves nowhere; undefined: at the end, which grows. */
type Standing = { seq: number; at: Ms } | undefined;

/** Where the replay stands: at its beginning, or at the entry that the address names. `end` is the latest time there is. */
export function useCursor(reel: Reel, end: Ms, first: number | undefined): Cursor {
  const [where, setWhere] = useState<Standing>(() => entryAt(reel, first ?? 1));
  const [playing, play] = useState<number>();
  const latest = useRef(end);
  latest.current = end;
  const goTo = useCallback((seq: number) => setWhere(seq > reel.seq ? undefined : entryAt(reel, seq)), [reel]);
  const moveTo = useCallback((at: Ms) => setWhere(timeIn(reel, at, latest.current)), [reel]);
  const slideTo = useCallback((place: Ms) => setWhere(place >= reel.placeOf(latest.current) ? undefined : timeIn(reel, reel.timeAt(place), latest.current)), [reel]);
  const toEnd = useCallback(() => setWhere(undefined), []);
  useEffect(() => {
    if (playing === undefined) return undefined;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      const passed = (now - last) * playing;
      last = now;
      setWhere((before) => {
        const next = before && timeIn(reel, reel.timeAt(reel.placeOf(before.at) + passed), latest.current);
        return next && { at: next.at, seq: Math.max(before.seq, next.seq) };
      });
    }, STEP_MS);
    return () => clearInterval(timer);
  }, [playing, reel]);
  useEffect(() => {
    if (playing !== undefined && !where) play(undefined);
  }, [playing, where]);
  const { seq, at } = where ?? { seq: reel.seq, at: end };
  return { seq, at, atEnd: !where, place: reel.placeOf(at), length: reel.placeOf(end), playing, goTo, moveTo, slideTo, toEnd, play };
}

function entryAt(reel: Reel, wanted: number): Standing {
  const seq = Math.min(Math.max(wanted, 1), reel.seq);
  return { seq, at: reel.timeOf(seq) };
}

function timeIn(reel: Reel, at: Ms, end: Ms): Standing {
  if (at >= end) return undefined;
  const held = Math.max(at, reel.timeOf(1));
  return { at: held, seq: Math.max(1, reel.seqAt(held)) };
}
