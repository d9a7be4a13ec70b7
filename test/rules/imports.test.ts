// Issue 4.2: an import is rehearsed, applied whole, undone whole within a day. Fictional people.
import { beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MemoryAddressBook } from '../kit/memory-address-book.js';
import { PrefectureFiles } from '../../src/adapters/import/prefecture-files.js';
import { WrittenNumbers } from '../../src/adapters/numbers/written-numbers.js';
import { Book } from '../../src/application/directory/book.js';
import type { ImportRecord, LineAction } from '../../src/application/directory/address-book.js';
import type { ReadKind } from '../../src/application/directory/import-files.js';
import { Imports, type Asked } from '../../src/application/directory/imports.js';
import { Keeper } from '../../src/application/directory/keeper.js';
import { Shapes } from '../../src/application/directory/shapes.js';
import type { Actor } from '../../src/application/administration.js';
import { localDay } from '../../src/domain/clock/local-time.js';
import type { Mapping } from '../../src/domain/directory/imports.js';
import type { Person, PersonContent } from '../../src/domain/directory/person.js';
import { HOUR } from '../../src/domain/time.js';
import { communesOf76, councilFile, csv, fileOf, mayorsFile, NOW, type Elected } from '../kit/import-files.js';
import { done, journalOf, testOffice, type TestOffice } from '../kit/office.js';

const ACTOR: Actor = { id: 'a'.repeat(32), rights: ['communication'], source: 'console' };
const OWN: Mapping = ['commune', '1.name', '1.function', '1.phone', '1.email'];
const OWN_HEAD = ['Commune', 'Nom', 'Fonction', 'Tél', 'Mail'];
const ownFile = (...rows: string[][]) => csv([OWN_HEAD, ...rows]);

interface House {
  office: TestOffice;
  store: MemoryAddressBook;
  book: Book;
  shapes: Shapes;
  imports: Imports;
  keeper: Keeper;
}

async function house(office?: TestOffice, turn: (book: Book) => Promise<void> = async () => {}): Promise<House> {
  office ??= await testOffice();
  const communes = await communesOf76();
  const { addressBook: store } = office.store;
  const [book, shapes, numbers] = [new Book(store, (code) => communes.named([code])[0]?.name), new Shapes(store), new WrittenNumbers('76')];
  const { clock } = office;
  if (clock.wall() < NOW) clock.pass(NOW - clock.wall());
  const { random } = office.parts;
  const imports = new Imports({
    administration: office.administration, store, book, shapes, files: new PrefectureFiles(communes, numbers, () => clock.wall()), clock, random, turn: () => turn(book),
    today: () => localDay(clock.wall(), 'Europe/Paris'), alarm: (message, details) => { throw new Error(message, { cause: details }); },
  });
  await book.load();
  await imports.restore();
  return { office, store, book, shapes, imports, keeper: new Keeper(office.administration, store, book, numbers, clock, random, () => '76', () => true) };
}

let here: House;
beforeEach(async () => {
  here = await house();
});

async function rehearsed(content: string | Asked, kind: ReadKind = 'rne', over: Partial<Asked> = {}, at = here): Promise<ImportRecord> {
  const asked: Asked = typeof content === 'string' ? { path: fileOf(content), fileName: 'liste.csv', kind, ...(kind === 'own-list' ? { mapping: OWN } : {}), ...over } : content;
  const { import: id } = done(await at.imports.rehearse(ACTOR, asked));
  await at.imports.ended();
  return (await at.imports.find(id))!;
}
async function applied(content: string, kind: ReadKind = 'rne', over: Partial<Asked> = {}, at = here): Promise<ImportRecord> {
  const { id, state, fault } = await rehearsed(content, kind, over, at);
  expect([state, fault]).toEqual(['rehearsed', null]);
  expect(await at.imports.apply(ACTOR, id)).toBeUndefined();
  return (await at.imports.find(id))!;
}
const counts = ({ counts: c }: ImportRecord) => [c.added, c.changed, c.ended, c.unchanged, c.rejected];
const lines = async (id: string, action?: LineAction) => (await here.imports.lines(id, 0, 500, action)).map(({ line, action: what, reason }) => [line, what, reason]);
/** Without what differs from one run to the next. */
const content = ({ id: _, version: __, changedAt: ___, contacts, ...rest }: Person): PersonContent => ({ ...rest, contacts: contacts.map((one) => ({ ...one, checkedAt: null })) });
const everybody = (at = here) => [...at.book.everybody()].map(content).sort((x, y) => (JSON.stringify(x) < JSON.stringify(y) ? -1 : 1));
const named = (last: string) => [...here.book.everybody()].find(({ lastName }) => lastName === last)!;
const inStore = async (at = here) => (await at.store.people('', 1_000)).map(({ id, version }) => `${id}@${version}`);
const inBook = (at = here) => [...at.book.everybody()].map(({ id, version }) => `${id}@${version}`).sort();

