import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Activations } from '../../application/activations.js';
import { StorageFailed, type Clock, type Random, type Vault } from '../../application/ports.js';
import type { Uploaded, UploadState } from '../../contract/listings.js';
import { refuse } from '../../domain/refusal.js';
import { mayIssue } from '../../domain/rights.js';
import { HOUR } from '../../domain/time.js';
import { sniff, SNIFFED_BYTES } from './file-kinds.js';
import { Refused, WireRefused } from './refused.js';
import type { SignedIn } from './signed-in.js';

/** A photo from a telephone outlives any server timeout: it comes in pieces (toolchain.md). */
export const CHUNK_BYTES = 256 * 1024;
/** An upload that was not taken up again is removed. */
const KEPT = 24 * HOUR;
const MOST_OPEN = 20;

interface Upload {
  account: string;
  activation: string;
  name: string;
  size: number;
  startedAt: number;
}

/**
 * Files on their way in: pieces lie in a folder of their own, `<uid>.part` beside `<uid>.json`, so that a cut upload goes
 * on after a restart too. A finished one goes to the vault whole; only then can an order name it.
 */
export class UploadDesk {
  constructor(
    private readonly folder: string,
    private readonly mostBytes: number,
    private readonly activations: Activations,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  async start(signedIn: SignedIn, activation: string, { name, size }: { name: string; size: number }): Promise<UploadState> {
    await this.#mayAttach(signedIn, activation);
    if (size > this.mostBytes) throw new WireRefused('upload-too-large', { most: this.mostBytes });
    if ((await this.#clean(signedIn.author.id)) >= MOST_OPEN) throw new WireRefused('too-many-uploads');
    const id = this.random.id();
    const upload: Upload = { account: signedIn.author.id, activation, name, size, startedAt: this.clock.wall() };
    await stored(async () => {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await writeFile(this.#path(id, 'json'), JSON.stringify(upload), { flag: 'wx', mode: 0o600 });
      await writeFile(this.#path(id, 'part'), '', { flag: 'wx', mode: 0o600 });
    });
    return { upload: id, received: 0, size, chunk: CHUNK_BYTES };
  }

  async state(signedIn: SignedIn, activation: string, id: string): Promise<UploadState> {
    const { size } = await this.#find(signedIn, activation, id);
    return { upload: id, received: await this.#received(id), size, chunk: CHUNK_BYTES };
  }

  /** A piece that came twice is harmless; one that leaves a gap is told where to go on. */
  async put(signedIn: SignedIn, activation: string, id: string, offset: number, chunk: Uint8Array): Promise<UploadState> {
    const { size } = await this.#find(signedIn, activation, id);
    const received = await this.#received(id);
    if (offset > received || offset + chunk.length > size) throw new WireRefused('upload-offset', { received });
    await stored(async () => {
      const file = await open(this.#path(id, 'part'), 'r+');
      try {
        await file.write(chunk, 0, chunk.length, offset);
      } finally {
        await file.close();
      }
    });
    return { upload: id, received: Math.max(received, offset + chunk.length), size, chunk: CHUNK_BYTES };
  }

  /** Into the vault, fsynced, before any entry can name it. The type is what the bytes show. */
  async complete(signedIn: SignedIn, activation: string, id: string): Promise<Uploaded> {
    const { size, name } = await this.#find(signedIn, activation, id);
    const received = await this.#received(id);
    if (received !== size) throw new WireRefused('upload-offset', { received });
    const bytes = await readFile(this.#path(id, 'part'));
    const salt = this.random.id();
    const digest = createHash('sha256').update(salt).update(bytes).digest('hex');
    const mime = sniff(bytes.subarray(0, SNIFFED_BYTES));
    await this.vault.putFile({ digest, activation, salt, name, mime, bytes: size }, bytes);
    await this.#discard(id);
    return { digest, bytes: size, mime };
  }

  async #mayAttach({ author: { rights } }: SignedIn, activation: string): Promise<void> {
    const lane = await this.activations.read(activation, (held) => held.activation.lane);
    if (lane === undefined) throw new Refused(refuse('unknown-activation'));
    if (!mayIssue(rights, 'log-note', lane)) throw new Refused(refuse('forbidden'));
  }

  async #find({ author }: SignedIn, activation: string, id: string): Promise<Upload> {
    const upload = /^[0-9a-f]{32}$/.test(id) ? await this.#read(id) : undefined;
    if (upload?.account !== author.id || upload.activation !== activation) throw new WireRefused('unknown-upload');
    return upload;
  }

  async #read(id: string): Promise<Upload | undefined> {
    try {
      return JSON.parse(await readFile(this.#path(id, 'json'), 'utf8')) as Upload;
    } catch {
      return undefined;
    }
  }

  async #received(id: string): Promise<number> {
    return (await stat(this.#path(id, 'part'))).size;
  }

  /** Removes what was forgotten; how many this account has open. */
  async #clean(account: string): Promise<number> {
    const names = await readdir(this.folder).catch(() => []);
    let open = 0;
    for (const id of new Set(names.map((name) => name.replace(/\..*$/, '')))) {
      const upload = await this.#read(id);
      if (!upload || this.clock.wall() - upload.startedAt > KEPT) await this.#discard(id);
      else if (upload.account === account) open++;
    }
    return open;
  }

  async #discard(id: string): Promise<void> {
    await rm(this.#path(id, 'json'), { force: true });
    await rm(this.#path(id, 'part'), { force: true });
  }

  #path(id: string, extension: 'json' | 'part'): string {
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
