import type { Communes } from '../../application/communes.js';
import { FileRefused, type ReadLine } from '../../application/directory/import-files.js';
import type { LineReason } from '../../domain/directory/imports.js';
import { asWritten } from '../../domain/directory/names.js';
import { readFunction } from '../../domain/directory/official-functions.js';
import type { Office } from '../../domain/directory/person.js';
import { columnCalled, readDate } from './columns.js';
import { placeOfCode } from './communes-of-lines.js';
import type { Row } from './rows.js';

/** The Répertoire national des élus is read by the names of its columns. What is not named here is never kept: sex, birth, occupation. */
const REQUIRED = {
  commune: { says: 'Code de la commune', names: ['code de la commune', 'code commune', 'code insee de la commune'] },
  lastName: { says: 'Nom de l’élu', names: ['nom de l elu', 'nom de l elue'] },
  firstName: { says: 'Prénom de l’élu', names: ['prenom de l elu', 'prenom de l elue'] },
} as const;
const TELLING = [
  'nom de l elu', 'prenom de l elu', 'code de la commune', 'libelle de la commune', 'code du departement', 'libelle du departement', 'code de la collectivite a statut particulier',
  'libelle de la collectivite a statut particulier', 'code sexe', 'code de la categorie socio professionnelle', 'libelle de la categorie socio professionnelle',
  'date de debut du mandat', 'date de debut de la fonction', 'libelle de la fonction',
];

export function isRne(header: readonly string[]): boolean {
  return TELLING.filter((name) => columnCalled(header, name) >= 0).length >= 3;
}

export interface RneReader {
  offices: readonly Office[];
  read: (row: Row) => ReadLine;
}

/** Of mayors, or of municipal councillors with their functions ("1er adjoint au Maire"): the column of functions tells them apart. */
export function rneReader(header: readonly string[], communes: Communes): RneReader {
  const at = Object.fromEntries(Object.entries(REQUIRED).map(([key, { names }]) => [key, columnCalled(header, ...names)])) as Record<keyof typeof REQUIRED, number>;
  const missing = Object.entries(REQUIRED).filter(([key]) => at[key as keyof typeof REQUIRED] < 0).map(([, { says }]) => says);
  if (missing.length > 0) throw new FileRefused('columns-missing', missing.join(', '));
  const [functions, since, mandate, birth, label] = [
    columnCalled(header, 'libelle de la fonction'), columnCalled(header, 'date de debut de la fonction'), columnCalled(header, 'date de debut du mandat'),
    columnCalled(header, 'date de naissance'), columnCalled(header, 'libelle de la commune'),
  ];
  // A file says the same few dates and functions thousands of times.
  const [dateOf, functionOf] = [once(readDate), once(readFunction)];
  const read = ({ line, cells }: Row): ReadLine => {
    const cell = (column: number) => (column < 0 ? '' : (cells[column] ?? '').trim());
    const place = placeOfCode(cell(at.commune), communes);
    if ('elsewhere' in place) return { gives: 'elsewhere' };
    const typed = functions < 0 ? 'maire' : cell(functions);
    const written = functionOf(typed);
    if (written === null || written.office === 'conseiller') return { gives: 'left-out' };
    const [lastName, firstName] = [asWritten(cell(at.lastName)), asWritten(cell(at.firstName))];
    const who = `${lastName} ${firstName}, ${typed}`;
    const reject = (reason: LineReason, about: string): ReadLine => ({ gives: 'rejection', line, reason, shown: `${who}, ${about}` });
    if ('reason' in place) {
      const into = place.into === undefined ? '' : ` → ${place.into} ${communes.named([place.into])[0]!.name}`;
      return reject(place.reason, `${cell(at.commune)} ${cell(label)}${into}`.trim());
    }
    const name = `${communes.named([place.commune])[0]!.name} (${place.commune})`;
    if (lastName === '') return reject('no-name', name);
    const began = dateOf(cell(since)) ?? dateOf(cell(mandate));
    return {
      gives: 'person', ...(began === undefined ? { note: 'bad-date' as const } : {}),
      named: {
        line, kind: 'official', commune: place.commune, lastName, firstName, office: written.office, order: written.order,
        title: written.office === 'maire' ? 'maire' : typed.toLocaleLowerCase('fr'), since: began ?? null, contacts: [], apart: cell(birth), shown: `${who}, ${name}`,
      },
    };
  };
  return { offices: functions < 0 ? ['maire'] : ['maire', 'adjoint', 'maire-delegue'], read };
}

function once<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (!known.has(text)) known.set(text, read(text));
    return known.get(text)!;
  };
}
