import type ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import * as imports from '#contract/filings/import.ts';
import { enteredFields } from '#domain/filing/catalogue.ts';
import { schoolCodeText } from '#domain/org/school-code.ts';
import type { ReadWorkbook } from '#platform/documents/workbook-read.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { schools } from '#test/support/scenario.ts';
import { soundValues } from '#test/support/sound-values.ts';
import { atOnce } from '#test/support/workbook/at-once.ts';
import { loadBook } from '#test/support/workbook/load-book.ts';
import { type GivenCell, readSheetOf } from '#test/support/workbook/read-sheet.ts';
import type { FullFiling } from '../filing.store.ts';
import { catalogueOf, currentEdition } from '../filing-catalogues.shape.ts';
import { understandCounty } from './county-sheets.workbook.ts';
import { checkImport } from './filing-import.plan.ts';
import { understandSchool } from './school-form.workbook.ts';

const catalogue = catalogueOf(currentEdition);
const school = { id: 'first', schoolType: '211' };

/** A workbook as the reader of files gives it. */
function book(
  sheets: Readonly<Record<string, readonly (readonly GivenCell[])[]>>,
  hidden: readonly string[] = [],
): ReadWorkbook {
  const read = Object.entries(sheets).map(([name, rows]) => readSheetOf(name, rows, { hidden: hidden.includes(name) }));
  return { format: 'xlsx', sheets: read } as unknown as ReadWorkbook;
}

const filing = {
  ...{ id: school.id, code: schools.first.code, name: '示例第一小学', edition: currentEdition, schoolType: '211' },
  ...{ cells: {}, reference: {}, approved: null },
} as unknown as FullFiling;

function check(read: ReadWorkbook) {
  const understood = atOnce(understandSchool(read, catalogue, school));
  return checkImport(understood, new Map([[school.id, filing]]), () => true);
}

const errors = (checked: ReturnType<typeof check>) =>
  checked.findings.list.flatMap(({ cause, findings }) =>
    findings.map(({ place, value, rule }) => [cause, place, value, rule]),
  );

const heads = ['数据项', '本年值', '情况说明'];

describe('a cell of the form of a school', () => {
  it.each<[string, GivenCell, string, string]>([
    [
      'NaN',
      { kind: 'not-a-number', text: 'NaN' },
      'not-a-number',
      '内容却是“NaN”，请重新填写；应填 0 至 5,000,000 的整数。',
    ],
    ['a date', { kind: 'date', text: '2025-09-01' }, 'date', '单元格是日期 2025-09-01'],
    ['an error', { kind: 'error', text: '#N/A' }, 'error-cell', '单元格是公式错误 #N/A'],
    ['more digits than are kept', 1_000_000_000_000_000, 'digits', '超过 15 位'],
    ['half a character', '一万\ud842', 'flaw', '单元格里有残缺的字符（U+D842），无法保存，请删去后重新输入；应填'],
  ])('that holds %s is an error there, also in an empty filing', (_, cell, cause, rule) => {
    const [error] = errors(check(book({ 填报表: [heads, ['图书册数', cell]] })));
    expect(error!.slice(0, 2)).toEqual([cause, '填报表!B2']);
    expect(error![3]).toContain(rule);
    expect(String(error![2])).not.toMatch(/\p{Surrogate}/u);
  });

  it('an explanation is never cut: one too long is an error at its cell, one of 500 is taken', () => {
    const long = (length: number) => book({ 填报表: [heads, ['图书册数', 15000, '长'.repeat(length)]] });
    expect(errors(check(long(508)))).toEqual([
      ['explanation', '填报表!C2', '长'.repeat(508), '情况说明有 508 个字，最多 500 个字，请缩短后重新上传。'],
    ]);
    const { writes, findings } = check(long(500));
    expect(findings.count('hard')).toBe(0);
    expect(writes[0]!.cells[0]!.explanation).toHaveLength(500);
  });

  it('an explanation with half a character or an error is an error at its cell', () => {
    const rows = [
      heads,
      ['图书册数', 15000, '说明\ud842'],
      ['计算机台数', 90, { kind: 'error' as const, text: '#REF!' }],
    ];
    expect(errors(check(book({ 填报表: rows })))).toEqual([
      [
        'explanation',
        '填报表!C2',
        '说明\ufffd',
        '情况说明：单元格里有残缺的字符（U+D842），无法保存，请删去后重新输入。',
      ],
      ['explanation', '填报表!C3', '#REF!', '情况说明：单元格是公式错误 #REF!，请改正公式或直接填写。'],
    ]);
  });

  it('is found below titles and through blanks in headings and names of fields', () => {
    const rows = [['某校填报表'], [], ['分组', '数据\n项', '本 年值'], ['设备', '图书\u200b册 数', '15000']];
    expect(atOnce(understandSchool(book({ 表: rows }), catalogue, school)).cells).toMatchObject([
      { field: { key: '图书册数' }, raw: '15000', cell: 'C4' },
    ]);
  });

  it('on a hidden sheet is not read, and the sheet is named', () => {
    const rows = [heads, ['图书册数', 9999]];
    const understood = atOnce(
      understandSchool(book({ 旧数据: rows, 填报表: [heads, ['图书册数', 5]] }, ['旧数据']), catalogue, school),
    );
    expect(understood.cells).toMatchObject([{ raw: 5, sheet: '填报表' }]);
    expect(understood.notes).toEqual(['隐藏的工作表“旧数据”没有读取；如需读取，请先取消隐藏。']);
  });
});

