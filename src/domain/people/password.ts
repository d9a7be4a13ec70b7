/** Shorter ones are guessed from a stolen file; longer ones are accepted up to what hashing should ever be asked to do. */
export const PASSWORD_LEAST = 12;
export const PASSWORD_MOST = 200;
/** Fewer different characters are a pattern. */
const FEWEST_DIFFERENT = 5;

/** What people type when twelve characters are asked for; compared without accents, figures and signs. */
const OBVIOUS = [
  'motdepasse', 'monmotdepasse', 'password', 'passwordpassword', 'azertyuiop', 'azertyazerty', 'azertyuiopqsdfghjklm', 'qwertyuiop', 'qwertyqwerty',
  'administrateur', 'administrator', 'adminadmin', 'prefecture', 'laprefecture', 'prefecturedepartement', 'republiquefrancaise', 'sousprefecture',
  'jetaimejetaime', 'bonjourbonjour', 'soleilsoleil', 'tempszero', 'changezmoi', 'changemeplease', 'letmeinletmein', 'abcdefghijkl', 'abcdefghijklm',
  'libertegalitefraternite', 'liberteegalitefraternite', 'crisecrise', 'gestiondecrise', 'astreinteastreinte',
];

export type PasswordWeakness = 'short' | 'obvious' | 'login';

/** Why a password is refused, or undefined. Length is what counts; no rule asks for signs that people then forget. */
export function weaknessOf(password: string, login: string): PasswordWeakness | undefined {
  if ([...password].length < PASSWORD_LEAST) return 'short';
  const plain = password.normalize('NFD').toLowerCase();
  if (login.length >= 4 && plain.includes(login.toLowerCase())) return 'login';
  const letters = plain.replace(/[^a-z]/g, '');
  if (OBVIOUS.includes(letters) || new Set(plain).size < FEWEST_DIFFERENT || isSequence(plain)) return 'obvious';
  return undefined;
}

/** "123456789012", "abcdefghijkl", "987654321098": each character next to the former. */
function isSequence(text: string): boolean {
  const steps = [...text].slice(1).map((character, i) => character.charCodeAt(0) - text.charCodeAt(i));
  return steps.filter((step) => Math.abs(step) <= 1 || Math.abs(step) === 9).length >= steps.length - 1;
}
