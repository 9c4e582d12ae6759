import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../kit/canonical-json.ts';
import type { Edition } from '../edition.ts';
import { carriedJson, readCarried } from './carried-edition.ts';
import { editionOfOutline } from './edition-of-outline.ts';
import { addressOf, type Grid, type GridCell, type GridRange, placeText } from './grid.ts';
import { guessMethod } from './guess-method.ts';
import { readOutline } from './outline.ts';
import { carriedPieces, carrierMark, type WrittenTable, writtenTable } from './written-edition.ts';

const folder = new URL('../../../../reference/frameworks/', import.meta.url);
const shipped = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && !['names.json', 'hashes.json'].includes(name))
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Edition);

type Cells = ReadonlyArray<ReadonlyArray<string | number | null>>;

function gridOf(rows: Cells, { name = '指标', hidden = false, merges = [] as readonly string[] } = {}): Grid {
  const ranges = merges.map(rangeOf);
  const covered = (row: number, column: number) =>
    ranges.some(
      ({ top, left, bottom, right }) =>
        top <= row && row <= bottom && left <= column && column <= right && !(top === row && left === column),
    );
  return {
    name,
    hidden,
    merges: ranges,
    rows: rows.map((cells, row) =>
      cells.map((cell, column): GridCell | undefined => {
        if (cell === null || cell === '') return undefined;
        const seen = covered(row, column) ? { covered: true } : {};
        return { text: String(cell).trim(), number: typeof cell === 'number' ? cell : undefined, ...seen };
      }),
    ),
  };
}

/** `A3:B4` */
function rangeOf(range: string): GridRange {
  const [first, last] = range.split(':').map((address) => {
    const [, letters = '', digits = ''] = /^([A-Z]+)(\d+)$/.exec(address) ?? [];
    return { row: Number(digits) - 1, column: letters.charCodeAt(0) - 65 };
  });
  return { top: first!.row, left: first!.column, bottom: last!.row, right: last!.column };
}

const cellsOf = (table: WrittenTable): Array<Array<string | number | null>> => [
  [table.title],
  ['说明'],
  [...table.headings],
  ...table.rows.map(({ cells }) => [...cells]),
];

function written(edition: Edition, change: (cells: Array<Array<string | number | null>>) => void = () => {}): Grid[] {
  const cells = cellsOf(writtenTable(edition));
  change(cells);
  const carrier = [carrierMark, ...carriedPieces(edition)].map((piece) => [piece]);
  return [gridOf(cells), gridOf(carrier, { name: '版本数据', hidden: true })];
}

const read = (grids: readonly Grid[]) => readCarried(grids, JSON.parse(carriedJson(grids)!) as Edition);

