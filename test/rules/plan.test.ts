// Domain part 3: the plan that ships, and what is refused in a plan file, in French, every fault at once.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parsePlan, PlanRefused } from '../../src/contract/plan-schema.js';
import type { Plan, PlanRow } from '../../src/domain/plan/plan.js';
import { faultsOf } from '../../src/domain/plan/validate.js';
import { planWith, standardPlan } from '../kit/given.js';

const folder = resolve(import.meta.dirname, '../../config/plans');
const row = (id: string) => standardPlan.rows.find((one) => one.id === id)!;
const ids = (keep: (one: PlanRow) => boolean) => standardPlan.rows.filter(keep).map(({ id }) => id).sort().join(' ');

describe('the plan that ships', () => {
  test.each(readdirSync(folder))('part 3 config/plans/%s is sound', (file) => {
    expect(() => parsePlan(JSON.parse(readFileSync(join(folder, file), 'utf8')), file)).not.toThrow();
  });

  test('part 3 every row of the typical plan, and no other', () => {
    const numbered = (letter: string, from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `${letter}${String(from + i).padStart(2, '0')}`);
    expect(ids(() => true)).toBe([...numbered('F', 1, 2), ...numbered('N', 0, 6), ...numbered('P', 0, 27)].join(' '));
  });

  // Target, deadline (* ours), functions: domain.md part 3, typed in a second time.
  test.each(`P00 2 - SI DC|P01 5 60 DC|P02 10 60* AA DC|P03 10 60 AA|P04 40 60 RC|P05 12 60* SI DC|P06 15 60* RC|P07 15 60 OE|P08 35 60 OE|P09 45 60 OE
P10 40 60* OE|P11 15 60* RC|P12 20 - OP|P13 30 - DC|P14 35 60 OP|P15 35 60 OW|P16 40 60 OW|P17 40 60 OW|P18 35 60 RC|P19 45 60* OW|P20 15 - OP SI|P21 15 - DC SI
P22 30 60 DC RC|P23 25 - OW|P24 50 60* OP|P25 55 - RC|P26 60 75* RC|P27 45 60 OW|N00 0 - DC|N01 5 60* CC|N02 25 60* TS|N03 35 60* RC CC|N04 20 60* OP OW
N05 50 60* CC|N06 90 - CC|F01 - - RC|F02 - - RC`.split(/[|\n]/))('part 3 %s', (line) => {
    const [id, target, deadline, ...functions] = line.split(' ');
    const { functions: have, ours, ...times } = row(id!);
    expect([times.target ?? '-', times.deadline === undefined ? '-' : `${times.deadline}${ours ? '*' : ''}`, ...have].map(String)).toEqual([target, deadline, ...functions]);
  });

  test('11.5 an important event runs its rows, and each of them is the COD’s too', () => {
    expect(ids((one) => one.profile.includes('important'))).toBe('F01 F02 P02 P06 P12 P13 P14 P15 P16 P18 P19 P23 P25');
    expect(ids((one) => !one.profile.includes('cod'))).toBe('');
  });

  test('part 3 on a condition: attack, alert, accounts, app, a release sent, somebody not reached, the NU ordered', () => {
    expect(Object.fromEntries(standardPlan.rows.filter(({ when }) => when !== 'always').map(({ id, when }) => [id, when]))).toEqual({
      P22: { fact: 'attack' }, P20: { fact: 'alert' }, P15: { fact: 'accounts' }, P17: { fact: 'app' }, P27: { done: 'P14' }, P09: { not: { done: 'P08' } },
      ...Object.fromEntries(['N00', 'N01', 'N02', 'N03', 'N04', 'N05', 'N06'].map((id) => [id, { clock: 'nu' }])),
    });
  });

  test('part 3 what each row serves: the formulas of the verdicts and nothing else', () => {
    expect(Object.fromEntries(standardPlan.rows.filter(({ serves }) => serves.length > 0).map(({ id, serves }) => [id, serves.join(' ')]))).toEqual({
      P01: '47', P04: '47', P22: '47', P07: '48.1', P08: '48.1/atteints', P09: '48.1/atteints', P11: '48.2', P14: '48.3/communication', P24: '48.3/communication',
      P15: '48.4 19.3', P16: '48.4 11.5 19.3', P17: '48.4', P27: '48.4', P18: '48.5', N05: '50', N04: '50.1',
    });
  });

  test('part 3 clocks: rows N on T0-NU, F at the closing, P22 aims from the CIAV, the rest on T0-COD', () => {
    expect(ids(({ anchor }) => anchor === 'nu')).toBe('N00 N01 N02 N03 N04 N05 N06');
    expect(ids(({ anchor }) => anchor === 'closing')).toBe('F01 F02');
    expect(ids(({ anchor }) => anchor !== 'cod' && anchor !== 'nu' && anchor !== 'closing')).toBe('');
    expect(standardPlan.rows.filter(({ targetAnchor }) => targetAnchor).map(({ id, targetAnchor }) => [id, targetAnchor])).toEqual([['P22', 'ciav']]);
    expect(standardPlan.rows.filter(({ every }) => every).map(({ id, every }) => [id, every])).toEqual([['N06', 60]]);
    expect(standardPlan.minutes).toEqual({ important: 60, cod: 60, nu: 60, ciav: 60 });
  });
});

