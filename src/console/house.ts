import { useEffect } from 'react';
import type { House } from '../contract/house.js';
import { get } from './api.js';
import { Store, useStore } from './store.js';

const house = new Store<House | undefined>(undefined);
let asked: Promise<void> | undefined;

/** How this préfecture is set; undefined until it arrives. It changes with a restart of the server alone. */
export function useHouse(): House | undefined {
  useEffect(() => {
    if (house.get()) return;
    asked ??= get<House>('/api/house').then((value) => house.set(value)).catch(() => {}).finally(() => (asked = undefined));
  }, []);
  return useStore(house);
}
