import { createHash } from 'node:crypto';
import type { Activations } from '../../application/activations.js';
import type { Clock, Random, Vault } from '../../application/ports.js';
import type { Uploaded, UploadState } from '../../contract/listings.js';
import { ADMINISTRATION } from '../../domain/administration.js';
import { mayAdminister } from '../../domain/administration-rules.js';
import { refuse } from '../../domain/refusal.js';
import { mayIssue } from '../../domain/rights.js';
import { HOUR, MINUTE } from '../../domain/time.js';
import { sniff, SNIFFED_BYTES } from './file-kinds.js';
import { Refused, WireRefused } from './refused.js';
import type { SignedIn } from './signed-in.js';
import { UploadFolder, type Upload } from './upload-folder.js';

/** A photo from a telephone outlives any server timeout: it comes in pieces (toolchain.md). */
export const CHUNK_BYTES = 256 * 1024;
/** An upload that was not taken up again, and a file that no entry came to name, are removed. */
const KEPT = 24 * HOUR;
/** Of one account, arriving or waiting for the order that names them: a bound to what they can fill the disk with. */
const MOST_WAITING = 40;
/** On a bad network uploads are cut by the dozen: one that has lain so long makes room. */
const LEFT_LYING = 10 * MINUTE;

/** Files on their way in. A finished one goes to the vault whole; only then can an order name it. */
export class UploadDesk {
  readonly #uploads: UploadFolder;
  /** One beginning at a time, or two would count the same room; one end at a time, or a file would come twice. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    folder: string,
    private readonly mostBytes: number,
    private readonly activations: Activations,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly random: Random,
    /** Certificates of trainings belong to the administration's journal. */
    private readonly certificates: { names: (digest: string) => boolean },
  ) {
    this.#uploads = new UploadFolder(folder);
  }

  async start(signedIn: SignedIn, activation: string, { name, size }: { name: string; size: number }): Promise<UploadState> {
    await this.#mayAttach(signedIn, activation);
    if (size > this.mostBytes) throw new WireRefused('upload-too-large', { most: this.mostBytes });
    const account = signedIn.author.id;
    return this.#inTurn(async () => {
      await this.#makeRoom(account);
      const id = this.random.id();
      await this.#uploads.create(id, { account, activation, name, size, startedAt: this.clock.wall() });
      return { upload: id, received: 0, size, chunk: CHUNK_BYTES };
    });
  }

  async state(signedIn: SignedIn, activation: string, id: string): Promise<UploadState> {
    const upload = await this.#find(signedIn, activation, id);
    return { upload: id, received: await this.#received(id, upload), size: upload.size, chunk: CHUNK_BYTES };
  }

  /** A piece that came twice is harmless; one that leaves a gap is told where to go on. */
  async put(signedIn: SignedIn, activation: string, id: string, offset: number, chunk: Uint8Array): Promise<UploadState> {
    const upload = await this.#find(signedIn, activation, id);
    const { size } = upload;
    const received = await this.#received(id, upload);
    if (offset > received || offset + chunk.length > size) throw new WireRefused('upload-offset', { received });
    if (!upload.done) await this.#uploads.write(id, offset, chunk);
    return { upload: id, received: Math.max(received, offset + chunk.length), size, chunk: CHUNK_BYTES };
  }

  /** Into the vault, fsynced, before any entry can name it. Asked again, it answers the same: an answer may be lost. */
  complete(signedIn: SignedIn, activation: string, id: string): Promise<Uploaded> {
    return this.#inTurn(async () => {
      const upload = await this.#find(signedIn, activation, id);
      if (upload.done) return upload.done;
      const { size, name } = upload;
      const received = await this.#uploads.received(id);
      if (received !== size) throw new WireRefused('upload-offset', { received });
      const bytes = await this.#uploads.read(id);
      const salt = this.random.id();
      const digest = createHash('sha256').update(salt).update(bytes).digest('hex');
      // The type is what the bytes show.
      const done = { digest, bytes: size, mime: sniff(bytes.subarray(0, SNIFFED_BYTES)) };
      await this.vault.putFile({ ...done, activation, salt, name }, bytes);
      await this.#uploads.note(id, { ...upload, done });
      await this.#uploads.drop(id);
      return done;
    });
  }

  async #mayAttach({ author: { rights } }: SignedIn, activation: string): Promise<void> {
    if (activation === ADMINISTRATION) {
      if (!mayAdminister(rights, 'record-training')) throw new Refused(refuse('forbidden'));
      return;
    }
    const lane = await this.activations.read(activation, (held) => held.activation.lane);
    if (lane === undefined) throw new Refused(refuse('unknown-activation'));
    if (!mayIssue(rights, 'log-note', lane)) throw new Refused(refuse('forbidden'));
  }

  async #find({ author }: SignedIn, activation: string, id: string): Promise<Upload> {
    const upload = await this.#uploads.find(id);
    if (upload?.account !== author.id || upload.activation !== activation) throw new WireRefused('unknown-upload');
    return upload;
  }

  async #received(id: string, { done, size }: Upload): Promise<number> {
    return done ? size : this.#uploads.received(id);
  }

  /** Removes what was forgotten, whoever began it; where this account has too much lying, its oldest makes room. */
  async #makeRoom(account: string): Promise<void> {
    const now = this.clock.wall();
    const waiting: (Upload & { id: string })[] = [];
    for (const upload of await this.#uploads.all()) {
      if (await this.#isNamed(upload)) await this.#uploads.discard(upload.id);
      else if (now - upload.startedAt > KEPT) await this.#forget(upload);
      else if (upload.account === account) waiting.push(upload);
    }
    if (waiting.length < MOST_WAITING) return;
    const oldest = waiting.reduce((one, other) => (other.startedAt < one.startedAt ? other : one));
    if (now - oldest.startedAt < LEFT_LYING) throw new WireRefused('too-many-uploads');
    await this.#forget(oldest);
  }

  /** From then on the entry keeps it. */
  async #isNamed({ activation, done }: Upload): Promise<boolean> {
    if (done && activation === ADMINISTRATION) return this.certificates.names(done.digest);
    return done !== undefined && (await this.activations.read(activation, (held) => held.readers.has(done.digest))) === true;
  }

  async #forget({ id, done }: Upload & { id: string }): Promise<void> {
    if (done) await this.vault.forget(done.digest);
    await this.#uploads.discard(id);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}
