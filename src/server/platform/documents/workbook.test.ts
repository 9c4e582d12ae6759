import { Worker } from 'node:worker_threads';
import { utils, write } from '@e965/xlsx';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { isProblem } from '#domain/kit/problem.ts';
import { zipOf } from '#test/support/workbook/workbook-file.ts';
import { cellAddress } from './cell-address.ts';
import { writeCsv, writeWorkbook } from './workbook.ts';
import { readLimits, readWorkbook } from './workbook-read.ts';

async function codeOf(bytes: Uint8Array): Promise<string> {
  try {
    await readWorkbook(bytes);
  } catch (error) {
    if (isProblem(error)) return error.code;
    throw error;
  }
  return 'read';
}

/** Control characters, halves of pairs (as UTF-8 replaces them), U+FFFE and U+FFFF. */
const noXml = /(?![\t\n\r])[\p{Cc}\ufffd-\uffff]/u;

const text = (content: string) => new TextEncoder().encode(content);

describe('what a file really is', () => {
  it('refuses a renamed text, a PDF, a web page and an empty file, each with its own message', async () => {
    await expect(readWorkbook(text('学校,人数\n一小,400'))).rejects.toThrow('纯文本');
    await expect(readWorkbook(text('%PDF-1.7'))).rejects.toThrow('PDF');
    await expect(readWorkbook(text('<html><table></table></html>'))).rejects.toThrow('网页');
    await expect(readWorkbook(new Uint8Array())).rejects.toThrow('空的');
  });

  it('refuses a workbook with a password', async () => {
    const compound = Buffer.alloc(2048);
    compound.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    compound.write('EncryptedPackage', 1024, 'utf16le');
    expect(await codeOf(compound)).toBe('import.passwordProtected');
  });

  it('refuses a zip that is not a workbook, and one that is cut off', async () => {
    expect(await codeOf(zipOf([{ name: 'a.txt', content: 'a' }]))).toBe('import.notWorkbook');
    const whole = await writeWorkbook([{ name: '甲', columnWidths: [], rows: [[{ value: 1 }]] }]);
    expect(await codeOf(whole.subarray(0, whole.length - 200))).toBe('import.damaged');
  });

  it('refuses a bomb by its directory, and one whose directory gives false sizes', async () => {
    const zeros = Buffer.alloc(70 * 1024 * 1024);
    expect(await codeOf(zipOf([{ name: 'xl/workbook.xml', content: zeros }]))).toBe('import.tooLarge');
    const lying = zipOf([{ name: 'xl/workbook.xml', content: zeros, claimed: 1000 }]);
    expect(['import.tooLarge', 'import.damaged']).toContain(await codeOf(lying));
  });
});

