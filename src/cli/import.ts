import { parseArgs } from 'node:util';
import type { Actor } from '../application/administration.js';
import type { ReadKind } from '../application/directory/import-files.js';
import type { Imports } from '../application/directory/imports.js';
import { refusalSentence } from '../contract/french.js';
import { count, fr } from '../contract/french-typography.js';
import { REPORT_HEAD, reportRows } from '../contract/import-report.js';
import { fileFaultSentence, importKindNames } from '../contract/import-words.js';
import { READ_KINDS } from '../contract/imports.js';

type Refusal = Parameters<typeof refusalSentence>[0];

const USAGE = 'Usage : npm run import -- [rne|annuaire|own-list|contours] FICHIER [--apply] [--ends] [--report RAPPORT.csv]   ou   npm run import -- --undo IMPORT';

interface Given {
  kind?: ReadKind;
  file?: string;
  apply: boolean;
  ends: boolean;
  report?: string;
  undo?: string;
}

/** `npm run import`: rehearses a file, says what it would change, and applies it when asked to. Its exit code. */
export async function importFile(
  args: readonly string[], imports: Imports, actor: Actor, write: (path: string, pieces: AsyncIterable<string>) => Promise<void>, say: (line: string) => void,
): Promise<number> {
  const given = read(args);
  if (!given) {
    say(fr(USAGE));
    return 2;
  }
  if (given.undo !== undefined) return undo(given.undo, imports, actor, say);
  const path = given.file!;
  const seen = await imports.recognise(path).catch((error: unknown) => {
    if (/^(ENOENT|EISDIR|EACCES)$/.test(String((error as { code?: unknown }).code))) return undefined;
    throw error;
  });
  if (!seen) {
    say(fr(`Fichier introuvable ou illisible : ${path}. Rien n'a changé.`));
    return 1;
  }
  if ('refused' in seen) return refused(seen, say);
  const kind = given.kind ?? seen.kind;
  const begun = await imports.rehearse(actor, { path, fileName: path.split(/[\\/]/).at(-1)!, kind, ends: given.ends });
  if ('refused' in begun) return refused(begun, say);
  await imports.ended();
  const { state, fault, counts: c } = (await imports.find(begun.import))!;
  if (state !== 'rehearsed') {
    const [word = '', ...about] = (fault ?? '').split(' ');
    say(fr(fileFaultSentence(word, about.join(' '))));
    return 1;
  }
  say(fr(`${importKindNames[kind]} : ${count(c.read, 'ligne lue', 'lignes lues')}.`));
  say(fr(`  ${c.added} à ajouter, ${c.changed} à modifier, ${c.ended} à terminer, ${c.rejected} rejetées, ${c.unchanged} déjà à jour, ${c.elsewhere} d'autres départements, ${c.leftOut} laissées de côté.`));
  if (given.report !== undefined) {
    await write(given.report, report(imports, begun.import));
    say(fr(`Rapport, ligne à ligne : ${given.report}`));
  }
  if (!given.apply) {
    await imports.discard(begun.import);
    say(fr('Rien n\'a changé : c\'était une répétition. Pour appliquer ce fichier, ajoutez --apply.'));
    return 0;
  }
  const no = await imports.apply(actor, begun.import);
  if (no) return refused(no, say);
  say(fr('Appliqué, tout entier. Pour le défaire dans les 24 heures, à l\'écran (Annuaire, Imports) ou ainsi :'));
  say(`  npm run import -- --undo ${begun.import}`);
  return 0;
}

async function undo(id: string, imports: Imports, actor: Actor, say: (line: string) => void): Promise<number> {
  const answer = await imports.undo(actor, id);
  if ('refused' in answer) return refused(answer, say);
  say(fr(`Défait, tout entier.${answer.kept > 0 ? ` ${count(answer.kept, 'fiche changée depuis reste comme elle est', 'fiches changées depuis restent comme elles sont')}.` : ''}`));
  return 0;
}

async function* report(imports: Imports, id: string): AsyncGenerator<string> {
  yield REPORT_HEAD;
  for await (const page of imports.report(id)) yield reportRows(page);
}

function refused(refusal: Refusal, say: (line: string) => void): number {
  say(refusalSentence(refusal));
  return 1;
}

function read(args: readonly string[]): Given | undefined {
  try {
    const { values: { apply = false, ends = false, report: to, undo: id }, positionals } = parseArgs({
      args: [...args], allowPositionals: true, options: { apply: { type: 'boolean' }, ends: { type: 'boolean' }, report: { type: 'string' }, undo: { type: 'string' } },
    });
    const rest = { apply, ends, ...(to === undefined ? {} : { report: to }) };
    if (id !== undefined) return positionals.length === 0 ? { ...rest, undo: id } : undefined;
    const kind = READ_KINDS.find((one) => one === positionals[0]);
    const file = positionals[kind ? 1 : 0];
    if (file === undefined || positionals.length > (kind ? 2 : 1)) return undefined;
    return { ...rest, file, ...(kind ? { kind } : {}) };
  } catch {
    return undefined;
  }
}
