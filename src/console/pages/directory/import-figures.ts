import { count, listed } from '../../../contract/french-typography.js';
import type { ImportLineShown } from '../../../contract/imports.js';

/** "12 fiches ajoutées, 3 modifiées et 2 mandats terminés". */
export function changesOf({ kind, counts: { added, changed, ended } }: Pick<ImportLineShown, 'kind' | 'counts'>): string {
  const isMap = kind === 'contours';
  const parts = [
    ...(added > 0 ? [isMap ? count(added, 'contour ajouté', 'contours ajoutés') : count(added, 'fiche ajoutée', 'fiches ajoutées')] : []),
    ...(changed > 0 ? [count(changed, isMap ? 'contour modifié' : 'fiche modifiée', isMap ? 'contours modifiés' : 'fiches modifiées')] : []),
    ...(ended > 0 ? [isMap ? count(ended, 'contour retiré', 'contours retirés') : count(ended, 'mandat terminé', 'mandats terminés')] : []),
  ];
  return parts.length === 0 ? 'rien de changé' : listed(parts);
}

/** What a file held beside: said, so that figures add up. */
export function asideOf({ counts: { unchanged, elsewhere, leftOut } }: Pick<ImportLineShown, 'counts'>): string {
  return listed([
    ...(unchanged > 0 ? [count(unchanged, 'déjà à jour', 'déjà à jour')] : []),
    ...(elsewhere > 0 ? [count(elsewhere, "d'un autre département", "d'autres départements")] : []),
    ...(leftOut > 0 ? [count(leftOut, 'laissée de côté (sans fonction, annexe, autre service)', 'laissées de côté (sans fonction, annexes, autres services)')] : []),
  ]);
}