describe('the workbook of an edition', () => {
  it.each(shipped.map((edition) => [edition.key, edition] as const))(
    'of %s comes back as it was, to the last byte',
    (_, edition) => {
      const { edition: back, changes, faults, rows } = read(written(edition));
      expect(faults).toEqual([]);
      expect(changes).toEqual([]);
      expect(rows).toBe(edition.indicators.length);
      expect(canonicalJson(back)).toBe(canonicalJson(edition));
    },
  );

  it('carries blanks, line ends and signs beyond the basic plane through cells that lose blanks at their ends', () => {
    const text = `${'　 𠮷\n'.repeat(900)}。`;
    const edition = { ...shipped[0]!, note: text };
    const pieces = carriedPieces(edition);
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.every((piece) => piece === piece.trim() && piece.length <= 2000)).toBe(true);
    expect((JSON.parse(carriedJson(written(edition))!) as Edition).note).toBe(text);
  });

  it('lets a changed visible cell win, and names each', () => {
    const edition = shipped.find(({ key }) => key === 'county-inspection-sample')!;
    const leaf = edition.indicators.find(({ code }) => code === 'C16')!;
    const table = writtenTable(edition);
    const at = table.rows.findIndex(({ indicator }) => indicator.code === 'C16');
    const evidence = table.headings.indexOf('佐证材料');
    const grids = written(edition, (cells) => {
      cells[at + 3]![evidence] = '决算报表';
      cells[at + 3]![1 + table.rows[at]!.depth] = '另一名称';
    });
    const { edition: back, changes, faults } = read(grids);
    expect(faults).toEqual([]);
    const now = back.indicators.find(({ code }) => code === 'C16')!;
    expect(now).toEqual({ ...leaf, evidence: '决算报表', title: '另一名称' });
    expect(changes.map(({ code, column, to }) => [code, column, to])).toEqual([
      ['C16', '名称', '另一名称'],
      ['C16', '佐证材料', '决算报表'],
    ]);
    expect(back.conclusions).toEqual(edition.conclusions);
  });

  it('takes rows that were added, moved and taken out, and refuses what does not add up at its cell', () => {
    const edition = shipped.find(({ key }) => key === 'principal-sample')!;
    const table = writtenTable(edition);
    const leaf = table.rows.findLastIndex(({ depth }) => depth > 0);
    const { points, title } = table.rows[leaf]!.indicator;
    const put = (column: number, value: string) => (cells: Array<Array<string | number | null>>) => {
      cells[leaf + 3]![column] = value;
    };
    const points1 = table.headings.indexOf('分值');
    const grids = written(edition, (cells) => {
      const row = [...cells[leaf + 3]!];
      row[0] = 'Z9';
      row[points1] = points as number;
      cells.splice(leaf + 3, 1, row);
    });
    const replaced = read(grids);
    expect(replaced.faults).toEqual([]);
    expect(replaced.changes.map(({ code, to }) => [code, to])).toEqual([
      ['Z9', `增加：${title}`],
      [table.rows[leaf]!.indicator.code, '删去'],
    ]);
    const wrong = read(
      written(edition, (cells) => {
        cells[leaf + 3]![points1] = Number(points) + 1;
      }),
    );
    expect(wrong.faults).toMatchObject([{ cause: 'sum', rule: expect.stringContaining('下级分值之和') }]);
    expect(wrong.faults[0]!.place.column).toBe(points1);
    const word = read(written(edition, put(points1, '若干')));
    expect(word.faults.map(({ place, rule }) => [addressOf(place), rule])).toEqual([
      [addressOf({ row: leaf + 3, column: points1 }), '“若干”不是分值'],
    ]);
    const scoring = table.headings.indexOf('计分办法');
    const guessed = read(written(edition, put(scoring, '每发现一起扣 0.5 分，扣完为止')));
    expect([...guessed.guesses.keys()]).toEqual([table.rows[leaf]!.indicator.code]);
    const unclear = read(written(edition, put(scoring, '另行研究')));
    expect(unclear.faults).toMatchObject([{ cause: 'method', value: '另行研究' }]);
  });

  it('whose head was taken away is refused and never read as another', () => {
    const grids = written(shipped[0]!, (cells) => void cells.splice(2, 1));
    expect(read(grids).faults).toMatchObject([{ cause: 'head' }]);
  });
});

const head = { key: 'own', title: '名称', edition: '2026年', completedBy: '泉州市', subject: 'school' } as const;
const understood = (grids: readonly Grid[]) => editionOfOutline(readOutline(grids), head);
const faultsOf = (grids: readonly Grid[]) =>
  understood(grids).faults.map(({ cause, place, rule }) => [cause, placeText(place), rule] as const);

/** As offices have it: a title, merged first columns, points in the names of upper levels and in a column of leaves. */
const office: Cells = [
  ['附件1'],
  ['泉州市中小学校素质教育督导评估指标体系（试行）'],
  ['序号', '一级指标', '二级指标', '三级指标', '分值', '评分标准', '佐证材料', '自评得分'],
  [
    1,
    'A1 办学方向\n（10分）',
    '党建工作（6分）',
    '落实党组织领导的校长负责制',
    4,
    '制度健全、执行到位得4分，否则不得分。',
    '会议记录',
    null,
  ],
  [2, null, null, '思政课开设', '2分', '每缺一课时扣0.5分，扣完为止。', null, null],
  [3, null, '规划', '制定并落实发展规划', 4, '优秀4分，良好3分，合格2分，不合格0分', '规划文本', null],
  [
    4,
    'A2 办学条件（15分）',
    '师资',
    '专任教师学历达标率',
    5,
    '达到98%以上得5分，95%以上得3分，90%以上得1分。',
    null,
    null,
  ],
  [5, null, null, '图书、器材', 10, '按实际情况酌情打分', null, null],
  ['合计', null, null, null, 25, null, null, null],
  ['注：自评得分由学校填写。'],
];
const officeMerges = ['A2:H2', 'B4:B6', 'C4:C5', 'B7:B8', 'C7:C8', 'A9:D9', 'A10:H10'];

