import { z } from 'zod';
import { FUNCTIONS } from '../domain/entry.js';
import {
  CLOCKS, COMPLETIONS, EVIDENCE_KINDS, FACTS, PROFILES, type Condition, type Plan, type PlanRow,
} from '../domain/plan/plan.js';
import { faultsOf, type PlanFault } from '../domain/plan/validate.js';
import { fr } from './french-typography.js';

/** The longest plan that anybody would read at three in the morning, and then some: a limit, not a wish. */
const MOST_ROWS = 300;
/** Ids are keys of the state and parts of addresses: nothing but what both take. */
const id = z.string().min(1).max(40).regex(/^[A-Za-z0-9][A-Za-z0-9./-]*$/).refine((value) => !(value in {}), 'ce nom est réservé par la machine.');
const line = z.string().min(1).max(300);
const minutes = z.number().min(0).max(100_000);
const clock = z.enum(CLOCKS);

const condition: z.ZodType<Condition> = z.lazy(() => z.union([
  z.literal('always'),
  z.strictObject({ fact: z.enum(FACTS) }),
  z.strictObject({ clock }),
  z.strictObject({ done: id }),
  z.strictObject({ not: condition }),
  z.strictObject({ any: z.array(condition).min(1) }),
]));

const rowSchema = z.strictObject({
  id,
  group: id,
  ref: z.string().max(80),
  title: line,
  short: line.optional(),
  serves: z.array(z.string().min(1).max(40)),
  profile: z.array(z.enum(PROFILES)).min(1),
  anchor: z.union([clock, z.literal('closing'), z.strictObject({ step: id })]),
  target: minutes.optional(),
  targetAnchor: clock.optional(),
  deadline: minutes.optional(),
  ours: z.boolean().optional(),
  every: z.number().min(1).max(100_000).optional(),
  when: condition,
  functions: z.array(z.enum(FUNCTIONS)),
  means: line.optional(),
  evidence: z.enum(EVIDENCE_KINDS),
  evidenceAsked: line.optional(),
  completes: z.enum(COMPLETIONS),
  circle: z.union([z.literal(1), z.literal(2)]).optional(),
  after: z.array(id).optional(),
});

/** The plan file of a préfecture, exactly: an unknown field is a typing mistake, and says so. */
export const planSchema = z.strictObject({
  id,
  version: z.int().min(1),
  title: line,
  minutes: z.strictObject({ important: minutes, cod: minutes, nu: minutes, ciav: minutes }),
  clauses: z.array(z.strictObject({ id, label: line, clock })),
  groups: z.array(z.strictObject({ id, label: line })),
  rows: z.array(rowSchema).min(1).max(MOST_ROWS),
});

