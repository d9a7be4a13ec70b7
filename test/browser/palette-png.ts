import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLOURS = 256;

/** The same picture with 256 colours: a screen has few, and the file is a third of what it was. 8-bit RGB or RGBA in. */
export function toPalette(png: Buffer): Buffer {
  const { width, height, channels, rows } = decode(png);
  const seen = new Map<number, { times: number; red: number; green: number; blue: number }>();
  const pixels = new Uint16Array(width * height);
  for (let i = 0; i < pixels.length; i++) {
    const at = i * channels;
    const [red, green, blue] = [rows[at]!, rows[at + 1]!, rows[at + 2]!];
    // Neighbours share a bucket, five bits of red and blue, six of green; it takes the mean of what fell into it.
    const colour = ((red >> 3) << 11) | ((green >> 2) << 5) | (blue >> 3);
    pixels[i] = colour;
    const bucket = seen.get(colour) ?? { times: 0, red: 0, green: 0, blue: 0 };
    seen.set(colour, { times: bucket.times + 1, red: bucket.red + red, green: bucket.green + green, blue: bucket.blue + blue });
  }
  const buckets = [...seen].sort((x, y) => y[1].times - x[1].times).slice(0, COLOURS);
  const kept = buckets.map(([colour]) => colour);
  const nearest = new Map(kept.map((colour, i) => [colour, i]));
  const lines = Buffer.alloc(height * (width + 1));
  pixels.forEach((colour, i) => {
    let index = nearest.get(colour);
    if (index === undefined) nearest.set(colour, (index = closest(colour, kept)));
    lines[Math.floor(i / width) * (width + 1) + 1 + (i % width)] = index;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const palette = Buffer.from(buckets.flatMap(([, { times, red, green, blue }]) => [red, green, blue].map((sum) => Math.round(sum / times))));
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('PLTE', palette), chunk('IDAT', deflateSync(lines, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

function channelsOf(colour: number): [number, number, number] {
  return [Math.round(((colour >> 11) * 255) / 31), Math.round((((colour >> 5) & 63) * 255) / 63), Math.round(((colour & 31) * 255) / 31)];
}

function closest(colour: number, kept: readonly number[]): number {
  const [r, g, b] = channelsOf(colour);
  let best = 0;
  let least = Infinity;
  kept.forEach((other, i) => {
    const [x, y, z] = channelsOf(other);
    const distance = (r - x) ** 2 + (g - y) ** 2 + (b - z) ** 2;
    if (distance < least) [least, best] = [distance, i];
  });
  return best;
}

function decode(png: Buffer): { width: number; height: number; channels: number; rows: Buffer } {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const channels = png[25] === 6 ? 4 : 3;
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const raw = inflateSync(Buffer.concat(parts));
  const stride = width * channels;
  const rows = Buffer.alloc(height * stride);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]!;
    for (let x = 0; x < stride; x++) {
      const left = x < channels ? 0 : rows[y * stride + x - channels]!;
      const up = y === 0 ? 0 : rows[(y - 1) * stride + x]!;
      const corner = x < channels || y === 0 ? 0 : rows[(y - 1) * stride + x - channels]!;
      rows[y * stride + x] = raw[y * (stride + 1) + 1 + x]! + [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]!;
    }
  }
  return { width, height, channels, rows };
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