const ROUEN: Elected = { commune: '76540', last: 'FICTIF', first: 'Élise' };
const DIEPPE: Elected = { commune: '76217', last: 'AUTRE', first: 'Jean' };

describe('an import', () => {
  test('rehearsed, changes nothing; applied, is there whole, with one entry that holds figures alone; undone, is as if it had never been', async () => {
    const { id } = await rehearsed(mayorsFile(ROUEN, DIEPPE));
    expect(everybody()).toEqual([]);
    expect(await lines(id)).toEqual([[2, 'added', null], [3, 'added', null]]);
    await here.imports.apply(ACTOR, id);
    expect(everybody().map(({ lastName, title }) => [lastName, title])).toEqual(expect.arrayContaining([['Fictif', 'maire'], ['Autre', 'maire']]));
    expect(inBook()).toEqual(await inStore());
    const [entry] = (await journalOf(here.office)).slice(-1);
    expect(entry).toMatchObject({ type: 'importApplied', by: ACTOR.id, payload: { import: id, kind: 'rne', added: 2, changed: 0, ended: 0, rejected: 0 } });
    expect(done(await here.imports.undo(ACTOR, id))).toEqual({ kept: 0 });
    expect(everybody()).toEqual([]);
    expect(await inStore()).toEqual([]);
    expect((await journalOf(here.office)).at(-1)).toMatchObject({ type: 'importUndone', payload: { import: id } });
  });

  test('twice is nothing the second time; applied twice, or undone twice, once', async () => {
    const first = await applied(mayorsFile(ROUEN, DIEPPE));
    expect(counts(await rehearsed(mayorsFile(DIEPPE, ROUEN)))).toEqual([0, 0, 0, 2, 0]);
    const before = (await journalOf(here.office)).length;
    expect(await here.imports.apply(ACTOR, first.id)).toBeUndefined();
    expect((await journalOf(here.office)).length).toBe(before);
    await here.imports.undo(ACTOR, first.id);
    expect(done(await here.imports.undo(ACTOR, first.id))).toEqual({ kept: 0 });
    expect((await journalOf(here.office)).length).toBe(before + 1);
  });

  test('is refused to whoever may not, and when it is unknown, not rehearsed, too old', async () => {
    const { id } = await rehearsed(mayorsFile(ROUEN));
    expect(await here.imports.apply({ ...ACTOR, rights: ['astreinte'] }, id)).toMatchObject({ refused: 'forbidden' });
    expect(await here.imports.apply(ACTOR, 'nobody')).toMatchObject({ refused: 'unknown-import' });
    expect(await here.imports.undo(ACTOR, id)).toMatchObject({ refused: 'not-applied' });
    await here.imports.discard(id);
    expect(await here.imports.apply(ACTOR, id)).toMatchObject({ refused: 'not-rehearsed' });
    expect(await here.imports.lines(id, 0, 9)).toEqual([]);
    const old = await applied(mayorsFile(ROUEN));
    here.office.clock.pass(24 * HOUR);
    expect(await here.imports.undo(ACTOR, old.id)).toMatchObject({ refused: 'undo-too-late' });
  });

  test('of which somebody changed a card meanwhile is rehearsed anew; so is one behind which another was applied', async () => {
    await applied(ownFile(['76540', 'FICTIF Élise', 'maire', '0612345678', '']), 'own-list');
    const stale = await rehearsed(ownFile(['76540', 'FICTIF Élise', 'maire', '0612345679', '']), 'own-list');
    const { id, version, changedAt: _, ...rest } = named('Fictif');
    expect(await here.keeper.change(ACTOR, id, version, { ...rest, title: 'maire et sénatrice', contacts: [{ keep: 0 }] })).toBeUndefined();
    expect(await here.imports.apply(ACTOR, stale.id)).toMatchObject({ refused: 'stale-rehearsal' });
    expect(named('Fictif').title).toBe('maire et sénatrice');
    const [one, other] = [await rehearsed(mayorsFile(DIEPPE)), await rehearsed(mayorsFile({ ...DIEPPE, last: 'TROISIÈME' }))];
    expect(await here.imports.apply(ACTOR, one.id)).toBeUndefined();
    expect(await here.imports.apply(ACTOR, other.id)).toMatchObject({ refused: 'stale-rehearsal' });
  });

  test('whom somebody erased meanwhile does not come back by it', async () => {
    await applied(ownFile(['76540', 'FICTIF Élise', 'maire', '0612345678', '']), 'own-list');
    const { id } = await rehearsed(ownFile(['76540', 'FICTIF Élise', 'maire', '0612345679', '']), 'own-list');
    await here.keeper.erase(ACTOR, [named('Fictif').id], 'asked');
    expect(await here.imports.apply(ACTOR, id)).toMatchObject({ refused: 'stale-rehearsal' });
    expect(everybody()).toEqual([]);
  });

  test('is in the book at once, however many pages it has: whoever looks meanwhile meets the former whole; and whom somebody erases then stays away', async () => {
    const people = Array.from({ length: 1_200 }, (_, n): Elected => ({ commune: n % 2 ? '76540' : '76217', last: `FICTIF ${n}`, first: 'Élise' }));
    const sizes = new Set<number>();
    let meanwhile = async () => {};
    const there = await house(undefined, async (book) => {
      sizes.add(book.size);
      await meanwhile();
    });
    const { id } = await rehearsed(mayorsFile(...people), 'rne', {}, there);
    expect(await there.imports.apply(ACTOR, id)).toBeUndefined();
    expect([...sizes]).toEqual([0]);
    expect(inBook(there)).toEqual((await there.store.people('', 9_999)).map(({ id: who, version }) => `${who}@${version}`));
    const [gone] = there.book.everybody();
    meanwhile = async () => {
      meanwhile = async () => {};
      done(await there.keeper.erase(ACTOR, [gone!.id], 'asked'));
    };
    sizes.clear();
    done(await there.imports.undo(ACTOR, id));
    expect([...sizes].sort()).toEqual([1_199, 1_200]);
    expect(there.book.size).toBe(0);

    const other = await rehearsed(mayorsFile(...people), 'rne', {}, there);
    const whom = (await there.store.stagedBy(other.id, '', 1_200)).at(-1)!;
    meanwhile = async () => {
      if ((await there.imports.find(other.id))!.state !== 'applied') return;
      meanwhile = async () => {};
      there.book.drop(whom.id);
    };
    expect(await there.imports.apply(ACTOR, other.id)).toBeUndefined();
    expect(there.book.person(whom.id)).toBeUndefined();
    expect(there.book.size).toBe(1_199);
  });

  test('undone, leaves what was changed by hand since, and says how many', async () => {
    const { id } = await applied(ownFile(['76540', 'FICTIF Élise', 'maire', '0612345678', ''], ['76217', 'AUTRE Jean', 'maire', '0612345679', '']), 'own-list');
    const { id: who, version, changedAt: _, ...rest } = named('Fictif');
    await here.keeper.change(ACTOR, who, version, { ...rest, contacts: [{ kind: 'phone', value: '06 98 00 00 01' }] });
    expect(await here.imports.changedSince(id)).toBe(1);
    expect(done(await here.imports.undo(ACTOR, id))).toEqual({ kept: 1 });
    expect(everybody().map(({ lastName }) => lastName)).toEqual(['Fictif']);
    expect(inBook()).toEqual(await inStore());
  });

  test('of which nothing is ours, or that breaks on the way, fails and leaves nothing', async () => {
    expect(await rehearsed(mayorsFile({ ...ROUEN, commune: '01001' }))).toMatchObject({ state: 'failed', fault: 'nobody-here' });
    const cut = await rehearsed(`${mayorsFile(...Array.from({ length: 600 }, () => ROUEN))}76;"${'x'.repeat(80_000)}`);
    expect(cut).toMatchObject({ state: 'failed', fault: 'broken-quotes 602' });
    expect(await here.imports.lines(cut.id, 0, 9)).toEqual([]);
    expect(await here.imports.rehearse(ACTOR, { path: fileOf(''), fileName: 'x', kind: 'rne' })).toMatchObject({ refused: 'file-refused', details: { why: 'empty' } });
    expect(everybody()).toEqual([]);
  });

  test('one at a time is rehearsed; one that is given up ends at once', async () => {
    const begun = done(await here.imports.rehearse(ACTOR, { path: fileOf(mayorsFile(...Array.from({ length: 900 }, () => ROUEN))), fileName: 'x', kind: 'rne' }));
    expect(here.imports.progress(begun.import)).toMatchObject({ doing: 'reading' });
    expect(await here.imports.rehearse(ACTOR, { path: fileOf(mayorsFile(ROUEN)), fileName: 'x', kind: 'rne' })).toMatchObject({ refused: 'rehearsal-running' });
    await here.imports.discard(begun.import);
    expect(await here.imports.find(begun.import)).toMatchObject({ state: 'discarded' });
    expect(await rehearsed(mayorsFile(ROUEN))).toMatchObject({ state: 'rehearsed' });
  });

  test('abandoned, is cleared at the next start, and after a day; a report after a month', async () => {
    const before = await applied(mayorsFile(ROUEN));
    const left = await rehearsed(mayorsFile(DIEPPE));
    const again = await house(here.office);
    expect(await again.imports.find(left.id)).toMatchObject({ state: 'discarded', fault: 'interrupted' });
    await again.imports.sweep();
    expect(await again.imports.lines(left.id, 0, 9)).toEqual([]);
    const late = await rehearsed(mayorsFile(DIEPPE), 'rne', {}, again);
    here.office.clock.pass(24 * HOUR);
    expect(await again.imports.apply(ACTOR, late.id)).toMatchObject({ refused: 'stale-rehearsal' });
    await again.imports.sweep();
    expect(await again.imports.find(late.id)).toMatchObject({ state: 'discarded' });
    expect((await again.imports.lines(before.id, 0, 9)).length).toBe(1);
    here.office.clock.pass(30 * 24 * HOUR);
    await again.imports.sweep();
    expect(await again.imports.lines(before.id, 0, 9)).toEqual([]);
    expect((await again.imports.find(before.id))!.state).toBe('applied');
    expect(everybody(again).length).toBe(1);
  });
});

