import { openStore, type Store } from '../../src/adapters/persistence/store.js';
import { DirectorySqlite } from '../../src/adapters/persistence/directory-sqlite.js';
import { JournalSqlite, type CommitSeams } from '../../src/adapters/persistence/journal-sqlite.js';
import { openDatabase } from '../../src/adapters/persistence/database.js';
import { makePrivateFolder } from '../../src/adapters/persistence/private-folder.js';
import { MemoryStore } from '../kit/memory-store.js';
import { afterwards, scratchFolder } from '../kit/scratch.js';

/** Every store of the product and of the tests: each contract suite runs over all of them. */
export const STORES: [name: string, open: (now?: () => number) => Promise<Store>][] = [
  ['memory', async (now) => new MemoryStore(now)],
  ['SQLite', (now) => openedStore(scratchFolder(), now)],
];

/** A real store, closed when the test ends. */
export async function openedStore(folder = scratchFolder(), now?: () => number, seams?: CommitSeams) {
  const store = await openStore(folder, now, seams);
  afterwards(() => store.close());
  return { folder, ...store };
}

/** The parts of a store on a connection that the test may spoil. */
export async function openedBare() {
  const folder = scratchFolder();
  makePrivateFolder(folder);
  const { source, handle } = await openDatabase(folder);
  afterwards(() => source.destroy());
  return { folder, source, handle, journal: new JournalSqlite(handle, () => 0), directory: new DirectorySqlite(source) };
}
