/** 256 colours of three bytes; the last one is clear and stands for what is no number. */
export type Palette = Uint8Array;

/** Which entry of the palette is clear. */
export const clearEntry = 255;

/**
 * An image of one byte a pixel as a PNG in a data address. Its numbers are stored, not squeezed, so that the same pixels give the same text everywhere.
 * @param pixels entries of the palette, [height, width] row by row
 * @remarks PNG (W3C, third edition), 4.6 and 11; a zlib stream of stored blocks, RFC 1950 and RFC 1951, 3.2.4.
 */
export function indexedPng(pixels: Uint8Array, width: number, height: number, palette: Palette): string {
  const lines = new Uint8Array(height * (width + 1));
  for (let i = 0; i < height; i++) lines.set(pixels.subarray(i * width, (i + 1) * width), i * (width + 1) + 1);
  const header = [...word(width), ...word(height), 8, 3, 0, 0, 0];
  const opaque = new Uint8Array(256).fill(255);
  opaque[clearEntry] = 0;
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", Uint8Array.from(header)),
    chunk("PLTE", palette),
    chunk("tRNS", opaque),
    chunk("IDAT", stored(lines)),
    chunk("IEND", new Uint8Array(0)),
  ];
  return `data:image/png;base64,${base64(joined(parts))}`;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = joined([Uint8Array.from(type, (c) => c.charCodeAt(0)), data]);
  return joined([word(data.length), body, word(crc32(body))]);
}

const longestBlock = 0xffff;

function stored(data: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(0x78, 0x01)];
  for (let at = 0; at === 0 || at < data.length; at += longestBlock) {
    const block = data.subarray(at, at + longestBlock);
    const n = block.length;
    const isLast = at + longestBlock >= data.length;
    parts.push(Uint8Array.of(isLast ? 1 : 0, n & 255, n >> 8, ~n & 255, (~n >> 8) & 255), block);
  }
  return joined([...parts, word(adler32(data))]);
}

function crc32(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

function adler32(data: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of data) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

function word(n: number): Uint8Array {
  return Uint8Array.of(n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function base64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return btoa(pieces.join(""));
}
