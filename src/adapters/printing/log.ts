import { describeEntry } from '../../contract/french.js';
import { ENGINE, type Sealed } from '../../domain/entry.js';
import type { ActivationEntry, Evidence } from '../../domain/events.js';
import { sealedIn } from '../../domain/evidence/sealed.js';
import { SECOND, toMs } from '../../domain/time.js';
import { html, joined, type Html, type Part } from './html.js';
import type { Reading } from './reading.js';
import { table } from './sections.js';

/** What an entry says, in one sentence; the texts that it names are quoted apart, to the letter. */
export function sentence(reading: Reading, entry: ActivationEntry): string {
  const { person, step, commune, zone } = reading;
  return describeEntry(entry, { person, step, commune, zone });
}

/** Every entry of the journal, in order: when it happened beside when it was written, and what corrects what. */
export function logTable(reading: Reading): Html {
  const { entries } = reading.page;
  const correctedBy = new Map<number, number[]>();
  for (const entry of entries) {
    if (!('withheld' in entry) && entry.corrects !== undefined) correctedBy.set(entry.corrects, [...(correctedBy.get(entry.corrects) ?? []), entry.seq]);
  }
  const rows = entries.map((entry) => {
    if ('withheld' in entry) return html`<tr id="e${entry.seq}" class="quiet"><td class="num">${entry.seq}</td><td></td><td></td><td></td><td>Entrée réservée à la direction.</td></tr>`;
    const occurred = toMs(entry.occurredAt);
    const recorded = toMs(entry.recordedAt);
    return html`<tr id="e${entry.seq}"${entry.by === ENGINE && html` class="quiet"`}><td class="num">${entry.seq}</td>
<td>${reading.time(occurred)} <small>${reading.since(occurred)}</small></td><td>${recorded - occurred < SECOND ? html`<small>aussitôt</small>` : reading.time(recorded)}</td>
<td>${reading.author(entry.by, entry.for)}</td><td>${said(reading, entry)}${entry.corrects !== undefined && html` <small>Corrige l’entrée ${reading.entries([entry.corrects])}.</small>`}${corrected(reading, correctedBy.get(entry.seq))}</td></tr>`;
  });
  return table('log', ['Nº', 'Quand', 'Inscrit', 'Par', 'Quoi'], html`<tbody class="all">${rows}</tbody>`);
}

function said(reading: Reading, entry: ActivationEntry): Part {
  const quotes = quotesOf(reading, entry).map((quote) => html`<div class="text">${quote}</div>`);
  const note = entry.type === 'noteLogged' || entry.type === 'directionNoteLogged';
  const said = note && !entry.payload.promisedFor && entry.payload.attachments.length === 0 ? html`<strong>Note</strong>` : sentence(reading, entry);
  return html`${said}${entry.type === 'directionNoteLogged' && html` <small>(direction)</small>`}${quotes}`;
}

function corrected(reading: Reading, by: number[] | undefined): Part {
  return by && html` <small>Corrigée par l’entrée ${joined(by.map((seq) => reading.entries([seq])), ' et ')}.</small>`;
}

/** A call list is names and numbers: they stay in the vault. */
function quotesOf(reading: Reading, entry: ActivationEntry): Html[] {
  switch (entry.type) {
    case 'callListPasted':
      return [];
    case 'evidenceAdded':
      return [reading.evidence(entry.payload.evidence)];
    case 'stepCompleted':
      return entry.payload.evidence.map((one: Evidence) => reading.evidence(one));
    default:
      return sealedIn(entry.payload).map((one: Sealed) => (one.mime === undefined ? reading.said(one) : reading.file(one)));
  }
}
