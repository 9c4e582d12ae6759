import path from 'node:path';
import * as XLSX from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { catchOutput, readLines } from '#test/support/product/commands.ts';
import { main } from '../cli.ts';
import { productRoot } from '../root.ts';

const example = (name: string) => path.join(productRoot, 'reference', 'examples', name);
const { folder, said, save, saveSheets, saveWorkbook } = catchOutput('balance');

const csv = ['学校,在校生数,图书册数', '一,45,279', '二,37,137', '三,89,935', '四,76,160', '五,55,402'];

describe('dudao cv', () => {
  const cv = (file: string, ...more: string[]) =>
    main(['cv', file, '--weight', '在校生数', '--value', '图书册数', ...more]);

  it('prints 0.5152566… for the official five schools', async () => {
    await cv(example('five-schools-books.csv'), '--json');
    expect(process.exitCode).toBeUndefined();
    const printed = JSON.parse(said.out);
    expect(Object.keys(printed)).toEqual(['n', 'mean', 'standardDeviation', 'cv']);
    expect(printed.n).toBe(5);
    expect(printed.cv).toBeCloseTo(0.5152566299, 10);
  });

  it('reads .xlsx, .xls and CSV in GBK; full-width digits, separators and numbers kept as text', async () => {
    const rows = [
      ['某县图书情况'],
      ['学校', '在校生数', '图书册数'],
      ['一', '４５', '279'],
      ['二', 37, 137],
      ['三', 89, 935],
    ];
    await cv(
      saveWorkbook('五所.xlsx', [...rows, ['四', 76, 160], ['五', 55, '４０２'], ['合计', 302, 1913]]),
      '--json',
    );
    expect(JSON.parse(said.out).cv).toBeCloseTo(0.5152566299, 10);
    expect(said.err).toContain('保存成了文本');
    expect(said.err).toContain('第 8 行（合计）是合计或平均');
    said.out = '';
    const gbk = Buffer.from([
      0xd4, 0xda, 0xd0, 0xa3, 0xc9, 0xfa, 0xca, 0xfd, 0x2c, 0xcd, 0xbc, 0xca, 0xe9, 0xb2, 0xe1, 0xca, 0xfd,
    ]);
    await cv(save('gbk.csv', Buffer.concat([gbk, Buffer.from('\r\n45,"1,279"\r\n')])), '--json');
    expect(JSON.parse(said.out)).toEqual({ n: 1, mean: 1279 / 45, standardDeviation: 0, cv: 0 });
    said.out = '';
    const book = XLSX.read(csv.join('\n'), { type: 'string' });
    await cv(save('旧.xls', XLSX.write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer), '--json');
    expect(JSON.parse(said.out).n).toBe(5);
  });

  it.each([
    ['全县合计,302,1913', '第 7 行（全县合计）'],
    ['合计（5所）,302,1913', '第 7 行（合计（5所））'],
    ['平均,60,382', '第 7 行（平均）'],
    ['校均,60,382', '第 7 行（校均）'],
    ['学校总数,302,1913', '第 7 行（学校总数）'],
  ])('takes %s for no school', async (line, words) => {
    await cv(save('合计.csv', [...csv, line].join('\n')), '--json');
    expect(JSON.parse(said.out)).toMatchObject({ n: 5 });
    expect(said.err).toContain(words);
  });

  it('finds a sum behind a running number, in the middle, and under no heading; a school with such a word stays', async () => {
    const rows = [
      ['1', ...csv[1]!.split(',')],
      ['2', '城区小计', '45', '279'],
      ...csv.slice(2).map((line, index) => [String(index + 3), ...line.split(',')]),
      ['7', '合计', '302', '1913'],
    ];
    await cv(save('序号.csv', ['序号,学校,在校生数,图书册数', ...rows.map(String)].join('\n')), '--json');
    expect(JSON.parse(said.out).n).toBe(5);
    expect(said.err).toContain('第 3 行（城区小计）、第 8 行（合计）');
    said.out = '';
    await cv(
      save('无题.csv', [',在校生数,图书册数', ...csv.slice(1), '合计,302,1913', '合计路小学,10,60'].join('\n')),
      '--json',
    );
    expect(JSON.parse(said.out).n).toBe(6);
  });

  it('says which sheets with the same headings were not read, and only those', async () => {
    const rows = csv.map((line) => line.split(','));
    const file = saveSheets('两表.xlsx', {
      小学: rows,
      初中: rows.slice(0, 3),
      空表: rows.slice(0, 1),
      说明: [['在校生数']],
    });
    await cv(file, '--json');
    expect(JSON.parse(said.out).n).toBe(5);
    expect(said.err).toContain('只读取了工作表“小学”；工作表“初中”有同样的列标题，没有读取');
  });

  it('a number of three digits kept as a text is said like any other', async () => {
    await cv(
      saveWorkbook('文本.xlsx', [
        ['在校生数', '图书册数'],
        ['320', 1000],
        [90, 400],
      ]),
      '--json',
    );
    expect(JSON.parse(said.out).n).toBe(2);
    expect(said.err).toContain('有 1 个单元格把数字保存成了文本（如 A2）');
  });

  it.each(['\t', ';', ','])('reads a table parted by %j below a title', async (separator) => {
    const table = csv.map((line) => line.replaceAll(',', separator));
    await cv(save('题.csv', ['某县, 2025 学年图书情况', '', ...table].join('\r\n')), '--json');
    expect(JSON.parse(said.out).n).toBe(5);
  });

  it('a heading may carry its unit in brackets', async () => {
    const text = csv.join('\n').replace('图书册数', '图书册数（册）').replace('在校生数', '在校生数(人)');
    await cv(save('单位.csv', text), '--json');
    expect(JSON.parse(said.out).n).toBe(5);
  });

  it('figures too large to be squared give no 差异系数, and a reason', async () => {
    const large = `1${'0'.repeat(200)}`;
    await cv(save('大.csv', `在校生数,图书册数\n10,${large}\n20,5\n`), '--json');
    expect(JSON.parse(said.out)).toMatchObject({ n: 2, cv: null, reason: '数值超出可计算范围' });
  });

  it('leaves out rows without figures and says so; no mean, no figure', async () => {
    await cv(save('空.csv', [...csv, '六,,30', '七,0,0'].join('\n')), '--json');
    expect(JSON.parse(said.out).n).toBe(5);
    expect(said.err).toContain('第 7、8 行');
    said.out = '';
    await cv(save('零.csv', '在校生数,图书册数\n10,0\n20,0\n'), '--json');
    expect(JSON.parse(said.out)).toMatchObject({ n: 2, mean: 0, cv: null });
    expect(JSON.parse(said.out).reason).toContain('平均值为零');
  });

  it.each([
    ['没有.csv', undefined, '找不到文件'],
    ['缺列.csv', '学校,在校生数\n一,3\n', '“图书册数”'],
    ['词.csv', '在校生数,图书册数\n10,约500\n', 'B2“图书册数”：“约500”不是数字'],
    ['负.csv', '在校生数,图书册数\n10,-5\n', '不能为负数'],
    ['两列.csv', '在校生数,图书册数,图书册数\n10,5,6\n', 'B1、C1'],
    ['改名.xlsx', '在校生数,图书册数\n10,5\n', '改扩展名'],
    ['无行.csv', '在校生数,图书册数\n', '没有数据行'],
  ])('%s: a sentence and exit code 2', async (name, content, words) => {
    await cv(content === undefined ? path.join(folder, name) : save(name, content));
    expect(process.exitCode).toBe(2);
    expect(said.err).toContain(words);
    expect(said.out).toBe('');
  });

  it('names the cell of an Excel error', async () => {
    const file = saveWorkbook(
      '错.xlsx',
      [
        ['在校生数', '图书册数'],
        [10, 5],
      ],
      (sheet) => {
        sheet.B2 = { t: 'e', v: 7, w: '#DIV/0!' };
      },
    );
    await cv(file);
    expect(process.exitCode).toBe(2);
    expect(said.err).toContain('B2“图书册数”：单元格是公式错误 #DIV/0!');
  });
});