/** Everything that is wrong in a plan file, one French sentence a fault. */
export class PlanRefused extends Error {
  constructor(readonly fileName: string, readonly faults: readonly string[]) {
    super(`Le plan ${fileName} ne peut pas servir :\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

/** Reads a plan; throws PlanRefused with every fault at once, so that a préfecture corrects its file in one go. */
export function parsePlan(json: unknown, fileName: string): Plan {
  const parsed = planSchema.safeParse(json, { reportInput: true });
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => issueSentence(issue, json));
  faults.push(...faultsOf(parsed.success ? (parsed.data as Plan) : soundPart(json)).map(faultSentence));
  if (faults.length > 0) throw new PlanRefused(fileName, faults.map(fr));
  return parsed.data as Plan;
}

const BLANK: PlanRow = {
  id: '', group: '', ref: '', title: '', serves: [], profile: ['cod'], anchor: 'cod', when: 'always', functions: ['RC'], evidence: 'none',
  completes: 'by-hand',
};

/** What the schema accepted, so that references between sound rows are judged although other rows are not. */
function soundPart(json: unknown): Plan {
  const rows = listIn(json, 'rows').flatMap((row): PlanRow[] => {
    const { success, data } = rowSchema.safeParse(row);
    if (success) return [data as PlanRow];
    return typeof row['id'] === 'string' ? [{ ...BLANK, id: row['id'] }] : [];
  });
  const named = (field: string) => listIn(json, field).map((one) => ({ id: String(one['id']), label: '', clock: 'cod' as const }));
  return {
    id: '', version: 1, title: '', minutes: { important: 60, cod: 60, nu: 60, ciav: 60 },
    clauses: named('clauses'), groups: [...named('groups'), { id: BLANK.group, label: '' }], rows,
  };
}

function listIn(json: unknown, field: string): Record<string, unknown>[] {
  const list = typeof json === 'object' && json !== null ? (json as Record<string, unknown>)[field] : undefined;
  return Array.isArray(list) ? list.filter((one) => typeof one === 'object' && one !== null) : [];
}

type Issue = z.core.$ZodIssue;

function issueSentence(issue: Issue, json: unknown): string {
  return `${place(issue.path, json)}${whatIsWrong(issue)}`;
}

/** "étape P07, champ « target » : " */
function place(path: readonly PropertyKey[], json: unknown): string {
  const [list, index, ...field] = path;
  const named = { rows: 'étape', clauses: 'engagement', groups: 'groupe' }[String(list)];
  if (named === undefined || typeof index !== 'number') return path.length === 0 ? 'fichier : ' : `champ « ${path.join('.')} » : `;
  const id = (json as Record<string, Record<string, unknown>[]>)[String(list)]?.[index]?.['id'];
  const which = typeof id === 'string' && id !== '' ? `${named} ${id}` : `${named} nº ${index + 1}`;
  return field.length === 0 ? `${which} : ` : `${which}, champ « ${field.join('.')} » : `;
}

const TYPES: Record<string, string> = {
  string: 'un texte', number: 'un nombre', int: 'un nombre entier', boolean: 'vrai ou faux (true, false)', array: 'une liste', object: 'un objet',
};
const FORMS: Record<string, string> = {
  anchor: `une horloge (${CLOCKS.join(', ')}), « closing » ou { "step": … }`,
  when: '« always », { "fact": … }, { "clock": … }, { "done": … }, { "not": … } ou { "any": [ … ] }',
};

function whatIsWrong(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'il manque.' : `il faut ${TYPES[issue.expected] ?? issue.expected}, pas ${JSON.stringify(issue.input)}.`;
    case 'unrecognized_keys':
      return `champ inconnu : ${issue.keys.map((key) => `« ${key} »`).join(', ')}.`;
    case 'invalid_value':
      return issue.input === undefined ? 'il manque.' : `${JSON.stringify(issue.input)} n’est pas admis ; admis : ${issue.values.join(', ')}.`;
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int' ? `au moins ${issue.minimum}, pas ${JSON.stringify(issue.input)}.` : 'il est vide.';
    case 'too_big':
      return issue.origin === 'number' || issue.origin === 'int' ? `au plus ${issue.maximum}, pas ${JSON.stringify(issue.input)}.` : `trop long (au plus ${issue.maximum}).`;
    case 'invalid_format':
      return `lettres sans accent, chiffres, point et tirets seulement, pas ${JSON.stringify(issue.input)}.`;
    case 'invalid_union': {
      const field = issue.path.findLast((key) => typeof key === 'string' && key in FORMS);
      return issue.input === undefined ? 'il manque.' : `${JSON.stringify(issue.input)} n’est pas admis ; admis : ${FORMS[String(field)] ?? 'une autre forme'}.`;
    }
    default:
      return issue.message;
  }
}

const FAULTS: Record<PlanFault['code'], (detail: string) => string> = {
  'duplicate-id': (detail) => `l’identifiant ${detail} est donné deux fois.`,
  'unknown-function': (detail) => `champ « functions » : fonction inconnue ${detail} ; connues : ${FUNCTIONS.join(', ')}.`,
  'unknown-clause': (detail) => `champ « serves » : l’engagement ${detail} n’est pas dans « clauses ».`,
  'unknown-group': (detail) => `champ « group » : le groupe ${detail} n’est pas dans « groups ».`,
  'unknown-step': (detail) => `champs « after », « when » ou « anchor » : l’étape ${detail} n’existe pas dans ce plan.`,
  'unknown-clock': (detail) => `champs « anchor », « targetAnchor » ou « when » : horloge inconnue ${detail} ; connues : ${CLOCKS.join(', ')}.`,
  'unknown-fact': (detail) => `champ « when » : fait inconnu ${detail} ; connus : ${FACTS.join(', ')}.`,
  'unknown-completion': (detail) => `champ « completes » : règle inconnue ${detail} ; connues : ${COMPLETIONS.join(', ')}.`,
  'deadline-before-target': (detail) => `champ « deadline » : l’échéance vient avant la cible (${detail} min).`,
  'negative': (detail) => `champs « target », « deadline » ou « every » : ${detail} min est négatif.`,
  'cycle': (detail) => `champs « after », « when » ou « anchor » : ces étapes s’attendent l’une l’autre (${detail}).`,
  'no-function': () => 'champ « functions » : aucune fonction, personne ne serait prévenu.',
};

function faultSentence({ row, code, detail }: PlanFault): string {
  return `${row === undefined ? '' : `étape ${row}, `}${FAULTS[code](detail)}`;
}
