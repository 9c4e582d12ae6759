import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as imports from '#contract/people/import.ts';
import { readWorkbook } from '#platform/documents/workbook-read.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { units } from '#test/support/scenario.ts';
import { bookOf, bookOfRows, rowsXml, sheetXml } from '#test/support/workbook/workbook-file.ts';
import { peopleFeature } from '../people.feature.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ features: [peopleFeature(() => [])] });
});
afterAll(() => app.close());

type Row = (string | number | null)[];
const head: Row = ['姓名', '用户名', '电话', '角色'];
const role = '市局科室干部';
const list = (...rows: Row[]) => rowsXml([head, ...rows.map((row) => (row.length === 3 ? [...row, role] : row))]);
const styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>';

const preview = (bytes: Uint8Array) => {
  const file = { name: '名单.xlsx', size: bytes.length, bytes };
  return app.as('systemAdministrator').call(imports.previewImport, { file });
};
const refused = async (bytes: Uint8Array) => {
  const file = { name: '名单.xlsx', size: bytes.length, bytes };
  return app.as('systemAdministrator').refused(imports.previewImport, { file });
};

describe('a cell from which nothing may be read is a problem of its row', () => {
  it.each([
    [
      'a day in place of a telephone (A5)',
      ['林一', 'lin01', '<c s="1"><v>45901</v></c>'],
      '电话',
      'C2',
      '单元格是日期 2025-09-01',
    ],
    ['an error (A19)', ['林一', 'lin01', '<c t="e"><v>#N/A</v></c>'], '电话', 'C2', '单元格是公式错误 #N/A'],
    [
      'a formula without a stored result (A6)',
      ['林一', '<c><f>A2</f></c>', '1381'],
      '用户名',
      'B2',
      '单元格是公式（=A2）',
    ],
    [
      'NUL (A10)',
      ['<c t="str"><v>林_x0000_一</v></c>', 'lin01', '1381'],
      '姓名',
      'A2',
      '单元格里有看不见的控制字符（U+0000）',
    ],
    [
      'half a character (A9)',
      ['<c t="str"><v>林_xD842_</v></c>', 'lin01', '1381'],
      '姓名',
      'A2',
      '单元格里有残缺的字符（U+D842）',
    ],
    ['NaN (A13)', ['林一', 'lin01', '<c><v>NaN</v></c>'], '电话', 'C2', '单元格标为数字，内容却是“NaN”'],
    [
      'a number of more digits than a spreadsheet keeps',
      ['林一', 'lin01', '<c><v>3.5050019900101101E+17</v></c>'],
      '电话',
      'C2',
      '超过 15 位',
    ],
  ] as const)('%s', async (_, row, part, place, problem) => {
    const { changes, groups, hard } = await preview(bookOfRows(list([...row]), { styles }));
    expect(hard).toBe(1);
    expect(changes.people).toMatchObject([{ row: 2, faulty: true }]);
    expect(groups[0]?.findings).toMatchObject([{ place, part, rule: expect.stringContaining(problem) }]);
  });

  it('and a telephone that is a number is read as its digits, all of them where the file has them', async () => {
    const phoneOf = async (cell: string | number) => {
      const { changes } = await preview(bookOfRows(list(['林一', 'lin01', cell])));
      return changes.people;
    };
    expect(await phoneOf(13_800_000_000)).toMatchObject([{ phone: '13800000000', faulty: false }]);
    expect(await phoneOf('<c><v>13800138000123457</v></c>')).toMatchObject([
      { phone: '13800138000123457', faulty: false },
    ]);
  });
});

describe('the list is found where it stands (A19)', () => {
  it('below a title and behind a cover, and the row is the one of the sheet', async () => {
    const rows = rowsXml([['2025 年人员名单', null, null], head, ['林一', 'lin01', '1381', role]]);
    const sheets = [
      { name: '封面', xml: sheetXml(rowsXml([['说明']])) },
      { name: '人员', xml: sheetXml(rows) },
    ];
    expect((await preview(bookOf({ sheets }))).changes.people).toMatchObject([{ row: 3, name: '林一' }]);
  });

  it('otherwise the refusal names the searched sheet and its missing headings', async () => {
    const cover = { name: '封面', xml: sheetXml(rowsXml([['说明']])) };
    expect((await refused(bookOf({ sheets: [cover] }))).sentence).toContain(
      '工作表“封面”缺少列标题 “姓名”、“电话”、“角色”',
    );
    const half = { name: '人员', xml: sheetXml(rowsXml([['名单'], ['姓名', '电话']])) };
    expect((await refused(bookOf({ sheets: [cover, half] }))).sentence).toContain('工作表“人员”缺少列标题 “角色”');
  });

  it('and of two lists the one that is not read is named', async () => {
    const two = ['甲', '乙'].map((name) => ({ name, xml: sheetXml(list(['林一', 'lin01', '1381'])) }));
    const { changes, notes } = await preview(bookOf({ sheets: two }));
    expect(changes.people).toHaveLength(1);
    expect(notes).toEqual(['只读取了工作表“甲”；“乙”有同样的列标题，没有读取，请并入一张表或分别导入。']);
  });

  it('not in a hidden sheet; rows that are hidden are said (A12)', async () => {
    const rows = list(['林一', 'lin01', '1381']).replace('<row r="2"', '<row r="2" hidden="1"');
    const sheets = [
      { name: '旧', state: 'hidden' as const, xml: sheetXml(rows) },
      { name: '人员', xml: sheetXml(rows) },
    ];
    expect(await preview(bookOf({ sheets }))).toMatchObject({
      changes: { people: [{ name: '林一' }] },
      notes: ['工作表“人员”的第 2 行是隐藏的，已照常读取。', '隐藏的工作表“旧”没有读取；如需读取，请先取消隐藏。'],
    });
  });
});

it('a row that may only number the columns is a problem of the list, and in a list of people 小学 is a name', async () => {
  const { changes, groups, hard } = await preview(bookOfRows(list([1, 2, null, null], ['小学', 'xiao01', '1381'])));
  expect(changes.people).toMatchObject([{ row: 3, name: '小学', faulty: false }]);
  expect(hard).toBe(1);
  const [finding] = groups[0]!.findings;
  expect(finding).toMatchObject({ place: 'A2', part: '姓名' });
  expect(finding!.rule).toBe('第 2 行（1、2）像栏次编号：是编号请删去这一行，是人员请写上姓名');
});

it('the template and the marked list name every unit, however many there are', async () => {
  await app.owner.query(
    `insert into org_units (id, place_id, kind, parent_id, name, short_name, initials, sort_order)
     select 9000 + n, 9000 + n, 'county', $1, '第' || n || '区教育局', '第' || n || '区', 'dq', 100 + n from generate_series(1, 60) n`,
    [units.city.id],
  );
  const { body: template } = await app.as('systemAdministrator').call(imports.importTemplate);
  const { importId } = await preview(bookOfRows(list(['林一', 'lin01', '1381'])));
  const marked = await app.as('systemAdministrator').call(imports.markedWorkbook, { params: { importId } });
  for (const bytes of [template, marked.body]) {
    const { sheets } = await readWorkbook(bytes);
    const known = sheets.find(({ name }) => name === '角色与单位')?.cells.map(({ text }) => text) ?? [];
    expect(known.filter((text) => /^第\d+区教育局$/.test(text))).toHaveLength(60);
  }
});
