import path from 'node:path';
import * as XLSX from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { catchOutput, readLines } from '#test/support/product/commands.ts';
import { main } from '../cli.ts';
import { productRoot } from '../root.ts';

const { said, save, saveWorkbook } = catchOutput('tables');

describe('dudao cv', () => {
  const head = '学校名称,在校生数,图书册数';
  const five = [
    ...['东城小学,420,6300', '西岭小学,186,3906', '南湾小学,655,7205', '北坡小学,98,2744', '河口小学,1240,11160'],
  ];
  /** Weighted by hand: mean = Σx/Σn, S² = Σ n/N·(x/n − mean)². */
  const figures = { n: 5, mean: 12.048864948056945, standardDeviation: 4.631175375686839, cv: 0.3843661121318887 };
  const cv = (file: string) => main(['cv', file, '--weight', '在校生数', '--value', '图书册数', '--json']);
  const printed = async (...lines: string[]) => {
    said.out = '';
    await cv(save('表.csv', lines.join('\n')));
    return JSON.parse(said.out);
  };
  const refused = async (content: string | Uint8Array, words: string) => {
    await cv(save('表.csv', content));
    expect(process.exitCode).toBe(2);
    expect(said.err).toContain(words);
    expect(said.out).toBe('');
  };
  const cellsOf = (lines: readonly string[]) =>
    lines.map((line) => line.split(',').map((text) => Number(text) || text));

  it('of the plain table is the figure by hand', async () => {
    expect(await printed(head, ...five)).toEqual(figures);
    expect(said.err).toBe('');
  });

  it('a quote that is never closed swallows no school', async () => {
    await refused([head, five[0], `"${five[1]}`, ...five.slice(2)].join('\n'), '第 3 行有一个引号没有配对');
  });

  it('thousands separators without quotes are refused in every row', async () => {
    const rows = [
      '东城小学,420,6,300',
      '西岭小学,186,3,906',
      '南湾小学,655,7,205',
      '北坡小学,98,2,744',
      '河口小学,1,240,11,160',
    ];
    await refused([head, ...rows].join('\n'), '第 2、3、4、5、6 行的格数多于列标题');
  });

  it.each(['甲,1,2', '1,2,3', '01,02,03', '栏次,1,2', 'A,B,C', '(1),(2),(3)'])('%s is no school', async (line) => {
    expect(await printed(head, line, ...five)).toEqual(figures);
    expect(said.err).toContain(`第 2 行（${line.replaceAll(',', '、')}）是栏次编号，没有作为学校计入`);
  });

  it.each(['全县', '全市', '汇总', '合计数', '总计数', '合計', 'Total', 'Grand Total', '平均值', '均值'])(
    '%s is no school',
    async (label) => {
      await cv(saveWorkbook('表.xlsx', cellsOf([head, ...five, `${label},2599,31315`])));
      expect(JSON.parse(said.out)).toEqual(figures);
      expect(said.err).toContain(`第 7 行（${label}）是合计或平均，没有作为学校计入`);
    },
  );

  it('a row with the sums of all others is not a school if it has no name; with a name a person decides', async () => {
    expect(await printed(head, ...five, '示例县,2599,31315')).toEqual(figures);
    expect(said.err).toContain('第 7 行（示例县）各项数等于相邻几行之和，没有作为学校计入');
    expect(await printed(head, ...five, ',2599,31315')).toEqual(figures);
    said.out = '';
    await refused([head, ...five, '中心小学,2599,31315'].join('\n'), '第 7 行“中心小学”的各项数恰好等于其余各行之和');
    await refused([head, ...five, ',99,1'].join('\n'), '第 7 行没有学校名称');
  });

  it('the way out that is named works: with its 学校标识码 the school counts', async () => {
    const coded = [`${head},学校标识码`, ...five.map((line) => `${line},`), '中心小学,2599,31315,2135990101'];
    expect((await printed(...coded)).n).toBe(6);
    expect(said.err).toContain('第 7 行“中心小学”的各项数恰好等于其余各行之和，有学校标识码，仍按学校计入，请核对');
  });

  it('全市实验小学 is a school', async () => {
    expect(await printed(head, '全市实验小学,420,6300', ...five.slice(1))).toEqual(figures);
    expect(said.err).toBe('');
  });

  it.each([
    ['marks of direction', '东城小学,\u202d420\u202c,\u200e6300\u200b'],
    ['="420" of other programs', '东城小学,="420",="6300"'],
    ['thousands in quotes', '东城小学,420,"6,300"'],
  ])('%s around a figure are read', async (_, line) => {
    expect(await printed(head, line, ...five.slice(1))).toEqual(figures);
  });

  it('a sign that nobody sees within a figure is named', async () => {
    await refused([head, '东城小学,4\u200b20,6300'].join('\n'), '（中间有看不见的字符 U+200B）');
  });

  it('one broken byte is named by its line', async () => {
    // 学校,在校生数,图书册数 / 一小,420,6300 / 南湾小学,655,7205 in GBK, the last 学 cut in half.
    const rows = [
      'd1a7d0a32cd4dad0a3c9facafd2ccdbccae9b2e1cafd',
      'd2bbd0a12c3432302c36333030',
      'c4cfcde5d0a1d12c3635352c37323035',
    ];
    await refused(Buffer.from(`${rows.join('0a')}0a`, 'hex'), '第 3 行有损坏的文字（不是完整的 GB18030 字符）');
  });

  it('a file in UTF-16 is read, with either order of bytes', async () => {
    const text = Buffer.from(`\ufeff${[head, ...five].join('\r\n')}`, 'utf16le');
    await cv(save('小端.csv', text));
    expect(JSON.parse(said.out)).toEqual(figures);
    said.out = '';
    await cv(save('大端.csv', Buffer.from(text).swap16()));
    expect(JSON.parse(said.out)).toEqual(figures);
  });

  it.each(['NaN', 'INF'])('%s is no number, and no negative one', async (text) => {
    await refused([head, `东城小学,420,${text}`].join('\n'), `“${text}”不是数字`);
    expect(said.err).not.toContain('负数');
  });

  it('a date is refused at its cell, and is not reported as a number stored as text', async () => {
    const file = saveWorkbook('日期.xlsx', cellsOf([head, ...five]), (sheet) => {
      sheet.C4 = { t: 'n', v: 7205, z: 'yyyy' };
    });
    await cv(file);
    expect(process.exitCode).toBe(2);
    expect(said.err).toContain('C4“图书册数”：单元格是日期 ');
    expect(said.err).not.toContain('保存成了文本');
  });

  it('an empty file and a file with too many columns are refused with the reason', async () => {
    await refused('', '是空的，没有任何内容');
    await refused(`${head}${',x'.repeat(1100)}\n`, '过大（上限 1024 列）');
  });
});