describe('a workbook as offices have it', () => {
  it('is understood with its merged columns, points in a column and in the text, title and sum', () => {
    const outline = readOutline([gridOf(office, { merges: officeMerges })]);
    expect(outline.title).toBe('泉州市中小学校素质教育督导评估指标体系（试行）');
    const { edition, faults, guesses, notes } = understood([gridOf(office, { merges: officeMerges })]);
    expect(faults).toEqual([]);
    expect(edition!.max).toBe(25);
    expect(edition!.indicators.map(({ code, parent, title, points }) => [code, parent, title, points])).toEqual([
      ['A1', null, '办学方向', 10],
      ['B1', 'A1', '党建工作', 6],
      ['C1', 'B1', '落实党组织领导的校长负责制', 4],
      ['C2', 'B1', '思政课开设', 2],
      ['B2', 'A1', '规划', 4],
      ['C3', 'B2', '制定并落实发展规划', 4],
      ['A2', null, '办学条件', 15],
      ['B3', 'A2', '师资', 15],
      ['C4', 'B3', '专任教师学历达标率', 5],
      ['C5', 'B3', '图书、器材', 10],
    ]);
    expect([...guesses].map(([code, { method }]) => [code, method.kind])).toEqual([
      ['C1', 'yesNo'],
      ['C2', 'deduction'],
      ['C3', 'ladder'],
      ['C4', 'bands'],
      ['C5', 'judgement'],
    ]);
    expect(notes.some((note) => note.includes('“自评得分”'))).toBe(true);
    expect(notes.some((note) => note.includes('2 项上级指标没有写分值'))).toBe(true);
  });

  it('reads the same where names are repeated in each row, where points have a column a level, and over several sheets', () => {
    const rows: Cells = [
      ['一级指标', '分值', '二级指标', '分值', '评估要点', '分值'],
      ['办学方向', 10, '党建工作', 6, '负责制', 4],
      ['办学方向', null, '党建工作', null, '思政课', 2],
      ['办学方向', null, '规划', 4, '发展规划', 4],
    ];
    const second: Cells = [
      ['一级指标', '分值', '二级指标', '分值', '评估要点', '分值'],
      ['办学条件', 5, '师资', 5, '学历', 5],
    ];
    const { edition, faults } = understood([
      gridOf(rows),
      gridOf(second, { name: '条件' }),
      gridOf([['填表说明']], { name: '说明' }),
    ]);
    expect(faults).toEqual([]);
    expect(edition!.indicators.map(({ code, points }) => `${code} ${points}`)).toEqual([
      ...['A1 10', 'B1 6', 'C1 4', 'C2 2', 'B2 4', 'C3 4', 'A2 5', 'B3 5', 'C4 5'],
    ]);
  });

  it('without any points is judged without, and a leaf without points among others is unknown and no zero', () => {
    const plain: Cells = [
      ['序号', '检查内容', '检查要求', '检查情况'],
      [1, '校门安全', '有防冲撞设施', null],
      [2, '食堂', '留样 48 小时', null],
    ];
    const { edition } = understood([gridOf(plain)]);
    expect(edition!.indicators.map(({ title, points, text }) => [title, points, text])).toEqual([
      ['校门安全', 'none', '有防冲撞设施'],
      ['食堂', 'none', '留样 48 小时'],
    ]);
    const some = understood([
      gridOf([
        ['一级指标', '二级指标', '分值'],
        ['办学', '甲', 3],
        [null, '乙', null],
      ]),
    ]);
    expect(some.edition!.indicators.map(({ points }) => points)).toEqual([null, 3, null]);
    expect(some.edition!.max).toBeNull();
  });
});

