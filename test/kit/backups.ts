import { randomUUID } from 'node:crypto';
import { BackupFolders, type BackupFoldersParts } from '../../src/adapters/persistence/backup/backup-folders.js';
import { MIGRATIONS } from '../../src/adapters/persistence/database.js';
import type { Uploaded, UploadState } from '../../src/contract/listings.js';
import type { Person } from './world.js';

export const backupsOf = (dataDir: string, more: Partial<BackupFoldersParts> = {}) =>
  new BackupFolders({ dataDir, version: '0.1.0', schema: MIGRATIONS.map(({ name }) => name), now: Date.now, ...more });

/** A note with a file joined, as the console sends it; the file's digest. */
export async function noteWithFile(person: Person, activation: string, text: string, bytes: Uint8Array = Buffer.from(`%PDF-1.7\n${randomUUID()}`)): Promise<string> {
  const at = `/api/activations/${activation}/uploads`;
  const { body: { upload } } = await person.post<UploadState>(at, { name: `${text}.pdf`, size: bytes.length });
  await person.send('PUT', `${at}/${upload}?offset=0`, bytes, { 'content-type': 'application/octet-stream' });
  const { digest } = (await person.post<Uploaded>(`${at}/${upload}/complete`)).body;
  const noted = await person.order(activation, 'log-note', { text, attachments: [digest] });
  if (noted.status !== 200) throw new Error(JSON.stringify(noted.body));
  return digest;
}
