import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atOnce } from '#test/support/workbook/at-once.ts';
import { readNumberText } from '../kit/number-text.ts';
import type { RowColumns, RowContent } from './row.ts';
import { judgeRows, rowRoleWords } from './row-role.ts';

/** Columns as `学校名称, 在校生数, 图书册数` has them. */
const plain: RowColumns = {
  things: 'schools',
  names: new Set([0]),
  codes: new Set(),
  quantities: new Set([1, 2]),
  running: new Set(),
};
const schools = [
  '东城小学,420,6300',
  '西岭小学,186,3906',
  '南湾小学,655,7205',
  '北坡小学,98,2744',
  '河口小学,1240,11160',
];

function contentOf(lines: readonly string[]): RowContent[] {
  return lines.map((line, index) => ({
    row: index + 2,
    cells: line.split(',').flatMap((text, column) => {
      if (text === '') return [];
      const read = readNumberText(text);
      return [{ column, text, number: read.kind === 'number' ? read.value : undefined }];
    }),
  }));
}

const judge = (lines: readonly string[], columns = plain) => atOnce(judgeRows(contentOf(lines), columns));
const roles = (lines: readonly string[], columns = plain) => {
  const { leftOut, doubtful } = judge(lines, columns);
  return [...leftOut.map(({ row, role }) => [row, role]), ...doubtful.map(({ row, fate }) => [row, fate])];
};

describe('rows that number the columns', () => {
  it.each([
    ...['甲,1,2', '甲,乙,丙', '1,2,3', '0,1,2', '01,02,03', '栏次,1,2', '栏次,(1),(2)', 'A,B,C', 'a,b,c'],
    ...['(1),(2),(3)', '（１）,（２）,（３）', '①,②,③', '⑴,⑵,⑶', '一,二,三', '第1栏,第2栏,第3栏', ',2,3', '甲,1,2=1×3'],
  ])('%s is left out', (line) => expect(roles([line, ...schools])).toEqual([[2, 'numbering']]));

  it('also below the units, and again in the middle where it is marked', () => {
    expect(roles([',人,册', '甲,1,2', ...schools.slice(0, 3), '甲,1,2', ...schools.slice(3)])).toEqual([
      [2, 'units'],
      [3, 'numbering'],
      [7, 'numbering'],
    ]);
  });

  it('two plain numbers may be quantities: a person says what they are', () => {
    const nameless = { ...plain, names: new Set<number>(), quantities: new Set([0, 1]) };
    const { leftOut, doubtful } = judge(['1,2', '420,6300', '186,3906'], nameless);
    expect(leftOut).toEqual([]);
    expect(doubtful).toMatchObject([{ row: 2, fate: 'refused' }]);
    expect(doubtful[0]!.sentence).toBe('第 2 行（1、2）像栏次编号：是编号请删去这一行，是学校请写上学校名称');
  });

  it.each(['1,2,3', '0,1,2', '１,２,３'])('%s below the first school is a doubt, never the school “1”', (line) => {
    const { leftOut, doubtful } = judge([schools[0]!, line, ...schools.slice(1)]);
    expect(leftOut).toEqual([]);
    expect(doubtful).toMatchObject([{ row: 3, fate: 'refused' }]);
    expect(doubtful[0]!.sentence).toContain('像栏次编号：是编号请删去这一行，是学校请写上学校名称');
  });

  it.each(['A,1,2', '一,1,2', '1,12,123', '2,3,4'])('%s below the first school is a school', (line) => {
    expect(roles([schools[0]!, line, ...schools.slice(1)])).toEqual([]);
  });

  it('of two lists of people, the second numbering is a doubt in words of people', () => {
    const people: RowColumns = { ...plain, things: 'people', quantities: new Set() };
    expect(judge(['林一,lin,1', '1,2,3'], people).doubtful[0]?.sentence).toContain('是人员请写上姓名');
  });

  it.each(['一,45,279', '甲,45,279', 'A,37,137', '1,2,4', '甲,2,1', '5,6,7', '1,12,123'])('%s is a school', (line) => {
    expect(roles([line, ...schools])).toEqual([]);
  });
});

