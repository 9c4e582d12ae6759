import type ExcelJS from 'exceljs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as imports from '#contract/filings/import.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { loadBook } from '#test/support/workbook/load-book.ts';
import { withPart } from '#test/support/workbook/workbook-file.ts';

let scene: FilingScene;
let template: Uint8Array;
beforeAll(async () => {
  scene = await openFilingScene();
});
afterAll(() => scene.app.close());
beforeEach(async () => {
  template = (await clerk().call(imports.schoolTemplate, { params: { filingId: scene.ids.first } })).body;
});

const clerk = () => scene.app.as('clerk');

async function edited(change: (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void, bytes = template) {
  const book = await loadBook(bytes);
  change(book.getWorksheet('填报表')!, book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

const rowOf = (sheet: ExcelJS.Worksheet, key: string): ExcelJS.Row => {
  let found: ExcelJS.Row | undefined;
  sheet.eachRow((row) => {
    if (row.getCell(2).value === key) found = row;
  });
  return found!;
};
const put = (key: string, value: ExcelJS.CellValue, column = 5) =>
  edited((sheet) => {
    rowOf(sheet, key).getCell(column).value = value;
  });

/** The form with the XML of one cell in place of the number 4321. */
async function withCell(key: string, xml: string): Promise<Uint8Array> {
  const bytes = await put(key, 4321);
  return withPart(bytes, 'xl/worksheets/sheet1.xml', (part) => {
    expect(part).toMatch(/<c r="E\d+"[^>]*><v>4321<\/v><\/c>/);
    return part.replace(/<c r="(E\d+)"([^>]*)><v>4321<\/v><\/c>/, (_, place) => xml.replace('<c', `<c r="${place}"`));
  });
}

const preview = (bytes: Uint8Array) => {
  const file = { name: '填报表.xlsx', size: bytes.length, bytes };
  return clerk().call(imports.previewImport, { file, fields: {} });
};

/** The one error of a preview, which forbids writing. */
async function errorOf(bytes: Uint8Array) {
  const read = await preview(bytes);
  expect(read).toMatchObject({ hard: 1, writable: false });
  const group = read.groups[0]!;
  return { cause: group.cause, ...group.findings[0]! };
}

describe('a cell from which nothing may be read is an error at the cell, on a filing that is empty', () => {
  const field = '计算机台数';

  it('a formula without a stored result (A6)', async () => {
    expect(await errorOf(await put(field, { formula: '50+40' } as ExcelJS.CellValue))).toMatchObject({
      cause: 'empty',
      place: expect.stringMatching(/^填报表!E\d+$/),
      value: '=50+40',
      rule: expect.stringContaining('没有保存它的结果'),
    });
    // With its result it is a number like any other.
    expect(await preview(await put(field, { formula: '50+40', result: 90 }))).toMatchObject({
      hard: 0,
      changes: { cells: 1 },
    });
  });

  it('a day, in a format of days and as ISO 8601 (A5)', async () => {
    const formatted = await edited((sheet) => {
      const cell = rowOf(sheet, field).getCell(5);
      cell.value = 7205;
      cell.numFmt = 'yyyy';
    });
    expect(await errorOf(formatted)).toMatchObject({ cause: 'date', value: '1919-09-22' });
    expect(await errorOf(await withCell(field, '<c t="d"><v>2025-09-01</v></c>'))).toMatchObject({
      cause: 'date',
      value: '2025-09-01',
    });
  });

  it('NaN and INF (A13)', async () => {
    for (const text of ['NaN', 'INF']) {
      expect(await errorOf(await withCell(field, `<c><v>${text}</v></c>`))).toMatchObject({
        cause: 'not-a-number',
        value: text,
        rule: expect.stringContaining(`“${text}”`),
      });
    }
  });

  it('an error, a truth value, and characters that cannot be kept (A9, A10)', async () => {
    expect(await errorOf(await put(field, { error: '#N/A' }))).toMatchObject({ cause: 'error-cell', value: '#N/A' });
    expect(await errorOf(await put(field, true))).toMatchObject({ cause: 'boolean', value: 'TRUE' });
    for (const [text, character] of [
      ['9_xD842_0', 'U+D842'],
      ['90_x0000_', 'U+0000'],
      ['9&#xDC00;0', 'U+DC00'],
    ]) {
      expect(await errorOf(await withCell(field, `<c t="str"><v>${text}</v></c>`))).toMatchObject({
        cause: 'flaw',
        rule: expect.stringContaining(character!),
      });
    }
  });
});

describe('an explanation', () => {
  const field = '图书册数';

  it('with half a character is an error at its cell, and no fault of the server (A9)', async () => {
    const bytes = withPart(await put(field, '半个字', 6), 'xl/sharedStrings.xml', (part) =>
      part.replace('半个字', '半个_xD842_字'),
    );
    expect(await errorOf(bytes)).toMatchObject({
      cause: 'explanation',
      place: expect.stringMatching(/^填报表!F\d+$/),
      part: field,
      value: '半个\ufffd字',
      rule: expect.stringContaining('U+D842'),
    });
  });

  it('that is longer than can be kept is an error with both lengths, not cut (A14)', async () => {
    const length = async (count: number) => (await errorOf(await put(field, '长'.repeat(count), 6))).rule;
    expect(await length(508)).toBe('情况说明有 508 个字，最多 500 个字，请缩短后重新上传。');
    expect(await length(2400)).toBe('情况说明有 2400 个字，最多 500 个字，请缩短后重新上传。');
    const read = await preview(await put(field, '长'.repeat(500), 6));
    expect(read).toMatchObject({ hard: 0 });
  });

  it('may be a date, but not a formula without a result', async () => {
    const bytes = await edited((sheet) => {
      const row = rowOf(sheet, field);
      row.getCell(5).value = 15_000;
      row.getCell(6).value = new Date('2025-09-01T00:00:00Z');
    });
    expect(await preview(bytes)).toMatchObject({ hard: 0, changes: { cells: 1 } });
    expect(await errorOf(await put(field, { formula: 'A1' } as ExcelJS.CellValue, 6))).toMatchObject({
      cause: 'explanation',
    });
  });
});

describe('what a person sees is what is read', () => {
  it('58.08 for float noise of a formula (A11)', async () => {
    const field = '教学及辅助用房面积';
    const read = await preview(await put(field, { formula: '48*1.21', result: 58.080000000000005 }));
    expect(read).toMatchObject({ hard: 0, writable: true });
    expect(read.changes.sample).toMatchObject([{ field, after: 58.08 }]);
  });

  it('nothing of a sheet that is hidden, which is said (A12)', async () => {
    const bytes = await edited(
      (_, book) => {
        const old = book.addWorksheet('旧数据', { state: 'hidden' });
        old.addRow(['', '数据项', '', '', '本年值']);
        old.addRow(['', '图书册数', '', '', 9999]);
      },
      await put('计算机台数', 90),
    );
    const read = await preview(bytes);
    expect(read.changes.sample.map(({ field }) => field)).toEqual(['计算机台数']);
    expect(read.notes).toContain('隐藏的工作表“旧数据”没有读取；如需读取，请先取消隐藏。');
  });

  it('also of rows and columns that are hidden or filtered out, which is said (A12)', async () => {
    const places: number[] = [];
    const bytes = await edited((sheet) => {
      for (const key of ['计算机台数', '图书册数']) {
        const row = rowOf(sheet, key);
        row.getCell(5).value = 90;
        row.hidden = true;
        places.push(row.number);
      }
      sheet.getColumn(5).hidden = true;
    });
    const [first, second] = places.sort((a, b) => a - b);
    const plain = await preview(bytes);
    expect(plain.changes.cells).toBe(2);
    expect(plain.notes).toContain(`工作表“填报表”的第 ${first}、${second} 行是隐藏的，已照常读取。`);
    expect(plain.notes).toContain('工作表“填报表”的 E 列是隐藏的，已照常读取。');
    const filter = '<autoFilter ref="A3:G60"><filterColumn colId="4"><filters blank="1"/></filterColumn></autoFilter>';
    const filtered = withPart(bytes, 'xl/worksheets/sheet1.xml', (part) =>
      part.replace('</sheetData>', `</sheetData>${filter}`),
    );
    expect((await preview(filtered)).notes).toContain(
      `工作表“填报表”的第 ${first}、${second} 行被筛选隐藏，已照常读取。`,
    );
  });

  it('names of rare characters, however they are written (A8)', async () => {
    const bytes = withPart(await put('计算机台数', 90), 'xl/workbook.xml', (part) =>
      part.replace('填报表', '&#134071;表'),
    );
    const read = await preview(bytes);
    expect(read.sheets).toMatchObject([{ name: '𠮷表' }]);
  });
});

describe('a county’s workbook', () => {
  it('is read by the same rules: what cannot be read is an error, what is hidden is said (A5, A6, A12)', async () => {
    const { body } = await scene.app.as('countyOfficer').call(imports.countyTemplate, { query: { unitId: 11 } });
    const book = await loadBook(body);
    const page = book.getWorksheet('设备')!;
    const columnOf = (field: string) => {
      let column = 0;
      page.getRow(3).eachCell((cell, number) => {
        if (cell.value === field) column = number;
      });
      return column;
    };
    const places: string[] = [];
    page.eachRow((row) => {
      if (String(row.getCell(1).value) !== '2135999002') return;
      row.getCell(columnOf('图书册数')).value = { formula: '1+1' } as ExcelJS.CellValue;
      row.getCell(columnOf('计算机台数')).value = new Date('2025-09-01T00:00:00Z');
      row.getCell(columnOf('计算机台数')).numFmt = 'yyyy-mm-dd';
      places.push(row.getCell(columnOf('图书册数')).address, row.getCell(columnOf('计算机台数')).address);
      row.hidden = true;
    });
    const bytes = new Uint8Array(await book.xlsx.writeBuffer());
    const file = { name: '县.xlsx', size: bytes.length, bytes };
    const read = await scene.app.as('countyOfficer').call(imports.previewImport, { file, fields: {} });
    const errors = read.groups.flatMap(({ cause, findings }) => findings.map(({ place }) => [cause, place]));
    expect(errors.sort()).toEqual([
      ['date', `设备!${places[1]}`],
      ['empty', `设备!${places[0]}`],
    ]);
    expect(read.notes.some((note) => /工作表“设备”的第 \d+ 行是隐藏的/.test(note))).toBe(true);
  });
});

it('a person whose files wait is told to wait, while a colleague’s is read (G3)', async () => {
  // A sheet that takes a while to read: files as quick as a form would hardly wait for each other.
  const bytes = await edited((sheet) => {
    rowOf(sheet, '计算机台数').getCell(5).value = 90;
    const other = sheet.workbook.addWorksheet('附表');
    for (let row = 0; row < 3000; row += 1) other.addRow(Array.from({ length: 30 }, (_, column) => row * column));
  });
  const file = { name: '填报表.xlsx', size: bytes.length, bytes };
  const own = Array.from({ length: 5 }, () => clerk().call(imports.previewImport, { file, fields: {} }));
  const others = scene.app.as('head').call(imports.previewImport, { file, fields: {} });
  const settled = await Promise.allSettled(own);
  expect((await others).writable).toBe(true);
  const refusals = settled.filter((one) => one.status === 'rejected');
  expect(refusals.length).toBeGreaterThan(0);
  for (const { reason } of refusals) expect(reason).toMatchObject({ code: 'import.busyOwn' });
});
