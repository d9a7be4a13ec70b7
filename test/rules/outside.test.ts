// Whatever address a user types: what is connected to is what was judged.
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { isPublic } from '../../src/adapters/outside/address-rules.js';
import { GuardedRequests, type Resolve } from '../../src/adapters/outside/guarded-requests.js';
import { OutsideFailed, type OutsideAnswer, type OutsideRequest } from '../../src/application/outside.js';
import { afterwards } from '../kit/scratch.js';

const never = () => new AbortController().signal;
async function served(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterwards(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as { port: number }).port;
}
const resolving = (...addresses: string[]): Resolve => (_host, done) => done(null, addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
const ask = (requests: GuardedRequests, url: string, over: Partial<OutsideRequest> = {}) => requests.request({ method: 'GET', url, mostBytes: 1_000, signal: never(), ...over });
const fault = (answer: Promise<OutsideAnswer>) => answer.then(() => 'answered', (error: unknown) => (error instanceof OutsideFailed ? error.fault : error));

describe('an address', () => {
  test.each([
    '127.0.0.1', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255', '198.18.0.1',
    '192.0.2.1', '::', '::1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12::1', 'ff02::1', '::ffff:127.0.0.1', '::ffff:a00:1', '64:ff9b::a00:1', '2002:7f00:1::', '2001:db8::1', 'x',
  ])('%s is not public', (address) => expect(isPublic(address)).toBe(false));

  test.each(['93.184.216.34', '172.32.0.1', '100.128.0.1', '2606:2800:220:1::1', '::ffff:93.184.216.34'])('%s is public', (address) => expect(isPublic(address)).toBe(true));

  test.each([
    ['https://exemple.fr/x', undefined], ['http://exemple.fr/x', undefined], ['https://93.184.216.34/', undefined], ['http://93.184.216.34/', 'https-needed'],
    ['https://2130706433/', 'private-address'], ['https://127.1/', 'private-address'], ['https://[::1]/', 'private-address'], ['https://[::ffff:7f00:1]/', 'private-address'],
    ['https://10.9.0.1/', undefined], ['http://10.9.0.1/', undefined], ['http://[::ffff:10.9.0.1]/', undefined], ['http://10.10.0.1/', 'private-address'],
    ['https://a:b@exemple.fr/', 'credentials'], ['gopher://exemple.fr/', 'not-an-address'], ['exemple.fr', 'not-an-address'],
  ])('%s, typed where 10.9.0.0/16 is listed: %s', (url, expected) => expect(new GuardedRequests(['10.9.0.0/16', 'relais.local']).faultOf(url)).toBe(expected));

  test.each([
    ['http://exemple.fr/x', [], 'https-needed'], ['http://exemple.fr/x', ['relais.local'], 'https-needed'], ['http://RELAIS.local/x', ['relais.local'], undefined],
    // What a name leads to is known when it is resolved.
    ['http://exemple.fr/x', ['10.9.0.0/16'], undefined],
  ])('%s without TLS, typed where %j is listed: %s', (url, listed, expected) => expect(new GuardedRequests(listed).faultOf(url)).toBe(expected));
});

describe('a name', () => {
  test.each([
    [['127.0.0.1'], 'private-address'], [['93.184.216.34', '10.0.0.1'], 'private-address'], [['::ffff:169.254.169.254'], 'private-address'], [[], 'unknown-host'],
  ])('that leads to %j is not connected to', async (addresses, expected) => {
    let reached = 0;
    const port = await served((_request, response) => void (reached++, response.end()));
    expect(await fault(ask(new GuardedRequests([], resolving(...addresses)), `https://piege.example:${port}/`))).toBe(expected);
    expect(reached).toBe(0);
  });

  test('that is asked once is the one that is used: a second answer is never heard (DNS rebinding)', async () => {
    const port = await served((request, response) => void response.end(request.headers.host));
    let asked = 0;
    const requests = new GuardedRequests(['127.0.0.1'], (host, done) => resolving(++asked === 1 ? '127.0.0.1' : '10.0.0.1')(host, done));
    expect(Buffer.from((await ask(requests, `http://change.example:${port}/`)).body).toString()).toBe(`change.example:${port}`);
    expect(asked).toBe(1);
    expect(await fault(ask(requests, `http://change.example:${port}/`))).toBe('private-address');
  });

  test('that is listed may be private and without TLS; another is refused without TLS', async () => {
    const port = await served((_request, response) => void response.end('oui'));
    expect((await ask(new GuardedRequests(['relais.local'], resolving('127.0.0.1')), `http://RELAIS.local:${port}/`)).status).toBe(200);
    expect(await fault(ask(new GuardedRequests(['relais.local'], resolving('93.184.216.34')), `http://autre.local:${port}/`))).toBe('https-needed');
  });
});

describe('an answer', () => {
  const here = new GuardedRequests(['127.0.0.1']);

  test('is read up to its limit, and refused beyond', async () => {
    const port = await served((_request, response) => void response.end('x'.repeat(1_001)));
    expect((await ask(here, `http://127.0.0.1:${port}/`, { mostBytes: 1_001 })).body).toHaveLength(1_001);
    expect(await fault(ask(here, `http://127.0.0.1:${port}/`))).toBe('too-large');
  });

  test('without end, of which nothing is wanted, is its status alone', async () => {
    const port = await served((_request, response) => void response.writeHead(200).write('x'.repeat(10_000)));
    expect(await ask(here, `http://127.0.0.1:${port}/`, { mostBytes: 0 })).toMatchObject({ status: 200, body: new Uint8Array() });
  });

  test('that never comes, or never ends, is given up when who asked says so', async () => {
    const silent = await served(() => {});
    const endless = await served((_request, response) => void response.writeHead(200).write('x'));
    for (const port of [silent, endless]) {
      const cut = new AbortController();
      const answer = fault(ask(here, `http://127.0.0.1:${port}/`, { signal: cut.signal }));
      setTimeout(() => cut.abort(), 50);
      expect(await answer).toBe('no-answer');
    }
  });

  test('without a certificate, or where nobody listens, says which', async () => {
    const port = await served((_request, response) => void response.end());
    expect(await fault(ask(here, `https://127.0.0.1:${port}/`))).toBe('certificate');
    expect(await fault(ask(here, 'http://127.0.0.1:9/'))).toBe('unreachable');
  });

  test('that redirects is followed by a reading, judged each time, three times at most', async () => {
    const port: number = await served((request, response) => {
      const left = Number(request.url!.slice(1));
      if (left === 0) response.end('là');
      else response.writeHead(302, { location: left === 9 ? 'https://10.0.0.1/' : `/${left - 1}` }).end();
    });
    const url = (left: number) => `http://127.0.0.1:${port}/${left}`;
    expect((await ask(here, url(3))).status).toBe(200);
    expect(await fault(ask(here, url(4)))).toBe('redirect-refused');
    expect(await fault(ask(here, url(9)))).toBe('redirect-refused');
    expect((await ask(here, url(1), { method: 'POST', body: 'x' })).status).toBe(302);
  });
});
