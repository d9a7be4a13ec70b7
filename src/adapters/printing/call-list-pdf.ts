import { readFile } from 'node:fs/promises';
import type PDFDocument from 'pdfkit';
import type { CallCommune, CallGroup, CallList, CallPerson } from '../../application/outreach/call-lists.js';
import { clockMinute, dayTime } from '../../contract/french-times.js';
import { count, fr } from '../../contract/french-typography.js';
import { markOf } from '../../domain/exercise-mark.js';

type Document = InstanceType<typeof PDFDocument>;

const MARGIN = 36;
const TOP = 74;
const BOTTOM = 46;
/** From the left: who, which numbers; what came of it has the rest. */
const WIDTHS = { who: 190, numbers: 112 };
const BOXES = ['acquitté', 'à rappeler', 'relayé', 'refusé', 'faux numéro'];

/** The files of IBM Plex Sans, regular and bold, as WOFF; where they are not there, the reader's own Helvetica writes French too. */
export interface Typeface {
  regular: string;
  bold: string;
}

/** A4, black on white: thousands of lines that people tick by hand at four in the morning. */
export async function callListPdf(list: CallList, typeface: Typeface): Promise<Uint8Array> {
  // Loaded when somebody prints: neither the start nor the memory of every night pays for it.
  const { default: Pdf } = await import('pdfkit');
  const document = new Pdf({
    size: 'A4', margins: { top: TOP, bottom: BOTTOM, left: MARGIN, right: MARGIN }, bufferPages: true, lang: 'fr-FR', displayTitle: true,
    info: { Title: [markOf(list.lane), titleOf(list), markOf(list.lane)].filter(Boolean).join(' '), Author: list.prefecture, CreationDate: new Date(list.printedAt) },
  });
  const chunks: Uint8Array[] = [];
  const ended = new Promise<void>((resolve, reject) => document.on('data', (chunk: Uint8Array) => chunks.push(chunk)).on('end', resolve).on('error', reject));
  const [regular, bold] = await Promise.all([typeface.regular, typeface.bold].map((path) => readFile(path).catch(() => undefined)));
  document.registerFont('regular', regular ?? 'Helvetica');
  document.registerFont('bold', bold ?? 'Helvetica-Bold');
  await new Sheets(document, list).draw();
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

class Sheets {
  readonly #width: number;
  readonly #left = MARGIN;
  readonly #boxes: readonly { label: string; dx: number; dy: number }[];

  constructor(private readonly document: Document, private readonly list: CallList) {
    this.#width = document.page.width - 2 * MARGIN;
    this.#boxes = this.#placed();
  }

  async draw(): Promise<void> {
    this.document.y = TOP;
    for (const group of this.list.groups) await this.#group(group);
    await this.#edges();
  }

  async #group({ circle, name, communes }: CallGroup): Promise<void> {
    this.#room(70);
    const { document } = this;
    document.y += 6;
    this.#write(fr(`Cercle ${circle} · ${name} · ${count(communes.length, 'commune')}`), { font: 'bold', size: 12 });
    document.moveTo(this.#left, document.y + 1).lineTo(this.#left + this.#width, document.y + 1).lineWidth(1.5).stroke();
    document.y += 6;
    for (const commune of communes) {
      this.#commune(commune);
      await othersFirst();
    }
  }

  #commune(commune: CallCommune): void {
    const heights = commune.people.map((person) => this.#height(person));
    // A commune begins with one person at least on its sheet.
    this.#room(18 + (heights[0] ?? 14));
    const { document } = this;
    this.#name(`${commune.name} (${commune.code})${commune.isReached ? ' : jointe' : ''}`);
    if (commune.people.length === 0) {
      this.#write(fr("Aucun numéro dans l'annuaire."), { size: 9 });
      document.y += 4;
    }
    commune.people.forEach((person, index) => {
      if (this.#room(heights[index]!)) this.#name(`${commune.name} (suite)`);
      this.#person(person, index + 1, heights[index]!);
    });
    document.moveTo(this.#left, document.y).lineTo(this.#left + this.#width, document.y).lineWidth(0.5).stroke();
    document.y += 5;
  }

  #name(text: string): void {
    const { document } = this;
    const y = document.y;
    this.#at(fr(text), this.#left, y, this.#width, { font: 'bold', size: 10 });
    document.y = y + 15;
  }

  #height({ name, title, numbers }: CallPerson): number {
    const { document } = this;
    const lines = document.font('regular').fontSize(9).heightOfString(this.#readable(`0. ${name}, ${title}`), { width: WIDTHS.who });
    return Math.max(lines, numbers.length * 13, 26) + 4;
  }

  #person({ name, title, numbers, acknowledgedAt }: CallPerson, order: number, height: number): void {
    const { document } = this;
    const y = document.y;
    this.#at(`${order}. ${name}${title === '' ? '' : `, ${title}`}`, this.#left, y, WIDTHS.who, { size: 9 });
    numbers.forEach((number, i) => this.#at(number, this.#left + WIDTHS.who + 8, y + i * 13, WIDTHS.numbers, { font: 'bold', size: 10 }));
    const x = this.#left + WIDTHS.who + WIDTHS.numbers + 12;
    if (acknowledgedAt === null) this.#toTick(x, y);
    else {
      this.#at(`acquitté à ${clockMinute(acknowledgedAt, this.list.timeZone)}`, x, y, this.#width - x + this.#left, { font: 'bold', size: 9 });
      const middle = y + 6;
      document.moveTo(this.#left, middle).lineTo(x - 6, middle).lineWidth(1).stroke();
    }
    document.y = y + height;
  }

  /** A time to write, and what came of it to tick. */
  #toTick(x: number, y: number): void {
    const { document } = this;
    document.rect(x, y, 42, 20).lineWidth(0.7).stroke();
    this.#at('h', x, y + 6, 42, { size: 8, align: 'center' });
    for (const { label, dx, dy } of this.#boxes) {
      document.rect(x + dx, y + dy + 1.5, 7, 7).stroke();
      this.#at(label, x + dx + 10, y + dy, 80, { size: 8 });
    }
  }

  /** Where each box stands, from the place of the time. */
  #placed(): { label: string; dx: number; dy: number }[] {
    const { document } = this;
    const room = this.#width - WIDTHS.who - WIDTHS.numbers - 12;
    let dx = 52;
    let dy = 0;
    return BOXES.map((label) => {
      const width = document.font('regular').fontSize(8).widthOfString(label) + 18;
      if (dx + width > room + 8) {
        dx = 52;
        dy += 12;
      }
      const box = { label, dx, dy };
      dx += width;
      return box;
    });
  }

  /** What stands at the head and at the foot of each sheet, once it is known how many there are. */
  async #edges(): Promise<void> {
    const { document, list } = this;
    const mark = markOf(list.lane);
    const { start, count: pages } = document.bufferedPageRange();
    const printed = `Imprimée le ${dayTime(list.printedAt, list.timeZone)}${list.printedBy === '' ? '' : ` par ${list.printedBy}`}`;
    for (let page = 0; page < pages; page++) {
      await othersFirst();
      document.switchToPage(start + page);
      // Below the margin text would begin another sheet.
      document.page.margins.bottom = 0;
      const foot = document.page.height - 34;
      if (mark) this.#at(mark, this.#left, 18, this.#width, { font: 'bold', size: 10, align: 'center' });
      this.#at(titleOf(list), this.#left, 32, this.#width - 60, { font: 'bold', size: 11 });
      this.#at(`${page + 1}/${pages}`, this.#left + this.#width - 60, 32, 60, { font: 'bold', size: 11, align: 'right' });
      this.#at(fr(`${list.prefecture} · ${printed}`), this.#left, 48, this.#width, { size: 8 });
      this.#at(fr("Numéros personnels : pour cette mission seulement, à détruire ensuite. Chaque résultat se saisit dans la console avec son heure, « sur papier »."), this.#left, foot, this.#width, { size: 7 });
      if (mark) this.#at(mark, this.#left, foot + 12, this.#width, { font: 'bold', size: 10, align: 'center' });
    }
  }

  /** Another sheet, where so much does not fit on this one. */
  #room(height: number): boolean {
    const { document } = this;
    if (document.y + height <= document.page.height - BOTTOM) return false;
    document.addPage();
    document.y = TOP;
    return true;
  }

  #write(text: string, style: Style): void {
    const { document } = this;
    const y = document.y;
    this.#at(text, this.#left, y, this.#width, style);
    document.y = y + style.size * 1.45;
  }

  #at(text: string, x: number, y: number, width: number, { font = 'regular', size, align = 'left' }: Style): void {
    this.document.font(font).fontSize(size).text(this.#readable(text), x, y, { width, align, lineBreak: font === 'regular' && size === 9 });
  }

  /** The typeface has no narrow no-break space; a letter that it lacks loses its accent rather than its place. */
  #readable(text: string): string {
    return text.replace(/\u202f/g, '\u00a0').replace(/[^\u0020-\u00ff\u0152\u0153\u0178\u2013\u2014\u2018\u2019\u201c\u201d\u2026]/gu, (letter) => {
      const bare = letter.normalize('NFD').replace(/\p{M}/gu, '');
      return /^[\u0020-\u00ff]+$/.test(bare) ? bare : '?';
    });
  }
}

/** A list of a whole département takes seconds: between two communes the beat, the boards and the orders have their turn. */
function othersFirst(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

interface Style {
  font?: 'regular' | 'bold';
  size: number;
  align?: 'left' | 'right' | 'center';
}

function titleOf({ title }: CallList): string {
  return fr(`Liste d'appel : ${title}`);
}
