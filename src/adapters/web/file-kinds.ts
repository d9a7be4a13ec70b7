/** How many bytes of the beginning are enough to tell. */
export const SNIFFED_BYTES = 4_096;

type Sniff = (head: Uint8Array) => boolean;

const starts = (...bytes: number[]): Sniff => (head) => bytes.every((byte, i) => head[i] === byte);
const latin = (head: Uint8Array, from: number, to: number) => String.fromCharCode(...head.subarray(from, to));
/** ISO base media files (photos of telephones, films) name their brand at byte 8. */
const brand = (...brands: string[]): Sniff => (head) => latin(head, 4, 8) === 'ftyp' && brands.includes(latin(head, 8, 12));
/** Office documents are archives whose first member says what they are. */
const zipWith = (name: string): Sniff => (head) => starts(0x50, 0x4b, 0x03, 0x04)(head) && latin(head, 0, head.length).includes(name);

/** By content alone, the most precise first. What a browser could run (HTML, SVG, scripts) is plain text here. */
const KINDS: readonly [mime: string, is: Sniff][] = [
  ['application/pdf', (head) => latin(head, 0, 5) === '%PDF-'],
  ['image/png', starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
  ['image/jpeg', starts(0xff, 0xd8, 0xff)],
  ['image/gif', (head) => /^GIF8[79]a$/.test(latin(head, 0, 6))],
  ['image/webp', (head) => latin(head, 0, 4) === 'RIFF' && latin(head, 8, 12) === 'WEBP'],
  ['image/tiff', (head) => starts(0x49, 0x49, 0x2a, 0x00)(head) || starts(0x4d, 0x4d, 0x00, 0x2a)(head)],
  ['image/heic', brand('heic', 'heix', 'hevc', 'mif1', 'msf1')],
  ['image/avif', brand('avif', 'avis')],
  ['video/quicktime', brand('qt  ')],
  ['audio/mp4', brand('M4A ', 'M4B ')],
  ['video/mp4', (head) => latin(head, 4, 8) === 'ftyp'],
  ['audio/mpeg', (head) => latin(head, 0, 3) === 'ID3' || (head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2)],
  ['audio/ogg', (head) => latin(head, 0, 4) === 'OggS'],
  ['audio/wav', (head) => latin(head, 0, 4) === 'RIFF' && latin(head, 8, 12) === 'WAVE'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', zipWith('word/')],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', zipWith('xl/')],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', zipWith('ppt/')],
  ['application/vnd.oasis.opendocument.text', zipWith('application/vnd.oasis.opendocument.text')],
  ['application/vnd.oasis.opendocument.spreadsheet', zipWith('application/vnd.oasis.opendocument.spreadsheet')],
  ['application/vnd.oasis.opendocument.presentation', zipWith('application/vnd.oasis.opendocument.presentation')],
  ['application/zip', starts(0x50, 0x4b, 0x03, 0x04)],
  ['application/x-ole-storage', starts(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)],
  ['text/plain; charset=utf-8', isText],
];

/** The type that a file's first bytes show; what claims nothing recognisable is bytes. */
export function sniff(head: Uint8Array): string {
  return KINDS.find(([, is]) => is(head))?.[0] ?? 'application/octet-stream';
}

/** UTF-8 without control characters; the last character may be cut. */
function isText(head: Uint8Array): boolean {
  if (head.length === 0 || head.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}
