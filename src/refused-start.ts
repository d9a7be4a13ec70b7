import { folderSentence } from './adapters/persistence/folder-refused.js';
import { PlanRefused } from './contract/plan-schema.js';
import { SettingsRefused } from './settings.js';

/** What the operator can mend is said plainly and without a stack; anything else with one. */
export function startSentence(error: unknown): string | undefined {
  if (error instanceof SettingsRefused || error instanceof PlanRefused) return error.message;
  return listenSentence(error) ?? folderSentence(error);
}

/** What keeps it from listening, by the setting to change. */
function listenSentence(error: unknown): string | undefined {
  const { code, syscall, port, address, hostname } = error as { code?: string; syscall?: string; port?: number; address?: string; hostname?: string };
  if (code === 'EADDRINUSE') return `PORT : le port ${port} est déjà pris sur cette machine ; indiquez-en un autre.`;
  if (code === 'EACCES' && syscall === 'listen') return `PORT : le port ${port} est réservé au système ; indiquez-en un au-dessus de 1023.`;
  if (code === 'EADDRNOTAVAIL' || syscall === 'getaddrinfo') return `HOST : « ${address ?? hostname} » n’est pas une adresse de cette machine.`;
  return undefined;
}

/** An error for the log: what it is and where, never the values that a driver hangs on it. */
export function withoutData(error: unknown): object {
  if (!(error instanceof Error)) return { message: typeof error };
  const { code } = error as { code?: unknown };
  return {
    type: error.constructor.name, message: error.message, stack: error.stack, ...(typeof code === 'string' ? { code } : {}),
    ...(error.cause === undefined ? {} : { cause: withoutData(error.cause) }),
  };
}