describe('the RNE', () => {
  test('a new mayor: the former one ends the day before, and keeps everything else', async () => {
    await applied(ownFile(['76540', 'Ancien Paul', 'maire', '0612345678', '']), 'own-list');
    const { id } = await applied(mayorsFile(ROUEN));
    expect(await lines(id)).toEqual([[0, 'ended', null], [2, 'added', 'new-mayor']]);
    expect(named('Ancien')).toMatchObject({ until: '2026-03-28', contacts: [expect.objectContaining({ number: '+33612345678' })] });
    expect(counts(await rehearsed(mayorsFile(ROUEN)))).toEqual([0, 0, 0, 1, 0]);
  });

  test('accents, case, hyphens, particles and swapped names are the same person; numbers and the written title stay', async () => {
    await applied(ownFile(['76540', 'Jean-Pierre de la Forêt', 'maire, vice-président de la métropole', '0612345678', '']), 'own-list');
    const { id } = await applied(mayorsFile({ ...ROUEN, last: 'JEAN PIERRE', first: 'FORET' }));
    expect(everybody()).toHaveLength(1);
    expect(await lines(id)).toEqual([[2, 'changed', 'title-kept']]);
    expect(named('Jean-Pierre de la')).toMatchObject({ office: 'maire', title: 'maire, vice-président de la métropole', since: '2026-03-29', contacts: [expect.objectContaining({ number: '+33612345678' })] });
  });

  test('a deputy who becomes mayor stays the same person, with her numbers', async () => {
    await applied(councilFile({ ...ROUEN, last: 'MARTIN', function: 'Maire' }, { ...ROUEN, function: '1er adjoint au Maire' }));
    const before = named('Fictif');
    await applied(ownFile(['76540', 'FICTIF Élise', '', '0612345678', '']), 'own-list');
    const { id } = await applied(mayorsFile(ROUEN));
    expect(await lines(id)).toEqual([[0, 'ended', null], [2, 'changed', null]]);
    expect(named('Fictif')).toMatchObject({ id: before.id, office: 'maire', title: 'maire', order: 0, contacts: [expect.objectContaining({ number: '+33612345678' })] });
  });

  test('namesakes stay two; a line that stands twice is one', async () => {
    const martin = { commune: '76540', last: 'MARTIN', first: 'Jean' };
    const { id } = await applied(councilFile({ ...martin, function: '2e adjoint au Maire' }, { ...martin, function: '5e adjoint au Maire', born: '09/09/1999' }, { ...martin, function: '2e adjoint au Maire' }));
    expect(await lines(id)).toEqual([[2, 'added', null], [3, 'added', null], [4, 'rejected', 'duplicate']]);
    expect(everybody().map(({ order }) => order)).toEqual([2, 5]);
    expect(counts(await rehearsed(councilFile({ ...martin, function: '5e adjoint au Maire', born: '09/09/1999' }, { ...martin, function: '2e adjoint au Maire' })))).toEqual([0, 0, 0, 2, 0]);
  });

  test('communes that the file does not name, and offices of which it does not speak, stay as they are', async () => {
    await applied(councilFile({ ...ROUEN, function: 'Maire' }, { ...ROUEN, last: 'MARTIN', function: '1er adjoint au Maire' }, { ...DIEPPE, function: 'Maire' }));
    expect(counts(await rehearsed(mayorsFile({ ...ROUEN, last: 'NOUVEAU' })))).toEqual([1, 0, 1, 0, 0]);
    expect(counts(await rehearsed(councilFile({ ...ROUEN, function: 'Maire' })))).toEqual([0, 0, 1, 1, 0]);
  });
});

