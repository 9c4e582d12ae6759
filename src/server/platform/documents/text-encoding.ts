/** Bytes decoded as text, in every possible encoding, the likelier first; or the reason why they are not a text. */
export type DecodedText =
  | { readonly texts: readonly string[] }
  | {
      readonly texts?: undefined;
      /** Lines with an invalid byte, counted from 1; empty where the bytes are no text at all. */
      readonly brokenLines: readonly number[];
      /** The encoding that fits all other lines. */
      readonly encoding: string;
    }
  | { readonly texts?: undefined; readonly nulLine: number };

const marks: ReadonlyArray<readonly [encoding: string, mark: readonly number[]]> = [
  ['UTF-8', [0xef, 0xbb, 0xbf]],
  ['UTF-16LE', [0xff, 0xfe]],
  ['UTF-16BE', [0xfe, 0xff]],
];

/**
 * Decodes the bytes of a text file. A byte order mark decides. Without one the text is UTF-8 or GB18030 (which includes
 * GBK and GB2312), both where both are possible, or UTF-16 where every other byte may be NUL. The decoder is strict: a
 * byte that belongs to no character is reported with its line and never replaced.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const marked = marks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))?.[0];
  const candidates = marked ? [marked] : bytes.includes(0) ? ['UTF-16LE', 'UTF-16BE'] : ['UTF-8', 'GB18030'];
  const texts = candidates.flatMap((encoding) => decode(bytes, encoding) ?? []);
  // Any bytes with a NUL can be UTF-16 by chance; a table in UTF-16 has a separator and a line break.
  const isTable = (text: string) =>
    marked !== undefined || !bytes.includes(0) || (/[,\t;]/.test(text) && /[\r\n]/.test(text));
  const plain = texts.filter((text) => !text.includes('\0') && isTable(text));
  if (plain.length > 0) return { texts: plain };
  if (texts.length > 0 || (!marked && bytes.includes(0))) return { nulLine: lineOfNul(bytes, marked && texts[0]) };
  const broken = candidates.map((encoding) => ({ encoding, brokenLines: brokenLinesOf(bytes, encoding) }));
  const best = broken.reduce((left, right) => (right.brokenLines.length < left.brokenLines.length ? right : left));
  return { ...best, brokenLines: isMostlyBroken(best.brokenLines, bytes) ? [] : best.brokenLines };
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Lines are split before decoding: in UTF-8 and GB18030 the byte of a line break is never part of a character. */
function brokenLinesOf(bytes: Uint8Array, encoding: string): number[] {
  if (encoding.startsWith('UTF-16')) {
    const lines = new TextDecoder(encoding).decode(bytes).split(/\r\n|\r|\n/);
    const broken = lines.flatMap((line, index) => (line.includes('\ufffd') ? [index + 1] : []));
    // An odd number of bytes leaves half a character behind the last line.
    return broken.length > 0 ? broken : [lines.length];
  }
  const broken: number[] = [];
  const end = bytes.includes(0x0a) ? 0x0a : 0x0d;
  for (let start = 0, line = 1; start < bytes.length; line += 1) {
    const next = bytes.indexOf(end, start);
    const stop = next < 0 ? bytes.length : next;
    if (decode(bytes.subarray(start, stop), encoding) === undefined) broken.push(line);
    start = stop + 1;
  }
  return broken;
}

/** One broken byte is a small error; where a third of the lines is broken, the text is not in this encoding. */
function isMostlyBroken(lines: readonly number[], bytes: Uint8Array): boolean {
  let count = 1;
  for (const byte of bytes) if (byte === 0x0a) count += 1;
  return lines.length > 1 && lines.length * 3 > count;
}

function lineOfNul(bytes: Uint8Array, text: string | undefined): number {
  const before =
    text?.slice(0, text.indexOf('\0')) ?? Buffer.from(bytes.subarray(0, bytes.indexOf(0))).toString('latin1');
  return before.split(/\r\n|\r|\n/).length;
}
