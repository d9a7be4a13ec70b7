import type { ImportKind } from '../domain/directory/events.js';
import type { FileFault, LineReason, OwnListField } from '../domain/directory/imports.js';
import { frAll } from './french-typography.js';

export const importKindNames: Record<ImportKind, string> = frAll({
  'rne': 'Répertoire national des élus', 'annuaire': 'Annuaire de la DILA (mairies)', 'own-list': 'Liste de la préfecture', 'contours': 'Contours des communes', 'training': 'Formations',
});

/** What happened, what was kept, what to try. Nothing of the directory has changed in any of them. */
const FAULTS: Record<FileFault, (about: string) => string> = {
  'empty': () => "Ce fichier est vide. Vérifiez que vous avez choisi le bon.",
  'binary': () => "Ce fichier n'est ni un tableau ni un texte. Enregistrez votre liste en CSV ou en XLSX, puis recommencez.",
  'unknown-format': () => "Ce fichier n'est pas de ceux qui s'importent ici : RNE (CSV), annuaire de la DILA (JSON), liste de la préfecture (CSV ou XLSX), contours (GeoJSON).",
  'old-spreadsheet': () => "C'est un ancien classeur (.xls), ou un classeur protégé par un mot de passe. Ouvrez-le, enregistrez-le en XLSX ou en CSV sans mot de passe, puis recommencez.",
  'no-header': () => "Ce tableau n'a pas de ligne de titres. Ajoutez-en une, qui nomme chaque colonne (commune, nom, téléphone…), puis recommencez.",
  'no-rows': () => "Ce fichier n'a que des titres, et aucune ligne. Vérifiez que vous avez choisi le bon.",
  'columns-missing': (about) => `Des colonnes du Répertoire national des élus manquent ou ont été renommées : ${about}. Reprenez le fichier tel que data.gouv.fr le donne ; l'ordre des colonnes est indifférent.`,
  'mapping-needed': () => "Dites au moins quelle colonne donne la commune, laquelle un nom ou une fonction, et laquelle un téléphone ou une adresse.",
  'broken-quotes': (about) => `Un guillemet n'est pas refermé, vers la ligne ${about}. Corrigez cette ligne, ou enregistrez de nouveau le tableau en CSV.`,
  'broken-json': () => "Ce fichier JSON est abîmé ou coupé. Téléchargez-le de nouveau.",
  'broken-archive': () => "Ce classeur est abîmé ou protégé. Ouvrez-le, enregistrez-le de nouveau en XLSX, puis recommencez.",
  'bomb': () => "Ce classeur se déplie en un volume qu'aucune liste n'atteint : il n'a pas été ouvert. Enregistrez la seule feuille utile en CSV.",
  'too-many-lines': (about) => `Ce fichier a plus de ${Number(about).toLocaleString('fr-FR')} lignes utiles. N'y gardez que votre département et ses voisins.`,
  'line-too-long': () => "Une ligne de ce fichier est démesurée : ce n'est pas une liste de communes.",
  'nobody-here': () => "Aucune ligne de ce fichier ne concerne votre département ni ses voisins. Vérifiez le fichier, ou les réglages « departement » et « neighbours ».",
  'interrupted': () => "Cette répétition a été interrompue. Recommencez avec le même fichier.",
  'storage-failed': () => "L'enregistrement a échoué. Recommencez ; si cela dure, prévenez l'exploitant.",
  'internal': () => "Une erreur de notre fait a arrêté cette répétition. Prévenez l'exploitant, avec le fichier.",
};

export function fileFaultSentence(fault: string, about = ''): string {
  return `${FAULTS[fault as FileFault]?.(about) ?? FAULTS.internal('')} Rien n'a changé.`;
}

export const lineActionWords = frAll({ added: 'ajouté', changed: 'modifié', ended: 'mandat terminé', rejected: 'rejeté' });

/** Behind the action, in the report. */
export const lineReasonWords: Record<LineReason, string> = frAll({
  'no-commune': "la commune n'est pas dite", 'unknown-commune': 'commune inconnue', 'ambiguous-commune': 'plusieurs communes portent ce nom : donnez le code',
  'commune-merged': 'cette commune a fusionné : voyez la commune nouvelle', 'commune-gone': "ce code n'est celui d'aucune commune", 'no-name': 'ni nom, ni fonction reconnue',
  'nobody-of-that-function': 'sans nom, et personne ne tient cette fonction ici', 'no-contact': 'ni numéro, ni adresse', 'duplicate': 'déjà dans ce fichier', 'bad-address': "cette adresse électronique n'en est pas une",
  'too-many-numbers': 'au-delà de trois par personne', 'no-shape': 'sans contour lisible (longitudes et latitudes attendues)',
  'number-not-a-number': "ce numéro n'en est pas un", 'number-too-short': 'numéro trop court', 'number-too-long': 'numéro trop long', 'number-emergency': "numéro d'urgence : il ne s'appelle pas d'ici",
  'number-premium': "numéro surtaxé : il ne s'appelle pas d'ici",
  'new-mayor': 'nouveau maire : le mandat de son prédécesseur prend fin', 'another-mayor': 'un autre maire est connu ici : vérifiez', 'title-kept': 'le titre écrit à la main est gardé', 'title-replaced': 'nouvelle fonction : elle remplace le titre écrit à la main',
  'contacts-replaced': "un numéro ou une adresse en remplace un autre", 'mandate-resumed': 'de nouveau en fonction', 'bad-date': "la date n'est pas lisible : elle est laissée vide",
});

const PERSON_FIELD_WORDS = { 'name': 'nom et prénom', 'last-name': 'nom', 'first-name': 'prénom', 'function': 'fonction', 'phone': 'téléphone', 'email': 'adresse électronique' };
const ORDINAL = { 1: '1re personne', 2: '2e personne', 3: '3e personne' };

/** What a column of one's own list holds: "2e personne : téléphone". */
export function ownListFieldName(field: OwnListField): string {
  if (field === 'ignored') return 'ne pas reprendre';
  if (field === 'commune') return 'commune (code ou nom)';
  const [person, of] = field.split('.') as ['1' | '2' | '3', keyof typeof PERSON_FIELD_WORDS];
  return `${ORDINAL[person]}\u00a0: ${PERSON_FIELD_WORDS[of]}`;
}
