/** Why a file cannot be read, and what to try. */
const FAULTS: Record<string, string> = {
  'empty': 'Ce fichier est vide.', 'binary': "Ce fichier n'est ni un tableau CSV ni un classeur XLSX.", 'no-rows': "Ce fichier n'a qu'un en-tête, ou rien.",
  'broken-quotes': 'Des guillemets de ce fichier ne se ferment pas.', 'too-many-lines': 'Ce fichier a trop de lignes.',
};

export function fileFaultSentence(fault: string): string {
  return `${FAULTS[fault] ?? 'Ce fichier ne peut pas être lu.'} Rien n'a changé. Choisissez un autre fichier.`;
}