describe('rows that sum others, by their words', () => {
  it.each([
    ...[
      '全县',
      '全市',
      '全区',
      '汇总',
      '合计',
      '总计',
      '小计',
      '合计数',
      '总计数',
      '合計',
      '總計',
      '共计',
      '累计',
      '总数',
    ],
    ...['Total', 'TOTAL', 'Grand Total', 'Sub-total', 'Average', '平均值', '均值', '平均', '平均数', '校均', '县均'],
    ...[
      '全县合计',
      '合计（5所）',
      '合 计',
      '合　　计',
      '合\u200b计：',
      '【合计】',
      '共5所',
      '全市各校',
      '全县小学',
      '城区',
      '公办',
    ],
    ...['其中：城区', '小学', '民办初中', '城区小计', '学校总数', '全县平均'],
  ])('%s is left out', (label) => {
    expect(roles([...schools, `${label},302,1913`])).toEqual([[7, 'total']]);
    expect(judge([...schools, `${label},302,1913`]).leftOut[0]!.words).toBe(label);
  });

  it.each(['标准差', '差异系数', '最大值', '中位数', 'Max'])('%s is a result and no school', (label) => {
    expect(roles([...schools, `${label},302,1913`])).toEqual([[7, 'statistic']]);
  });

  it.each([
    ...[
      '全市实验小学',
      '全县第一中学',
      '合计路小学',
      '总计小学',
      '共计学校',
      '平均小学',
      '汇总实验学校',
      '全安小学',
      '小计村小学',
    ],
    ...[
      '县城小学',
      '城区中学',
      'Total School',
      'Averages Academy',
      '和平小学',
      '均值小学',
      '公办第一小学',
      '本固小学',
      '其中小学校',
    ],
  ])('%s is a school', (label) => {
    expect(roles([...schools, `${label},302,1913`])).toEqual([]);
  });

  it('behind a running number and in the column of counties; beside a school they say nothing', () => {
    const columns: RowColumns = {
      ...{ things: 'schools', names: new Set([1]), codes: new Set(), quantities: new Set([4, 5]) },
      running: new Set([0]),
    };
    const rows = [
      '1,东城小学,示例县,城区,420,6300',
      '2,西岭小学,示例县,全县,186,3906',
      '3,南湾小学,示例县,公办,655,7205',
    ];
    expect(roles([...rows, '4,,合计,,12,17', ',,,,1261,17411'], columns)).toEqual([
      [5, 'total'],
      [6, 'part-sum'],
    ]);
  });

  it('with a 学校标识码 it may be a school with a strange name: a person says', () => {
    const columns = { ...plain, codes: new Set([3]) };
    const { doubtful, leftOut } = judge([...schools, '合计,302,1913,2135990101'], columns);
    expect(leftOut).toEqual([]);
    expect(doubtful[0]).toMatchObject({ row: 7, fate: 'refused' });
    expect(doubtful[0]!.sentence).toContain('像合计行，却有学校标识码');
  });

  it('remarks at the foot are left out, but not with figures', () => {
    expect(roles([...schools, '注：不含民办', '填表人：王某'])).toEqual([
      [7, 'remark'],
      [8, 'remark'],
    ]);
    expect(roles([...schools, '注：小学,3,4'])).toEqual([]);
  });
});

