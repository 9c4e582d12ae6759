import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from './text-encoding.ts';

/** GBK bytes by character, taken from Node's decoder, because Node has no encoder. */
const gbk = new Map<string, readonly number[]>();
for (let lead = 0xb0; lead <= 0xf7; lead += 1) {
  for (let trail = 0xa1; trail <= 0xfe; trail += 1) {
    gbk.set(new TextDecoder('gb18030').decode(Uint8Array.of(lead, trail)), [lead, trail]);
  }
}
const encodeGbk = (text: string) => Uint8Array.from([...text].flatMap((one) => gbk.get(one) ?? [one.charCodeAt(0)]));
const utf16 = (text: string, order: 'LE' | 'BE', mark = true) => {
  const bytes = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
  return new Uint8Array(order === 'LE' ? bytes : bytes.swap16());
};
const utf8 = (text: string) => new TextEncoder().encode(text);

/** Lines of a table in characters of GBK; the GBK bytes of 县 are not valid UTF-8. */
const line = fc.stringMatching(/^县[一二三四五六七八九十大小学校东西南北中区市]{1,8},[0-9]{1,5}$/);
const lines = fc.array(line, { minLength: 3, maxLength: 30 });

describe('a text', () => {
  it('is read in every encoding, with and without a byte order mark', () => {
    fc.assert(
      fc.property(lines, fc.constantFrom('\n', '\r\n', '\r'), (rows, end) => {
        const text = rows.join(end);
        expect(decodeText(utf8(text)).texts![0]).toBe(text);
        expect(decodeText(utf8(`\ufeff${text}`)).texts).toEqual([text]);
        for (const order of ['LE', 'BE'] as const) {
          expect(decodeText(utf16(text, order)).texts).toEqual([text]);
          expect(decodeText(utf16(text, order, false)).texts).toContain(text);
        }
        expect(decodeText(encodeGbk(text)).texts).toContain(text);
      }),
    );
  });

  it('is read in GB18030 with four bytes to a character', () => {
    // 𠮷 (U+20BB7) and 㐂 (U+3402), which are not in GBK.
    const bytes = Uint8Array.of(0x95, 0x34, 0xb2, 0x35, 0x2c, 0x81, 0x39, 0xef, 0x31);
    expect(decodeText(bytes).texts).toEqual(['\u{20bb7},\u3402']);
  });

  it('with one broken byte is refused with the line, in UTF-8 and in GBK', () => {
    fc.assert(
      fc.property(lines, fc.nat(29), (rows, at) => {
        const broken = at % rows.length;
        for (const encode of [utf8, encodeGbk]) {
          const parts = rows.map((row, index) => {
            const bytes = [...encode(row)];
            // The last byte of the first character is lost.
            if (index === broken) bytes.splice(encode === utf8 ? 2 : 1, 1);
            return bytes;
          });
          const decoded = decodeText(Uint8Array.from(parts.flatMap((bytes) => [...bytes, 0x0a])));
          // A lost byte may leave another valid character of two bytes behind: then the error cannot be detected.
          if (decoded.texts) continue;
          expect(decoded).toMatchObject({ brokenLines: [broken + 1], encoding: encode === utf8 ? 'UTF-8' : 'GB18030' });
        }
      }),
    );
  });

  it('is read as its byte order mark says; bytes that do not fit it are reported', () => {
    const bytes = utf8('\ufeff一\n二\n三');
    bytes[bytes.length - 4] = 0xff;
    expect(decodeText(bytes)).toEqual({ encoding: 'UTF-8', brokenLines: [2] });
    const half = utf16('一\n\ud842二\n三', 'LE');
    expect(decodeText(half)).toEqual({ encoding: 'UTF-16LE', brokenLines: [2] });
    expect(decodeText(utf16('一\n二', 'BE').subarray(0, -1))).toMatchObject({ encoding: 'UTF-16BE', brokenLines: [2] });
  });

  it('with NUL is refused with the line, and noise is reported as no text at all', () => {
    expect(decodeText(utf8('a,b\n1,\0\n'))).toEqual({ nulLine: 2 });
    expect(decodeText(utf16('a,b\n1,\0\n', 'LE'))).toEqual({ nulLine: 2 });
    const noise = Uint8Array.from({ length: 4000 }, (_, index) => (index % 40 === 0 ? 0x0a : 0xff));
    expect(decodeText(noise)).toMatchObject({ brokenLines: [] });
  });
});