describe('reading back what was written', () => {
  it('keeps numbers, texts with leading zeros and hidden sheets', async () => {
    const bytes = await writeWorkbook([
      {
        name: '填报',
        columnWidths: [10, 10],
        frozen: { rows: 1, columns: 1 },
        isProtected: true,
        limits: [{ kind: 'integer', range: 'B2:B9', minimum: 0, maximum: 10, prompt: '0 至 10 的整数' }],
        rows: [
          [
            { value: '代码', look: 'heading' },
            { value: '数', look: 'heading' },
          ],
          [{ value: '0123' }, { value: 4.5, look: 'error', comment: '应为整数' }],
        ],
      },
      { name: 'stamp', columnWidths: [], rows: [[{ value: '{"a":1}' }]], hidden: true },
    ]);
    const { sheets, format } = await readWorkbook(bytes);
    expect(format).toBe('xlsx');
    expect(sheets.map((sheet) => [sheet.name, sheet.hidden])).toEqual([
      ['填报', false],
      ['stamp', true],
    ]);
    expect(sheets[0]!.cells[2]).toMatchObject({ row: 1, column: 0, kind: 'text', value: '0123', text: '0123' });
    expect(sheets[0]!.cells.find((cell) => cell.row === 1 && cell.column === 1)?.value).toBe(4.5);
  });

  it('leaves out what no XML can hold, in small workbooks and large ones', async () => {
    const bad = '测试\ufffe问\uffff题\ud800\u0001。𰻝';
    for (const length of [1, 5000]) {
      const rows = Array.from({ length }, (_, row) => [{ value: bad, ...(row === 0 && { comment: bad }) }]);
      const limits = [{ kind: 'list', range: 'B1:B2', values: [bad], prompt: bad }] as const;
      const bytes = await writeWorkbook([{ name: bad, columnWidths: [], rows, limits }]);
      for (const [name, part] of Object.entries(unzipSync(bytes))) {
        if (/\.(xml|rels|vml)$/.test(name)) expect(noXml.test(strFromU8(part)), name).toBe(false);
      }
      const { sheets } = await readWorkbook(bytes);
      expect([sheets[0]!.name, sheets[0]!.cells[0]!.value]).toEqual(['测试问题。𰻝', '测试问题。𰻝']);
    }
    expect(new TextDecoder().decode(writeCsv([[bad]]))).toBe('测试问题。𰻝\r\n');
  });

  it('writes a large workbook in its own thread, with the same result', async () => {
    const rows = Array.from({ length: 900 }, (_, row) =>
      Array.from({ length: 6 }, (_, column) => ({ value: row * column })),
    );
    const { sheets } = await readWorkbook(await writeWorkbook([{ name: '大', columnWidths: [], rows }]));
    expect(sheets[0]!.cells).toHaveLength(5400);
    expect(sheets[0]!.cells.at(-1)).toMatchObject({ row: 899, column: 5, value: 4495 });
  });

  it('distinguishes error cells and reads the old binary format', async () => {
    const sheet = utils.aoa_to_sheet([['甲', 3]]);
    sheet.B2 = { t: 'e', v: 7, w: '#DIV/0!' };
    sheet['!ref'] = 'A1:B2';
    const book = utils.book_new();
    utils.book_append_sheet(book, sheet, '表');
    for (const bookType of ['xlsx', 'biff8'] as const) {
      const read = await readWorkbook(new Uint8Array(write(book, { type: 'array', bookType })));
      expect(read.format).toBe(bookType === 'xlsx' ? 'xlsx' : 'xls');
      expect(read.sheets[0]!.cells.find((cell) => cell.row === 1)).toMatchObject({ kind: 'error', text: '#DIV/0!' });
    }
  });

  it('reads an old workbook without the number formats of the one before it', async () => {
    const xls = (z: string) => {
      const sheet = { A1: { t: 'n', v: 45901, z }, '!ref': 'A1:A1' };
      return write({ SheetNames: ['甲'], Sheets: { 甲: sheet } }, { type: 'buffer', bookType: 'biff8' }) as Buffer;
    };
    const dated = xls('yyyy"/"');
    // The format's record: its number, the length of its text, and the text. Number 0 is that of cells without a format.
    const record = dated.indexOf(Buffer.from('yyyy"/"', 'utf16le')) - 5;
    dated.writeUInt16LE(0, record);
    await readWorkbook(dated);
    const { sheets } = await readWorkbook(xls('General'));
    expect(sheets[0]!.cells).toMatchObject([{ kind: 'number', value: 45901 }]);
  });

  it('refuses a sheet with far too many rows', async () => {
    const rows = Array.from({ length: 6100 }, (_, index) => [index]);
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows), '表');
    expect(await codeOf(new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' })))).toBe('import.tooLarge');
  });
});

