/** The data folder cannot serve. The message is for the operator. */
export class FolderRefused extends Error {}

/** By what SQLite or the file system said. */
const SENTENCES: readonly [codes: RegExp, sentence: string][] = [
  [/^SQLITE_(NOTADB|CORRUPT)/, 'La base de données du dossier de données (DATA_DIR) est abîmée. Gardez ce dossier tel quel, et démarrez sur une copie de la dernière sauvegarde.'],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, 'Le disque du dossier de données (DATA_DIR) est plein. Faites de la place, puis redémarrez : ce qui a été enregistré y est.'],
  [/^(SQLITE_(READONLY|CANTOPEN|IOERR|PERM)|EROFS|EACCES|EPERM|ENOTDIR)/, 'Le dossier de données (DATA_DIR) ne peut pas être écrit. Vérifiez où il est, et à qui.'],
];

/** What to say of an error that comes from the data folder; undefined for any other. */
export function folderSentence(error: unknown): string | undefined {
  if (error instanceof FolderRefused) return error.message;
  for (let at = error as { code?: unknown; cause?: unknown } | undefined, depth = 0; at && depth < 4; at = at.cause as typeof at, depth++) {
    const code = String(at.code);
    const known = SENTENCES.find(([codes]) => codes.test(code));
    if (known) return `${known[1]} (${code})`;
  }
  return undefined;
}