describe('dudao balance', () => {
  const report = async (...argv: string[]) => {
    await main(['balance', ...argv, '--json']);
    return JSON.parse(said.out);
  };

  it('judges the sample county by both standards', async () => {
    const basic = await report(example('sample-county.csv'), '--standard', 'basic-2012');
    expect(basic.levels.primary.excluded.map(({ reason }: { reason: string }) => reason)).toContain('民办学校不计入');
    expect(basic.levels.primary.missing).toEqual([{ code: '2135990110', field: '图书册数' }]);
    expect([basic.levels.primary.verdict, basic.levels.junior.verdict, basic.verdict]).toEqual([
      ...['provisional', 'pass', 'provisional'],
    ]);
    said.out = '';
    const quality = await report(example('sample-county.csv'), '--standard', 'quality-2017');
    expect(quality.levels.primary.compliance).toHaveLength(quality.levels.primary.schools);
    expect(quality.levels.primary.missing).toEqual([{ code: '2135990108', field: '小学县级以上骨干教师数' }]);
    expect(quality.levels.junior.verdict).toBe('fail');
  });

  it('prints a Chinese table without --json', async () => {
    await main(['balance', example('sample-county.csv'), '--standard', 'quality-2017']);
    expect(said.out).toContain('教督〔2017〕6号');
    expect(said.out).toContain('结论：资源配置七项不达标');
    expect(said.out).not.toContain('达到均衡');
  });

  it('never prints a figure on the wrong side of its limit', async () => {
    const [head, one, other] = readLines(example('sample-county.csv'));
    const edited = (row: string, keyTeachers: string) => {
      const cells = [...setCell([head!, row], '小学在校生数', '1000')];
      return setCell(cells, '小学县级以上骨干教师数', keyTeachers)[1]!;
    };
    // 8.499 and 25.504 of a thousand: 差异系数 0.5001 against 0.50, and 0.8499 of the threshold against 85 %.
    const rows = [head!, edited(one!, '8.499'), edited(other!, '25.504')];
    await main(['balance', save('限.csv', rows.join('\n')), '--standard', 'quality-2017']);
    expect(said.out).toMatch(/骨干教师数.* 0\.5001 +0\.50 +超限/);
    expect(said.out).toContain('最低一项为标准的 0.84');
    said.out = '';
    await main(['balance', example('sample-county.csv'), '--standard', 'basic-2012', '--county', '示例县']);
    expect(said.out).toMatch(/综合差异系数 0\.\d{3}，限值 0\.65/);
  });

  const lines = () => readLines(example('sample-county.csv'));
  const refused = async (content: string, words: string, ...more: string[]) => {
    await main(['balance', save('县.csv', content), '--standard', 'basic-2012', ...more]);
    expect(process.exitCode).toBe(2);
    expect(said.err).toContain(words);
    expect(said.out).toBe('');
  };

  it('asks for the county where the table has several, and takes the one named', async () => {
    const [head, first, ...rest] = lines();
    const two = [head, first!.replace('示例县', '另一县'), ...rest].join('\n');
    await refused(two, '请用 --county 指定其中一个');
    said.err = '';
    process.exitCode = undefined;
    const other = await report(save('两县.csv', two), '--standard', 'basic-2012', '--county', '另一县');
    expect(other.levels.primary.schools).toBe(1);
    expect(other.levels.junior).toMatchObject({ schools: 0, verdict: 'unavailable' });
  });

  it('a row without 县级单位 is reported, with --county as without', async () => {
    const blank = lines().map((line, index) => (index === 2 ? line.replace('示例县', '') : line));
    await refused(blank.join('\n'), '第 3 行：县级单位为空');
    said.err = '';
    await refused(blank.join('\n'), '第 3 行：县级单位为空', '--county', '示例县');
  });

  it('a code against the rules is said, one that a spreadsheet has shortened is refused', async () => {
    const first = lines()[1]!.split(',')[0]!;
    await report(save('码.csv', lines().join('\n').replace(first, 'abc')), '--standard', 'basic-2012');
    expect(said.err).toContain('学校标识码“abc”应为 10 位数字');
    said.out = '';
    await refused(lines().join('\n').replace(first, '2.13599E+09'), 'A2“学校标识码”：“2.13599E+09”是被电子表格改写');
  });

  it.each([
    ['an unknown county', (all: string[]) => all, '表中没有县级单位“无此县”', ['--county', '无此县']],
    ['a code twice', (all: string[]) => [...all, all[1]!], '与第 2 行重复', []],
    [
      'a heading missing',
      (all: string[]) => all.map((line) => line.replace('图书册数', '图书')),
      '缺少列标题 “图书册数”',
      [],
    ],
    [
      'sports rooms larger than the rooms that hold them',
      (all: string[]) => setCell(all, '室内体育用房面积', '99999'),
      '“室内体育用房面积”：99999 大于教学及辅助用房面积',
      [],
    ],
    ['an unknown type', (all: string[]) => all.map((line) => line.replace(',211,', ',299,')), '不是办学类型代码', []],
    [
      'an unknown sponsor',
      (all: string[]) => all.map((line) => line.replace(',民办,', ',街道,')),
      '应是 县、市、省、民办',
      [],
    ],
  ])('%s: a sentence and exit code 2', async (_, change, words, more) => {
    await refused(change(lines()).join('\n'), words, ...more);
  });

  it('headings may carry their unit in brackets, but no other unit', async () => {
    const plain = await report(example('sample-county.csv'), '--standard', 'basic-2012');
    said.out = '';
    const withUnits = lines()
      .join('\n')
      .replace('教学仪器设备值', '教学仪器设备值（万元）')
      .replace('运动场地面积', '运动场地 面积(㎡)');
    expect(await report(save('单位.csv', withUnits), '--standard', 'basic-2012')).toEqual(plain);
    said.out = '';
    await refused(lines().join('\n').replace('教学仪器设备值', '教学仪器设备值（元）'), '缺少列标题 “教学仪器设备值”');
  });

  it('an unknown standard or a forgotten option: a sentence and exit code 2', async () => {
    await main(['balance', example('sample-county.csv'), '--standard', 'basic-2013']);
    expect(process.exitCode).toBe(2);
    expect(said.err).toContain('basic-2012、quality-2017');
    await main(['balance', example('sample-county.csv')]);
    expect(process.exitCode).toBe(2);
  });
});

/** The first school's cell below a heading. */
function setCell([head, first, ...rest]: string[], heading: string, text: string): string[] {
  const cells = first!.split(',');
  cells[head!.split(',').indexOf(heading)] = text;
  return [head!, cells.join(','), ...rest];
}
