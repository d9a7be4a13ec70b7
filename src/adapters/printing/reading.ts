import type { HourPage } from '../../application/ports.js';
import { behalfNames, roleNames } from '../../contract/french.js';
import { clockTime, day, dayTime, sinceT0 } from '../../contract/french-times.js';
import { fr } from '../../contract/french-typography.js';
import { ENGINE, type OnBehalf, type Sealed } from '../../domain/entry.js';
import type { Evidence } from '../../domain/events.js';
import { rowOf } from '../../domain/plan/timing.js';
import type { Clock } from '../../domain/state.js';
import { HOUR, toMs, type Ms } from '../../domain/time.js';
import { html, joined, type Html, type Part } from './html.js';

/** How one page says times, people and contents: made once for a page, asked by each of its parts. */
export class Reading {
  readonly #zone: string;
  readonly #overseas: boolean;
  /** That of T0: other days are said. */
  readonly #day: string;
  /** The clocks change during this activation: 02:30 alone would name two instants. */
  readonly #offsets: boolean;
  readonly #contacts: ReadonlyMap<string, string>;

  constructor(readonly page: HourPage) {
    const { activation: a, now, entries } = page;
    this.#zone = a.timeZone;
    const earliest = entries.reduce((least, entry) => ('withheld' in entry ? least : Math.min(least, toMs(entry.occurredAt))), now);
    const latest = a.life === 'running' ? now + 2 * HOUR : a.recordedAt; // with the deadlines still to come
    this.#overseas = clockTime(now, a.timeZone) !== clockTime(now, 'Europe/Paris');
    this.#offsets = offsetOf(earliest, a.timeZone) !== offsetOf(latest, a.timeZone);
    this.#day = day(this.clock?.t0 ?? a.openedAt, a.timeZone);
    this.#contacts = contactsOf(page);
  }

  /** The clock that the page counts from: the COD's, else the important event's. */
  get clock(): Clock | undefined {
    const { cod, important } = this.page.activation.clocks;
    return cod ?? important;
  }

  /** "02:37:40"; with the day where it is not that of the opening, and what Paris reads where that differs. */
  time(at: Ms, suffix = ''): Html {
    const sameDay = day(at, this.#zone) === this.#day;
    const offset = this.#offsets && html` <small>${offsetOf(at, this.#zone)}</small>`;
    const paris = this.#overseas && html` <small class="paris">Paris ${clockTime(at, 'Europe/Paris')}</small>`;
    return html`<span class="at"><time datetime="${new Date(at).toISOString()}">${sameDay ? clockTime(at, this.#zone) : dayTime(at, this.#zone)}</time>${suffix}${offset}</span>${paris}`;
  }

  /** "25/10/2026 02:37:40", always with its day. */
  fullTime(at: Ms): Html {
    const paris = this.#overseas && html` <small class="paris">(Paris ${dayTime(at, 'Europe/Paris')})</small>`;
    const offset = this.#offsets && html` <small>${offsetOf(at, this.#zone)}</small>`;
    return html`<span class="at"><time datetime="${new Date(at).toISOString()}">${dayTime(at, this.#zone)}</time>${offset}</span>${paris}`;
  }

  get zone(): string {
    return this.#zone;
  }

  get overseas(): boolean {
    return this.#overseas;
  }

  /** "T0+23"; nothing while no clock runs. */
  since(at: Ms): string {
    return this.clock ? sinceT0(at, this.clock.t0) : '';
  }

  /** An account, a token or somebody of a call list; the id's beginning where the name is not given. */
  person = (id: string): string =>
    this.page.names.get(id) ?? this.#contacts.get(id) ?? (id === ENGINE ? 'le moteur' : `compte ${id.slice(0, 8)}`);

  /** "Anne Delorme, pour le préfet". */
  author(by: string, behalf: OnBehalf | undefined): string {
    return behalf ? fr(`${this.person(by)}, pour ${behalf === 'prefet' || behalf === 'directeur' ? `le ${behalfNames[behalf]}` : behalfNames[behalf]}`) : this.person(by);
  }

  step = (id: string): string => {
    const row = rowOf(this.page.activation, id);
    return row ? row.title : id;
  };

  commune = (code: string): string => this.page.communes.get(code) ?? code;

  /** A text as it was typed, to the letter; or why it is not there. */
  said(text: Sealed): Html {
    const content = this.page.texts.get(text.digest);
    return content === undefined ? this.#absent(text) : html`<q class="said">${content}</q>`;
  }

  /** The same without quotes, for a title. */
  plain(text: Sealed): Part {
    return this.page.texts.get(text.digest) ?? this.#absent(text);
  }

  link(url: Sealed): Html {
    const address = this.page.texts.get(url.digest);
    if (address === undefined) return this.#absent(url);
    // Only what a browser opens as a page: an address is somebody's typing.
    return /^https?:\/\//i.test(address) ? html`<a class="said" href="${address}" rel="noreferrer noopener">${address}</a>` : html`<q class="said">${address}</q>`;
  }

  file(file: Sealed): Html {
    const name = this.page.files.get(file.digest);
    if (name === undefined) return this.#absent(file);
    const size = file.bytes < 1000 ? `${file.bytes} octets` : `${new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 1 }).format(file.bytes / 1000)} ko`;
    return html`<span class="said">${name}</span> <small>(${file.mime ?? 'fichier'}, ${size}, empreinte <code>${file.digest.slice(0, 16)}</code>)</small>`;
  }

  evidence(one: Evidence): Html {
    if (one.kind === 'link') return this.link(one.url);
    return one.kind === 'file' ? this.file(one.file) : this.said(one.text);
  }

  /** "nº 12, 15": each opens its line of the journal below. */
  entries(seqs: readonly number[]): Html {
    const links = [...new Set(seqs)].sort((x, y) => x - y).map((seq) => html`<a href="#e${seq}">${seq}</a>`);
    return links.length === 0 ? html`` : html`nº ${joined(links, ', ')}`;
  }

  #absent({ digest }: Sealed): Html {
    const erasedBy = this.page.activation.erased[digest];
    if (erasedBy !== undefined) return html`<em class="absent">effacé par l’entrée <a href="#e${erasedBy}">${erasedBy}</a></em>`;
    return html`<em class="absent">non reproduit ici, empreinte <code>${digest.slice(0, 16)}</code></em>`;
  }
}

const offsets = new Map<string, Intl.DateTimeFormat>();

/** "UTC+2". */
export function offsetOf(at: Ms, timeZone: string): string {
  let format = offsets.get(timeZone);
  if (!format) offsets.set(timeZone, (format = new Intl.DateTimeFormat('fr-FR', { timeZone, timeZoneName: 'shortOffset' })));
  const parts = format.formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')!.value.replace('−', '-');
}

/** Those of the call lists: name and function or commune; those of the perimeter: what the journal says. Numbers stay where they are. */
function contactsOf({ entries, texts, communes }: HourPage): Map<string, string> {
  const contacts = new Map<string, string>();
  for (const entry of entries) {
    if ('withheld' in entry) continue;
    if (entry.type === 'targetsFrozen') for (const { person, role, commune } of entry.payload.items) contacts.set(person, `${roleNames[role]}, ${communes.get(commune) ?? commune}`);
    if (entry.type !== 'callListPasted') continue;
    for (const { person, line } of entry.payload.contacts) {
      const content = texts.get(line.digest);
      const { name, role } = content === undefined ? {} : (JSON.parse(content) as { name?: string; role?: string });
      contacts.set(person, [name ?? `personne ${person.slice(0, 8)}`, role].filter(Boolean).join(', '));
    }
  }
  return contacts;
}
