import { existsSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { BackupRefused, Backups, type Backup, type BackedUpFile } from '../../../application/backups.js';
import { canonical } from '../../../domain/evidence/canonical.js';
import { toInstant, type Ms } from '../../../domain/time.js';
import { DATABASE_FILE } from '../database.js';
import { syncFolder } from '../private-folder.js';
import { backupName, backupsAmong, removeBackup, sweepWork, workName } from './backup-names.js';
import { copyDatabase, filesOf, readDatabase, startAnew, type VaultRow } from './database-copy.js';
import { copyDurably, sumsOf, syncTree, type Sums } from './durable-files.js';
import { readManifest, writeManifest } from './manifest.js';
import { backupSentence, restoreSentence } from './sentences.js';
import { verifyDatabase, type VerifiedDatabase } from './verify-database.js';

/** Contents may be erased between the copy of the database and that of its files: the copy is then made again. */
const MOST_COPIES = 5;

export interface BackupFoldersParts {
  /** What is backed up. */
  dataDir: string;
  /** Of the product. */
  version: string;
  /** The migrations that this version knows. */
  schema: readonly string[];
  now: () => Ms;
  /** After each copy of the database, before that of the files: a test erases something there. */
  copied?: () => Promise<void>;
}

const vaultName = (digest: string) => `vault/${digest.slice(0, 2)}/${digest.slice(2, 4)}/${digest}`;

/**
 * Backups made beside a server that goes on writing: `VACUUM INTO` copies the database as it stood at one instant, on a
 * connection that only reads, without the pages that erasures left behind; then the vault's files, which were on the disk
 * before their entries were. Run it in a process of its own: everything here is synchronous.
 */
export class BackupFolders extends Backups {
  constructor(private readonly parts: BackupFoldersParts) {
    super();
  }

  override async take(into: string): Promise<Backup> {
    const { dataDir, now } = this.parts;
    if (!existsSync(join(dataDir, DATABASE_FILE))) throw new BackupRefused(`Le dossier ${dataDir} ne contient pas de données : vérifiez DATA_DIR. Aucune sauvegarde n’a été faite.`);
    if (!/^\.\.(\/|\\|$)/.test(relative(realpathSync(dataDir), real(into)))) {
      throw new BackupRefused(`Le dossier des sauvegardes ${into} est dans celui des données : on perdrait les deux ensemble. Indiquez-en un autre, sur un autre disque.`);
    }
    const work = join(into, workName());
    try {
      mkdirSync(into, { recursive: true, mode: 0o700 });
      sweepWork(into);
      rmSync(work, { recursive: true, force: true });
      mkdirSync(work, { mode: 0o700 });
      const takenAt = toInstant(now());
      const files = await this.#copy(work);
      const verified = readDatabase(join(work, DATABASE_FILE), verifyDatabase);
      mustBeSound(verified, `des données de ${dataDir}`, 'Aucune sauvegarde n’en a été gardée, les précédentes sont intactes');
      const { schema, journals, counts } = verified;
      writeManifest(work, {
        format: 1, product: 'temps-zero', version: this.parts.version, takenAt, schema, files, journals, counts: { ...counts, files: verified.files.length },
      });
      syncTree(work);
      const backup = this.#read(work);
      const path = join(into, backupName(takenAt));
      renameSync(work, path);
      syncFolder(into);
      return { ...backup, path };
    } catch (error) {
      rmSync(work, { recursive: true, force: true });
      throw backupSentence(error, dataDir, into);
    }
  }

  override async verify(path: string): Promise<Backup> {
    try {
      return this.#read(path);
    } catch (error) {
      throw restoreSentence(error, path);
    }
  }

  override async restore(path: string, dataDir: string): Promise<Backup> {
    const backup = await this.verify(path);
    const target = emptyTarget(dataDir);
    const [parent, prefix] = [dirname(target), `${basename(target)}.restauration-`];
    const work = join(parent, `${prefix}${process.pid}`);
    try {
      mkdirSync(parent, { recursive: true, mode: 0o700 });
      sweepWork(parent, prefix);
      rmSync(work, { recursive: true, force: true });
      mkdirSync(work, { mode: 0o700 });
      for (const { name, sha256 } of backup.manifest.files) {
        if (copyDurably(join(path, name), join(work, name)).sha256 !== sha256) throw new BackupRefused(`${name} de la sauvegarde ${path} a changé pendant la restauration.`);
      }
      startAnew(join(work, DATABASE_FILE));
      const verified = readDatabase(join(work, DATABASE_FILE), verifyDatabase);
      mustBeSound(verified, 'des données restaurées', `Rien n’a été mis dans ${dataDir}`);
      mustHold(work, verified);
      syncTree(work);
      renameSync(work, target);
      syncFolder(parent);
      return backup;
    } catch (error) {
      rmSync(work, { recursive: true, force: true });
      throw restoreSentence(error, path, dataDir);
    }
  }

  override async rotate({ path }: Backup, keep: number): Promise<string[]> {
    const folder = dirname(path);
    const others = backupsAmong(readdirSync(folder)).filter((name) => name !== basename(path));
    const gone = others.slice(Math.max(0, keep - 1));
    for (const name of gone) removeBackup(folder, name);
    return gone.map((name) => join(folder, name));
  }

  /** The database, then what it names; again when something was erased meanwhile: the copy must not outlive an erasure by accident. */
  async #copy(work: string): Promise<BackedUpFile[]> {
    const live = join(this.parts.dataDir, DATABASE_FILE);
    const copy = join(work, DATABASE_FILE);
    for (let attempt = 1; attempt <= MOST_COPIES; attempt++) {
      rmSync(work, { recursive: true, force: true });
      mkdirSync(work, { mode: 0o700 });
      copyDatabase(live, copy);
      await this.parts.copied?.();
      const wanted = readDatabase(copy, filesOf);
      const files = wanted.map((file) => this.#copyFile(work, file));
      const missing = wanted.filter((_, i) => files[i] === undefined);
      if (missing.length === 0) return [{ name: DATABASE_FILE, ...plain(sumsOf(copy)) }, ...files.filter((one) => one !== undefined)];
      const still = new Set(readDatabase(live, filesOf).map(({ digest }) => digest));
      const lost = missing.find(({ digest }) => still.has(digest));
      if (lost) {
        throw new BackupRefused(
          `Le fichier ${lost.digest} du coffre manque dans ${this.parts.dataDir}, sans qu’une entrée l’efface : aucune sauvegarde n’a été gardée, les précédentes sont intactes. ` +
            'Remettez-le depuis l’une d’elles, ou effacez ce contenu par son geste.',
        );
      }
    }
    throw new BackupRefused('Des contenus s’effacent sans cesse : aucune sauvegarde n’a été gardée, les précédentes sont intactes. Recommencez dans un instant.');
  }

  /** Undefined when it is not there. */
  #copyFile(work: string, { digest, salt }: VaultRow): BackedUpFile | undefined {
    const name = vaultName(digest);
    const from = join(this.parts.dataDir, name);
    if (!existsSync(from)) return undefined;
    const sums = copyDurably(from, join(work, name), salt);
    if (sums.digest === digest) return { name, ...plain(sums) };
    throw new BackupRefused(
      `Le fichier ${digest} du coffre de ${this.parts.dataDir} est abîmé : aucune sauvegarde n’a été gardée, les précédentes sont intactes. Remettez-le depuis l’une d’elles.`,
    );
  }

  /** Everything that can be known of a backup by reading it. */
  #read(path: string): Backup {
    const manifest = readManifest(path);
    const unknown = manifest.schema.find((name) => !this.parts.schema.includes(name));
    if (unknown !== undefined) {
      throw new BackupRefused(`La sauvegarde ${path} vient d’une version plus récente (${manifest.version}, schéma ${unknown}) : restaurez-la avec cette version-là. Rien n’a changé.`);
    }
    for (const { name, bytes, sha256 } of manifest.files) {
      if (!existsSync(join(path, name))) throw damaged(path, `${name} y manque`);
      const sums = sumsOf(join(path, name));
      if (sums.bytes !== bytes) throw damaged(path, `${name} a ${sums.bytes} octets, le manifeste en annonce ${bytes}`);
      if (sums.sha256 !== sha256) throw damaged(path, `${name} a changé`);
    }
    const verified = readDatabase(join(path, DATABASE_FILE), verifyDatabase);
    mustBeSound(verified, `de la sauvegarde ${path}`, 'Prenez-en une autre');
    mustHold(path, verified);
    const { schema, journals, counts } = manifest;
    const read = { schema: verified.schema, journals: verified.journals, counts: { ...verified.counts, files: verified.files.length } };
    if (canonical({ schema, journals, counts }) !== canonical(read)) throw damaged(path, 'sa base de données n’est pas celle que le manifeste annonce');
    return { path, manifest, bytes: manifest.files.reduce((sum, { bytes }) => sum + bytes, 0) };
  }
}