describe('the préfecture’s own list', () => {
  test('brings numbers, and never ends a mandate unless it is asked to', async () => {
    await applied(councilFile({ ...ROUEN, function: 'Maire' }, { ...ROUEN, last: 'MARTIN', function: '1er adjoint au Maire' }));
    const list = ownFile(['76540', 'Élise FICTIF', '', '06 12 34 56 78', 'Elise@Exemple.fr']);
    expect(counts(await rehearsed(list, 'own-list'))).toEqual([0, 1, 0, 0, 0]);
    expect(counts(await rehearsed(list, 'own-list', { ends: true }))).toEqual([0, 1, 1, 0, 0]);
    await applied(list, 'own-list');
    expect(named('Fictif').contacts).toEqual([{ kind: 'phone', number: '+33612345678', line: 'mobile', checkedAt: expect.any(Number) }, { kind: 'email', address: 'elise@exemple.fr', checkedAt: expect.any(Number) }]);
    expect(counts(await rehearsed(list, 'own-list'))).toEqual([0, 0, 0, 1, 0]);
  });

  test('a number that stays keeps its date; one that is replaced is said; no number erases none', async () => {
    await applied(ownFile(['76540', 'FICTIF Élise', 'maire', '0612345678', '']), 'own-list');
    const first = named('Fictif').contacts[0]!;
    here.office.clock.pass(48 * HOUR);
    await applied(ownFile(['76540', 'FICTIF Élise', 'maire', '0612345678', 'elise@exemple.fr']), 'own-list');
    expect(named('Fictif').contacts[0]).toEqual(first);
    const { id } = await applied(ownFile(['76540', 'FICTIF Élise', 'maire', '0698000000', '']), 'own-list');
    expect(await lines(id)).toEqual([[2, 'changed', 'contacts-replaced']]);
    expect(named('Fictif').contacts.map((one) => one.kind)).toEqual(['phone', 'email']);
  });

  test('without a name, a function finds who holds it; another mayor is added and said', async () => {
    await applied(councilFile({ ...ROUEN, function: 'Maire' }, { ...ROUEN, last: 'MARTIN', function: '2e adjoint au Maire' }));
    const { id } = await applied(ownFile(['76540', '', 'maire', '0612345678', ''], ['76540', '', '2e adjoint', '0612345679', ''], ['76540', '', '3e adjoint', '0612345670', ''], ['76540', 'PUTSCH Max', 'maire', '0612345671', '']), 'own-list');
    expect(await lines(id)).toEqual([[2, 'changed', null], [3, 'changed', null], [4, 'rejected', 'nobody-of-that-function'], [5, 'added', null]]);
    const { id: alone } = await rehearsed(ownFile(['76540', 'QUATRIÈME Luc', 'maire', '0612345672', '']), 'own-list');
    expect(await lines(alone)).toEqual([[2, 'added', 'another-mayor']]);
  });

  test('what its columns hold is said once: proposed for the same header, shuffled too', async () => {
    const path = fileOf(ownFile(['76540', 'FICTIF Élise', 'maire', '0612345678', '']));
    expect(await here.imports.recognise(path)).toMatchObject({ kind: 'own-list', kept: undefined });
    const said: Mapping = ['commune', '1.name', 'ignored', '1.phone', 'ignored'];
    await rehearsed({ path, fileName: 'liste.csv', kind: 'own-list', mapping: said });
    expect(await here.imports.recognise(path)).toMatchObject({ kept: said });
    const shuffled = fileOf(csv([['Tél', 'MAIL', 'Commune', 'fonction', 'Nom'], ['0612345678', '', '76540', 'maire', 'FICTIF Élise']]));
    expect(await here.imports.recognise(shuffled)).toMatchObject({ kept: ['1.phone', 'ignored', 'commune', 'ignored', '1.name'] });
    expect(counts(await rehearsed({ path: shuffled, fileName: 'l.csv', kind: 'own-list' }))).toEqual([1, 0, 0, 0, 0]);
  });
});

