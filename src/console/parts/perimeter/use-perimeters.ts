import { useEffect, useState } from 'react';
import type { KeptPerimeterLine, Reach } from '../../../contract/perimeters.js';
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

/** 48.1: of these communes, those where nobody answers at night; asked again when they change. Undefined until it is known. */
export function useReach(communes: readonly string[]): Reach | undefined {
  const [reach, setReach] = useState<Reach>();
  const wanted = [...communes].sort().join();
  useEffect(() => {
    if (wanted === '') return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      post<Reach>('/api/perimeters/reach', { communes: wanted.split(',') }, { signal: stop.signal }).then(setReach, () => {});
    }, 250);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted]);
  return reach;
}
