import type { CommandOf, Context } from './commands.js';
import type { Entry } from './entry.js';
import type { NewEvent, NotePayload, Payloads } from './events.js';
import { refuse, type Refusal } from './refusal.js';
import type { Activation } from './state.js';
import { toInstant, toMs } from './time.js';

type Decision = NewEvent[] | Refusal;

/** The main courante: nothing is ever edited or deleted, a correction is a new entry that names the one it corrects. */
export function logNote(a: Readonly<Activation>, command: CommandOf<'log-note' | 'log-direction-note'>): Decision {
  const { text, attachments, promisedFor, corrects } = command;
  if (corrects !== undefined && (corrects < 1 || corrects > a.seq)) return refuse('unknown-entry', { entry: corrects });
  const payload: NotePayload = { text, attachments };
  if (promisedFor !== undefined) payload.promisedFor = toInstant(promisedFor);
  const type = command.type === 'log-note' ? 'noteLogged' : 'directionNoteLogged';
  return [{ type, payload, ...(corrects === undefined ? {} : { corrects }) }];
}

export function keepPromise(a: Readonly<Activation>, command: CommandOf<'keep-promise'>): Decision {
  const promise = a.promises.find((one) => one.seq === command.entry);
  if (!promise) return refuse('nothing-promised', { entry: command.entry });
  return promise.kept ? [] : [{ type: 'promiseKept', payload: { entry: command.entry } }];
}

/** An order or a visa recorded for the préfet or the directeur is shown as oral until one of them confirms it. */
export function confirmOral(a: Readonly<Activation>, command: CommandOf<'confirm-oral'>, context: Context): Decision {
  const oral = a.orals.find((one) => one.seq === command.entry);
  if (!oral) return refuse('not-oral', { entry: command.entry });
  if (oral.confirmedBy !== undefined) return [];
  // The préfet's own decision is his to confirm; the directeur's may be confirmed by either.
  const rehearsed = a.lane === 'exercise' && context.rights.includes('planificateur');
  if (oral.for === 'prefet' && !context.rights.includes('prefet') && !rehearsed) return refuse('forbidden', { for: 'prefet' });
  return [{ type: 'oralConfirmed', payload: { entry: command.entry } }];
}

/** RGPD: content and salt go, the digest stays, every chain stays valid. */
export function eraseText(a: Readonly<Activation>, command: CommandOf<'erase-text'>): Decision {
  return command.digest in a.erased ? [] : [{ type: 'textErased', payload: { digest: command.digest, reason: command.reason } }];
}

type LogEvents = Pick<Payloads, 'noteLogged' | 'directionNoteLogged' | 'promiseKept' | 'oralConfirmed' | 'textErased'>;
export type LogEntry = { [T in keyof LogEvents]: Entry<T, LogEvents[T]> }[keyof LogEvents];

export function evolveLog(a: Activation, entry: LogEntry): void {
  switch (entry.type) {
    case 'noteLogged':
    case 'directionNoteLogged':
      a.notes++;
      if (entry.payload.promisedFor !== undefined) {
        const { text, promisedFor } = entry.payload;
        const reserved = entry.type === 'directionNoteLogged' ? { reserved: true as const } : {};
        a.promises.push({ seq: entry.seq, text, promisedFor: toMs(promisedFor), by: entry.by, kept: false, ...reserved });
      }
      return;
    case 'promiseKept': {
      const promise = a.promises.find((one) => one.seq === entry.payload.entry);
      if (promise) promise.kept = true;
      return;
    }
    case 'oralConfirmed': {
      const oral = a.orals.find((one) => one.seq === entry.payload.entry);
      if (oral) {
        oral.confirmedBy = entry.by;
        oral.confirmedSeq = entry.seq;
      }
      return;
    }
    case 'textErased':
      a.erased[entry.payload.digest] = entry.seq;
      return;
  }
}

/** Decisions that bind, when they are recorded on behalf of the préfet or the directeur. */
const ORAL_TYPES = new Set(['clockStarted', 'stepCompleted', 'stepNotApplicable', 'activationEnded']);

export function noteOral(a: Activation, entry: Entry): void {
  if ((entry.for !== 'prefet' && entry.for !== 'directeur') || !ORAL_TYPES.has(entry.type)) return;
  a.orals.push({ seq: entry.seq, type: entry.type, for: entry.for, at: toMs(entry.occurredAt), by: entry.by });
}
