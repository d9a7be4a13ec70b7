import { callOutcomes, outsideOutcomes } from '../../../contract/french.js';
import type { FindingLine } from '../../../contract/directory.js';
import type { Flaw, QualityPart } from '../../../domain/directory/quality.js';

export const PART_WORDS: Record<QualityPart, string> = {
  night: 'Communes joignables la nuit', numbers: 'Numéros qui ont répondu, ou pas encore essayés', mayors: 'Communes avec leur maire', contacts: 'Élus avec un contact', checked: 'Contacts vérifiés',
  tidy: 'Fiches sans double ni mandat fini',
};

/** What is wrong, and how it is mended. */
export const FLAW_WORDS: Record<Flaw, { title: (months: number) => string; mend: string }> = {
  'no-mobile': { title: () => 'Communes injoignables la nuit', mend: "Aucun élu n'y a de mobile. Ouvrez la commune et ajoutez celui du maire ou d'un adjoint." },
  'failed-number': { title: () => "Numéros qui n'ont pas marché la dernière fois", mend: 'Ouvrez la fiche, corrigez le numéro, ou marquez-le vérifié une fois joint.' },
  'no-mayor': { title: () => 'Communes sans maire', mend: 'Ouvrez la commune et ajoutez son maire, ou importez le répertoire national des élus.' },
  'no-contact': { title: () => 'Élus sans aucun contact', mend: 'Ouvrez la fiche et ajoutez un numéro.' },
  'same-number': { title: () => 'Un même numéro pour plusieurs personnes', mend: 'Ouvrez les fiches et ne le laissez qu’à la bonne personne.' },
  'same-person': { title: () => 'Une même personne deux fois dans sa commune', mend: 'Ouvrez les fiches et effacez celle qui est en trop.' },
  'ended': { title: () => 'Mandats finis', mend: 'Ces personnes ne sont plus appelées. Ouvrez la fiche si le mandat a repris.' },
  'not-checked': { title: (months) => `Contacts que personne n'a vérifiés depuis ${months} mois`, mend: 'Ouvrez la fiche, appelez, puis cochez « Vérifié aujourd’hui ».' },
};

/** Beside the person: which contact, and what came of it. */
export function findingWords({ contact, outcome }: FindingLine): string {
  return [contact?.shown, outcome ? { ...outsideOutcomes, ...callOutcomes }[outcome] : ''].filter(Boolean).join(' : ');
}
