import { openStore, type Store } from '../../src/adapters/persistence/store.js';
import { MemoryStore } from '../kit/memory-store.js';
import { afterwards, scratchFolder } from '../kit/scratch.js';

type Open = (now?: () => number) => Promise<Store>;

/** Every store of the product and of the tests: each contract suite runs over all of them. */
export const STORES: [name: string, open: Open][] = [
  ['memory', async (now) => new MemoryStore(now)],
  [
    'SQLite',
    async (now) => {
      const store = await openStore(scratchFolder(), now);
      afterwards(() => store.close());
      return store;
    },
  ],
];
