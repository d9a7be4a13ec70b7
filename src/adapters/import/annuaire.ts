import type { Communes } from '../../application/communes.js';
import type { ReadLine } from '../../application/directory/import-files.js';
import type { Numbers } from '../../application/directory/numbers.js';
import { departementOf, placeOfCode } from './communes-of-lines.js';
import { readContacts } from './contacts-of-lines.js';

type Json = Record<string, unknown>;

/** What a place called a town hall is not: its annexes, and those of delegated communes. */
const NOT_THE_MAIN_ONE = /annexe|d[ée]l[ée]gu[ée]|associ[ée]e|mobile|mairie de quartier|point mairie/i;

export function isAnnuaire(record: Json): boolean {
  return ['pivot', 'type_service_local', 'code_insee_commune', 'adresse_courriel'].some((key) => key in record);
}

interface Parts {
  communes: Communes;
  numbers: Numbers;
  now: () => number;
}

/**
 * DILA's directory: the town hall of each commune, the last resort of 48.1. Real lists in one form of the file, strings
 * that hold JSON in the other.
 */
export function annuaireReader({ communes, numbers, now }: Parts): (place: number, record: Json) => ReadLine[] {
  return (line, record) => {
    const nom = textOf(record['nom']);
    const pivots = listOf(record['pivot']);
    const pivot = pivots.find((one) => textOf(one['type_service_local']) === 'mairie');
    const isTownHall = pivot !== undefined || textOf(record['type_service_local']) === 'mairie';
    if (!isTownHall || NOT_THE_MAIN_ONE.test(nom)) return [{ gives: 'left-out' }];
    const code = textOf(record['code_insee_commune']) || textsOf(pivot?.['code_insee_commune'])[0] || '';
    const place = placeOfCode(code, communes);
    if ('elsewhere' in place) return [{ gives: 'elsewhere' }];
    if ('reason' in place) return [{ gives: 'rejection', line, reason: place.reason, shown: `${nom} ${code}`.trim() }];
    const { commune } = place;
    const shown = `Mairie, ${communes.named([commune])[0]!.name} (${commune})`;
    const phones = listOf(record['telephone']).map((one) => textOf(one['valeur'])).concat(textsOf(record['telephone'])).filter((one) => one !== '');
    const { contacts, faults } = readContacts(phones, textsOf(record['adresse_courriel']), numbers, departementOf(commune), now());
    const read: ReadLine[] = faults.map(({ reason, written }) => ({ gives: 'rejection', line, reason, shown: `${shown} : ${written}` }));
    if (contacts.length > 0) {
      read.push({ gives: 'person', named: {
        line, kind: 'town-hall', commune, lastName: 'Mairie', firstName: '', office: null, order: null, title: 'standard', since: null, contacts, apart: '', shown,
      } });
    } else if (faults.length === 0) read.push({ gives: 'rejection', line, reason: 'no-contact', shown });
    return read;
  };
}

/** A list, or a string that holds one. */
function opened(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function listOf(value: unknown): Json[] {
  const list = opened(value);
  return (Array.isArray(list) ? list : [list]).filter((one): one is Json => typeof one === 'object' && one !== null && !Array.isArray(one));
}

function textsOf(value: unknown): string[] {
  const list = opened(value);
  return (Array.isArray(list) ? list : [list]).filter((one): one is string => typeof one === 'string').map((one) => one.trim()).filter((one) => one !== '');
}

function textOf(value: unknown): string {
  return textsOf(value)[0] ?? '';
}
