import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as directory from '#contract/directory/directory.ts';
import * as imports from '#contract/directory/import.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools } from '#test/support/scenario.ts';
import { bookOf, bookOfRows, rowsXml, sheetXml, withPart } from '#test/support/workbook/workbook-file.ts';
import { directoryFeature } from '../directory.feature.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ features: [directoryFeature] });
});
afterAll(() => app?.close());

type Row = (string | number | null)[];
const head: Row = [
  '学校标识码',
  '学校名称',
  '县级单位',
  '管理单位',
  '办学类型',
  '举办者类型',
  '办别',
  '城乡类型',
  '建校年份',
];
const { code, name } = schools.neighbour;
/** A school as in the register; `change` overwrites columns. */
const row = (change: Readonly<Record<number, string | number>> = {}): Row =>
  [code, name, '鲤城区', '鲤城区', '211', 7, '公办', '城区', 2000].map((cell, column) => change[column] ?? cell);
const styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>';
const book = (...rows: Row[]) => bookOfRows(rowsXml([head, ...rows]), { styles });

const file = (bytes: Uint8Array) => ({ name: '学校.xlsx', size: bytes.length, bytes });
const preview = (bytes: Uint8Array) =>
  app.as('cityOfficer').call(imports.previewImport, { file: file(bytes), fields: { day: '2025-09-01' } });

test('the register as it stands changes nothing', async () => {
  const looked = await preview(book(row()));
  expect(looked).toMatchObject({ hard: 0, changes: { total: 0 }, notes: [] });
  expect(looked.facts).toContainEqual(['与登记相同', '1 所']);
});

describe('a cell from which nothing may be read is a finding at the cell', () => {
  test.each([
    ['a formula without a stored result (A6)', 8, '<c><f>1900+52</f><v></v></c>', '=1900+52', '没有保存它的结果'],
    ['a day in place of a year (A5)', 8, '<c s="1"><v>19000</v></c>', '1952-01-07', '是日期 1952-01-07'],
    ['a day as ISO 8601 (A5)', 8, '<c t="d"><v>1952-09-01</v></c>', '1952-09-01', '是日期'],
    ['NaN (A13)', 8, '<c><v>NaN</v></c>', 'NaN', '内容却是“NaN”'],
    [
      'half a character in a name (A9)',
      1,
      '<c t="str"><v>洛江_xD842_小学</v></c>',
      '洛江\ufffd小学',
      '残缺的字符（U+D842）',
    ],
    ['NUL in a name (A10)', 1, '<c t="str"><v>洛江_x0000_小学</v></c>', '洛江\ufffd小学', '控制字符（U+0000）'],
    ['an error in a column that may be empty (A19)', 3, '<c t="e"><v>#N/A</v></c>', '#N/A', '公式错误 #N/A'],
    ['an error in a column that may not', 4, '<c t="e"><v>#REF!</v></c>', '#REF!', '公式错误 #REF!'],
  ])('%s', async (_, column, cell, value, rule) => {
    const bytes = book(row({ [column]: cell }));
    const looked = await preview(bytes);
    const place = `${'ABCDEFGHI'[column]}2`;
    expect(looked.groups[0]?.findings).toMatchObject([
      { place, part: head[column], value, rule: expect.stringContaining(rule) },
    ]);
    expect(looked.changes.total).toBe(0);
    expect(looked.facts).toContainEqual(['与登记相同', '0 所']);
    // If it is written anyway, it must be refused in words and not cause an error of the server.
    const params = { importId: looked.importId };
    const refusal = await app.as('cityOfficer').refused(imports.confirmImport, { params, body: {} });
    expect(refusal.code).toBe('import.hardErrors');
    const marked = await app.as('cityOfficer').call(imports.markedWorkbook, { params });
    expect(marked.body.length).toBeGreaterThan(1000);
  });

  test('beside the other faults of its row', async () => {
    const { groups } = await preview(book(row({ 1: '', 7: '山区', 8: '<c><f>A1</f></c>' })));
    expect(groups[0]?.findings.map(({ place }) => place).sort()).toEqual(['B2', 'H2', 'I2']);
  });
});

test('a rare character is read as the character it is, and our own export comes back unchanged (A8)', async () => {
  const renamed = await preview(book(row({ 1: '<c t="inlineStr"><is><t>鲤城区&#134071;桥小学</t></is></c>' })));
  expect(renamed.changes.rows[0]?.what).toBe('更名为“鲤城区𠮷桥小学”');
  await app.as('cityOfficer').call(imports.confirmImport, { params: { importId: renamed.importId }, body: {} });
  const exported = await app.as('cityOfficer').call(directory.exportSchools, { query: { format: 'xlsx' } });
  for (const reference of ['&#134071;', '&#x20bb7;', '&#55362;&#57271;', '_xD842__xDFB7_']) {
    let count = 0;
    const saved = withPart(exported.body, 'xl/sharedStrings.xml', (part) =>
      part.replaceAll('𠮷', () => {
        count += 1;
        return reference;
      }),
    );
    expect(count).toBe(1);
    const looked = await preview(saved);
    expect(looked).toMatchObject({ changes: { total: 0 }, hard: 0 });
    expect(looked.sheets[0]?.rows).toBeGreaterThan(0);
  }
});

test('rows that are hidden or filtered out are said, and a hidden sheet is not read (A12)', async () => {
  const rows = rowsXml([head, row({ 1: '示例第二小学' })]).replace('<row r="2"', '<row r="2" hidden="1"');
  const sheets = [
    { name: '学校', xml: sheetXml(rows) },
    { name: '旧表', state: 'hidden' as const, xml: sheetXml(rows) },
  ];
  const { notes } = await preview(bookOf({ sheets, styles }));
  expect(notes).toEqual([
    '工作表“学校”的第 2 行是隐藏的，已照常读取。',
    '隐藏的工作表“旧表”没有读取；如需读取，请先取消隐藏。',
  ]);
});
