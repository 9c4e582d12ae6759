import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { refusal } from '#test/support/workbook/refusal.ts';
import { bookOfCells, partsOf, rowsXml, sheetXml, type ZipPart, zipOf } from '#test/support/workbook/workbook-file.ts';
import { readLimits } from '../workbook-read.ts';
import { parseWorkbook } from './parse.ts';
import { zipLimits } from './zip.ts';

const parts = partsOf({ sheets: [{ xml: sheetXml(rowsXml([['甲', 7]])) }] });
const megabytes = (count: number) => Buffer.alloc(count * 1024 * 1024);

const damagedBy = async (bytes: Uint8Array) => {
  const { code, sentence } = await refusal(bytes);
  expect(code).toBe('import.damaged');
  return sentence;
};

/** The parts, one of them with other content. */
const changed = (name: string, change: Partial<ZipPart>) =>
  zipOf(parts.map((part) => (part.name === name ? { ...part, ...change } : part)));

describe('a container is read', () => {
  it.each([
    ['as it stands', zipOf(parts)],
    ['stored without compression', zipOf(parts.map((part) => ({ ...part, stored: true })))],
    ['with the directory of zip64', zipOf(parts, { long: true })],
    [
      'with the sizes of zip64',
      zipOf(
        parts.map((part) => ({ ...part, long: true })),
        { long: true },
      ),
    ],
    ['with a comment that looks like a directory', zipOf(parts, { comment: 'PK\u0005\u0006' })],
    ['with something behind it', new Uint8Array([...zipOf(parts), 0, 0, 0])],
    ['with names that begin with a slash', zipOf(parts.map((part) => ({ ...part, name: `/${part.name}` })))],
    ['with backslashes in names', zipOf(parts.map((part) => ({ ...part, name: part.name.replaceAll('/', '\\') })))],
    ['with names in other letters', zipOf(parts.map((part) => ({ ...part, name: part.name.toUpperCase() })))],
    ['with folders', zipOf([{ name: 'xl/', content: '', stored: true }, ...parts])],
  ])('%s', async (_, bytes) => {
    const { sheets } = await parseWorkbook(bytes, readLimits);
    expect([...sheets[0]!.cells.numbers]).toEqual([0, 7]);
  });
});

describe('a container that unpacks to too much', () => {
  it('is refused by its directory, before anything is unpacked', async () => {
    const bomb = zipOf([...parts, { name: 'xl/media/a.bin', content: megabytes(70) }]);
    const refused = await refusal(bomb);
    expect(refused).toMatchObject({ code: 'import.tooLarge', sentence: expect.stringContaining('60 MB') });
    expect(refused.moments).toBeLessThan(3);
  });

  it('is refused by the sum of many entries', async () => {
    // Each of them is below the ratio that makes one suspicious.
    const wide = Array.from({ length: 5 }, (_, index) => ({
      ...{ name: `xl/media/${index}.bin`, content: randomBytes(100_000), claimed: 15e6 },
    }));
    expect((await refusal(zipOf([...parts, ...wide]))).code).toBe('import.tooLarge');
  });

  it('is refused by one entry that unpacks to hundreds of times its size', async () => {
    expect((await refusal(zipOf([...parts, { name: 'a.xml', content: megabytes(2) }]))).code).toBe('import.tooLarge');
  });

  it('is refused where its directory gives a smaller or a larger size than the real one', async () => {
    const sheet = 'xl/worksheets/sheet1.xml';
    expect(await damagedBy(changed(sheet, { content: megabytes(1), claimed: 1000 }))).toContain('无法解压');
    expect(await damagedBy(changed(sheet, { claimed: 5000 }))).toContain('与目录不符');
    expect(await damagedBy(changed(sheet, { stored: true, claimed: 5000 }))).toContain('大小前后不一');
  });

  it('is refused by the number of its entries', async () => {
    const many = Array.from({ length: zipLimits.entries + 1 }, (_, index) => ({ name: `${index}`, content: '' }));
    expect(await refusal(zipOf(many))).toMatchObject({
      code: 'import.tooLarge',
      sentence: expect.stringContaining('1000'),
    });
  });
});

