import { readFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { readCommunes } from './adapters/communes.js';
import type { Communes } from './application/communes.js';
import { templateSchema, type House } from './contract/house.js';
import { parsePlan } from './contract/plan-schema.js';
import type { Plan } from './domain/plan/plan.js';
import { ROOT, SettingsRefused, type Settings } from './settings.js';

/** What the files of a préfecture, and the official list, say at start. */
export interface HouseFiles {
  plan: Plan;
  communes: Communes;
  shown: House;
  /** The text of the verifier that goes with each export. */
  verifier: string;
}

/** Throws SettingsRefused or PlanRefused, in French, when a file cannot serve. */
export async function readHouseFiles(settings: Settings): Promise<HouseFiles> {
  const { planFile, reflexFile, settingsFile, prefecture, departement, timeZone, neighbours, facts, publicUrl, uploadBytes, importBytes, demonstration } = settings;
  const plan = parsePlan(await json('plan', planFile), basename(planFile));
  const reflex = templateSchema.safeParse(await json('reflex', reflexFile));
  if (!reflex.success) throw new SettingsRefused([`reflex : ${relative(ROOT, reflexFile)} n’a pas la forme attendue (${reflex.error.issues[0]!.message})`]);
  const communes = await readCommunes(departement, neighbours);
  if (communes.groups(departement).length === 0) throw new SettingsRefused([`departement (ou DEPARTEMENT) : « ${departement} » n’a aucune commune`]);
  const named = (path: string) => relative(ROOT, path);
  return {
    plan, communes, verifier: await readFile(join(ROOT, 'src/cli/verify.mjs'), 'utf8'),
    shown: {
      house: { prefecture, departement, timeZone, demonstration }, neighbours, facts, publicUrl, uploadBytes, importBytes,
      files: { settings: named(settingsFile), plan: named(planFile), reflex: named(reflexFile) }, reflex: reflex.data,
    },
  };
}

async function json(setting: string, path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new SettingsRefused([`${setting} : le fichier ${relative(ROOT, path)} ne peut pas être lu`]);
  });
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new SettingsRefused([`${setting} : le fichier ${relative(ROOT, path)} n’est pas du JSON (${(error as Error).message})`]);
  }
}
