// Issue 4, 4: calendars handed over or fetched again on their own, who is on call, the gaps ahead, our own calendar out.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import ICAL from 'ical.js';
import type { Problem } from '../../src/contract/live.js';
import type { CalendarLine, OnCallNow, OnCallWeeks } from '../../src/contract/on-call.js';
import type { AdministrationEntry } from '../../src/domain/administration.js';
import { HOUR, MINUTE, SECOND, toInstant, toMs } from '../../src/domain/time.js';
import { Agenda, icalOf } from '../kit/agenda.js';
import { World, type Person } from '../kit/world.js';

let world: World;
let keeper: Person;
let agent: Person;
let agenda: Agenda;

// The test's clock: Saturday 14 March 2026, 02:14 in Paris.
beforeEach(async () => {
  world = await World.start({ env: { OUTSIDE_ALLOWED: '127.0.0.1' } });
  [keeper, agent] = [await world.person('communication', 'admin'), await world.person('astreinte')];
  agenda = await Agenda.start();
});
afterEach(() => world.stop());

const calendars = async () => (await keeper.get<CalendarLine[]>('/api/calendars')).body;
const only = async () => (await calendars())[0]!;
const now = async (at?: string) => (await agent.get<OnCallNow>(`/api/on-call${at ? `?at=${encodeURIComponent(at)}` : ''}`)).body.functions;
const weeks = async () => (await agent.get<OnCallWeeks>('/api/on-call/weeks?weeks=1')).body;
const fetched = () => world.running.wired.calendarKeeper.idle();
async function add(order: object = {}): Promise<string> {
  const { status, body } = await keeper.post<{ calendar: string }>('/api/calendars', { function: 'AA', name: 'Astreinte communication', ...order });
  expect([status, body]).toEqual([201, { calendar: expect.any(String) }]);
  await fetched();
  return body.calendar;
}
const person = (lastName: string, firstName: string, email: string) =>
  keeper.post('/api/directory/people', { kind: 'agent', lastName, firstName, contacts: [{ kind: 'email', value: email }] });
const NIGHT = icalOf(['Anne Fictif', '20260313T170000Z', '20260314T070000Z'], ['Martin', '20260314T170000Z', '20260315T070000Z']);

describe('who is on call', () => {
  test('now and at any date, by the names of the directory; whoever is not known is said', async () => {
    await person('Fictif', 'Anne', 'anne@exemple.fr');
    await add({ content: NIGHT });
    expect(await now()).toMatchObject([{ function: 'AA', now: [{ name: 'Anne Fictif', person: expect.any(String), unknown: null }], next: null }]);
    expect(await now('2026-03-14T12:00:00Z')).toMatchObject([{ now: [], next: { name: 'Martin', from: toMs('2026-03-14T17:00:00Z'), person: null, unknown: 'nobody' } }]);
    expect(await now('2026-03-14T20:00:00+01:00')).toMatchObject([{ now: [{ name: 'Martin' }] }]);
    expect((await only()).unknown).toEqual([{ written: 'Martin', why: 'nobody' }]);
    await person('Martin', 'Julie', 'j@exemple.fr');
    expect(await now('2026-03-14T20:00:00Z')).toMatchObject([{ now: [{ name: 'Julie Martin', unknown: null }] }]);
    expect((await only()).unknown).toEqual([]);
  });

  test('the weeks ahead: gaps and overlaps, between several calendars of one function', async () => {
    await person('Fictif', 'Anne', 'anne@exemple.fr');
    await add({ content: icalOf(['Fictif', '20260313T170000Z', '20260316T070000Z'], ['Martin', '20260318T000000Z', '20260330T000000Z']) });
    await add({ name: 'Renforts', content: icalOf(['Fictif', '20260315T000000Z', '20260315T120000Z'], ['Durand', '20260319T000000Z', '20260319T120000Z']) });
    const { functions } = await weeks();
    expect(functions[0]!.concerns).toEqual([
      { kind: 'gap', from: toMs('2026-03-16T07:00:00Z'), to: toMs('2026-03-18T00:00:00Z'), names: [] },
      { kind: 'overlap', from: toMs('2026-03-19T00:00:00Z'), to: toMs('2026-03-19T12:00:00Z'), names: expect.arrayContaining(['Martin', 'Durand']) },
    ]);
  });

  test('off hours: working days ask for nobody', async () => {
    await add({ covers: 'off-hours', content: icalOf(['Fictif', '20260313T170000Z', '20260316T073000Z'], ['Fictif', '20260316T170000Z', '20260317T073000Z'], ['Fictif', '20260317T170000Z', '20260330T073000Z']) });
    expect((await weeks()).functions[0]!.concerns).toEqual([]);
  });
});