describe('the sheets of a county', () => {
  const both = [
    { id: 'first', code: schools.first.code, name: '示例第一小学', schoolType: '211' },
    { id: 'neighbour', code: schools.neighbour.code, name: '示例第二小学', schoolType: '211' },
  ];
  const head = ['学校标识码', '学校名称', '图书册数', '计算机台数'];
  const rows = [
    ['', '状态', '册', '台'],
    [schools.first.code, '示例第一小学', 100, 10],
    [schools.neighbour.code, '示例第二小学', 200, 20],
  ];

  it.each([
    ['a sum', ['', '合计', 300, 30], '（合计）是合计或平均'],
    ['a sum in the column of codes', ['全县合计', '', 300, 30], '（全县合计）是合计或平均'],
    ['a sum without words', ['', '', 300, 30], '（300、30）各项数等于相邻几行之和'],
  ])('%s below the schools is left out with a word', (_, line, words) => {
    const understood = atOnce(understandCounty(book({ 设备: [head, ...rows, line] }), catalogue, both));
    expect(understood.stray).toEqual([]);
    expect(understood.cells).toHaveLength(4);
    expect(understood.notes).toEqual([`工作表“设备”第 5 行${words}，未读取。`]);
  });

  it.each([
    ['of a school of the county', schools.neighbour.code],
    ['of no school', '2135999099'],
  ])('a sum with the code %s is an error and never that school’s figure', (_, code) => {
    const read = book({ 设备: [head, rows[0]!, rows[1]!, [code, '全县合计', 300, 30]] });
    const understood = atOnce(understandCounty(read, catalogue, both));
    expect(understood.cells.map(({ filingId }) => filingId)).toEqual(['first', 'first']);
    expect(errors(checkImport(understood, new Map([['first', filing]]), () => true))).toEqual([
      [
        'doubtful-row',
        '设备!B4',
        '全县合计',
        '工作表“设备”第 4 行“全县合计”像合计行，却有学校标识码：是合计请删去标识码，是学校请改正名称。',
      ],
    ]);
  });

  it('a school that is registered under a name like a sum is read with a word', () => {
    const county = [{ ...both[0]!, name: '城区小计' }, both[1]!];
    const read = book({ 设备: [head, [schools.first.code, '城区小计', 100, 10]] });
    const { cells, stray, notes } = atOnce(understandCounty(read, catalogue, county));
    expect([cells.length, stray]).toEqual([2, []]);
    expect(notes).toEqual([expect.stringContaining('名称却与登记的“城区小计”一致，已按这所学校读取')]);
  });

  it('a school whose figures are the sums of all others is read with a word', () => {
    const third = { id: 'third', code: '2135999003', name: '中心小学', schoolType: '211' };
    const read = book({ 设备: [head, ...rows, [third.code, third.name, 300, 30]] });
    const { cells, stray, notes } = atOnce(understandCounty(read, catalogue, [...both, third]));
    expect([cells.length, stray]).toEqual([6, []]);
    expect(notes).toEqual([expect.stringContaining('工作表“设备”第 5 行“中心小学”的各项数恰好等于其余各行之和')]);
  });

  describe('with schools that have no 学校标识码', () => {
    const uncoded = (id: string, name: string) => ({ id, code: null, name, schoolType: '211' });
    const all = [...both, uncoded('west', '城西小学'), uncoded('east', '城东小学')];
    const none = schoolCodeText(null);
    const read = (filings: typeof all, ...lines: readonly (string | number)[][]) =>
      atOnce(understandCounty(book({ 设备: [head, ...rows, ...lines] }), catalogue, filings));

    it('know them by name, whether the code is left out or said to be none', () => {
      const { cells, stray } = read(all, [none, '城西小学', 301, 31], ['', '城东 小学', 402, 42]);
      expect(stray).toEqual([]);
      expect(cells.slice(4).map(({ filingId, raw }) => [filingId, raw])).toEqual([
        ['west', 301],
        ['west', 31],
        ['east', 402],
        ['east', 42],
      ]);
    });

    it('refuse a name that nobody without a code has, and one that several have', () => {
      const twice = [...all, uncoded('other west', '城西小学')];
      expect(read(all, [none, '城南小学', 301, 31]).stray).toMatchObject([
        { cause: 'unknown-name', cell: 'B5', school: '城南小学', filingId: null },
      ]);
      expect(read(twice, [none, '城西小学', 301, 31]).stray).toMatchObject([{ cause: 'ambiguous-school', cell: 'B5' }]);
      // The code may have been taken out of the row of the school that has one.
      const namesake = [...all, { ...uncoded('coded west', '城西小学'), code: '2135999077' as string | null }];
      expect(read(namesake as typeof all, ['', '城西小学', 301, 31]).stray).toMatchObject([
        { cause: 'ambiguous-school', cell: 'B5' },
      ]);
      expect(read(namesake as typeof all, [none, '城西小学', 301, 31]).stray).toEqual([]);
      expect(read(all, [none, '城西小学', 301, 31], [none, '城西小学', 302, 32]).stray).toMatchObject([
        { cause: 'duplicate-school', cell: 'B6', filingId: 'west' },
      ]);
    });
  });

  it('codes and headings are found through what nobody sees', () => {
    const odd = [['某县'], ['学校\u200b标识码', '学校名称', '图书 册数'], [`${schools.first.code}\u200b`, '一小', 100]];
    const understood = atOnce(understandCounty(book({ 设备: odd }), catalogue, both));
    expect(understood.cells).toMatchObject([{ filingId: 'first', raw: 100, cell: 'C3' }]);
  });
});