describe('texts without end', () => {
  const bookOf = (rows: string[][]) => {
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows), '表');
    return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx', bookSST: true, compression: true }));
  };

  it('are cut, so that one cell costs little', async () => {
    const { sheets } = await readWorkbook(bookOf([['长'.repeat(20_000), '短']]));
    expect(sheets[0]!.cells.map((cell) => [String(cell.value).length, cell.text.length])).toEqual([
      [readLimits.textLength, readLimits.textLength],
      [1, 1],
    ]);
  });

  it('that many cells share are refused before they are copied for each cell', async () => {
    const shared = '长'.repeat(20_000);
    const bytes = bookOf(Array.from({ length: 1200 }, () => Array.from({ length: 20 }, () => shared)));
    expect(bytes.length).toBeLessThan(200_000);
    expect(await codeOf(bytes)).toBe('import.tooLarge');
  });
});

describe('small pieces', () => {
  it('name cells', () => {
    expect([
      cellAddress(0, 0),
      cellAddress(9, 25),
      cellAddress(0, 26),
      cellAddress(0, 701),
      cellAddress(0, 702),
    ]).toEqual([...['A1', 'Z10', 'AA1', 'ZZ1', 'AAA1']]);
  });

  it('write CSV that starts no formula', () => {
    const csv = new TextDecoder('utf-8', { ignoreBOM: true }).decode(writeCsv([['=1+1', '＝1', 'a"b', null, 2.5]]));
    expect(csv).toBe('\ufeff\'=1+1,\'＝1,"a""b",,2.5\r\n');
  });
});

it('writes one large workbook of a person at a time, and those of others beside it', async () => {
  const rows = Array.from({ length: 450 }, () => Array.from({ length: 10 }, () => ({ value: 1 })));
  const large = [{ name: '甲', columnWidths: [10], rows }];
  const asked = Array.from({ length: 6 }, () => writeWorkbook(large, 'one'));
  const other = writeWorkbook(large, 'other');
  await expect(asked[5]).rejects.toMatchObject({ code: 'workbook.busyOwn' });
  // Somebody else waits for one workbook of the first person at most, and not for all five.
  const order: string[] = [];
  await Promise.all([
    ...asked.slice(0, 5).map((one) => one.then(() => order.push('one'))),
    other.then(() => order.push('other')),
  ]);
  expect(order.indexOf('other')).toBeLessThan(3);
  expect(order).toHaveLength(6);
}, 30_000);

it('a workbook whose caller has gone is not written to its end, and the next of this person begins', async () => {
  const rows = Array.from({ length: 20_000 }, () => Array.from({ length: 20 }, () => ({ value: 1 })));
  const small = Array.from({ length: 450 }, () => Array.from({ length: 10 }, () => ({ value: 1 })));
  const caller = new AbortController();
  const ended = vi.spyOn(Worker.prototype, 'terminate');
  const begun = performance.now();
  const dropped = writeWorkbook([{ name: '甲', columnWidths: [10], rows }], 'one', caller.signal);
  const waiting = writeWorkbook([{ name: '甲', columnWidths: [10], rows }], 'one', caller.signal);
  const next = writeWorkbook([{ name: '乙', columnWidths: [10], rows: small }], 'one');
  caller.abort();
  await expect(dropped).rejects.toMatchObject({ code: 'workbook.busy' });
  await expect(waiting).rejects.toMatchObject({ code: 'workbook.busy' });
  // The thread of the first alone: the second had none.
  expect(ended).toHaveBeenCalledTimes(1);
  ended.mockRestore();
  expect((await next).length).toBeGreaterThan(1000);
  expect(performance.now() - begun).toBeLessThan(20_000);
}, 30_000);

it('a workbook whose sender has gone is not read to its end', async () => {
  const caller = new AbortController();
  const bytes = await writeWorkbook([{ name: '甲', columnWidths: [10], rows: [[{ value: '学校' }]] }]);
  const read = readWorkbook(bytes, { person: 'one', gone: caller.signal });
  const waiting = readWorkbook(bytes, { person: 'one', gone: caller.signal });
  caller.abort();
  await expect(read).rejects.toMatchObject({ code: 'import.busy' });
  await expect(waiting).rejects.toMatchObject({ code: 'import.busy' });
  expect((await readWorkbook(bytes, { person: 'one' })).sheets).toHaveLength(1);
});