describe('faults', () => {
  const codes = (plan: Plan) => faultsOf(plan).map(({ row: id, code }) => `${id ?? ''} ${code}`.trim());

  test('part 3 the standard plan has none', () => expect(faultsOf(standardPlan)).toEqual([]));

  test.each([
    ['a cycle of prerequisites', { P12: { after: ['P14'] } }, 'P12 cycle'],
    ['a cycle through an anchor', { P13: { anchor: { step: 'P14' } } }, 'P13 cycle'],
    ['a cycle through a condition', { P08: { when: { any: [{ not: { done: 'P09' } }] }, after: [] } }, 'P08 cycle'],
    ['a step that waits for itself', { P02: { after: ['P02'] } }, 'P02 cycle'],
    ['an unknown function', { P02: { functions: ['XX' as never] } }, 'P02 unknown-function'],
    ['no function', { P02: { functions: [] } }, 'P02 no-function'],
    ['an unknown clause', { P02: { serves: ['99.9/x'] } }, 'P02 unknown-clause'],
    ['an unknown group', { P02: { group: 'nulle part' } }, 'P02 unknown-group'],
    ['an unknown step before it', { P02: { after: ['P98'] } }, 'P02 unknown-step'],
    ['an unknown step in its condition', { P02: { when: { not: { done: 'P98' } } } }, 'P02 unknown-step'],
    ['an unknown clock', { P02: { anchor: 'zoo' as never } }, 'P02 unknown-clock'],
    ['an unknown clock in its condition', { P02: { when: { any: [{ clock: 'zoo' as never }] } } }, 'P02 unknown-clock'],
    ['an unknown fact', { P02: { when: { fact: 'zoo' as never } } }, 'P02 unknown-fact'],
    ['an unknown completion', { P02: { completes: 'zoo' as never } }, 'P02 unknown-completion'],
    ['a deadline before the target', { P02: { deadline: 9 } }, 'P02 deadline-before-target'],
    ['a negative time', { P02: { target: -1 } }, 'P02 negative'],
  ] as [string, Record<string, Partial<PlanRow>>, string][])('part 3 %s', (_name, changes, expected) => expect(codes(planWith(changes))).toEqual([expected]));

  test('part 3 an id given twice: row, clause, group', () => {
    const { rows, clauses, groups } = standardPlan;
    expect(codes({ ...standardPlan, rows: [...rows, row('P02')], clauses: [...clauses, clauses[0]!], groups: [...groups, groups[0]!] }))
      .toEqual(['duplicate-id', 'duplicate-id', 'P02 duplicate-id']);
  });

  test('part 3 a deadline before the target is no fault where the target has its own clock (P22)', () => {
    expect(codes(planWith({ P22: { target: 90 } }))).toEqual([]);
  });
});

