import { utils, type WorkSheet, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { readLimits } from '../workbook-read.ts';
import { parseWorkbook } from './parse.ts';
import { ReadSheet } from './sheet.ts';

async function sheetsOf(bytes: Uint8Array): Promise<ReadSheet[]> {
  const book = await parseWorkbook(bytes, readLimits);
  return book.sheets.map((sheet) => new ReadSheet(sheet, book));
}

function written(bookType: 'biff5' | 'biff8', sheet: WorkSheet, about: object = {}): Buffer {
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, 'Sheet1');
  utils.book_append_sheet(book, utils.aoa_to_sheet([[1]]), 'Sheet2');
  book.Workbook = about;
  return write(book, { type: 'buffer', bookType }) as Buffer;
}

describe('a workbook of Excel 97 to 2003', () => {
  const sheet = utils.aoa_to_sheet([
    ['学校名称', '在校生数'],
    ['东城小学', 420],
  ]);
  Object.assign(sheet, {
    C1: { t: 'n', v: 58.080000000000005 },
    D1: { t: 'n', v: 45901, z: 'yyyy-mm-dd' },
    E1: { t: 'b', v: true },
    F1: { t: 'e', v: 42 },
    G1: { t: 's', v: '林\ud842桥' },
    H1: { t: 's', v: '  ' },
    '!ref': 'A1:H2',
    '!cols': [{}, { hidden: true }],
    '!merges': [utils.decode_range('A1:B1')],
  });

  it('reports the kinds of its cells, and what is hidden and merged', async () => {
    const bytes = written('biff8', sheet, { Sheets: [{ Hidden: 0 }, { Hidden: 2 }] });
    const [first, second] = await sheetsOf(bytes);
    expect(first!.cells.map(({ kind, text }) => [kind, text])).toEqual([
      ['text', '学校名称'],
      ['text', '在校生数'],
      ['number', '58.08'],
      ['date', '2025-09-01'],
      ['boolean', 'TRUE'],
      ['error', '#N/A'],
      ['text', '林\ufffd桥'],
      ['text', '东城小学'],
      ['number', '420'],
    ]);
    expect(first!.cells[6]).toMatchObject({ flaw: { kind: 'half-character' } });
    expect([first!.isHiddenColumn(0), first!.isHiddenColumn(1)]).toEqual([false, true]);
    expect(first!.merges).toEqual([{ top: 0, left: 0, bottom: 0, right: 1 }]);
    expect([first!.visibility, second!.visibility]).toEqual(['visible', 'veryHidden']);
  });

  it('counts days from 1904 where the file says so', async () => {
    const [first] = await sheetsOf(written('biff8', sheet, { WBProps: { date1904: true } }));
    expect(first!.cells[3]).toMatchObject({ kind: 'date', raw: 45901, day: '2029-09-02' });
  });

  it('reports rows that are hidden', async () => {
    const bytes = written('biff8', sheet);
    // The writer omits row records: four short records about calculation make room for one about the second row.
    const at = bytes.indexOf(Buffer.from([0x0d, 0x00, 0x02, 0x00]));
    const row = Buffer.alloc(24);
    row.writeUInt16LE(0x0208, 0);
    row.writeUInt16LE(16, 2);
    row.writeUInt16LE(1, 4);
    row.writeUInt8(0x20, 16);
    row.copy(bytes, at);
    const [first] = await sheetsOf(bytes);
    expect([...first!.rows()].map(({ hidden }) => hidden)).toEqual([undefined, 'hidden']);
  });

  it('is refused where it is damaged, has a password, or is another type of document', async () => {
    const bytes = written('biff8', sheet);
    await expect(parseWorkbook(bytes.subarray(0, 600), readLimits)).rejects.toMatchObject({ code: 'import.damaged' });
    const container = (stream: string) => {
      const file = Buffer.alloc(2048);
      file.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
      file.write(stream, 1024, 'utf16le');
      return parseWorkbook(file, readLimits);
    };
    await expect(container('EncryptedPackage')).rejects.toMatchObject({ code: 'import.passwordProtected' });
    await expect(container('WordDocument')).rejects.toThrow('Word 文档');
    await expect(container('PowerPoint Document')).rejects.toThrow('PowerPoint');
    await expect(container('Contents')).rejects.toThrow('其他 Office 文档');
  });

  it('is refused by the place of cells that lie far out', async () => {
    const far = { A60000: { t: 'n', v: 1 }, '!ref': 'A1:A60000' } as unknown as WorkSheet;
    await expect(parseWorkbook(written('biff8', far), readLimits)).rejects.toThrow('A60000');
  });
});

describe('a workbook of Excel 95', () => {
  it('is read in the code page in which it was written', async () => {
    const sheet = utils.aoa_to_sheet([
      ['AAAAAAAA', 'BBBBBBBB'],
      ['CCCCCCCC', 420],
    ]);
    const bytes = written('biff5', sheet);
    // The writer cannot write GBK: its letters are replaced by GBK bytes, and the code page is set.
    const replace = (from: Buffer, to: Buffer) => to.copy(bytes, bytes.indexOf(from));
    replace(Buffer.from('AAAAAAAA'), Buffer.from([0xd1, 0xa7, 0xd0, 0xa3, 0xc3, 0xfb, 0xb3, 0xc6]));
    replace(Buffer.from('BBBBBBBB'), Buffer.from([0xd4, 0xda, 0xd0, 0xa3, 0xc9, 0xfa, 0xca, 0xfd]));
    replace(Buffer.from('CCCCCCCC'), Buffer.from([0xb6, 0xab, 0xb3, 0xc7, 0xd0, 0xa1, 0xd1, 0xa7]));
    const codePage = bytes.indexOf(Buffer.from([0x42, 0x00, 0x02, 0x00]));
    bytes.writeUInt16LE(936, codePage + 4);
    const [first] = await sheetsOf(bytes);
    expect(first!.cells.map(({ value }) => value)).toEqual(['学校名称', '在校生数', '东城小学', 420]);
  });
});
