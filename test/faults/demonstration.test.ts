// The demonstration as somebody starts it: a process of its own, on a folder that nothing outlives.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import type { ActivationLine, Me } from '../../src/contract/live.js';
import { afterwards, scratchFolder } from '../kit/scratch.js';
import { firstAdministrator, freePort, MAIN, post, ServerProcess } from '../kit/server-process.js';

const DEMO = MAIN.replace(/main\.js$/, 'demo.js');
const left = () => readdirSync(temporary).filter((name) => name.startsWith('temps-zero-demonstration-'));

/** A temporary folder of this test's own: other demonstrations play on this machine. */
let temporary: string;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'temps-zero-test-'));
  afterwards(() => rmSync(temporary, { recursive: true, force: true }));
});

async function demonstration(env: Record<string, string> = {}): Promise<{ child: ChildProcess; url: string; end: (signal: NodeJS.Signals) => Promise<number | null> }> {
  const { DATA_DIR: _, ...usual } = process.env;
  const child = spawn(process.execPath, [DEMO], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...usual, PORT: String(await freePort()), TMPDIR: temporary, ...env } });
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    }
    return child.exitCode;
  };
  afterwards(() => end('SIGKILL'));
  let output = '';
  for await (const chunk of child.stdout) {
    output += String(chunk);
    const url = /http:\S+/.exec(output)?.[0];
    if (url && output.includes('Ctrl+C')) return { child, url, end };
  }
  throw new Error(`it ended before it said where it is:\n${output}`);
}

/** What a refused start says. */
function refused(env: Record<string, string>): string {
  const { status, stderr } = spawnSync(process.execPath, [DEMO], { encoding: 'utf8', timeout: 30_000, env: { ...process.env, TMPDIR: temporary, ...env } });
  expect(status).toBe(1);
  expect(stderr).not.toMatch(/\n {4}at /);
  return stderr;
}

async function visit(url: string): Promise<{ me: Me; lines: ActivationLine[] }> {
  const entered = await post(url, '/api/demonstration/enter', {});
  const cookie = entered.headers.getSetCookie()[0]!.split(';')[0]!;
  return { me: (await entered.json()) as Me, lines: (await (await fetch(`${url}/api/activations`, { headers: { cookie } })).json()) as ActivationLine[] };
}

test('a visitor finds a night that runs; stopped it leaves nothing, killed it leaves what the next start sweeps', async () => {
  const first = await demonstration();
  const { me, lines } = await visit(first.url);
  expect(me.house).toMatchObject({ demonstration: true, prefecture: expect.stringMatching(/^DÉMONSTRATION/) });
  expect(lines).toMatchObject([{ lane: 'exercise', life: 'running', title: 'Crue de la Brenne' }]);
  const [folder] = left();
  expect(folder).toBeDefined();

  await first.end('SIGKILL');
  expect(left()).toEqual([folder]);
  const second = await demonstration();
  expect(left()).toHaveLength(1);
  expect(left()).not.toContain(folder);
  // One that plays is not swept by another that starts.
  const third = await demonstration();
  expect(left()).toHaveLength(2);
  expect((await visit(second.url)).lines).toHaveLength(1);

  expect(await second.end('SIGTERM')).toBe(0);
  expect(await third.end('SIGINT')).toBe(0);
  expect(left()).toEqual([]);
}, 120_000);

test('a folder that holds data is refused and left as it was; an empty one serves, and goes', async () => {
  const kept = scratchFolder();
  mkdirSync(kept, { recursive: true });
  writeFileSync(join(kept, 'rapport.txt'), 'à garder');
  expect(refused({ DATA_DIR: kept, PORT: String(await freePort()) })).toMatch(/DATA_DIR : le dossier .* contient des données.*Relancez sans DATA_DIR/);
  expect(readdirSync(kept)).toEqual(['rapport.txt']);
  expect(readFileSync(join(kept, 'rapport.txt'), 'utf8')).toBe('à garder');

  const empty = scratchFolder();
  const playing = await demonstration({ DATA_DIR: empty });
  expect(refused({ DATA_DIR: empty, PORT: String(await freePort()) })).toMatch(/Une démonstration se joue déjà dans le dossier/);
  expect(refused({ PORT: new URL(playing.url).port })).toMatch(/PORT : le port \d+ est déjà pris/);
  await playing.end('SIGKILL');
  // What a killed one left there is thrown away, not taken for somebody's data.
  const again = await demonstration({ DATA_DIR: empty });
  expect(await again.end('SIGTERM')).toBe(0);
  expect(existsSync(empty)).toBe(false);
}, 120_000);

test('from a real server: one at a time, with nothing of its settings, stopped on demand and gone with it, even killed', async () => {
  const data = scratchFolder();
  const server = await ServerProcess.start(data, { env: { TMPDIR: temporary, PREFECTURE: 'Préfecture réelle' } });
  afterwards(() => server.kill());
  const { headers } = await firstAdministrator(server);
  const launch = async () => ((await (await post(server.url, '/api/demonstration', {}, headers)).json()) as { address: string }).address;
  const [address, same] = await Promise.all([launch(), launch()]);
  expect(same).toBe(address);
  expect(new URL(address).hostname).toBe('127.0.0.1');
  const { me, lines } = await visit(address);
  expect(me.house.prefecture).toBe('DÉMONSTRATION · Préfecture du Val-de-Brenne');
  expect(lines).toHaveLength(1);
  expect(left()).toHaveLength(1);

  await post(server.url, '/api/demonstration/stop', {}, headers);
  await expect(fetch(address)).rejects.toThrow();
  expect(left()).toEqual([]);

  const anew = await launch();
  expect((await visit(anew)).lines).toHaveLength(1);
  await server.kill();
  for (let tries = 0; left().length > 0 && tries < 200; tries++) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(left()).toEqual([]);
  await expect(fetch(anew)).rejects.toThrow();
}, 120_000);