describe('DILA’s directory, and contours', () => {
  const town = (number: string) => JSON.stringify({ service: [{ nom: 'Mairie - Rouen', pivot: [{ type_service_local: 'mairie', code_insee_commune: ['76540'] }], telephone: [{ valeur: number }] }] });

  test('writes the town hall of the commune, and nobody else', async () => {
    await applied(mayorsFile(ROUEN));
    await applied(town('02 35 00 00 01'), 'annuaire');
    expect(here.book.inCommune('76540').map(({ kind }) => kind).sort()).toEqual(['official', 'town-hall']);
    const { id } = await applied(town('02 35 00 00 02'), 'annuaire');
    expect(await lines(id)).toEqual([[1, 'changed', 'contacts-replaced']]);
    expect(counts(await rehearsed(town('02 35 00 00 02'), 'annuaire'))).toEqual([0, 0, 0, 1, 0]);
  });

  test('contours replace the former ones; undone, those are there again', async () => {
    const map = (x: number, ...codes: string[]) => JSON.stringify({ features: codes.map((code, i) => ({ type: 'Feature', properties: { code }, geometry: { type: 'Polygon', coordinates: [[[x + i, 49], [x + i + 1, 49], [x + i + 1, 50], [x + i, 49]]] } })) });
    await applied(map(0, '76540', '76217'), 'contours');
    expect(here.shapes.neighboursOf('76540')).toEqual(['76217']);
    expect(counts(await rehearsed(map(0, '76540', '76217'), 'contours'))).toEqual([0, 0, 0, 2, 0]);
    here.office.clock.pass(HOUR);
    const second = await applied(map(1, '76540'), 'contours');
    expect(counts(second)).toEqual([0, 1, 1, 0, 0]);
    expect(here.shapes.all.map(({ commune }) => commune)).toEqual(['76540']);
    await here.imports.undo(ACTOR, second.id);
    expect(here.shapes.neighboursOf('76217')).toEqual(['76540']);
  });
});

