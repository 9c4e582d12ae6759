import { describe, expect, it } from 'vitest';
import { catchOutput } from '#test/support/product/commands.ts';
import {
  bookOf,
  bookOfCells,
  bookOfRows,
  partsOf,
  rowsXml,
  sheetXml,
  zipOf,
} from '#test/support/workbook/workbook-file.ts';
import { main } from '../cli.ts';

const { said, save } = catchOutput('workbook');

type Row = (string | number | null)[];
const heading: Row = ['学校名称', '在校生数', '图书册数'];
const schools: Row[] = [
  ['东城小学', 420, 6300],
  ['西岭小学', 186, 3906],
  ['南湾小学', 655, 7205],
  ['北坡小学', 98, 2744],
  ['河口小学', 1240, 11160],
];
/** The table with one cell written otherwise: `C4` is the books of 南湾小学. */
const withCell = (cell: string, row = 2): Row[] => [
  heading,
  ...schools.map((line, index): Row => (index === row ? [line[0]!, line[1]!, cell] : line)),
];
const all = { n: 5, cv: expect.closeTo(0.3843661121318887, 12) };
const styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs>';
const days = `<numFmts><numFmt numFmtId="170" formatCode="yyyy"/></numFmts>${styles}`;

async function cv(bytes: Uint8Array | string, name = '表.xlsx') {
  await main(['cv', save(name, bytes), '--weight', '在校生数', '--value', '图书册数', '--json']);
  return said.out === '' ? undefined : JSON.parse(said.out);
}

async function refused(bytes: Uint8Array | string, name?: string): Promise<string> {
  expect(await cv(bytes, name)).toBeUndefined();
  expect(process.exitCode).toBe(2);
  return said.err;
}

describe('a cell from which no quantity may be read is named', () => {
  it('a number in a format of days (A5)', async () => {
    const bytes = bookOfRows(rowsXml(withCell('<c s="1"><v>7205</v></c>')), { styles: days });
    expect(await refused(bytes)).toContain('C4“图书册数”：单元格是日期 1919-09-22');
  });

  it('a day as ISO 8601 (A5)', async () => {
    const bytes = bookOfCells(withCell('<c t="d"><v>2025-09-01T00:00:00</v></c>'));
    expect(await refused(bytes)).toContain('C4“图书册数”：单元格是日期 2025-09-01');
    expect(said.err).not.toContain('保存成了文本');
  });

  it('a formula without a stored result (A6)', async () => {
    const bytes = bookOfCells(withCell('<c><f>5000+2205</f><v></v></c>'));
    expect(await refused(bytes)).toContain('C4“图书册数”：单元格是公式（=5000+2205），文件里没有保存它的结果');
  });

  it('NaN and INF (A13)', async () => {
    for (const text of ['NaN', 'INF']) {
      const sentence = await refused(bookOfCells(withCell(`<c><v>${text}</v></c>`)));
      expect(sentence).toContain(`C4“图书册数”：单元格标为数字，内容却是“${text}”`);
      expect(sentence).not.toContain('负数');
      said.err = '';
    }
  });

  it('an error, a truth value, and a number of more digits than a spreadsheet keeps', async () => {
    expect(await refused(bookOfCells(withCell('<c t="e"><v>#N/A</v></c>')))).toContain(
      'C4“图书册数”：单元格是公式错误 #N/A',
    );
    expect(await refused(bookOfCells(withCell('<c t="b"><v>1</v></c>')))).toContain('单元格是逻辑值 TRUE');
    expect(await refused(bookOfCells(withCell('<c><v>12345678901234567</v></c>')))).toContain(
      '“12345678901234567”位数过多，无法准确保存，最多 15 位有效数字',
    );
  });

  it('characters that cannot be kept (A9, A10)', async () => {
    expect(await refused(bookOfCells(withCell('<c t="str"><v>72_xD842_05</v></c>')))).toContain(
      'C4“图书册数”：单元格里有残缺的字符（U+D842）',
    );
    expect(await refused(bookOfCells(withCell('<c t="str"><v>7205_x0000_</v></c>')))).toContain(
      '看不见的控制字符（U+0000）',
    );
  });

  it('in columns of texts as well, by all of them at once', async () => {
    const rows: Row[] = [
      ['学校标识码', '学校名称', '县级单位', '办学类型', '举办者', '小学在校生数'],
      [
        '<c s="1"><v>45901</v></c>',
        '<c t="str"><v>林_xD842_小学</v></c>',
        '示例县',
        '<c t="e"><v>#N/A</v></c>',
        '<c><f>B2</f></c>',
        420,
      ],
    ];
    const needed = [
      '初中在校生数',
      '高中在校生数',
      '教学及辅助用房面积',
      '室内体育用房面积',
      '运动场地面积',
      '教学仪器设备值',
      '计算机台数',
      '图书册数',
    ];
    const teachers = ['小学', '初中'].flatMap((level) =>
      ['专任教师数', '高于规定学历教师数', '中级及以上职称教师数', '县级以上骨干教师数', '体育艺术专任教师数'].map(
        (name) => level + name,
      ),
    );
    const headings = [...rows[0]!, ...needed, '网络多媒体教室数', ...teachers].map(String);
    // Columns go beyond Z here, so cells do not say where they stand.
    const line = (cells: Row) => `<row>${rowsXml([cells.slice(0, 26)]).replace(/<\/?row[^>]*>/g, '')}</row>`;
    const placeless = (xml: string) => xml.replace(/ r="[A-Z]+\d+"/g, '');
    const file = save('县.xlsx', bookOfRows(placeless(line(headings) + line(rows[1]!)), { styles: days }));
    await main(['balance', file, '--standard', 'basic-2012', '--json']);
    expect(process.exitCode).toBe(2);
    for (const words of [
      'A2“学校标识码”：单元格是日期',
      'B2“学校名称”：单元格里有残缺的字符',
      'D2“办学类型”：单元格是公式错误 #N/A',
      'E2“举办者”：单元格是公式（=B2）',
    ]) {
      expect(said.err).toContain(words);
    }
  });
});

