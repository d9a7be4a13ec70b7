import type { OpenOrder } from '../../../contract/commands.js';
import { SYNERGI_NUMBER } from '../../../contract/forms.js';
import { refusalSentence } from '../../../contract/french.js';
import { timeNear } from '../../../contract/french-times.js';
import { fr } from '../../../contract/french-typography.js';
import { checkT0 } from '../../../domain/clock/clocks.js';
import { isRefusal } from '../../../domain/refusal.js';
import { toInstant, type Ms } from '../../../domain/time.js';
import { readLocal, type LocalInstant } from '../local-instant.js';

/** T0 is the moment of the press, an hour already past, or still unknown. */
export type T0Way = 'now' | 'past' | 'unknown';

export interface OpeningForm {
  way: T0Way;
  past: LocalInstant;
  synergi: string;
}

export type Prepared =
  | { ready: OpenOrder }
  | { fault: { field: 'past' | 'synergi'; sentence: string } }
  /** Older than a day: asked once, then sent with `confirmOld`. */
  | { old: OpenOrder; sentence: string };

/** The order that the form gives at this instant, or what must be put right first. The server checks it again. */
export function prepare(form: OpeningForm, what: Pick<OpenOrder, 'lane' | 'kind'>, now: Ms, zone: string): Prepared {
  const synergi = form.synergi.trim();
  if (synergi !== '' && !SYNERGI_NUMBER.test(synergi)) {
    return { fault: { field: 'synergi', sentence: fr('Lettres, chiffres, points, tirets et barres, 40 signes au plus.') } };
  }
  const order: OpenOrder = { ...what, ...(synergi === '' ? {} : { synergi }) };
  if (form.way === 'unknown') return { ready: order };
  if (form.way === 'now') return { ready: { ...order, t0: toInstant(now) } };
  const read = readLocal(form.past, zone);
  if (read.is === 'empty') return { fault: { field: 'past', sentence: fr("Indiquez l'heure du T0, ou choisissez « pas encore connu ».") } };
  if (read.is === 'skipped') return { fault: { field: 'past', sentence: fr("Cette heure n'existe pas : vérifiez-la.") } };
  if (read.is === 'repeated') return { fault: { field: 'past', sentence: fr('Dites laquelle des deux heures.') } };
  const dated = { ...order, t0: toInstant(read.at) };
  const checked = checkT0(read.at, { now, wall: now, by: 'somebody', rights: [] }, false);
  if (!isRefusal(checked)) return { ready: dated };
  const sentence = refusalSentence(checked, zone);
  if (checked.refused === 't0-old') return { old: { ...dated, confirmOld: true }, sentence };
  return { fault: { field: 'past', sentence } };
}

/** What each button says that it will do. */
export function t0Words(form: OpeningForm, now: Ms, zone: string): string {
  if (form.way === 'now') return fr('T0 : maintenant');
  if (form.way === 'unknown') return fr('T0 : pas encore connu');
  const read = readLocal(form.past, zone);
  return read.is === 'instant' ? fr(`T0 : ${timeNear(read.at, now, zone)}`) : fr('T0 : à préciser');
}
