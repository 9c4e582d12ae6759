import { utils, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { columns, csv, figures, head, read, refused, schools, sheet } from '#test/support/workbook/headed.ts';
import type { GivenCell } from '#test/support/workbook/read-sheet.ts';
import { bookOf, mergedXml, rowsXml, sheetXml } from '#test/support/workbook/workbook-file.ts';
import { readHeadedTable } from './headed-table.ts';
import type { Column } from './heading-search.ts';
import { textLimits } from './table-text.ts';

describe('merged cells', () => {
  it.each([6300, '6300'])('a text over several rows counts for each, a figure (%j) does not', (figure) => {
    const wanted: readonly Column[] = [{ name: '县级单位' }, ...columns];
    const table = read(
      [
        sheet(
          '表',
          [
            ['县级单位', '在校生数', '图书册数'],
            ['甲县', 420, figure],
            [null, 186, null],
            ['乙县', 98, 2744],
          ],
          {
            merges: [
              { top: 1, left: 0, bottom: 4, right: 0 },
              { top: 1, left: 2, bottom: 2, right: 2 },
            ],
          },
        ),
      ],
      wanted,
    );
    expect(table.rows.map(({ cells }) => cells.get('县级单位')?.text)).toEqual(['甲县', '甲县', '乙县']);
    expect(table.rows[1]!.cells.get('县级单位')?.address).toBe('A3');
    expect(figures(table)[1]).toEqual({ kind: 'blank' });
  });
});

describe('what a merged cell covers', () => {
  const wanted: readonly Column[] = [{ name: '县级单位' }, ...columns];
  const given = [
    ['县级单位', '在校生数', '图书册数'],
    ['甲县', 420, 6300],
    ['甲县', 57, 3906],
    ['乙县', 98, 2744],
  ];
  const refs = ['B2:B3', 'A2:A4'];
  const covered = (text: string) =>
    `单元格被合并单元格遮住，看不见，里面却有“${text}”，请取消合并后逐格填写，或清除被遮住的内容`;

  const merged = (...ranges: string[]) =>
    bookOf({ sheets: [{ xml: sheetXml(rowsXml(given), { after: mergedXml(ranges) }) }] });
  const xlsx = () => merged(...refs);
  const xls = () => {
    const made = utils.aoa_to_sheet(given);
    made['!merges'] = refs.map((ref) => utils.decode_range(ref));
    return new Uint8Array(write({ SheetNames: ['表'], Sheets: { 表: made } }, { type: 'array', bookType: 'biff8' }));
  };

  it.each([
    ['xlsx', xlsx],
    ['xls', xls],
  ])('is a fault, except a text that equals the one on top (%s)', async (_, make) => {
    const table = await readHeadedTable({ name: '表', bytes: make() }, wanted);
    expect(figures(table, '在校生数')).toEqual([
      { kind: 'number', value: 420, asText: false },
      { kind: 'fault', message: covered('57') },
      { kind: 'number', value: 98, asText: false },
    ]);
    const counties = table.rows.map(({ cells }) => cells.get('县级单位'));
    expect(counties.map((cell) => [cell?.text, cell?.fault])).toEqual([
      ['甲县', undefined],
      ['甲县', undefined],
      ['乙县', covered('乙县')],
    ]);
  });

  it('names no column', async () => {
    const { message } = await refused(() => readHeadedTable({ name: '表', bytes: merged('A1:B1') }, wanted));
    expect(message).toContain('缺少列标题 “在校生数”');
  });
});

describe('what a cell holds', () => {
  const faultOf = (kind: string, text: string) => {
    const others = { B2: { kind: kind as never, text } };
    const table = read([
      sheet(
        '表',
        [
          ['在校生数', '图书册数'],
          [10, 5],
        ],
        { others },
      ),
    ]);
    return figures(table)[0];
  };

  it.each([
    ['date', '2025-09-01', '单元格是日期 2025-09-01，不是数或文字，请把单元格格式改为“常规”或“文本”后重新填写'],
    ['error', '#N/A', '单元格是公式错误 #N/A，请改正公式或直接填写'],
    ['empty', '=A1', '单元格是公式（=A1），文件里没有保存它的结果，请用 Excel 或 WPS 打开并保存一次，或直接填写结果'],
    ['not-a-number', 'NaN', '单元格标为数字，内容却是“NaN”，请重新填写'],
    ['boolean', 'TRUE', '单元格是逻辑值 TRUE，不是数或文字，请直接填写'],
    ['text', 'INF', '“INF”不是数字'],
    ['text', '9007199254740993', '“9007199254740993”位数过多，无法准确保存，最多 15 位有效数字'],
    ['text', '4\u200b20', '“4\u200b20”不是数字（中间有看不见的字符 U+200B）'],
  ])('%s %j is not a number', (kind, text, message) => expect(faultOf(kind, text)).toEqual({ kind: 'fault', message }));
});

describe('rows', () => {
  it('that are hidden from the person are read and reported', () => {
    const table = read([
      sheet(
        '表',
        [
          ['在校生数', '图书册数'],
          [420, 6300],
          [186, 3906],
        ],
        { hidden: [3] },
      ),
    ]);
    expect([table.rows.length, table.notes]).toEqual([2, ['工作表“表”的第 3 行是隐藏的，已照常读取。']]);
  });

  it('on a hidden sheet are not read, and the sheet is listed', () => {
    const rows: GivenCell[][] = [
      ['在校生数', '图书册数'],
      [420, 6300],
    ];
    const old = { ...sheet('旧数据', [...rows, [186, 3906]]), hidden: true };
    const table = read([old, sheet('表', rows)]);
    expect([table.sheet, table.rows.length]).toEqual(['表', 1]);
    expect(table.notes).toEqual(['隐藏的工作表“旧数据”没有读取；如需读取，请先取消隐藏。']);
  });

  it('that are not schools are left out and listed, as are sheets that were not read', () => {
    const rows: GivenCell[][] = [
      ['学校名称', '在校生数', '图书册数'],
      ['甲', 1, 2],
      ['东城小学', 420, 6300],
      ['全县', 420, 6300],
    ];
    const table = read([sheet('一', rows), sheet('二', rows)]);
    expect(table.rows.map(({ number }) => number)).toEqual([3]);
    expect(table.leftOut).toEqual([
      { row: 2, role: 'numbering', words: '甲、1、2' },
      { row: 4, role: 'total', words: '全县' },
    ]);
    expect(table.sheetsLeftOut).toEqual(['二']);
  });
});

describe('rows of CSV with more fields than headings', () => {
  it.each([
    ['where all are shifted', [head, '东城小学,420,6,300', '西岭小学,186,3,906'], '第 2、3 行'],
    [
      'where one is, and ends empty',
      [`${head},备注`, '东城小学,420,6300,', '西岭小学,186,3,906,', '南湾小学,655,7205,'],
      '第 3 行',
    ],
    ['where a figure stands behind', [head, ...schools, '北坡小学,98,2744,,,5'], '第 5 行'],
  ])('are refused, %s', async (_, lines, words) => {
    const { code, message } = await refused(() => csv(...lines));
    expect(code).toBe('table.extraCells');
    expect(message).toContain(`${words}的格数多于列标题`);
  });

  it('are accepted where all rows end in the same empty fields, and where rows are shorter', async () => {
    expect((await csv(head, ...schools.map((line) => `${line},,`))).rows).toHaveLength(3);
    expect((await csv(`${head},备注`, ...schools)).rows).toHaveLength(3);
    expect((await csv('某县,2025 学年,图书,情况,表', head, ...schools)).rows).toHaveLength(3);
    expect((await csv(head, '东城小学,"1,420","6,300"')).rows[0]!.cells.get('图书册数')?.text).toBe('6,300');
  });
});

describe('a file', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const codeOf = async (name: string, content: Uint8Array) =>
    (await refused(() => readHeadedTable({ name, bytes: content }, columns))).code;

  it('that is empty, blank, or a workbook without cells is refused with that reason', async () => {
    expect(await codeOf('空.csv', bytes(''))).toBe('table.emptyFile');
    expect(await codeOf('空.xlsx', bytes(''))).toBe('table.emptyFile');
    expect(await codeOf('空.csv', bytes('\ufeff \r\n\r\n'))).toBe('table.emptyFile');
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet([]), '表');
    const empty = new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }));
    expect(await codeOf('空.xlsx', empty)).toBe('table.emptyFile');
  });

  it('with too many columns, rows or bytes is refused with the limit', async () => {
    const wide = `${head},${'x,'.repeat(textLimits.columns)}`;
    expect((await refused(() => csv(wide))).message).toContain('上限 1024 列');
    const long = `${head}\n${'a,1,2\n'.repeat(textLimits.rows)}`;
    expect((await refused(() => csv(long))).message).toContain('上限 100000 行');
    const large = new Uint8Array(textLimits.megabytes * 1024 * 1024 + 1).fill(0x31);
    expect(await codeOf('大.csv', large)).toBe('table.tooLarge');
  });

  it('whose bytes fit two encodings is read in the one in which its headings are found', async () => {
    // 学校,在校生数,图书册数 in GBK, whose bytes are not UTF-8.
    const gbk = Buffer.from('d1a7d0a32cd4dad0a3c9facafd2ccdbccae9b2e1cafd0ad2bbd0a12c3432302c363330300a', 'hex');
    expect((await readHeadedTable({ name: '表.csv', bytes: gbk }, columns)).rows).toHaveLength(1);
    const half = Buffer.from(gbk.toString('hex').replace('d2bb', 'd2'), 'hex');
    const { message } = await refused(() => readHeadedTable({ name: '表.csv', bytes: half }, columns));
    expect(message).toContain('第 2 行有损坏的文字（不是完整的 GB18030 字符）');
    for (const [order, swap] of [
      ['LE', false],
      ['BE', true],
    ] as const) {
      const text = Buffer.from(`\ufeff${[head, ...schools].join('\r\n')}`, 'utf16le');
      const file = { name: `${order}.csv`, bytes: new Uint8Array(swap ? text.swap16() : text) };
      expect((await readHeadedTable(file, columns)).rows).toHaveLength(3);
    }
  });

  it('with NUL, noise, or content other than its name says is recognised', async () => {
    expect((await refused(() => csv(head, '东城小学,420,\0'))).message).toContain('第 2 行含有空字符（NUL）');
    const noise = Uint8Array.from({ length: 4000 }, (_, index) => (index % 40 === 0 ? 0x0a : 0xff));
    expect(await codeOf('噪.csv', noise)).toBe('table.encoding');
    expect(await codeOf('噪.dat', noise)).toBe('table.wrongType');
    expect(await codeOf('假.xlsx', bytes(head))).toBe('table.wrongType');
  });
});
