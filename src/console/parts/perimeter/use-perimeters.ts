import { useEffect, useState } from 'react';
import type { KeptPerimeterLine, Neighbours, Reach } from '../../../contract/perimeters.js';
import { get, post } from '../../api.js';
import { Store, useStore } from '../../store.js';

const kept = new Store<readonly KeptPerimeterLine[]>([]);

/** After one was saved or removed. */
export async function reloadKept(): Promise<readonly KeptPerimeterLine[]> {
  kept.set(await get<KeptPerimeterLine[]>('/api/perimeters'));
  return kept.get();
}

/** Perimeters kept under a name, by name; none until they have arrived. */
export function useKeptPerimeters(): readonly KeptPerimeterLine[] {
  useEffect(() => {
    reloadKept().catch(() => {});
  }, []);
  return useStore(kept);
}

/** 48.1: of these communes, those where nobody answers at night. Undefined until it is known. */
export const useReach = (communes: readonly string[]): Reach | undefined => useAnswer<Reach>('/api/perimeters/reach', communes);

const NOBODY: readonly string[] = [];
/** Who borders on these communes; nobody until contours are imported. */
export const useNeighbours = (communes: readonly string[]): readonly string[] => useAnswer<Neighbours>('/api/perimeters/neighbours', communes)?.communes ?? NOBODY;

/** What the server says of a list of communes; asked again when they change. */
function useAnswer<T>(path: string, communes: readonly string[]): T | undefined {
  const [answer, setAnswer] = useState<T>();
  const wanted = [...communes].sort().join();
  useEffect(() => {
    if (wanted === '') return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      post<T>(path, { communes: wanted.split(',') }, { signal: stop.signal }).then(setAnswer, () => {});
    }, 250);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [path, wanted]);
  return answer;
}
