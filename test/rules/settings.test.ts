import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { PlanRefused } from '../../src/contract/plan-schema.js';
import { readHouseFiles } from '../../src/house-files.js';
import { readSettings, SettingsRefused } from '../../src/settings.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tz-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const faultsOf = (environment: NodeJS.ProcessEnv): readonly string[] => {
  try {
    readSettings(environment);
    return [];
  } catch (error) {
    if (!(error instanceof SettingsRefused)) throw error;
    return error.faults;
  }
};
const file = (name: string, content: unknown) => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const HOUSE = { prefecture: 'Préfecture de test', departement: '974', neighbours: 'all', timeZone: 'Indian/Reunion', facts: { accounts: false, app: true }, plan: 'config/plans/standard.json', uploadMegabytes: 5 };

test('an empty environment is enough: loopback, and the file that ships', () => {
  expect(readSettings({})).toMatchObject({ port: 3000, host: '127.0.0.1', publicUrl: 'http://127.0.0.1:3000', secure: false, timeZone: 'Europe/Paris', uploadBytes: 25 * 1024 * 1024, importBytes: 150 * 1024 * 1024 });
  expect(readSettings({ PORT: '', HOST: '' })).toEqual(readSettings({}));
});

test('the environment wins over the file', () => {
  const settings = readSettings({ SETTINGS: file('s.json', HOUSE), PREFECTURE: 'Préfecture de La Réunion', NEIGHBOURS: '976, 2A', TIME_ZONE: 'Indian/Mayotte' });
  expect(settings).toMatchObject({ prefecture: 'Préfecture de La Réunion', departement: '974', neighbours: ['976', '2A'], timeZone: 'Indian/Mayotte', facts: { app: true } });
});

test('they are frozen to the bottom', () => {
  const settings = readSettings({});
  expect(() => ((settings.facts as { app: boolean }).app = true)).toThrow(TypeError);
  expect(() => (settings.neighbours as string[]).push('75')).toThrow(TypeError);
});

describe('what cannot serve is named, every fault at once', () => {
  test.each([
    [{ TRUSTED_PROXIES: '0.0.0.0/0' }, ['TRUSTED_PROXIES']],
    [{ PORT: '99999' }, ['PORT']], [{ PORT: 'abc', LOG_LEVEL: 'loud', TRUSTED_PROXIES: '10.0.0.0/8,proxy' }, ['PORT', 'TRUSTED_PROXIES', 'LOG_LEVEL']],
    [{ TIME_ZONE: 'Europe/Atlantide', DEPARTEMENT: '7' }, ['departement (ou DEPARTEMENT)', 'timeZone (ou TIME_ZONE)']],
    [{ SETTINGS: '/nulle/part.json' }, ['SETTINGS']],
  ])('%j', (environment, names) => {
    const faults = faultsOf(environment);
    for (const name of names) expect(faults.join('\n')).toContain(name);
  });

  test('a file with a typing mistake in a name', () => {
    expect(faultsOf({ SETTINGS: file('s.json', { ...HOUSE, timezone: 'Europe/Paris' }) })).toHaveLength(1);
    expect(faultsOf({ SETTINGS: file('s.json', '{') })[0]).toMatch(/n’est pas du JSON/);
  });
});

describe('any host but loopback needs an https address', () => {
  test.each([
    [{ HOST: '0.0.0.0' }, false], [{ HOST: '::' }, false], [{ HOST: '192.0.2.7', PUBLIC_URL: 'http://crise.example' }, false],
    [{ PUBLIC_URL: 'http://crise.example' }, false], [{ HOST: '0.0.0.0', PUBLIC_URL: 'https://crise.example/console' }, false],
    [{ HOST: '0.0.0.0', PUBLIC_URL: 'https://crise.example' }, true], [{ HOST: 'localhost' }, true], [{ HOST: '::1' }, true], [{ HOST: '127.0.0.9' }, true],
    [{ PUBLIC_URL: 'https://crise.example/' }, true], [{ PUBLIC_URL: 'https://nuit:secret@crise.example' }, false],
    [{ PUBLIC_URL: 'https://crise.example/?a=1' }, false], [{ PUBLIC_URL: 'https://crise.example/#a' }, false],
  ])('%j: %s', (environment, accepted) => {
    const faults = faultsOf(environment);
    expect(faults.length === 0).toBe(accepted);
    if (!accepted) expect(faults[0]).toMatch(/^PUBLIC_URL/);
  });

  test('over https cookies are Secure', () => {
    expect(readSettings({ HOST: '0.0.0.0', PUBLIC_URL: 'https://crise.example/' })).toMatchObject({ secure: true, publicUrl: 'https://crise.example' });
    expect(readSettings({ HOST: '0.0.0.0', PUBLIC_URL: 'HTTPS://Crise.Example' })).toMatchObject({ secure: true, publicUrl: 'https://crise.example' });
  });
});

describe('the files of the préfecture', () => {
  test('are read once, with the communes of the official list', async () => {
    const files = await readHouseFiles(readSettings({ SETTINGS: file('s.json', HOUSE), NEIGHBOURS: '976' }));
    expect(files.plan.rows.length).toBeGreaterThan(30);
    expect(files.communes.knows('97411')).toBe(true);
    expect(files.communes.knows('76540')).toBe(false);
    expect(files.shown.house).toEqual({ prefecture: 'Préfecture de test', departement: '974', timeZone: 'Indian/Reunion', demonstration: false });
    // Mayotte has no arrondissement: its communes group by EPCI (design.md part 2).
    expect(files.communes.groups('976').map(({ kind }) => kind)).toEqual(expect.arrayContaining(['epci', 'departement']));
    expect(files.communes.groups('976').some(({ kind }) => kind === 'arrondissement')).toBe(false);
  });

  test('a plan with an unknown function is refused, by name', async () => {
    const plan = readPlan();
    (plan.rows[0] as { functions: string[] }).functions = ['XX'];
    await expect(readHouseFiles(readSettings({ PLAN: file('plan.json', plan) }))).rejects.toThrow(PlanRefused);
  });

  test('a file that is not there, and a département without communes, name their setting', async () => {
    await expect(readHouseFiles(readSettings({ PLAN: join(folder, 'absent.json') }))).rejects.toThrow(/plan : le fichier/);
    await expect(readHouseFiles(readSettings({ DEPARTEMENT: '99', NEIGHBOURS: '76' }))).rejects.toThrow(/departement \(ou DEPARTEMENT\) : « 99 »/);
  });
});

function readPlan(): { rows: object[] } {
  return JSON.parse(readFileSync(new URL('../../config/plans/standard.json', import.meta.url), 'utf8')) as { rows: object[] };
}