describe('a cell is read as a person sees it', () => {
  it('float noise of a formula, and a name beyond the first plane (A11, A8)', async () => {
    const rows = withCell('<c><f>B4*11</f><v>7205.000000000001</v></c>');
    rows[1]![0] = '<c t="str"><v>&#134071;桥小学</v></c>';
    expect(await cv(bookOfCells(rows))).toMatchObject(all);
    expect(said.err).toBe('');
  });

  it('direction marks and zero-width signs around a number (A21)', async () => {
    for (const text of ['\u202d7205\u202c', '\u200e7205', '\u20667205\u2069', '\ufeff7205\u200b']) {
      expect(await cv(bookOfCells(withCell(text)))).toMatchObject(all);
      expect(said.err).toContain('1 个单元格把数字保存成了文本（如 C4）');
      said.out = '';
    }
  });

  it('names of parts with a slash in front or in other letters (A24)', async () => {
    const parts = partsOf({ sheets: [{ xml: sheetXml(rowsXml([heading, ...schools])) }] });
    for (const name of [(part: string) => `/${part}`, (part: string) => part.toUpperCase()]) {
      expect(await cv(zipOf(parts.map((part) => ({ ...part, name: name(part.name) }))))).toMatchObject(all);
      said.out = '';
    }
  });
});

describe('what is hidden is said (A12)', () => {
  const rows = rowsXml([heading, ...schools]);

  it('rows that are hidden or filtered out, and columns', async () => {
    const hidden = rows.replace('<row r="4"', '<row r="4" hidden="1"').replace('<row r="6"', '<row r="6" hidden="1"');
    const after =
      '<autoFilter ref="A1:C4"><filterColumn colId="1"><filters><filter val="420"/></filters></filterColumn></autoFilter>';
    const before = '<cols><col min="2" max="2" hidden="1"/></cols>';
    const bytes = bookOf({ sheets: [{ name: '数据', xml: sheetXml(hidden, { before, after }) }] });
    expect(await cv(bytes)).toMatchObject(all);
    expect(said.err).toContain('提示：工作表“数据”的第 4 行被筛选隐藏，已照常读取。');
    expect(said.err).toContain('提示：工作表“数据”的第 6 行是隐藏的，已照常读取。');
    expect(said.err).toContain('提示：工作表“数据”的 B 列是隐藏的，已照常读取。');
  });

  it('a hidden sheet with the same headings is not read', async () => {
    const sheets = [{ xml: sheetXml(rows) }, { name: '旧数据', state: 'hidden' as const, xml: sheetXml(rows) }];
    expect(await cv(bookOf({ sheets }))).toMatchObject(all);
    expect(said.err).toContain('隐藏的工作表“旧数据”没有读取');
  });

  it('a workbook whose sheets are all hidden is reported as such, and not as empty', async () => {
    const sheets = [{ state: 'veryHidden' as const, xml: sheetXml(rows) }];
    expect(await refused(bookOf({ sheets }))).toContain('是隐藏的，没有读取；请先取消隐藏');
  });
});

describe('a file that is something else is named, with the way out (A16)', () => {
  it.each([
    ['.xlsb', zipOf([{ name: 'xl/workbook.bin', content: 'x' }]), 'Excel 二进制工作簿（.xlsb）'],
    [
      '.ods',
      zipOf([{ name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet', stored: true }]),
      'OpenDocument 表格（.ods）',
    ],
    ['.docx', zipOf([{ name: 'word/document.xml', content: 'x' }]), 'Word 文档'],
    ['.zip', zipOf([{ name: '一小.xlsx', content: 'x' }]), '压缩包'],
  ])('%s', async (_, bytes, name) => {
    const sentence = await refused(bytes);
    expect(sentence).toContain(name);
    expect(sentence).not.toContain('模板');
  });
});
