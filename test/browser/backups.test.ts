// 3.7 What an administrator sees of the backups: none set, the last one, the failure in words.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { BackupsShown } from '../../src/contract/house.js';
import { HOUR } from '../../src/domain/time.js';
import { launch, livingWorld, PHONE, Screen, WIDE } from '../kit/browser.js';
import { scratchFolder } from '../kit/scratch.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
}, 60_000);
afterAll(() => browser.close());

/** A folder whose latest backup is so old. */
function backedUp(ago: number): string {
  const folder = scratchFolder();
  const path = join(folder, `sauvegarde-${new Date(Date.now() - ago).toISOString().replace(/[:.]/g, '-')}`);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'manifest.json'), JSON.stringify({ files: [{ bytes: 48_300_000 }], counts: { entries: 15_204, files: 118 } }));
  return folder;
}

test.each([['1440 px, light', WIDE, false], ['360 px, dark', PHONE, true]] as const)('the backups at %s', async (name, size, dark) => {
  const pictures = process.env['PICTURES'];
  const look = async (screen: Screen, what: string) => {
    if (pictures) await screen.page.screenshot({ path: join(pictures, `backups ${what} ${name}.png`) });
    expect([await screen.accessibilityFaults(), await screen.overflow(), screen.faults]).toEqual([[], [], []]);
  };
  const open = async (env: Record<string, string>) => {
    const world = await livingWorld({ env });
    const admin = await world.person('admin');
    const screen = await Screen.open(browser, world, { person: admin, size, dark });
    const show = async () => {
      await screen.goto('/reglages');
      await screen.page.getByRole('tab', { name: 'Sauvegardes' }).click();
    };
    await show();
    return { screen, admin, show };
  };
  const none = await open({});
  await none.screen.sees('Ce serveur ne se sauvegarde pas lui-même.');
  await look(none.screen, 'none');

  const well = await open({ BACKUP_DIR: backedUp(2 * HOUR) });
  await well.screen.sees(/15.204.entrées enchaînées et 118.fichiers/);
  await look(well.screen, 'well');

  // The process that makes one is not told of this world's folder: it fails as one does that has nowhere to write.
  const failed = await open({ BACKUP_DIR: backedUp(7 * HOUR) });
  while (!(await failed.admin.get<BackupsShown>('/api/backups')).body.failure) await new Promise((resolve) => setTimeout(resolve, 50));
  await failed.show();
  await failed.screen.sees(/a échoué.; les précédentes sont intactes/);
  await look(failed.screen, 'failed');
}, 120_000);