describe('rows that sum others, by their figures', () => {
  it.each(['示例县', '', '罗溪镇（6所）'])('%j with the sums of all is left out', (label) => {
    expect(roles([...schools, `${label},2599,31315`])).toEqual([[7, 'part-sum']]);
    expect(roles([`${label},2599,31315`, ...schools])).toEqual([[2, 'part-sum']]);
  });

  it('sums of parts, and the sum of all behind them', () => {
    const lines = [
      ...schools.slice(0, 2),
      '罗溪镇,606,10206',
      ...schools.slice(2),
      '马甲镇,1993,21109',
      '示例县,2599,31315',
    ];
    expect(roles(lines)).toEqual([
      [4, 'part-sum'],
      [8, 'part-sum'],
      [9, 'part-sum'],
    ]);
  });

  it('the sum of a place with one school, where other places have sums; alone it may be a school', () => {
    const town = ['马甲镇,420,6300', schools[0]!];
    expect(roles([...town, ...schools.slice(1, 3)])).toEqual([]);
    expect(roles(['罗溪镇,841,11111', ...schools.slice(1, 3), ...town])).toEqual([
      [2, 'part-sum'],
      [5, 'part-sum'],
    ]);
  });

  it('a school that is called after its kind is one when it has a 学校标识码', () => {
    const columns = { ...plain, codes: new Set([3]) };
    const called = '九年一贯制学校（示例）,2599,31315';
    expect(judge([...schools, called], columns).leftOut).toMatchObject([{ role: 'total' }]);
    expect(judge([...schools.slice(1), `${called},2135990101`], columns)).toEqual({ leftOut: [], doubtful: [] });
  });

  it('a place with a 学校标识码 is a school', () => {
    const columns = { ...plain, codes: new Set([3]) };
    const { leftOut, doubtful } = judge([...schools, '马甲镇,2599,31315,2135990101'], columns);
    expect([leftOut, doubtful[0]?.fate]).toEqual([[], 'counted']);
  });

  it('a school with the sums of all others is a doubt; its code proves it, and then it is counted with a word', () => {
    const { doubtful } = judge([...schools, '中心小学,2599,31315']);
    expect(doubtful).toEqual([
      {
        row: 7,
        fate: 'refused',
        sentence:
          '第 7 行“中心小学”的各项数恰好等于其余各行之和：是合计请删去这一行；确是一所学校，请在“学校标识码”一列写上它的标识码',
      },
    ]);
    const columns = { ...plain, codes: new Set([3]) };
    const proved = judge([...schools, '中心小学,2599,31315,2135990101'], columns);
    expect(proved).toMatchObject({ leftOut: [], doubtful: [{ row: 7, fate: 'counted' }] });
  });

  it('without name it is a mean, or a doubt; zeros that formulas left behind are neither', () => {
    expect(roles([...schools, ',519.8,6263'])).toEqual([[7, 'mean']]);
    expect(roles([...schools, ',520,6263'])).toEqual([[7, 'mean']]);
    expect(judge([...schools, ',52,626']).doubtful[0]!.sentence).toContain('第 7 行没有学校名称');
    expect(roles([...schools, ',0,0'])).toEqual([]);
  });

  it('a sum that is printed with fewer decimals than its parts is one; a figure beside it is none', () => {
    const rows = ['东城小学,420,630.55', '西岭小学,186,390.61', '南湾小学,655,720.77'];
    expect(roles([...rows, '示例县,1261,1742'])).toEqual([[5, 'part-sum']]);
    expect(roles([...rows, '示例县,1261,1743'])).toEqual([]);
    expect(roles([...rows, '示例县,1262,1742'])).toEqual([]);
  });

  it('a table without names keeps what could be a school', () => {
    const nameless = { ...plain, names: new Set<number>(), quantities: new Set([0, 1]) };
    expect(roles(['420,6300', '186,3906', '606,10206'], nameless)).toEqual([[4, 'refused']]);
    expect(roles(['420,6300', '186,3906', '606,10207'], nameless)).toEqual([]);
  });
});

describe('schools as they are', () => {
  const figures = fc.record({
    pupils: fc.integer({ min: 10, max: 3000 }),
    books: fc.integer({ min: 100, max: 60_000 }),
  });
  const sumOf = (rows: readonly { pupils: number; books: number }[], key: 'pupils' | 'books') =>
    rows.reduce((sum, row) => sum + row[key], 0);
  /** A school that happens to be as large as all others together is a doubt, not an error. */
  const table = fc
    .array(figures, { minLength: 3, maxLength: 60 })
    .filter((rows) =>
      rows.every((row) => row.pupils * 2 !== sumOf(rows, 'pupils') || row.books * 2 !== sumOf(rows, 'books')),
    );
  const lineOf = (index: number, { pupils, books }: { pupils: number; books: number }) =>
    `第${index + 1}小学,${pupils},${books}`;

  it('are never taken for anything else', () => {
    fc.assert(
      fc.property(table, (rows) => {
        expect(roles(rows.map((row, index) => lineOf(index, row)))).toEqual([]);
      }),
    );
  });

  it('stay all, and their sum is found wherever it stands and however it is called', () => {
    const label = fc.constantFrom('全县', '合计', '示例县', '', 'Grand Total', '总计数');
    fc.assert(
      fc.property(table, label, fc.boolean(), (rows, name, isFirst) => {
        const lines = rows.map((row, index) => lineOf(index, row));
        const sum = `${name},${sumOf(rows, 'pupils')},${sumOf(rows, 'books')}`;
        const { leftOut, doubtful } = judge(isFirst ? [sum, ...lines] : [...lines, sum]);
        expect(leftOut.map(({ row }) => row)).toEqual([isFirst ? 2 : lines.length + 2]);
        expect(doubtful).toEqual([]);
      }),
    );
  });
});

it('in a list of people a name is a name', () => {
  const people: RowColumns = { ...plain, things: 'people', quantities: new Set() };
  expect(roles(['甲,乙,丙', '李生均,li,1', '王平均,wang,2', '合计,,', '共2人,,'], people)).toEqual([
    [2, 'numbering'],
    [5, 'total'],
    [6, 'total'],
  ]);
});

it('every role has its words', () => {
  for (const words of Object.values(rowRoleWords)) expect(words).toMatch(/^(是|各项数等于)/);
});
