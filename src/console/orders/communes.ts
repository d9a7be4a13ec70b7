import { useEffect, useState } from 'react';
import type { Contours } from '../../contract/imports.js';
import type { Commune, CommuneGroup } from '../../domain/communes.js';
import { get } from '../api.js';
import { Batches } from '../batches.js';
import { Store, useStore } from '../store.js';

const known = new Store<ReadonlyMap<string, Commune>>(new Map());
const batches = new Batches(async (codes) => remember(await get<Commune[]>(`/api/communes?codes=${codes.join(',')}`)));

function remember(communes: readonly Commune[]): void {
  known.set(new Map([...known.get(), ...communes.map((commune) => [commune.code, commune] as const)]));
}

/** Names of communes by their official code; the code itself until it has arrived. */
export function useCommuneNames(): (code: string) => string {
  const communes = useStore(known);
  return (code) => {
    const commune = communes.get(code);
    if (!commune) batches.want(code);
    return commune?.name ?? code;
  };
}

/** These communes by their code, as far as they have arrived. */
export function useCommunes(codes: readonly string[]): ReadonlyMap<string, Commune> {
  const communes = useStore(known);
  for (const code of codes) if (!communes.has(code)) batches.want(code);
  return communes;
}

/** What matches, while it is typed: by name or code. */
export function useCommuneSearch(query: string): readonly Commune[] {
  const [found, setFound] = useState<readonly Commune[]>([]);
  const wanted = query.trim();
  useEffect(() => {
    if (wanted.length < 2) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      get<Commune[]>(`/api/communes?q=${encodeURIComponent(wanted)}`, { signal: stop.signal })
        .then((communes) => {
          remember(communes);
          setFound(communes);
        })
        .catch(() => setFound([]));
    }, 120);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted]);
  return wanted.length < 2 ? [] : found;
}

const all = new Store<readonly Commune[] | undefined>(undefined);

/** Every commune that one may choose from, by population, from a pasted list or as a neighbour; fetched once. */
export function useAllCommunes(): readonly Commune[] | undefined {
  useEffect(() => {
    if (all.get() !== undefined) return;
    get<Commune[]>('/api/communes/all').then((communes) => {
      remember(communes);
      all.set(communes);
    }, () => {});
  }, []);
  return useStore(all);
}

const groups = new Store<readonly CommuneGroup[] | undefined>(undefined);

/** Arrondissements and EPCI, to choose several communes at once; fetched once. */
export function useCommuneGroups(): readonly CommuneGroup[] {
  useEffect(() => {
    if (groups.get() === undefined) get<CommuneGroup[]>('/api/communes/groups').then((found) => groups.set(found), () => {});
  }, []);
  return useStore(groups) ?? [];
}

const contours = new Store<Contours | undefined>(undefined);

/** The contours that were imported; empty until then. Fetched once. */
export function useContours(): Contours | undefined {
  useEffect(() => {
    if (contours.get() === undefined) get<Contours>('/api/communes/contours').then((found) => contours.set(found), () => {});
  }, []);
  return useStore(contours);
}
