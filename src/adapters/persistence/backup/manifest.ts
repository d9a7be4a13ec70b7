import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { BackupRefused, type BackupManifest } from '../../../application/backups.js';
import { sha256Of, writeDurably } from './durable-files.js';

const MANIFEST = 'manifest.json';
/** As `sha256sum -c` reads it: the manifest vouches for every file, and this for the manifest. */
const MANIFEST_SUM = 'manifest.sha256';

const count = z.int().min(0);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
/** A name leads nowhere but into the backup's own folder. */
const name = z.string().regex(/^(temps-zero\.sqlite|vault\/[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{64})$/);
const schema = z.object({
  format: z.literal(1),
  product: z.literal('temps-zero'),
  version: z.string(),
  takenAt: z.iso.datetime(),
  schema: z.array(z.string()).min(1),
  files: z.array(z.object({ name, bytes: count, sha256: digest })).min(1),
  journals: z.array(z.object({ id: z.string(), entries: count, head: digest })),
  counts: z.object({ activations: count, entries: count, texts: count, files: count, accounts: count }),
});

export function writeManifest(folder: string, manifest: BackupManifest): void {
  const text = `${JSON.stringify(manifest, null, 1)}\n`;
  writeDurably(join(folder, MANIFEST), text);
  writeDurably(join(folder, MANIFEST_SUM), `${sha256Of(text)}  ${MANIFEST}\n`);
}

/** Throws BackupRefused when it is missing, cut, changed, or of a form that this version does not know. */
export function readManifest(folder: string): BackupManifest {
  let text: string;
  let sum: string;
  try {
    text = readFileSync(join(folder, MANIFEST), 'utf8');
    sum = readFileSync(join(folder, MANIFEST_SUM), 'utf8');
  } catch (cause) {
    throw new BackupRefused(`${folder} n’est pas une sauvegarde entière : ${MANIFEST} ou ${MANIFEST_SUM} y manque.`, { cause });
  }
  if (sum.slice(0, 64) !== sha256Of(text)) {
    throw new BackupRefused(`La sauvegarde ${folder} est abîmée : ${MANIFEST} est coupé, ou a changé. Prenez-en une autre.`);
  }
  const manifest = readable(text);
  if (manifest.success) return manifest.data as BackupManifest;
  throw new BackupRefused(`La sauvegarde ${folder} a une forme que cette version ne connaît pas : restaurez-la avec la version qui l’a faite, ou une plus récente.`);
}

function readable(text: string) {
  try {
    return schema.safeParse(JSON.parse(text));
  } catch {
    return schema.safeParse(undefined);
  }
}
