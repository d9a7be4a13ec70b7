import { Vault, type VaultFile, type VaultText } from '../../application/ports.js';
import type { RawHandle } from './raw-handle.js';
import type { VaultFolder } from './vault-folder.js';

/** Texts lie in SQLite, written with the batch that names them; of files it holds the rows, the folder holds the bytes. */
export class VaultSqlite extends Vault {
  readonly #handle: RawHandle;
  readonly #folder: VaultFolder;
  readonly #sql: Statements;

  constructor(handle: RawHandle, folder: VaultFolder) {
    super();
    this.#handle = handle;
    this.#folder = folder;
    this.#sql = prepare(handle);
  }

  /** At start: finishes the erasures whose bytes a crash left on the disk. */
  async prepare(): Promise<void> {
    await this.#folder.prepare();
    await this.sweep(this.#sql.unswept.all().map(({ digest }) => digest));
  }

  override async texts(digests: readonly string[]): Promise<VaultText[]> {
    return this.#sql.texts.all(JSON.stringify(digests));
  }

  override async file(digest: string): Promise<VaultFile | undefined> {
    return this.#sql.file.get(digest);
  }

  override async files(digests: readonly string[]): Promise<VaultFile[]> {
    return this.#sql.files.all(JSON.stringify(digests));
  }

  override async putFile(file: VaultFile, bytes: Uint8Array): Promise<void> {
    if (bytes.length !== file.bytes) throw new Error(`${bytes.length} bytes where ${file.bytes} were announced`);
    await this.#folder.put(file.digest, bytes);
    this.#handle.write(() => this.#sql.putFile.run(file.digest, file.activation, file.salt, file.name, file.mime, file.bytes));
  }

  /** Without its row a file is erased, whatever is left on the disk. */
  override async readFile(digest: string): Promise<Uint8Array | undefined> {
    return (await this.file(digest)) === undefined ? undefined : this.#folder.read(digest);
  }

  override async forget(digest: string): Promise<void> {
    this.#handle.write(() => {
      if (this.#sql.forget.run(digest).changes > 0) this.#sql.toSweep.run(digest);
    });
    await this.sweep([digest]);
  }

  /** Only what a batch has erased: a digest whose row still stands keeps its bytes. */
  override async sweep(digests: readonly string[]): Promise<void> {
    const unswept = new Set(this.#sql.unswept.all().map(({ digest }) => digest));
    const gone = digests.filter((digest) => unswept.has(digest));
    if (gone.length === 0) return;
    for (const digest of gone) await this.#folder.erase(digest);
    this.#handle.write(() => this.#sql.swept.run(JSON.stringify(gone)));
  }
}

type Statements = ReturnType<typeof prepare>;

function prepare(handle: RawHandle) {
  return {
    texts: handle.prepare<[string], VaultText>('SELECT digest, salt, content FROM vault_texts WHERE digest IN (SELECT value FROM json_each(?))'),
    file: handle.prepare<[string], VaultFile>('SELECT digest, activation, salt, name, mime, bytes FROM vault_files WHERE digest = ?'),
    files: handle.prepare<[string], VaultFile>(
      'SELECT digest, activation, salt, name, mime, bytes FROM vault_files WHERE digest IN (SELECT value FROM json_each(?))',
    ),
    putFile: handle.prepare<[string, string, string, string, string, number]>(
      'INSERT INTO vault_files (digest, activation, salt, name, mime, bytes) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ),
    forget: handle.prepare<[string]>('DELETE FROM vault_files WHERE digest = ?'),
    toSweep: handle.prepare<[string]>('INSERT INTO vault_unswept (digest) VALUES (?) ON CONFLICT DO NOTHING'),
    unswept: handle.prepare<[], { digest: string }>(
      'SELECT digest FROM vault_unswept WHERE digest NOT IN (SELECT digest FROM vault_files)',
    ),
    swept: handle.prepare<[string]>('DELETE FROM vault_unswept WHERE digest IN (SELECT value FROM json_each(?))'),
  };
}
