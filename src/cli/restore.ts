import { parseArgs } from 'node:util';
import type { Backups } from '../application/backups.js';
import { fr } from '../contract/french-typography.js';
import type { Settings } from '../settings.js';
import { words } from './backup.js';

const USAGE = 'Usage : npm run restore -- --from SAUVEGARDE [--to DOSSIER VIDE]';

/** `npm run restore`: a data folder made of a backup, and what to do next. Its exit code. */
export async function restore(args: readonly string[], backups: Backups, { dataDir, timeZone }: Pick<Settings, 'dataDir' | 'timeZone'>, say: (line: string) => void): Promise<number> {
  const given = parse(args);
  if (given?.from === undefined) {
    say(fr(USAGE));
    return 2;
  }
  const to = given.to ?? dataDir;
  const restored = await backups.restore(given.from, to);
  say(fr(`Restaurée et vérifiée, chaîne par chaîne : sauvegarde ${words(restored, timeZone)}.`));
  say(`  ${to}`);
  say(fr("Ce qui a été enregistré après elle n'y est pas : reportez-le avec « Une autre heure ». Les sessions et les liens à usage unique n'ont pas été repris : chacun se connecte de nouveau."));
  say(fr('Ce qui a été effacé, révoqué ou désactivé après elle est revenu (textes, comptes, jetons, écrans, intégrations) : refaites-le.'));
  say(fr(`Démarrez maintenant le serveur : ${given.to === undefined ? '' : `DATA_DIR=${to} `}npm start. Les journaux en cours noteront l'interruption.`));
  return 0;
}

function parse(args: readonly string[]): { from?: string; to?: string } | undefined {
  try {
    return parseArgs({ args: [...args], options: { from: { type: 'string' }, to: { type: 'string' } } }).values;
  } catch {
    return undefined;
  }
}
