// What every Vault keeps, whichever store is behind it.
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { VaultFile } from '../../src/application/ports.js';
import type { Store } from '../../src/adapters/persistence/store.js';
import { Writer, sha256 } from '../kit/batches.js';
import { STORES } from './stores.js';

describe.each(STORES)('vault in %s', (_name, open) => {
  let store: Store;
  let hour: Writer;

  beforeEach(async () => {
    store = await open();
    hour = new Writer('hour');
  });

  const text = (digest: string) => ({ digest, salt: `salt of ${digest}`, content: `« contenu » de ${digest}\n\u2028𝄞` });
  const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => i % 251);
  const photo = (name = 'mairie.jpg'): VaultFile => ({ digest: sha256(name), activation: 'hour', salt: 's', name, mime: 'image/jpeg', bytes: bytes.length });

  test('gives texts back with their salt; what it does not have is left out', async () => {
    await store.journal.append(hour.next({ texts: [text('d1'), text('d2')] }));
    const found = await store.vault.texts(['d2', 'd1', 'd3', 'd1']);
    expect(found.sort((x, y) => (x.digest < y.digest ? -1 : 1))).toEqual([text('d1'), text('d2')]);
    expect(await store.vault.texts([])).toEqual([]);
  });

  test('the same text may come twice: its digest says that it is the same', async () => {
    await store.journal.append(hour.next({ texts: [text('d1')] }));
    await store.journal.append(hour.next({ texts: [text('d1')] }));
    expect(await store.vault.texts(['d1'])).toEqual([text('d1')]);
  });

  test('erasing takes content and salt, in the batch that records it', async () => {
    await store.journal.append(hour.next({ texts: [text('d1'), text('d2')] }));
    await store.journal.append(hour.next({ erased: ['d1', 'never-there'] }));
    expect(await store.vault.texts(['d1', 'd2'])).toEqual([text('d2')]);
  });

  test('keeps the original bytes of a file', async () => {
    await store.vault.putFile(photo(), bytes);
    expect(await store.vault.file(photo().digest)).toEqual(photo());
    expect(new Uint8Array((await store.vault.readFile(photo().digest))!)).toEqual(bytes);
    const empty = { ...photo('vide.txt'), bytes: 0 };
    await store.vault.putFile(empty, new Uint8Array());
    expect(await store.vault.readFile(empty.digest)).toHaveLength(0);
    expect(await store.vault.files([photo().digest, sha256('unknown')])).toEqual([photo()]);
  });

  test('the same file may come twice', async () => {
    await Promise.all([store.vault.putFile(photo(), bytes), store.vault.putFile(photo(), bytes)]);
    expect(await store.vault.readFile(photo().digest)).toHaveLength(bytes.length);
  });

  test('many files at once are all there', async () => {
    const photos = Array.from({ length: 30 }, (_, i) => photo(`photo ${i}`));
    await Promise.all(photos.map((one) => store.vault.putFile(one, bytes)));
    expect(await store.vault.files(photos.map(({ digest }) => digest))).toHaveLength(30);
  });

  test('knows nothing of what was never put', async () => {
    expect(await store.vault.file(sha256('unknown'))).toBeUndefined();
    expect(await store.vault.readFile(sha256('unknown'))).toBeUndefined();
    expect(await store.vault.readFile('../../etc/passwd')).toBeUndefined();
  });

  test('refuses a name that is no digest, and a size that is not that of the bytes', async () => {
    await expect(store.vault.putFile({ ...photo(), digest: '../../escaped' }, bytes)).rejects.toThrow();
    await expect(store.vault.putFile({ ...photo(), bytes: 1 }, bytes)).rejects.toThrow();
    expect(await store.vault.file(photo().digest)).toBeUndefined();
  });

  test('an erased file is gone at once, also before it is swept', async () => {
    await store.vault.putFile(photo(), bytes);
    await store.journal.append(hour.next({ erased: [photo().digest] }));
    expect(await store.vault.file(photo().digest)).toBeUndefined();
    expect(await store.vault.readFile(photo().digest)).toBeUndefined();
    await store.vault.sweep([photo().digest]);
    await store.vault.sweep([photo().digest]);
    expect(await store.vault.readFile(photo().digest)).toBeUndefined();
  });

  test('a file that no entry came to name is forgotten, bytes and all; the others stay', async () => {
    await store.vault.putFile(photo(), bytes);
    await store.vault.putFile(photo('pont.jpg'), bytes);
    await store.vault.forget(photo().digest);
    await store.vault.forget(photo().digest);
    expect(await store.vault.file(photo().digest)).toBeUndefined();
    expect(await store.vault.readFile(photo().digest)).toBeUndefined();
    expect(await store.vault.readFile(photo('pont.jpg').digest)).toHaveLength(bytes.length);
  });

  test('sweeping keeps what was not erased', async () => {
    await store.vault.putFile(photo(), bytes);
    await store.vault.sweep([photo().digest, '../../escaped']);
    expect(await store.vault.readFile(photo().digest)).toHaveLength(bytes.length);
  });
});
