import { BackupRefused } from '../../../application/backups.js';

const FULL = /^(SQLITE_FULL|ENOSPC|EDQUOT|EFBIG)/;
const DAMAGED = /^SQLITE_(NOTADB|CORRUPT)/;
const CLOSED = /^(SQLITE_(READONLY|CANTOPEN|IOERR|PERM|BUSY)|EROFS|EACCES|EPERM|ENOTDIR|EIO|EISDIR)/;

/** What the disk said while a backup was made, for the operator; any other error as it is. */
export function backupSentence(error: unknown, dataDir: string, into: string): unknown {
  return said(error, [
    [FULL, `Le disque du dossier des sauvegardes ${into} est plein : cette sauvegarde n’a pas été gardée, les précédentes sont intactes. Faites de la place, ou indiquez un autre dossier.`],
    [DAMAGED, `La base de données de ${dataDir} est abîmée : aucune sauvegarde n’en a été gardée, les précédentes sont intactes. Gardez ce dossier tel quel, et restaurez la dernière dans un autre.`],
    [CLOSED, `Les données de ${dataDir} ne peuvent pas être lues, ou le dossier des sauvegardes ${into} ne peut pas être écrit : cette sauvegarde n’a pas été gardée, les précédentes sont intactes. Vérifiez où ils sont, et à qui.`],
  ]);
}

/** The same while one is read, or restored into a folder. */
export function restoreSentence(error: unknown, path: string, dataDir?: string): unknown {
  const kept = 'Rien n’a été restauré, la sauvegarde est intacte.';
  return said(error, [
    [FULL, `Le disque de ${dataDir ?? path} est plein. ${kept} Faites de la place, ou indiquez un autre dossier avec --to.`],
    [DAMAGED, `La base de données de la sauvegarde ${path} est abîmée. Rien n’en a été restauré ; prenez-en une autre.`],
    [/^(ENOTEMPTY|EEXIST)/, `${dataDir} s’est rempli pendant la restauration : un serveur y a-t-il démarré ? ${kept} Arrêtez-le, et indiquez un dossier vide avec --to.`],
    [/^(EBUSY|EXDEV)/, `${dataDir} est un point de montage. ${kept} Indiquez avec --to un dossier à l’intérieur, puis donnez-le pour DATA_DIR.`],
    [CLOSED, `La sauvegarde ${path} ne peut pas être lue${dataDir === undefined ? '' : `, ou ${dataDir} ne peut pas être écrit`}. ${kept} Vérifiez où ils sont, et à qui.`],
  ]);
}

function said(error: unknown, sentences: readonly [codes: RegExp, sentence: string][]): unknown {
  if (error instanceof BackupRefused) return error;
  const code = String((error as { code?: unknown } | undefined)?.code);
  const known = sentences.find(([codes]) => codes.test(code));
  return known ? new BackupRefused(`${known[1]} (${code})`, { cause: error }) : error;
}