describe('a broken workbook is refused by its cell', () => {
  const changed = (row: number, column: number, value: string | number | null): Cells =>
    office.map((cells, at) => (at === row ? cells.map((cell, n) => (n === column ? value : cell)) : cells));
  const of = (rows: Cells, merges = officeMerges) => faultsOf([gridOf(rows, { merges })]);

  it('points do not add up: at the points of the upper indicator, and at the sum', () => {
    expect(of(changed(4, 4, 3))).toEqual([
      ['sum', '指标!C4', '下级分值之和为 7，与“B1”的 6 分不等，请改分值或补上缺项'],
    ]);
    expect(of(changed(8, 4, 30))).toEqual([['sum', '指标!E9', expect.stringContaining('合计为 30 分')]]);
  });

  it('a cell of points that is no number', () => {
    expect(of(changed(3, 4, '3-5'))).toContainEqual(['points', '指标!E4', '“3-5”不是分值']);
  });

  it('points of the column that differ from those in the name', () => {
    expect(of(changed(3, 3, '落实负责制（5分）'))).toContainEqual([
      ...['points', '指标!E4', '分值列为 4，指标名称中写的是 5 分，两者不同'],
    ]);
  });

  it('two heads on one sheet', () => {
    const rows = [...office.slice(0, 6), office[2]!, ...office.slice(6)];
    expect(of(rows, ['B4:B6', 'C4:C5'])).toContainEqual(['head', '指标!A7', expect.stringContaining('又是表头')]);
  });

  it('a leaf without a parent', () => {
    expect(
      of(
        changed(5, 2, null).map((row, at) => (at === 3 ? row.map((cell, n) => (n === 2 ? null : cell)) : row)),
        [],
      ),
    ).toContainEqual(['tree', '指标!D4', '这项指标没有上级：“二级指标”一列是空的']);
  });

  it('a code that comes twice', () => {
    expect(of(changed(6, 1, 'A1 办学条件（15分）'))).toContainEqual([
      ...['code', '指标!B7', '编号“A1”在 B4 已经用过，每项指标的编号只能用一次'],
    ]);
  });

  it('a merged cell across levels, and one cell of points for several leaves', () => {
    expect(of(office, [...officeMerges.slice(0, 1), 'B4:C5'])).toContainEqual([
      ...['merged', '指标!B4', '合并单元格跨了“一级指标”和“二级指标”，看不出是哪一级的指标'],
    ]);
    const rows = changed(4, 4, null);
    expect(of(rows, ['B4:B6', 'B7:B8', 'C7:C8', 'A9:D9', 'E4:E6', 'C4:C5'])).toEqual(expect.arrayContaining([]));
    expect(of(rows, ['C4:C5', 'B7:B8', 'C7:C8', 'A9:D9', 'E4:E6'])).toContainEqual([
      ...['merged', '指标!E4', '几行合并成一个分值，看不出是哪一项指标的'],
    ]);
  });

  it('a cell with an error of Excel', () => {
    const grid = gridOf(office, { merges: officeMerges });
    const rows = grid.rows.map((cells, row) =>
      cells!.map((cell, column) => (row === 3 && column === 4 ? { ...cell!, fault: '单元格是错误值 #REF!' } : cell)),
    );
    expect(faultsOf([{ ...grid, rows }])).toContainEqual(['cell', '指标!E4', '单元格是错误值 #REF!']);
  });
});

describe('a guessed method', () => {
  const leaf = (points: number | 'none') => ({ code: 'C1', parent: null, title: '名称', points });
  const kindOf = (words: string, points: number | 'none' = 5) => guessMethod(words, leaf(points), {})?.method.kind;
  it('is taken from the words of the scoring, and from nothing else', () => {
    expect(kindOf('缺少一项扣1分：①有方案②有总结③有档案')).toBe('elements');
    expect(kindOf('获得国家级表彰的加2分')).toBe('bonus');
    expect(kindOf('达到90%得满分')).toBe('threshold');
    expect(kindOf('A级5分，B级4分，C级3分')).toBe('ladder');
    expect(kindOf('查看资料和现场')).toBeUndefined();
    expect(kindOf('每缺一项扣0.5分', 'none')).toBeUndefined();
  });
  it('that the points do not allow is none', () => {
    expect(kindOf('优秀10分，良好8分', 5)).toBeUndefined();
  });
});
