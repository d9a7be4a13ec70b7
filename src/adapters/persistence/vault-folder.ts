import { open, mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { StorageFailed } from '../../application/ports.js';
import { makePrivateFolder } from './private-folder.js';

/** A digest names a path: anything else would let its author walk about the disk. */
const DIGEST = /^[0-9a-f]{64}$/;

/**
 * The bytes of files, named by their digest: <folder>/ab/cd/abcd…. What `put` returned from survives a power cut; bytes
 * that were still arriving lie in <folder>/arriving, and nobody was told that they were kept.
 */
export class VaultFolder {
  readonly #folder: string;
  readonly #arriving: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.#arriving = join(folder, 'arriving');
  }

  /** At start: what a crash cut off on its way in is removed. */
  async prepare(): Promise<void> {
    makePrivateFolder(this.#arriving);
    for (const name of await readdir(this.#arriving)) await rm(join(this.#arriving, name), { force: true });
  }

  /** Throws StorageFailed when the disk refuses. The same digest again is the same bytes: harmless. */
  async put(digest: string, bytes: Uint8Array): Promise<void> {
    const path = this.#path(digest);
    if (path === undefined) throw new Error(`not a digest: ${digest}`);
    const arriving = join(this.#arriving, randomUUID());
    try {
      const file = await open(arriving, 'wx', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await rename(arriving, path);
      // A name is durable when its folder is, and that one's name in its turn. All three each time: a folder that another
      // file has just created may not be on the disk yet.
      await syncFolder(dirname(path));
      await syncFolder(dirname(dirname(path)));
      await syncFolder(this.#folder);
    } catch (cause) {
      await rm(arriving, { force: true }).catch(() => {});
      throw new StorageFailed(`Le fichier n’a pas été enregistré : ${(cause as Error).message}`, { cause });
    }
  }

  /** Undefined when there are none. */
  async read(digest: string): Promise<Uint8Array | undefined> {
    const path = this.#path(digest);
    if (path === undefined) return undefined;
    try {
      return await readFile(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async erase(digest: string): Promise<void> {
    const path = this.#path(digest);
    if (path !== undefined) await rm(path, { force: true });
  }

  #path(digest: string): string | undefined {
    return DIGEST.test(digest) ? join(this.#folder, digest.slice(0, 2), digest.slice(2, 4), digest) : undefined;
  }
}

/** As the synchronous one, without holding the event loop while the disk turns. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
