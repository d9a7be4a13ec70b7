import { z } from 'zod';
import type { Me } from './live.js';

/** A pre-approved text of `config/templates/`. Blanks that the page fills: {heure}, {prochain}, {lieu}, {préfecture}. */
export const templateSchema = z.strictObject({
  id: z.string().min(1).max(40),
  title: z.string().trim().min(1).max(200),
  text: z.string().trim().min(1).max(2_000),
});
export type Template = z.output<typeof templateSchema>;

/** `GET /api/house`: how this préfecture is set. Read-only: it is changed in the files, on the server. */
export interface House {
  house: Me['house'];
  /** Départements whose communes are listed beside one's own. */
  neighbours: 'all' | readonly string[];
  facts: { accounts: boolean; app: boolean };
  publicUrl: string;
  uploadBytes: number;
  importBytes: number;
  /** Where each is set, from the folder of the product. */
  files: { settings: string; plan: string; reflex: string };
  reflex: Template;
}

/** `GET /api/backups`: the backups that this server makes of itself. */
export interface BackupsShown {
  plan: { folder: string; everyHours: number; keep: number } | null;
  /** Whoever made it; verified when it was. */
  latest: { at: number; bytes: number; entries: number; files: number } | null;
  failure: { at: number; said: string } | null;
  running: boolean;
}
