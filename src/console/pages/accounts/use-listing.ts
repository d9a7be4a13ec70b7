import { useCallback, useEffect, useState } from 'react';
import { get, sentenceOf } from '../../api.js';

export interface Listing<T> extends Reading<readonly T[]> {
  lines: readonly T[] | undefined;
}

export interface Reading<T> {
  lines: T | undefined;
  fault: string | undefined;
  /** After an order that changed it. */
  reload: () => void;
}

/** A list that the administration keeps: read when the page opens, and again after each order. */
export function useListing<T>(path: string): Listing<T> {
  return useReading<readonly T[]>(path);
}

/** Anything that the administration reads the same way. */
export function useReading<T>(path: string): Reading<T> {
  const [lines, setLines] = useState<T>();
  const [fault, setFault] = useState<string>();
  const [times, setTimes] = useState(0);
  useEffect(() => {
    let left = false;
    get<T>(path).then(
      (found) => {
        if (left) return;
        setLines(found);
        setFault(undefined);
      },
      (error: unknown) => { if (!left) setFault(sentenceOf(error)); },
    );
    return () => { left = true; };
  }, [path, times]);
  return { lines, fault, reload: useCallback(() => setTimes((n) => n + 1), []) };
}
