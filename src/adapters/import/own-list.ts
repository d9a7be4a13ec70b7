import type { Communes } from '../../application/communes.js';
import { FileRefused, type ReadLine } from '../../application/directory/import-files.js';
import type { Numbers } from '../../application/directory/numbers.js';
import { PEOPLE_A_LINE, type LineReason, type Mapping, type OwnListField, type PersonField } from '../../domain/directory/imports.js';
import { asWritten, plainWords } from '../../domain/directory/names.js';
import { readFunction, type ReadFunction } from '../../domain/directory/official-functions.js';
import { placeOf, departementOf } from './communes-of-lines.js';
import { readContacts } from './contacts-of-lines.js';
import type { Row } from './rows.js';

const TOWN_HALL = /^(la )?(mairie|standard|accueil|secretariat)\b/;

/** What the names of the columns suggest, as a proposal: somebody confirms it, once for each header. */
export function guessMapping(header: readonly string[]): OwnListField[] {
  const words = header.map(plainWords);
  const kinds = words.map((name) => kindOf(name, words));
  // "Téléphone 2" is a second number of one person, unless the list numbers its people.
  const names = words.filter((_, i) => kinds[i] === 'name' || kinds[i] === 'last-name');
  const isNumbered = names.length > 1;
  let person = 0;
  return kinds.map((kind, i): OwnListField => {
    if (kind === 'ignored' || kind === 'commune') return kind;
    if (!isNumbered) return `1.${kind}`;
    const own = /\b([123])\b/.exec(words[i]!.replace(/\d ?(er|e|eme)\b/, ''))?.[1];
    if (kind === 'name' || kind === 'last-name') person = Math.min(PEOPLE_A_LINE, person + 1);
    const of = own ?? String(Math.max(1, person));
    return `${of as '1' | '2' | '3'}.${kind}`;
  });
}

function kindOf(name: string, all: readonly string[]): PersonField | 'commune' | 'ignored' {
  if (/mail|courriel|messagerie/.test(name)) return 'email';
  if (/\btel\b|tele?phone|\bportable|\bmobile|\bgsm\b|\bfixe\b|\bnumero\b|\bdomicile\b|\bbureau\b|\bligne\b/.test(name)) return 'phone';
  if (/postal|population|adresse|canton|arrondissement|civilite|observation|remarque/.test(name)) return 'ignored';
  if (/commune|insee|collectivite|\bville\b/.test(name)) return 'commune';
  if (/nom.*prenom|prenom.*\bnom\b|identite/.test(name)) return 'name';
  if (/prenom/.test(name)) return 'first-name';
  if (/fonction|qualite|\btitre\b|mandat|\brole\b/.test(name)) return 'function';
  if (/\bnom\b/.test(name)) return all.some((one) => /prenom/.test(one)) ? 'last-name' : 'name';
  return /contact|\belue?\b|maire|adjoint|responsable/.test(name) ? 'name' : 'ignored';
}

/** Whether these columns are enough to say who is reached, and where. */
export function checkMapping(header: readonly string[], mapping: Mapping): void {
  const has = (...fields: string[]) => mapping.some((field) => fields.some((one) => field === one || field.endsWith(`.${one}`)));
  if (mapping.length !== header.length || !has('commune') || !has('name', 'last-name', 'function') || !has('phone', 'email')) throw new FileRefused('mapping-needed');
}

interface Parts {
  communes: Communes;
  numbers: Numbers;
  now: () => number;
}

