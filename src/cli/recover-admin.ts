import { parseArgs } from 'node:util';
import type { Accounts } from '../application/people/accounts.js';
import { dayTime } from '../contract/french-times.js';
import { fr } from '../contract/french-typography.js';

const USAGE = 'Usage : npm run recover-admin -- --login IDENTIFIANT';

/** The login on the command line; undefined when it cannot be read, with the usage said. */
export function loginAmong(args: readonly string[], say: (line: string) => void): string | undefined {
  try {
    const { login } = parseArgs({ args: [...args], options: { login: { type: 'string' } } }).values;
    const wanted = login?.trim().toLowerCase();
    if (wanted) return wanted;
  } catch {
    // An unknown option is answered like a missing one.
  }
  say(fr(USAGE));
  return undefined;
}

/**
 * Gives a lost administrator a way back in: the account enabled, the right `admin`, no second factor, and a link with
 * which its owner chooses a new password. Its trace in the administration's journal says that it came from the machine.
 */
export async function recoverAdmin(accounts: Accounts, login: string, zone: string, say: (line: string) => void): Promise<number> {
  const answer = await accounts.recoverAdmin(login);
  if ('refused' in answer) {
    const admins = (await accounts.list()).filter(({ rights }) => rights.includes('admin')).map((one) => one.login);
    say(fr(`Aucun compte ne porte l'identifiant « ${login} ». Rien n'a changé.`));
    say(fr(admins.length > 0 ? `Administrateurs connus : ${admins.join(', ')}.` : "Aucun administrateur n'existe : démarrez le serveur, il donne un lien qui crée le premier."));
    return 1;
  }
  say(fr(`Le compte « ${login} » est administrateur et actif ; son second facteur est retiré, ses sessions sont fermées.`));
  say(fr(`Démarrez le serveur, puis ouvrez ce lien avant le ${dayTime(answer.expiresAt, zone)} pour choisir un mot de passe (il ne sert qu'une fois) :`));
  say(`  ${answer.link}`);
  say(fr("Cette récupération est inscrite au journal de l'administration."));
  return 0;
}
