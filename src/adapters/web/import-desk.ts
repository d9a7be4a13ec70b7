import type { Clock, Random } from '../../application/ports.js';
import type { UploadState } from '../../contract/listings.js';
import { refuse } from '../../domain/refusal.js';
import { HOUR } from '../../domain/time.js';
import { Refused, WireRefused } from './refused.js';
import type { SignedIn } from './signed-in.js';
import { CHUNK_BYTES } from './upload-desk.js';
import { UploadFolder, type Upload } from './upload-folder.js';

/** Long enough to rehearse it again with other columns. */
const KEPT = 24 * HOUR;
/** Of one account. */
const MOST_WAITING = 4;
const DIRECTORY = 'directory';

/** Files to be imported, on their way in; they lie here, never in memory, and leave with the import. */
export class ImportDesk {
  readonly #uploads: UploadFolder;
  /** Which file each rehearsal reads. */
  readonly #read = new Map<string, string>();

  constructor(
    folder: string,
    private readonly mostBytes: number,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {
    this.#uploads = new UploadFolder(folder);
  }

  async start({ author }: SignedIn, { name, size }: { name: string; size: number }): Promise<UploadState> {
    if (size === 0) throw new Refused(refuse('file-refused', { why: 'empty' }));
    if (size > this.mostBytes) throw new WireRefused('import-too-large', { most: this.mostBytes });
    await this.#makeRoom(author.id);
    const upload = this.random.id();
    await this.#uploads.create(upload, { account: author.id, activation: DIRECTORY, name, size, startedAt: this.clock.wall() });
    return { upload, received: 0, size, chunk: CHUNK_BYTES };
  }

  async state(signedIn: SignedIn, id: string): Promise<UploadState> {
    const { size } = await this.#find(signedIn, id);
    return { upload: id, received: await this.#uploads.received(id), size, chunk: CHUNK_BYTES };
  }

  /** A piece that came twice is harmless; one that leaves a gap is told where to go on. */
  async put(signedIn: SignedIn, id: string, offset: number, chunk: Uint8Array): Promise<UploadState> {
    const { size } = await this.#find(signedIn, id);
    const received = await this.#uploads.received(id);
    if (offset > received || offset + chunk.length > size) throw new WireRefused('upload-offset', { received });
    await this.#uploads.write(id, offset, chunk);
    return { upload: id, received: Math.max(received, offset + chunk.length), size, chunk: CHUNK_BYTES };
  }

  /** Where it lies, once it has arrived whole. */
  async whole(signedIn: SignedIn, id: string): Promise<{ path: string; name: string }> {
    const { size, name } = await this.#find(signedIn, id);
    const received = await this.#uploads.received(id);
    if (received !== size) throw new WireRefused('upload-offset', { received });
    return { path: this.#uploads.file(id), name };
  }

  /** A file that cannot be read is of no use to anybody. */
  async forget(id: string): Promise<void> {
    await this.#uploads.discard(id);
  }

  readBy(rehearsal: string, upload: string): void {
    this.#read.set(rehearsal, upload);
  }

  /** Its import was applied, or given up. */
  async over(rehearsal: string): Promise<void> {
    const upload = this.#read.get(rehearsal);
    this.#read.delete(rehearsal);
    if (upload !== undefined) await this.forget(upload);
  }

  async #find({ author }: SignedIn, id: string): Promise<Upload> {
    const upload = await this.#uploads.find(id);
    if (upload?.account !== author.id) throw new WireRefused('unknown-upload');
    return upload;
  }

  async #makeRoom(account: string): Promise<void> {
    const now = this.clock.wall();
    const mine: (Upload & { id: string })[] = [];
    for (const upload of await this.#uploads.all()) {
      if (now - upload.startedAt > KEPT) await this.forget(upload.id);
      else if (upload.account === account) mine.push(upload);
    }
    mine.sort((x, y) => x.startedAt - y.startedAt);
    for (const { id } of mine.slice(0, Math.max(0, mine.length - MOST_WAITING + 1))) await this.forget(id);
  }
}
