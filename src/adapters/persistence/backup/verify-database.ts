import type Database from 'better-sqlite3';
import { ADMINISTRATION, type AdministrationEntry } from '../../../domain/administration.js';
import { GENESIS, verifyChain, type Link } from '../../../domain/evidence/chain.js';
import { sealedIn } from '../../../domain/evidence/sealed.js';
import type { BackupManifest } from '../../../application/backups.js';
import { sha256Of } from './durable-files.js';

export interface VerifiedDatabase extends Pick<BackupManifest, 'schema' | 'journals'> {
  counts: Omit<BackupManifest['counts'], 'files'>;
  /** What the vault's folder must hold. */
  files: { digest: string; salt: string; bytes: number; activation: string }[];
  /** In French, for the operator; empty when all is well. */
  faults: string[];
}

/** References without a row to lead to, by what they are; the tables declare no foreign key (an append touches few pages). */
const DANGLING: readonly [what: string, sql: string][] = [
  ['journaux sans ligne dans la liste des activations', 'SELECT DISTINCT activation FROM entries WHERE activation NOT IN (SELECT id FROM activations)'],
  ['clés d’ordres', 'SELECT "key" FROM keys k WHERE NOT EXISTS (SELECT 1 FROM activations a WHERE a.id = k.activation AND a.seq >= k.toSeq)'],
  ['envois en attente', `SELECT id FROM outbox WHERE json_extract(effect, '$.activation') NOT IN (SELECT id FROM activations)`],
  ['fichiers du coffre', 'SELECT digest FROM vault_files WHERE activation NOT IN (SELECT id FROM activations)'],
  ['sessions', 'SELECT account FROM sessions WHERE account NOT IN (SELECT id FROM accounts)'],
  ['liens', 'SELECT account FROM links WHERE account IS NOT NULL AND account NOT IN (SELECT id FROM accounts)'],
];

/** Reads a whole database that nobody writes: pages, every chain, what they name, what leads where. */
export function verifyDatabase(db: Database.Database): VerifiedDatabase {
  const faults: string[] = [];
  const damage = (db.pragma('integrity_check(3)') as { integrity_check: string }[]).filter((one) => one.integrity_check !== 'ok');
  if (damage.length > 0) faults.push(`la base de données est abîmée (${damage[0]!.integrity_check})`);
  if ((db.pragma('foreign_key_check') as unknown[]).length > 0) faults.push('des lignes en nomment d’autres qui n’existent pas');

  const summaries = db.prepare<[], { id: string; seq: number; head: string }>('SELECT id, seq, head FROM activations ORDER BY id').all();
  const reading = new Reading(faults);
  for (const one of summaries) reading.journal(db, one);
  reading.compareNoted(db);

  const files = db.prepare<[], VerifiedDatabase['files'][number]>('SELECT digest, salt, bytes, activation FROM vault_files ORDER BY digest').all();
  const texts = reading.contents(db, new Set(files.map(({ digest }) => digest)));
  for (const [what, sql] of DANGLING) {
    const lost = db.prepare(sql).all();
    if (lost.length > 0) faults.push(`${what} : ${lost.length} qui ne mènent nulle part`);
  }
  const accounts = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM accounts').get()!.n;
  return {
    schema: schemaOf(db), files, faults, journals: summaries.map(({ id, seq, head }) => ({ id, entries: seq, head })),
    counts: { activations: summaries.filter(({ id }) => id !== ADMINISTRATION).length, entries: reading.entries, texts, accounts },
  };
}

/** The migrations that a database has been through. */
export function schemaOf(db: Database.Database): string[] {
  return db.prepare<[], { name: string }>('SELECT name FROM migrations ORDER BY timestamp, id').all().map(({ name }) => name);
}

/** What reading the chains teaches, and what is wrong in it. */
class Reading {
  entries = 0;
  /** Digests that entries name, and those that an entry erased. */
  readonly #named = new Map<string, string>();
  readonly #erased = new Set<string>();
  /** What the administration noted of the others. */
  readonly #noted: { id: string; seq: number; hash: string }[] = [];

  constructor(private readonly faults: string[]) {}

  journal(db: Database.Database, { id, seq, head }: { id: string; seq: number; head: string }): void {
    const links = db.prepare<[string], Link>('SELECT seq, line, hash FROM entries WHERE activation = ? ORDER BY seq').iterate(id);
    const verdict = verifyChain(sha256Of, this.#read(id, links));
    if (!verdict.ok) this.faults.push(`le journal ${id} est rompu à l’entrée ${verdict.seq}`);
    else if (verdict.entries !== seq || (verdict.entries > 0 ? verdict.head : GENESIS) !== head) {
      this.faults.push(`le journal ${id} s’arrête à l’entrée ${verdict.entries}, la liste des activations annonce la ${seq}`);
    }
  }

  *#read(id: string, links: Iterable<Link>): Generator<Link> {
    for (const one of links) {
      yield one; // first: a line that cannot be read is the chain's to say
      this.entries++;
      const { type, payload } = JSON.parse(one.line) as { type: string; payload: { digest?: string } };
      if (id === ADMINISTRATION) this.#note(JSON.parse(one.line) as AdministrationEntry);
      else if (type === 'textErased') this.#erased.add(payload.digest!);
      else for (const { digest } of sealedIn(payload)) this.#named.set(digest, id);
    }
  }

  #note({ type, payload }: AdministrationEntry): void {
    if (type === 'activationNoted') this.#noted.push({ id: payload.noted, seq: 1, hash: payload.firstHash });
    if (type === 'headNoted') this.#noted.push({ id: payload.noted, seq: payload.seq, hash: payload.head });
  }

  /** A chain cannot show that its tail was cut: the administration wrote down how far each had come. */
  compareNoted(db: Database.Database): void {
    const stored = db.prepare<[string, number], { hash: string }>('SELECT hash FROM entries WHERE activation = ? AND seq = ?');
    for (const { id, seq, hash } of this.#noted) {
      if (stored.get(id, seq)?.hash !== hash) this.faults.push(`l’entrée ${seq} du journal ${id} n’est pas celle que le journal d’administration a notée`);
    }
  }

  /** Every text is what its digest says, and whatever an entry names is there unless an entry erased it. */
  contents(db: Database.Database, files: ReadonlySet<string>): number {
    const present = new Set(files);
    let texts = 0;
    for (const { digest, salt, content } of db.prepare<[], { digest: string; salt: string; content: string }>('SELECT digest, salt, content FROM vault_texts').iterate()) {
      texts++;
      present.add(digest);
      if (sha256Of(salt + content) !== digest) this.faults.push(`le texte ${digest} n’est pas celui que son empreinte annonce`);
      if (this.#erased.has(digest)) this.faults.push(`le texte ${digest} est là, alors qu’une entrée l’efface`);
    }
    for (const [digest, id] of this.#named) {
      if (!present.has(digest) && !this.#erased.has(digest)) this.faults.push(`le contenu ${digest}, que nomme le journal ${id}, manque sans qu’une entrée l’efface`);
    }
    return texts;
  }
}
