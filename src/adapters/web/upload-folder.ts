import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageFailed } from '../../application/ports.js';
import type { Uploaded } from '../../contract/listings.js';

export interface Upload {
  account: string;
  /** For which it is; `directory` for what is imported. */
  activation: string;
  name: string;
  size: number;
  startedAt: number;
  /** It arrived whole and lies in the vault: what its end answered, for whoever asks again. */
  done?: Uploaded;
}

/** Uploads on the disk, `<uid>.part` beside `<uid>.json`: a cut one goes on after a restart too. */
export class UploadFolder {
  constructor(private readonly folder: string) {}

  async create(id: string, upload: Upload): Promise<void> {
    await stored(async () => {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await writeFile(this.#path(id, 'part'), '', { flag: 'wx', mode: 0o600 });
    });
    await this.note(id, upload);
  }

  /** In one step: nobody ever reads half of it. */
  async note(id: string, upload: Upload): Promise<void> {
    await stored(async () => {
      await writeFile(this.#path(id, 'new'), JSON.stringify(upload), { mode: 0o600 });
      await rename(this.#path(id, 'new'), this.#path(id, 'json'));
    });
  }

  async find(id: string): Promise<Upload | undefined> {
    if (!/^[0-9a-f]{32}$/.test(id)) return undefined;
    try {
      return JSON.parse(await readFile(this.#path(id, 'json'), 'utf8')) as Upload;
    } catch {
      return undefined;
    }
  }

  /** Every upload that lies here; what a crash left without its note is removed. */
  async all(): Promise<(Upload & { id: string })[]> {
    const ids = new Set((await readdir(this.folder).catch(() => [])).map((name) => name.replace(/\..*$/, '')));
    const found: (Upload & { id: string })[] = [];
    for (const id of ids) {
      const upload = await this.find(id);
      if (upload) found.push({ ...upload, id });
      else await this.discard(id);
    }
    return found;
  }

  async received(id: string): Promise<number> {
    return (await stat(this.#path(id, 'part'))).size;
  }

  async write(id: string, offset: number, chunk: Uint8Array): Promise<void> {
    await stored(async () => {
      const file = await open(this.#path(id, 'part'), 'r+');
      try {
        await file.write(chunk, 0, chunk.length, offset);
      } finally {
        await file.close();
      }
    });
  }

  /** Where its bytes lie, for whoever reads them piece by piece. */
  file(id: string): string {
    return this.#path(id, 'part');
  }

  read(id: string): Promise<Uint8Array> {
    return readFile(this.#path(id, 'part'));
  }

  /** The bytes are elsewhere now; the note stays. */
  async drop(id: string): Promise<void> {
    await rm(this.#path(id, 'part'), { force: true });
  }

  async discard(id: string): Promise<void> {
    for (const extension of ['json', 'part', 'new'] as const) await rm(this.#path(id, extension), { force: true });
  }

  #path(id: string, extension: 'json' | 'part' | 'new'): string {
    return join(this.folder, `${id}.${extension}`);
  }
}

/** What the disk refuses was not received. */
async function stored(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    throw new StorageFailed('the piece was not written', { cause });
  }
}
