import { describe, expect, it } from 'vitest';
import type { RowColumns } from '#domain/table/row.ts';
import { headedTable } from '#platform/documents/headed-table.ts';
import { sheetOfWorkbook } from '#platform/documents/sheet.ts';
import { atOnce } from '#test/support/workbook/at-once.ts';
import { type GivenCell, readSheetOf } from '#test/support/workbook/read-sheet.ts';
import type { Routes } from './importing.act.ts';
import { rowsImporting } from './rows-importing.act.ts';

const columns = [
  { name: '名称' },
  { name: '学校标识码', optional: true },
  { name: '人数', optional: true, quantity: true },
];

/** The preview of a table whose feature wants every name filled. */
async function previewOf(rows: readonly (readonly GivenCell[])[], things: RowColumns['things'] = 'schools') {
  const importing = rowsImporting<Routes, never, string>({
    ...{ columns, things, faulty: '不能导入的行', longestText: 60 },
    understand(row) {
      const name = row.text('名称');
      if (name === '') row.fault('名称', '不能为空', null);
      return name;
    },
    place: () => ({ placeId: 1, schoolId: null, subject: null }),
    take: () => Promise.reject(new Error('nothing is taken here')),
  });
  const sheet = atOnce(sheetOfWorkbook(readSheetOf('表', [['名称', '学校标识码', '人数'], ...rows])));
  const table = atOnce(headedTable([sheet], columns, { fileName: '表.xlsx', things }));
  const { findings, preview, content } = await importing.plan({ actor: {} } as never, table, undefined as never);
  const found = findings.list.flatMap((group) => group.findings.map(({ place, rule }) => [group.weight, place, rule]));
  return { found, marks: content.marks.map(([address]) => address), notes: preview.notes, rows: content.rows };
}

describe('a cell from which nothing may be read is one finding at the cell, and its text is empty', () => {
  it.each<[string, GivenCell, string]>([
    ['an error (A19)', { kind: 'error', text: '#N/A' }, '单元格是公式错误 #N/A'],
    ['a formula without a result (A6)', { kind: 'empty', text: '=B2' }, '文件里没有保存它的结果'],
    ['a day (A5)', { kind: 'date', text: '2025-09-01' }, '单元格是日期 2025-09-01'],
    ['a truth value', { kind: 'boolean', text: 'TRUE' }, '单元格是逻辑值 TRUE'],
    ['NaN (A13)', { kind: 'not-a-number', text: 'NaN' }, '内容却是“NaN”'],
    ['half a character (A9)', '林\ud842', '残缺的字符（U+D842）'],
    ['NUL (A10)', '林\u0000一', '看不见的控制字符（U+0000）'],
  ])('%s', async (_, cell, rule) => {
    const { found, marks, rows } = await previewOf([
      ['甲校', null, 1],
      [cell, null, 2],
    ]);
    expect(found).toEqual([['hard', 'A3', expect.stringContaining(rule)]]);
    expect(marks).toEqual(['A3']);
    expect(rows).toEqual(['甲校', '']);
  });
});

describe('a row in doubt', () => {
  const schools = [
    ['东城小学', '2135990001', 420],
    ['西岭小学', '2135990002', 186],
    ['南湾小学', '2135990003', 655],
  ];

  it('that a person must decide is a finding and no record', async () => {
    const { found, rows } = await previewOf([...schools, ['中心小学', null, 1261]]);
    expect(found).toEqual([['hard', 'A5', expect.stringContaining('恰好等于其余各行之和')]]);
    expect(rows).toEqual(['东城小学', '西岭小学', '南湾小学']);
  });

  it('that is counted is a note', async () => {
    const { found, notes, rows } = await previewOf([...schools, ['中心小学', '2135990004', 1261]]);
    expect({ found, count: rows.length }).toEqual({ found: [], count: 4 });
    expect(notes).toEqual([expect.stringContaining('第 5 行“中心小学”的各项数恰好等于其余各行之和，有学校标识码')]);
  });

  it('that is no school is counted, because nothing could prove it', async () => {
    const { found, notes, rows } = await previewOf([...schools, ['林一', null, 1261]], 'others');
    expect({ found, count: rows.length }).toEqual({ found: [], count: 4 });
    expect(notes).toEqual([expect.stringContaining('仍照常计入')]);
  });
});

it('the words of sums of schools are contents in a table of other things', async () => {
  const rows: GivenCell[][] = [['小学'], ['全县'], ['合计']];
  expect((await previewOf(rows, 'others')).rows).toEqual(['小学', '全县']);
  await expect(previewOf(rows)).rejects.toThrow();
});