describe('a workbook that a person sends', () => {
  let scene: FilingScene;
  beforeAll(async () => {
    scene = await openFilingScene();
  });
  afterAll(() => scene.app.close());

  async function sent(edit: (sheet: ExcelJS.Worksheet, rowOf: (key: string) => number) => void) {
    const clerk = scene.app.as('clerk');
    const template = await clerk.call(imports.schoolTemplate, { params: { filingId: scene.ids.first } });
    const workbook = await loadBook(template.body);
    const sheet = workbook.getWorksheet('填报表')!;
    edit(sheet, (key) => {
      let found = 0;
      sheet.eachRow((row, number) => {
        if (row.getCell(2).value === key) found = number;
      });
      return found;
    });
    const bytes = new Uint8Array(await workbook.xlsx.writeBuffer());
    const file = { name: '填报表.xlsx', size: bytes.length, bytes };
    return clerk.call(imports.previewImport, { file, fields: {} });
  }

  it('with half a character in an explanation gets a preview with the error at its cell', async () => {
    let cell = '';
    const read = await sent((sheet, rowOf) => {
      cell = `F${rowOf('图书册数')}`;
      sheet.getCell(cell).value = '说明_xD842_';
    });
    expect(read.groups).toMatchObject([
      { cause: 'explanation', findings: [{ place: `填报表!${cell}`, part: '图书册数' }] },
    ]);
    const marked = await scene.app.as('clerk').call(imports.markedWorkbook, { params: { importId: read.importId } });
    expect(marked.body.length).toBeGreaterThan(1000);
  });

  it.each([
    [2000, 2000, '情况说明有 2000 个字，最多 500 个字'],
    [9000, 2400, '情况说明：单元格里的文字过长，只读取了前 2400 个字，请缩短后重新填写。'],
  ])(
    'with an explanation of %i characters gets back %i of them, with the fault at the field',
    async (length, kept, rule) => {
      let cell = '';
      const read = await sent((sheet, rowOf) => {
        cell = `F${rowOf('图书册数')}`;
        sheet.getCell(cell).value = '长'.repeat(length);
      });
      expect(read.groups[0]!.findings[0]!.rule).toContain(rule);
      const { body } = await scene.app
        .as('clerk')
        .call(imports.markedWorkbook, { params: { importId: read.importId } });
      const marked = await loadBook(body);
      const sheet = marked.getWorksheet('填报表')!;
      expect(sheet.getCell(cell).value).toBe('长'.repeat(kept));
      // The mark stands at the value of the field.
      expect(JSON.stringify(sheet.getCell(cell.replace('F', 'E')).note)).toContain(rule);
    },
  );

  it('with an explanation of 508 characters writes nothing; with 500 it is kept whole', async () => {
    const values = soundValues('211');
    const filled = (length: number) =>
      sent((sheet, rowOf) => {
        for (const { key } of enteredFields(catalogue, { schoolType: '211' })) {
          sheet.getCell(`E${rowOf(key)}`).value = values[key] as ExcelJS.CellValue;
        }
        sheet.getCell(`F${rowOf('图书册数')}`).value = '长'.repeat(length);
      });
    const long = await filled(508);
    expect(long).toMatchObject({ hard: 1, writable: false });
    const { importId } = await filled(500);
    await scene.app.as('clerk').call(imports.confirmImport, { params: { importId } });
    const { cells } = await scene.app.as('clerk').call(filings.read, { params: { filingId: scene.ids.first } });
    expect(cells.图书册数).toMatchObject({ v: 15000, e: '长'.repeat(500) });
  });
});