describe('an address', () => {
  test('is asked at once, then each hour, and only for what changed', async () => {
    agenda.has(NIGHT, { 'etag': '"v1"', 'last-modified': 'Fri, 13 Mar 2026 10:00:00 GMT' });
    await add({ url: agenda.url });
    expect(await only()).toMatchObject({ host: expect.stringMatching(/^127\.0\.0\.1:\d+$/), fault: null, contentAt: world.clock.wall(), ahead: 2 });
    expect(JSON.stringify(await calendars())).not.toContain('secret-3f9a');
    agenda.serve = (response) => void response.writeHead(304).end();
    await world.pass(59 * MINUTE);
    await fetched();
    expect(agenda.asked).toHaveLength(1);
    await world.pass(MINUTE);
    await fetched();
    expect(agenda.asked[1]).toMatchObject({ 'if-none-match': '"v1"', 'if-modified-since': 'Fri, 13 Mar 2026 10:00:00 GMT' });
    expect(await only()).toMatchObject({ fault: null, contentAt: world.clock.wall(), ahead: 2 });
  });

  test.each<[string, (agenda: Agenda) => void, string]>([
    ['answers a login page', (one) => one.has('<!DOCTYPE html><title>Connexion</title>', { 'content-type': 'text/html' }), 'login-page'],
    ['leads to a private address', (one) => (one.serve = (response) => void response.writeHead(302, { location: 'http://10.0.0.1/aa.ics' }).end()), 'redirect-refused'],
    ['leads to this machine by another name', (one) => (one.serve = (response) => void response.writeHead(301, { location: 'https://[::1]/aa.ics' }).end()), 'redirect-refused'],
    ['sends 10 MB', (one) => one.has(Buffer.alloc(10 * 1024 * 1024, 'BEGIN:VCALENDAR\r\n')), 'too-large'],
    ['is refused', (one) => (one.serve = (response) => void response.writeHead(403).end()), 'http-403'],
    ['sends nothing', (one) => one.has(''), 'empty'],
    ['is cut off', (one) => (one.serve = (response) => void response.destroy()), 'unreachable'],
  ])('that %s: said, and the last good content stays with its age', async (_what, spoil, fault) => {
    agenda.has(NIGHT);
    await add({ url: agenda.url });
    const good = world.clock.wall();
    spoil(agenda);
    await world.pass(HOUR);
    await fetched();
    expect(await only()).toMatchObject({ fault, contentAt: good, triedAt: good + HOUR });
    expect(await now('2026-03-14T20:00:00Z')).toMatchObject([{ now: [{ name: 'Martin' }] }]);
    expect((await weeks()).faults).toMatchObject([{ function: 'AA', fault, contentAt: good }]);
    agenda.has(icalOf(['Anne Fictif', '20260314T170000Z', '20260315T070000Z']));
    await world.pass(10 * MINUTE);
    await fetched();
    expect(await only()).toMatchObject({ fault: null, contentAt: world.clock.wall() });
    expect(await now('2026-03-14T20:00:00Z')).toMatchObject([{ now: [{ name: 'Anne Fictif' }] }]);
  });

  test('that hangs is cut after twenty seconds, and holds nothing up', async () => {
    agenda.serve = () => {};
    const { status } = await keeper.post('/api/calendars', { function: 'AA', name: 'Lente', url: agenda.url });
    expect(status).toBe(201);
    await agenda.until(() => agenda.asked.length === 1);
    await world.pass(19 * SECOND);
    expect((await only()).triedAt).toBeNull();
    await world.pass(SECOND);
    await fetched();
    expect(await only()).toMatchObject({ fault: 'no-answer', contentAt: null });
    expect(agenda.asked).toHaveLength(1);
  });

  test('that is private, or in http, is refused where it is typed', async () => {
    for (const url of ['http://192.168.1.10/aa.ics', 'https://10.0.0.1/aa.ics', 'file:///etc/passwd', 'webcal://127.0.0.2/x.ics']) {
      expect([url, await keeper.post<Problem>('/api/calendars', { function: 'AA', name: 'x', url })]).toMatchObject([url, { status: 422, body: { refused: 'address-refused' } }]);
    }
    expect(await calendars()).toEqual([]);
  });

  test('fetched by hand, changed, and forgotten with what a late answer brings', async () => {
    agenda.has(NIGHT);
    const id = await add({ url: agenda.url });
    agenda.has(icalOf(['Durand', '20260313T170000Z', '20260314T070000Z']));
    expect((await keeper.post(`/api/calendars/${id}/fetch`)).status).toBe(204);
    expect(await now()).toMatchObject([{ now: [{ name: 'Durand' }] }]);
    expect((await keeper.post(`/api/calendars/${id}/change`, { function: 'RC', name: 'Cellule' })).status).toBe(204);
    expect(await now()).toMatchObject([{ function: 'RC', now: [{ name: 'Durand' }] }]);
    expect((await keeper.post(`/api/calendars/${id}/change`, { function: 'RC', name: 'Cellule', content: NIGHT })).status).toBe(204);
    expect(await only()).toMatchObject({ host: null, name: 'Cellule' });
    expect((await keeper.post(`/api/calendars/${id}/remove`)).status).toBe(204);
    expect(await calendars()).toEqual([]);
    expect(await keeper.post(`/api/calendars/${id}/remove`)).toMatchObject({ status: 404, body: { refused: 'unknown-calendar' } });
    const journal = (await keeper.get<{ entries: AdministrationEntry[] }>('/api/administration/journal')).body.entries.filter(({ type }) => type.startsWith('calendar'));
    expect(journal.map(({ type, payload }) => [type, payload])).toEqual([
      ['calendarAdded', { calendar: id, function: 'AA' }], ['calendarChanged', { calendar: id, function: 'RC' }], ['calendarChanged', { calendar: id, function: 'RC' }], ['calendarRemoved', { calendar: id }],
    ]);
    expect(JSON.stringify(journal)).not.toContain('secret-3f9a');
  });

  test('what was read is there after a restart, without asking anybody', async () => {
    agenda.has(NIGHT);
    await add({ url: agenda.url });
    const { folder, clock } = world;
    await world.stop();
    world = await World.start({ folder, clock });
    agent = await world.person('astreinte');
    expect(await now('2026-03-14T20:00:00Z')).toMatchObject([{ now: [{ name: 'Martin' }] }]);
    expect(agenda.asked).toHaveLength(1);
  });
});