describe('laws', () => {
  const elected = fc.record<Elected>({
    commune: fc.constantFrom('76540', '76217', '76351', '01001'), last: fc.constantFrom('FICTIF', 'De La Tour', 'LATOUR-MARTIN', 'Œuvray'), first: fc.constantFrom('Élise', 'JEAN-LUC', 'anne'),
    function: fc.constantFrom('Maire', '1er adjoint au Maire', '2ème adjoint au Maire', 'Conseiller municipal', ''), born: fc.constantFrom('01/02/1970', '03/04/1980'), since: fc.constantFrom('29/03/2026', '2020-05-25', ''),
  });
  const file = fc.array(elected, { minLength: 1, maxLength: 14 });
  const isOurs = (people: readonly Elected[], council = true) => people.some(({ commune, function: held }) => commune !== '01001' && (!council || (held ?? '') !== '' && held !== 'Conseiller municipal'));

  test('applied, it has nothing more to change; undone, everybody is as before', async () => {
    await fc.assert(fc.asyncProperty(file.filter((one) => isOurs(one)), file.filter((one) => isOurs(one)), async (before, after) => {
      here = await house();
      await applied(councilFile(...before));
      const [was, wasStored] = [everybody(), await inStore()];
      const { id } = await applied(councilFile(...after));
      expect(inBook()).toEqual(await inStore());
      const again = (await rehearsed(councilFile(...after))).counts;
      expect([again.added, again.changed, again.ended]).toEqual([0, 0, 0]);
      await here.imports.undo(ACTOR, id);
      expect([everybody(), await inStore(), inBook()]).toEqual([was, wasStored, wasStored]);
    }), { numRuns: 60 });
  });

  test('the order of the lines does not matter', async () => {
    await fc.assert(fc.asyncProperty(file.filter((one) => isOurs(one)), fc.infiniteStream(fc.nat()), async (people, chance) => {
      const one = await house();
      const other = await house();
      const mixed = people.map((person) => ({ person, at: chance.next().value as number })).sort((x, y) => x.at - y.at).map(({ person }) => person);
      const [first, second] = [await applied(councilFile(...people), 'rne', {}, one), await applied(councilFile(...mixed), 'rne', {}, other)];
      expect(counts(second)).toEqual(counts(first));
      expect(everybody(other)).toEqual(everybody(one));
    }), { numRuns: 60 });
  });

  test('mayors and councillors of one day, in either order', async () => {
    const council = [{ ...ROUEN, function: 'Maire' }, { ...ROUEN, last: 'ANCIEN', function: '1er adjoint au Maire' }, { ...DIEPPE, function: 'Maire' }];
    const before = councilFile({ ...ROUEN, last: 'ANCIEN', function: 'Maire', since: '25/05/2020' }, { ...ROUEN, function: '1er adjoint au Maire', since: '25/05/2020' });
    const finals = [];
    for (const order of [[councilFile(...council), mayorsFile(ROUEN, DIEPPE)], [mayorsFile(ROUEN, DIEPPE), councilFile(...council)]]) {
      here = await house();
      await applied(before);
      for (const one of order) await applied(one);
      finals.push(everybody());
    }
    expect(finals[1]).toEqual(finals[0]);
    expect(finals[0]!.map(({ lastName, office, until }) => [lastName, office, until])).toEqual(expect.arrayContaining([['Fictif', 'maire', null], ['Ancien', 'adjoint', null], ['Autre', 'maire', null]]));
  });
});