describe('refused in French', () => {
  const refused = (json: unknown) => {
    try {
      parsePlan(json, 'chez-nous.json');
    } catch (error) {
      if (error instanceof PlanRefused) return error;
      throw error;
    }
    throw new Error('it was taken');
  };
  const withRow = (id: string, change: object) => ({ ...standardPlan, rows: standardPlan.rows.map((one) => (one.id === id ? { ...one, ...change } : one)) });

  test('part 3 every fault at once, each naming its row and its field', () => {
    const plan = {
      ...withRow('P02', { target: 'dix', functions: ['XX'], when: { fait: 'attentat' }, surprise: 1 }), title: undefined,
    };
    plan.rows[1] = { ...plan.rows[1]!, after: ['P98'] };
    expect(refused(plan).faults.map((fault) => fault.replaceAll(/[\u00a0\u202f]/g, ' '))).toEqual([
      'champ « title » : il manque.',
      'étape P02, champ « target » : il faut un nombre, pas "dix".',
      'étape P02, champ « when » : {"fait":"attentat"} n’est pas admis ; admis : « always », { "fact": … }, { "clock": … }, { "done": … }, { "not": … } ou { "any": [ … ] }.',
      'étape P02, champ « functions.0 » : "XX" n’est pas admis ; admis : DC, AA, RC, OE, OP, OW, SI, CC, TS.',
      'étape P02 : champ inconnu : « surprise ».',
      'étape P01, champs « after », « when » ou « anchor » : l’étape P98 n’existe pas dans ce plan.',
    ]);
    expect(refused(plan).message).toMatch(/^Le plan chez-nous\.json ne peut pas servir/);
  });

  test.each([
    [{ anchor: 'midi' }, 'champ « anchor » : "midi" n’est pas admis ; admis : une horloge (important, cod, nu, ciav), « closing » ou { "step": … }.'],
    [{ evidence: 'fax' }, 'champ « evidence » : "fax" n’est pas admis ; admis : none, text, link, file, visa, any.'],
    [{ profile: [] }, 'champ « profile » : il est vide.'],
    [{ deadline: -5 }, 'champ « deadline » : au moins 0, pas -5.'],
    [{ every: 0 }, 'champ « every » : au moins 1, pas 0.'],
    [{ title: undefined }, 'champ « title » : il manque.'],
    [{ ours: 'oui' }, 'champ « ours » : il faut vrai ou faux (true, false), pas "oui".'],
    [{ title: 'x'.repeat(301) }, 'champ « title » : trop long (au plus 300).'],
    [{ id: 'été 1' }, 'champ « id » : lettres sans accent, chiffres, point et tirets seulement, pas "été 1".'],
    [{ id: 'P02', after: ['constructor'] }, 'champ « after.0 » : ce nom est réservé par la machine.'],
    [{ serves: ['99.9'] }, 'champ « serves » : l’engagement 99.9 n’est pas dans « clauses ».'],
    [{ group: '99' }, 'champ « group » : le groupe 99 n’est pas dans « groups ».'],
    [{ after: ['P12', 'P02'] }, 'champs « after », « when » ou « anchor » : ces étapes s’attendent l’une l’autre (P02 → P02).'],
    [{ deadline: 3 }, 'champ « deadline » : l’échéance vient avant la cible (3 < 10 min).'],
    [{ functions: [] }, 'champ « functions » : aucune fonction, personne ne serait prévenu.'],
  ])('part 3 %j', (change, sentence) => {
    const faults = refused(withRow('P02', change)).faults.map((fault) => fault.replaceAll(/[\u00a0\u202f]/g, ' '));
    expect(faults).toEqual([expect.stringContaining(sentence)]);
    expect(faults[0]).toMatch(/^étape (P02|été 1)/);
  });

  test.each([[null], ['plan'], [[]], [{}], [{ rows: 'P01' }], [{ rows: [null, 3] }]])('part 3 %j is no plan, and says so without a stumble', (json) => {
    expect(refused(json).faults.length).toBeGreaterThan(0);
  });

  test('part 3 a row without id is named by its place', () => {
    const { id: _id, ...rest } = row('P02');
    expect(refused({ ...standardPlan, rows: [rest] }).faults[0]).toContain('étape nº\u00a01');
  });
});