/** Line by line: the commune, and one to three people who can be reached for it. */
export function ownListReader(header: readonly string[], mapping: Mapping, { communes, numbers, now }: Parts): (row: Row) => ReadLine[] {
  const columns = (field: OwnListField) => mapping.flatMap((one, i) => (one === field ? [i] : []));
  const communeAt = columns('commune');
  const people = ([1, 2, 3] as const).map((n) => ({
    of: (field: PersonField) => columns(`${n}.${field}`),
    heading: headingFunction([...columns(`${n}.name`), ...columns(`${n}.last-name`), ...columns(`${n}.phone`)].map((i) => header[i]!)),
  })).filter(({ of }) => (['name', 'last-name', 'function', 'phone', 'email'] as const).some((field) => of(field).length > 0));

  return ({ line, cells }) => {
    const cell = (at: number) => (cells[at] ?? '').trim();
    const all = (at: readonly number[]) => at.map(cell).filter((text) => text !== '');
    const typed = all(communeAt);
    const places = typed.map((text) => placeOf(text, communes));
    const place = places.find((one) => 'commune' in one) ?? places.find((one) => 'elsewhere' in one) ?? places[0] ?? { reason: 'no-commune' as const };
    if ('elsewhere' in place) return [{ gives: 'elsewhere' }];
    const where = typed.join(' ');
    const read: ReadLine[] = [];
    const lineOf = (reason: LineReason, shown: string) => read.push({ gives: 'rejection', line, reason, shown });
    for (const { of, heading } of people) {
      const { lastName, firstName } = nameOf(all(of('name')).join(' '), all(of('last-name')).join(' '), all(of('first-name')).join(' '));
      const title = all(of('function')).join(', ');
      const phones = all(of('phone'));
      const emails = all(of('email'));
      if (`${lastName}${firstName}${phones.join('')}${emails.join('')}` === '') continue;
      const written = readFunction(title) ?? heading;
      const who = [`${lastName} ${firstName}`.trim(), title].filter((text) => text !== '').join(', ');
      const isTownHall = TOWN_HALL.test(plainWords(lastName)) || (lastName === '' && TOWN_HALL.test(plainWords(title)));
      const commune = 'commune' in place ? place.commune : written?.office === 'maire-delegue' ? place.into : undefined;
      if (commune === undefined) {
        const { reason, into } = place as { reason: LineReason; into?: string };
        lineOf(reason, `${who}, ${where}${into === undefined ? '' : ` → ${into} ${communes.named([into])[0]!.name}`}`);
        continue;
      }
      const shown = `${who === '' ? phones.concat(emails).join(', ') : who}, ${communes.named([commune])[0]!.name} (${commune})`;
      if (lastName === '' && !isTownHall && (written === null || written.office === 'autre')) {
        lineOf('no-name', shown);
        continue;
      }
      const { contacts, faults } = readContacts(phones, emails, numbers, departementOf(commune), now());
      for (const fault of faults) lineOf(fault.reason, `${shown} : ${fault.written}`);
      if (lastName === '' && contacts.length === 0) continue;
      read.push({ gives: 'person', named: isTownHall
        ? { line, kind: 'town-hall', commune, lastName: 'Mairie', firstName: '', office: null, order: null, title: title || 'standard', since: null, contacts, apart: '', shown }
        : { line, kind: 'official', commune, lastName, firstName, office: written?.office ?? null, order: written?.order ?? null, title: title || titleOf(written), since: null, contacts, apart: '', shown } });
    }
    if (read.length === 0) lineOf('no-contact', where);
    return read;
  };
}

/** "Nom du maire", "Tél. 1er adjoint": the heading says the function where no column does. */
function headingFunction(headings: readonly string[]): ReadFunction | null {
  for (const heading of headings) {
    const read = readFunction(heading);
    if (read && (read.office === 'adjoint' || read.office === 'maire-delegue')) return read;
    if (/\bmaire\b/.test(plainWords(heading))) return { office: 'maire', order: 0 };
  }
  return null;
}

function titleOf(read: ReadFunction | null): string {
  if (read?.office === 'maire') return 'maire';
  if (read?.office !== 'adjoint') return '';
  return read.order < 50 ? `${read.order}${read.order === 1 ? 'er' : 'e'} adjoint` : 'adjoint';
}

/** "M. DUPRÉ Jean", "Élise Dupré": words in capitals are the last name; else the last word is the first name. */
function nameOf(whole: string, last: string, first: string): { lastName: string; firstName: string } {
  if (last !== '' || whole === '') return { lastName: asWritten(bare(last)), firstName: asWritten(first) };
  const words = bare(whole).split(/\s+/).filter((word) => word !== '');
  const isLoud = (word: string) => word.length > 1 && word === word.toLocaleUpperCase('fr') && /\p{L}{2}/u.test(word);
  const loud = words.filter(isLoud);
  if (loud.length > 0 && loud.length < words.length) return { lastName: asWritten(loud.join(' ')), firstName: words.filter((word) => !isLoud(word)).join(' ') };
  if (words.length < 2) return { lastName: asWritten(words.join(' ')), firstName: asWritten(first) };
  return { lastName: asWritten(words.slice(0, -1).join(' ')), firstName: asWritten(words.at(-1)!) };
}

function bare(name: string): string {
  return name.replace(/^(m|mr|mme|mlle|monsieur|madame|dr)\.?\s+/i, '').trim();
}
