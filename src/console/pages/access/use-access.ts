import { useEffect, useRef, useState } from 'react';
import { Refused, sentenceOf } from '../../api.js';

export interface Access {
  /** One try at a time; false when it was refused, and `fault` says why. */
  attempt: (work: () => Promise<void>) => Promise<boolean>;
  pending: boolean;
  fault: string | undefined;
  /** The code of the last refusal. */
  refused: string | undefined;
  /** Seconds before another try is taken; 0: now. */
  wait: number;
}

/** A form that asks the server who one is: slowed down when it fails too often, and says for how long. */
export function useAccess(): Access {
  const [pending, setPending] = useState(false);
  const [fault, setFault] = useState<{ sentence: string; refused: string | undefined }>();
  const [until, setUntil] = useState(0);
  const wait = useSecondsUntil(until);
  const busy = useRef(false);
  const attempt = async (work: () => Promise<void>) => {
    if (busy.current || wait > 0) return false;
    busy.current = true;
    setPending(true);
    setFault(undefined);
    try {
      await work();
      return true;
    } catch (error) {
      const problem = error instanceof Refused ? error.problem : undefined;
      if (problem?.refused === 'throttled') setUntil(performance.now() + 1_000 * Number(problem.details?.['seconds'] ?? 30));
      setFault({ sentence: sentenceOf(error), refused: problem?.refused });
      return false;
    } finally {
      busy.current = false;
      setPending(false);
    }
  };
  // Once the wait is over its sentence would lie: the next try says anew what is wrong.
  const over = fault?.refused === 'throttled' && wait === 0;
  return { attempt, pending, fault: over ? undefined : fault?.sentence, refused: fault?.refused, wait };
}

/** Whole seconds left until an instant of the monotonic clock. */
function useSecondsUntil(until: number): number {
  const [, tick] = useState(0);
  const left = Math.max(0, Math.ceil((until - performance.now()) / 1_000));
  useEffect(() => {
    if (left === 0) return undefined;
    const timer = setTimeout(() => tick((n) => n + 1), 250);
    return () => clearTimeout(timer);
  });
  return left;
}