describe('a file', () => {
  test.each([['', 'empty'], ['<html>connexion</html>', 'login-page'], ['Astreinte : Anne', 'not-a-calendar']])('%j is refused, and nothing is kept', async (content, why) => {
    expect(await keeper.post<Problem>('/api/calendars', { function: 'AA', name: 'x', content })).toMatchObject({ status: 422, body: { refused: 'calendar-refused', details: { why } } });
    expect(await keeper.post<Problem>('/api/calendars', { function: 'AA', name: 'x' })).toMatchObject({ status: 422 });
    expect(await calendars()).toEqual([]);
  });

  test('what is not understood in it is said, the rest counts', async () => {
    await add({ content: icalOf(['Anne', '20260313T170000Z', '20260314T070000Z'], ['Sans fin', '20260313T170000Z', '20260313T170000Z'], ['Jamais', '20260101T000000Z', '20260101T010000Z', 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30']) });
    expect(await only()).toMatchObject({ ahead: 1, ignored: [{ summary: 'Sans fin', why: 'no-end' }, { summary: 'Jamais', why: 'impossible-rule' }] });
  });
});

describe('our own calendar', () => {
  test('as iCalendar, by a token in its address: a calendar sends no header; it opens nothing else', async () => {
    await person('Fictif', 'Anne', 'anne@exemple.fr');
    await add({ content: NIGHT });
    const key = (await world.script('read-on-call')).headers['authorization']!.slice('Bearer '.length);
    const nobody = await fetch(`${world.url}/api/on-call.ics?function=AA`);
    expect(nobody.status).toBe(401);
    const response = await fetch(`${world.url}/api/on-call.ics?function=AA&key=${key}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
    const events = new ICAL.Component(ICAL.parse(await response.text())).getAllSubcomponents('vevent');
    expect(events.map((one) => [one.getFirstPropertyValue('summary'), (one.getFirstPropertyValue('dtstart') as ICAL.Time).toString()])).toEqual([
      ['Astreinte AA : Anne Fictif', '2026-03-13T17:00:00Z'], ['Astreinte AA : Martin', '2026-03-14T17:00:00Z'],
    ]);
    expect((await fetch(`${world.url}/api/directory/people?key=${key}`)).status).toBe(401);
    expect((await fetch(`${world.url}/api/on-call.ics?key=${key.slice(0, -1)}0x`)).status).toBe(401);
  });

  test('a title from elsewhere writes no line of its own', async () => {
    await add({ content: icalOf(['Anne\\nATTACH:http://mal.example', '20260313T170000Z', '20260314T070000Z']) });
    const { body } = await agent.get<string>('/api/on-call.ics');
    expect(body).not.toMatch(/^ATTACH/m);
  });

  test('a script reads who is on call with its token; another token does not', async () => {
    await add({ content: NIGHT });
    expect((await (await world.script('read-on-call')).get<OnCallNow>('/api/on-call')).body.functions).toMatchObject([{ function: 'AA', now: [{ name: 'Anne Fictif' }] }]);
    expect((await (await world.script('declare-t0')).get('/api/on-call')).status).toBe(403);
    expect((await (await world.script('declare-t0')).get('/api/on-call.ics')).status).toBe(403);
    expect((await (await world.script('read-on-call')).get('/api/on-call/weeks')).status).toBe(403);
  });
});

test('who may: everybody who works reads; those who keep the directory write; a player neither', async () => {
  const player = await world.person('joueur');
  expect((await player.get('/api/on-call')).status).toBe(403);
  expect((await player.get('/api/on-call.ics')).status).toBe(403);
  expect((await agent.get('/api/calendars')).status).toBe(200);
  expect((await agent.post('/api/calendars', { function: 'AA', name: 'x', content: NIGHT })).status).toBe(403);
  expect(toInstant(world.clock.wall())).toBe('2026-03-14T01:14:00.000Z');
});
