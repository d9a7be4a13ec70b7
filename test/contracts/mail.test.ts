// What every carrier of mail keeps: SmtpMailer, before a real SMTP server.
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { SmtpMailer, type SmtpSettings } from '../../src/adapters/channels/mail-smtp.js';
import { ProviderFailure } from '../../src/application/outreach/telephony.js';
import { afterwards } from '../kit/scratch.js';

const LETTER = { token: 'tok-1', to: 'maire@letrait.example', subject: 'ALERTE : inondation à Le Trait', text: 'Répondez :\nhttps://tz.example/r/abc\n' };
const PATIENT_MS = 10_000;
const IMPATIENT_MS = 200;

let received: { from: string; to: string[]; raw: string; user: unknown }[];
beforeEach(() => {
  received = [];
});

async function relay(over: SMTPServerOptions = {}): Promise<number> {
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'], allowInsecureAuth: true, logger: false, closeTimeout: 10,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address), raw: Buffer.concat(chunks).toString(), user: session.user });
        done();
      });
    },
    ...over,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterwards(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return (server.server.address() as AddressInfo).port;
}

/** What speaks no SMTP, or not for long. */
async function stranger(greets: (socket: Socket) => void): Promise<number> {
  const server = createServer(greets);
  server.on('connection', (socket) => afterwards(() => socket.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterwards(() => server.close());
  return (server.address() as AddressInfo).port;
}

const mailer = (port: number, over: Partial<SmtpSettings> = {}, timeoutMs = PATIENT_MS) =>
  new SmtpMailer({ host: '127.0.0.1', port, tls: 'none', login: undefined, from: 'Préfecture de test <alerte@pref.example>', ...over }, timeoutMs);
const failure = async (work: Promise<void>) => {
  const error: unknown = await work.then(() => new Error('it was accepted'), (reason: unknown) => reason);
  if (!(error instanceof ProviderFailure)) throw error;
  return error;
};
const smtpError = (responseCode: number) => Object.assign(new Error('no'), { responseCode });

describe('a letter', () => {
  test('arrives as it was written, from whom the settings say, marked as an automaton’s', async () => {
    await mailer(await relay()).send(LETTER);
    expect(received).toHaveLength(1);
    const [{ from, to, raw }] = received as [(typeof received)[number]];
    expect([from, to]).toEqual(['alerte@pref.example', ['maire@letrait.example']]);
    expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(raw).toMatch(/^Subject: =\?UTF-8\?Q\?ALERTE/m);
    expect(raw).toContain('https://tz.example/r/abc');
    expect(raw).toContain('R=C3=A9pondez');
  });

  test('sent again it bears the same Message-ID, in the sender’s domain', async () => {
    const port = await relay();
    await mailer(port).send(LETTER);
    await mailer(port).send(LETTER);
    expect(received.map(({ raw }) => /^Message-ID: (.*)\r$/m.exec(raw)?.[1])).toEqual(['<tok-1@pref.example>', '<tok-1@pref.example>']);
  });

  test('an account signs in', async () => {
    const port = await relay({ authOptional: false, onAuth: ({ username, password }, _session, done) => (password === 'secret' ? done(null, { user: username }) : done(smtpError(535))) });
    await mailer(port, { login: { user: 'alerte', password: 'secret' } }).send(LETTER);
    expect(received[0]!.user).toBe('alerte');
    expect(await failure(mailer(port, { login: { user: 'alerte', password: 'other' } }).send(LETTER))).toMatchObject({ kind: 'credentials', code: '535' });
  });

  test('what was typed adds no line and no recipient', async () => {
    await mailer(await relay()).send({ ...LETTER, subject: 'Alerte\r\nBcc: x@y.example\r\n\r\ncorps' });
    expect(received[0]!.to).toEqual(['maire@letrait.example']);
    expect(received[0]!.raw).not.toMatch(/^Bcc/m);
    for (const to of ['maire@letrait.example, x@y.example', 'maire@letrait.example\r\nRCPT TO:<x@y.example>']) {
      expect((await failure(mailer(await relay()).send({ ...LETTER, to }))).kind).toBe('invalid');
    }
    expect(received.flatMap(({ to }) => to)).not.toContain('x@y.example');
  });
});

describe('why a letter was not accepted', () => {
  test.each([
    ['no such box', { onRcptTo: (_to, _session, done) => done(smtpError(550)) }, 'invalid', '550'],
    ['not now, says a relay that makes strangers wait', { onRcptTo: (_to, _session, done) => done(smtpError(450)) }, 'throttled', '450'],
    ['too many at once', { onConnect: (_session, done) => done(smtpError(421)) }, 'throttled', '421'],
    ['a sender that it does not know', { onMailFrom: (_from, _session, done) => done(smtpError(553)) }, 'rejected', '553'],
    ['a content that it refuses', { onData: (stream, _session, done) => stream.resume().on('end', () => done(smtpError(554))) }, 'rejected', '554'],
    ['TLS that it does not have', {}, 'unavailable', undefined],
  ] satisfies [string, SMTPServerOptions, string, string | undefined][])('%s', async (what, options, kind, code) => {
    const told = await failure(mailer(await relay(options), { tls: what.startsWith('TLS') ? 'starttls' : 'none' }).send(LETTER));
    expect(told.kind).toBe(kind);
    if (code !== undefined) expect(told.code).toBe(code);
    expect(told.retryAfterMs).toBe(kind === 'throttled' ? 60_000 : undefined);
    expect(received).toEqual([]);
  });

  test('nobody listens, no such name, nobody greets: it certainly did not leave', async () => {
    expect((await failure(mailer(1).send(LETTER))).kind).toBe('unavailable');
    expect((await failure(mailer(25, { host: 'nowhere.invalid' }).send(LETTER))).kind).toBe('unavailable');
    expect((await failure(mailer(await stranger(() => {}), {}, IMPATIENT_MS).send(LETTER))).kind).toBe('unavailable');
  });

  test('whoever hangs up before any greeting is not told apart from whoever hangs up later', async () => {
    expect((await failure(mailer(await stranger((socket) => socket.destroy())).send(LETTER))).kind).toBe('doubt');
  });

  test('the relay falls silent, or hangs up, when it has all: doubt', async () => {
    const silent = await relay({ onData: (stream) => void stream.resume() });
    expect((await failure(mailer(silent, {}, IMPATIENT_MS).send(LETTER))).kind).toBe('doubt');
    const hangsUp = await stranger((socket) => {
      socket.on('error', () => {});
      socket.write('220 relais\r\n');
      let letter = false;
      socket.on('data', (data) => {
        if (letter) return void socket.destroy();
        letter = /^DATA/.test(String(data));
        socket.write(letter ? '354 oui\r\n' : '250 oui\r\n');
      });
    });
    expect((await failure(mailer(hangsUp).send(LETTER))).kind).toBe('doubt');
  });
});