const plain = ({ bytes, sha256 }: Sums) => ({ bytes, sha256 });

/** Each file of the vault is what its name says, salt included. */
function mustHold(folder: string, { files }: VerifiedDatabase): void {
  for (const { digest, salt } of files) {
    const name = vaultName(digest);
    if (!existsSync(join(folder, name))) throw damaged(folder, `${name}, que nomme sa base de données, y manque`);
    if (sumsOf(join(folder, name), salt).digest !== digest) throw damaged(folder, `${name} n’est pas ce que son nom annonce`);
  }
}

const MOST_FAULTS = 5;

function mustBeSound({ faults }: VerifiedDatabase, whose: string, kept: string): void {
  if (faults.length === 0) return;
  const others = faults.length - MOST_FAULTS;
  const said = [...faults.slice(0, MOST_FAULTS), ...(others > 0 ? [`et ${others} autres fautes`] : [])].map((fault) => `\n  - ${fault}`);
  throw new BackupRefused(`La vérification ${whose} trouve des fautes :${said.join('')}\n${kept}.`);
}

function damaged(path: string, how: string): BackupRefused {
  return new BackupRefused(`La sauvegarde ${path} est abîmée : ${how}. Rien n’en a été restauré ; prenez-en une autre.`);
}

/** A folder that holds anything is somebody's: it is never written into. */
function emptyTarget(dataDir: string): string {
  if (!existsSync(dataDir)) return resolve(dataDir);
  let empty: boolean;
  try {
    empty = readdirSync(dataDir).length === 0;
  } catch {
    empty = false; // a file
  }
  if (empty) return realpathSync(dataDir);
  throw new BackupRefused(
    `${dataDir} contient déjà des données : elles sont restées telles quelles, rien n’a été restauré. Indiquez un dossier vide avec --to, ou mettez celui-ci de côté (renommez-le) avant de recommencer.`,
  );
}

/** Where a folder lies, or would lie: its nearest parent that exists may be a link. */
function real(path: string): string {
  for (let at = resolve(path); ; at = dirname(at)) if (existsSync(at)) return join(realpathSync(at), relative(at, resolve(path)));
}