describe('dudao balance', () => {
  const lines = () => readLines(path.join(productRoot, 'reference', 'examples', 'sample-county.csv'));
  const report = async (file: string, ...more: string[]) => {
    said.out = '';
    await main(['balance', file, '--standard', 'basic-2012', ...more, '--json']);
    const { levels } = JSON.parse(said.out);
    return ['primary', 'junior'].map((level) => {
      const { schools, compositeCv, verdict, missing } = levels[level];
      return [schools, compositeCv.toFixed(6), verdict, missing.length];
    });
  };
  const basic = (all: readonly string[], ...more: string[]) => report(save('县.csv', all.join('\n')), ...more);
  /** The figures of the sample county computed by hand; they do not depend on how its table is written. */
  const byHand = [
    [16, '0.106197', 'provisional', 1],
    [10, '0.112064', 'pass', 0],
  ];
  const refused = async (content: string, words: string) => {
    await main(['balance', save('县.csv', content), '--standard', 'basic-2012']);
    expect(process.exitCode).toBe(2);
    expect(said.err).toContain(words);
    expect(said.out).toBe('');
  };
  /** The third row's county written in another way. */
  const written = (county: string) => lines().map((line, row) => (row === 2 ? line.replace('示例县', county) : line));

  it('quotes in a column of remarks swallow no school; written as characters they stay', async () => {
    const remarked = lines().map((line, row) => `${line},${row === 0 ? '备注' : [4, 7].includes(row) ? '"已核' : ''}`);
    await refused(remarked.join('\n'), '第 5 行有一个引号没有配对：从它到第 8 行的引号被当作一个单元格');
    expect(await basic(remarked.map((line) => line.replace('"已核', '"""已核"')))).toEqual(byHand);
  });

  it('a shifted row is refused although it ends in empty fields', async () => {
    const shifted = lines().join('\n').replace(',33451,', ',33,451,');
    await refused(shifted, '第 2 行的格数多于列标题（列标题 25 格，第 2 行 26 格）');
  });

  it.each([
    ['an inner blank', '示例 县', '空格'],
    ['a full-width blank', '示例\u3000县', '空格'],
    ['a zero-width sign', '示例\u200b县', '看不见的字符（U+200B）'],
    ['a Kangxi radical', '\u2f70例县', '兼容字形“⽰”（U+2F70）'],
    ['a mark of direction', '\u202a示例县', '方向控制字符（U+202A）'],
  ])('a county with %s is the same county, and it is said', async (_, county, words) => {
    expect(await basic(written(county), '--county', '示例县')).toEqual(byHand);
    expect(said.err).toContain(`第 3 行的县级单位含有${words}，已按“示例县”计入`);
    expect(await basic(written(county), '--county', county)).toEqual(byHand);
    expect(await basic(written(county))).toEqual(byHand);
  });

  it('counties that print alike are two, and are named', async () => {
    const [primary] = await basic(written('示例縣'), '--county', '示例县');
    expect(primary![0]).toBe(15);
    expect(said.err).toContain('县级单位“示例县”和“示例縣”写法相近，按两个单位处理');
  });

  it('headings in two rows are read, with and without the words of the upper one', async () => {
    const table = lines().map((line) => line.split(','));
    const group = (heading: string) => (/^(小学|初中|高中)在校生数$/.test(heading) ? '在校生数' : heading);
    const [heads] = table;
    const upper = heads!.map((heading, at) =>
      at > 0 && group(heads![at - 1]!) === group(heading) ? null : group(heading),
    );
    const lower = heads!.map((heading) => (group(heading) === heading ? null : heading));
    const short = lower.map((heading) => heading?.replace('在校生数', '') ?? null);
    for (const second of [lower, short]) {
      const file = saveWorkbook('两行.xlsx', [upper, second, ...table.slice(1)]);
      expect(await report(file)).toEqual(byHand);
      expect(said.err).toContain('列标题分写在第 1、2 两行，已合并读取');
    }
  });

  it('titles, numbering, sums and remarks around the table change nothing and are named', async () => {
    const [head, ...rows] = lines();
    const width = head!.split(',').length;
    const numbers = Array.from({ length: width }, (_, index) => index + 1).join(',');
    const total = `,合计,示例县${','.repeat(width - 3)}`;
    expect(await basic(['示例县 2025 学年', '', head!, numbers, ...rows, total, '注：不含高中'])).toEqual(byHand);
    expect(said.err).toContain('第 4 行（1、2、3、4……）是栏次编号');
    expect(said.err).toContain('（合计）是合计或平均');
    expect(said.err).toContain('（注：不含高中）是表注');
  });

  it('a date among the figures is refused at its cell', async () => {
    const table = lines().map((line) => line.split(','));
    const address = XLSX.utils.encode_cell({ r: 1, c: table[0]!.indexOf('图书册数') });
    const file = saveWorkbook('日期.xlsx', table, (sheet) => {
      sheet[address] = { t: 'n', v: 45901, z: 'yyyy-mm-dd' };
    });
    await main(['balance', file, '--standard', 'basic-2012']);
    expect(process.exitCode).toBe(2);
    expect(said.err).toContain(`${address}“图书册数”：单元格是日期 `);
  });
});
