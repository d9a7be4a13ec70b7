import type { Ms } from '../domain/time.js';
import { fr } from './french-typography.js';

const formats = new Map<string, Intl.DateTimeFormat>();
function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`;
  let known = formats.get(key);
  if (!known) formats.set(key, (known = new Intl.DateTimeFormat('fr-FR', { timeZone: zone, hourCycle: 'h23', ...options })));
  return known;
}

/** "ven. 4 déc. 18:00". */
export function dutyTime(at: Ms, zone: string): string {
  return `${format(zone, { weekday: 'short', day: 'numeric', month: 'short' }).format(at)} ${format(zone, { hour: '2-digit', minute: '2-digit' }).format(at)}`;
}

/** "ven. 4 déc.". */
export function dutyDay(at: Ms, zone: string): string {
  return format(zone, { weekday: 'short', day: 'numeric', month: 'short' }).format(at);
}

/** "du ven. 4 déc. 18:00 au lun. 7 déc. 08:00". */
export function dutySpan(from: Ms, to: Ms, zone: string): string {
  return `du ${dutyTime(from, zone)} au ${dutyTime(to, zone)}`;
}

/** "Aucune astreinte AA du ven. 4 déc. 18:00 au lun. 7 déc. 08:00". */
export function concernWords({ kind, from, to, names }: { kind: 'gap' | 'overlap'; from: Ms; to: Ms; names: readonly string[] }, code: string, zone: string): string {
  const who = kind === 'gap' ? `Aucune astreinte ${code}` : `${names.length} personnes d'astreinte ${code} (${names.join(', ')})`;
  return fr(`${who} ${dutySpan(from, to, zone)}`);
}

/** Why nobody was recognised in a title, and why an event counts for nothing. */
export const unknownWords = { nobody: fr("personne de ce nom dans l'annuaire ni parmi les comptes"), several: fr('plusieurs personnes portent ce nom : ajoutez le prénom ou le courriel') };
export const ignoredWords = {
  'no-end': fr("il n'a pas de fin"), 'ends-before-it-begins': fr('il finit avant de commencer'), 'impossible-rule': fr('sa répétition ne tombe jamais, ou ne finit pas'), 'unreadable': fr('il est illisible'),
};
export const coversWords = { 'always': fr('à toute heure'), 'off-hours': fr('hors des heures ouvrées') };
