import { useCallback, useEffect, useState } from 'react';
import type { Ms } from '../../../domain/time.js';
import type { Reel } from '../../reel.js';

export const SPEEDS = [1, 5, 20] as const;
const STEP_MS = 200;

export interface Cursor {
  /** How many entries were known there, and the time. */
  seq: number;
  at: Ms;
  /** The range of the slider. */
  from: Ms;
  to: Ms;
  /** How many times as fast as life it plays; undefined: it stands. */
  playing: number | undefined;
  /** To an entry, by number. */
  goTo: (seq: number) => void;
  /** To a time: whatever was learnt by then is known. */
  moveTo: (at: Ms) => void;
  play: (speed: number | undefined) => void;
}

/** Where the replay stands: at its beginning, or at the entry that the address names. News moves it nowhere. */
export function useCursor(reel: Reel, first: number | undefined): Cursor {
  const [where, setWhere] = useState(() => position(reel, first ?? 1));
  const [playing, play] = useState<number>();
  const from = reel.timeOf(1);
  const to = reel.timeOf(reel.seq);
  const goTo = useCallback((seq: number) => setWhere(position(reel, seq)), [reel]);
  const moveTo = useCallback((at: Ms) => {
    const held = Math.min(Math.max(at, reel.timeOf(1)), reel.timeOf(reel.seq));
    setWhere({ at: held, seq: Math.max(1, reel.seqAt(held)) });
  }, [reel]);
  useEffect(() => {
    if (playing === undefined) return undefined;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      const passed = (now - last) * playing;
      last = now;
      setWhere((before) => {
        const end = reel.timeOf(reel.seq);
        const at = Math.min(end, before.at + passed);
        return { at, seq: Math.max(before.seq, reel.seqAt(at)) };
      });
    }, STEP_MS);
    return () => clearInterval(timer);
  }, [playing, reel]);
  useEffect(() => {
    if (playing !== undefined && where.at >= to) play(undefined);
  }, [playing, where.at, to]);
  return { ...where, from, to, playing, goTo, moveTo, play };
}

function position(reel: Reel, wanted: number): { seq: number; at: Ms } {
  const seq = Math.min(Math.max(wanted, 1), reel.seq);
  return { seq, at: reel.timeOf(seq) };
}