describe('a container with contradictions', () => {
  it('is refused where entries share bytes', async () => {
    const twice = [...parts, { name: 'xl/b.xml', content: 'x', bytesOf: 'xl/workbook.xml', localName: 'xl/b.xml' }];
    expect((await refusal(zipOf(twice))).code).toBe('import.damaged');
    // One entry whose bytes reach into the next, which has its own name there.
    const [first, ...rest] = parts;
    const stretched = Buffer.from(zipOf([{ ...first!, stored: true }, ...rest]));
    const size = Buffer.byteLength(first!.content as string) + 40;
    const entry = stretched.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    stretched.writeUInt32LE(size, entry + 20);
    stretched.writeUInt32LE(size, entry + 24);
    expect(await damagedBy(stretched)).toContain('重叠');
  });

  it('is refused where two entries have one name, also with other case or with a slash', async () => {
    for (const name of ['xl/workbook.xml', 'XL/Workbook.xml', '/xl/workbook.xml', 'xl\\workbook.xml']) {
      expect(await damagedBy(zipOf([...parts, { name, content: '<workbook/>' }]))).toContain('有两个部件都叫');
    }
  });

  it('is refused where an entry has another name in its own header', async () => {
    expect(await damagedBy(changed('xl/workbook.xml', { localName: 'xl/workbooc.xml' }))).toContain('与目录不符');
  });

  it('is refused where a checksum is wrong', async () => {
    expect(await damagedBy(changed('xl/worksheets/sheet1.xml', { crc: 1 }))).toContain('sheet1.xml');
  });

  it('is refused where a name leads out of the folder or cannot be printed', async () => {
    expect(await damagedBy(zipOf([...parts, { name: '../../etc/passwd', content: 'x' }]))).toContain('名称不合规');
    expect(await damagedBy(zipOf([...parts, { name: 'xl/a\0.xml', content: 'x' }]))).toContain('名称不合规');
  });

  it('is refused where it is encrypted or uses another compression', async () => {
    expect((await refusal(changed('xl/workbook.xml', { flags: 1 }))).code).toBe('import.passwordProtected');
    expect(await damagedBy(changed('xl/workbook.xml', { method: 9 }))).toContain('压缩方式');
  });

  it('is refused wherever it is cut off', async () => {
    const whole = bookOfCells([['甲', 7]]);
    for (let length = 4; length < whole.length; length += 7) {
      expect((await refusal(whole.subarray(0, length))).code).toBe('import.damaged');
    }
  });

  it('is refused where the directory of zip64 leads out of the file', async () => {
    const bytes = Buffer.from(zipOf(parts, { long: true }));
    const record = bytes.indexOf(Buffer.from([0x50, 0x4b, 6, 6]));
    bytes.writeBigUInt64LE(2n ** 63n, record + 48);
    expect((await refusal(bytes)).code).toBe('import.damaged');
    const locator = Buffer.from(zipOf(parts, { long: true }));
    locator.writeBigUInt64LE(2n ** 62n, locator.indexOf(Buffer.from([0x50, 0x4b, 6, 7])) + 8);
    expect((await refusal(locator)).code).toBe('import.damaged');
  });
});

describe('any bytes changed in a workbook', () => {
  it('leave it either readable or refused with a sentence', async () => {
    const whole = zipOf(
      partsOf({ sheets: [{ xml: sheetXml(rowsXml([['甲', 7, '<c><f>A1</f></c>']])) }], shared: '<si/>' }),
      {
        long: true,
      },
    );
    for (let index = 0; index < whole.length; index += 3) {
      for (const value of [0, 0xff, whole[index]! ^ 0x20]) {
        const bytes = whole.slice();
        bytes[index] = value;
        await refusal(bytes);
      }
    }
  });
});
