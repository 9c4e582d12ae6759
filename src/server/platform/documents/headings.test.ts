import { describe, expect, it } from 'vitest';
import { atOnce } from '#test/support/workbook/at-once.ts';
import { columns, csv, read, refused, schools, sheet } from '#test/support/workbook/headed.ts';
import type { GivenCell } from '#test/support/workbook/read-sheet.ts';
import { headedTable } from './headed-table.ts';
import type { Column } from './heading-search.ts';
import { sheetOfCsv } from './sheet.ts';

describe('headings', () => {
  it('are found below titles, on the sheet that has them; cover sheets are skipped', () => {
    const table = read([
      sheet('封面', [['某县教育局'], ['2025 学年在校生数']]),
      sheet('数据', [['某县图书情况'], [], ['学校名称', '在校 生数', '图书\n册数（册）'], ['东城小学', 420, 6300]]),
    ]);
    expect(table.sheet).toBe('数据');
    expect(table.headings).toEqual([
      { name: '学校名称', address: 'A3' },
      { name: '在校生数', address: 'B3' },
      { name: '图书册数', address: 'C3' },
    ]);
    expect(table.rows[0]!.cells.get('图书册数')).toMatchObject({ address: 'C4', number: 6300 });
  });

  it.each([
    ['invisible signs', '在\u200b校生数'],
    ['compatibility forms', '在校⽣数'],
    ['other brackets', '在校生数【人】'],
  ])('are found through %s', async (_, heading) => {
    const { rows } = await csv(`学校名称,${heading},图书册数`, ...schools);
    expect(rows.map((row) => row.cells.get('在校生数')?.text)).toEqual(['420', '186', '655']);
  });

  it('that are missing are listed with the sheets, and with the place of one that stands in another row', async () => {
    const cover = sheet('封面', [['说明']]);
    const names = await refused(async () => read([cover, sheet('数据', [['学校', '人数']])]));
    expect(names.message).toBe('“表.xlsx”的工作表“封面”、“数据”缺少列标题 “在校生数”、“图书册数”');
    const apart = sheet('数据', [['图书册数'], ['学校名称', '在校生数'], ['东城小学', 420]]);
    const three = [{ name: '学校名称' }, ...columns];
    expect((await refused(async () => read([cover, apart], three))).message).toBe(
      '“表.xlsx”的工作表“数据”缺少列标题 “图书册数”；其中“图书册数”在 A1，请把列标题写在同一行',
    );
    expect((await refused(() => csv('学校名称,在校生数', '东城小学,420'))).message).toBe(
      '“表.csv”缺少列标题 “图书册数”',
    );
  });

  it('are refused when doubled; another name beside a column’s own name is another column', async () => {
    const twice = await refused(() => csv('在校生数,图书册数,图书册数(册)', '1,2,3'));
    expect(twice.message).toContain('B1、C1');
    const people: readonly Column[] = [{ name: '姓名' }, { name: '电话', aliases: ['手机'], optional: true }];
    const table = read(
      [
        sheet('名单', [
          ['姓名', '手机', '电话'],
          ['林一', '138', '0595'],
        ]),
      ],
      people,
    );
    expect(table.rows[0]!.cells.get('电话')?.text).toBe('0595');
  });
});

describe('headings in two rows', () => {
  const wanted: readonly Column[] = ['小学在校生数', '初中在校生数', '图书册数'].map((name) => ({
    name,
    quantity: true,
  }));
  const merges = [
    { top: 0, left: 1, bottom: 0, right: 2 },
    { top: 0, left: 0, bottom: 1, right: 0 },
    { top: 0, left: 3, bottom: 1, right: 3 },
  ];
  const below: GivenCell[][] = [
    ['东城小学', 420, null, 6300],
    ['西岭学校', 186, 90, 3906],
  ];

  it.each<[string, GivenCell[][]]>([
    [
      'the lower one names',
      [
        ['学校', '在校生数', null, '图书册数'],
        [null, '小学在校生数', '初中在校生数', null],
      ],
    ],
    [
      'both together name',
      [
        ['学校', '在校生数', null, '图书册数'],
        [null, '小学', '初中', null],
      ],
    ],
    [
      'the lower one names what the upper one gathers',
      [
        ['学校', '小学', '初中', '图书册数'],
        [null, '在校生数', '在校生数', null],
      ],
    ],
  ])('%s', (_, rows) => {
    const table = read([sheet('表', [...rows, ...below], { merges })], wanted);
    expect(table.rows.map(({ number, cells }) => [number, cells.get('小学在校生数')?.number])).toEqual([
      [3, 420],
      [4, 186],
    ]);
    expect(table.headings.find(({ name }) => name === '图书册数')?.address).toBe('D1');
    expect(table.notes).toEqual(['列标题分写在第 1、2 两行，已合并读取。']);
  });

  it('are read in CSV too, and the sum of a group stands for the group', async () => {
    const table = atOnce(
      headedTable(
        [
          sheetOfCsv([
            ['学校', '在校生数', '', '', '图书册数'],
            ['', '计', '男', '女', '册'],
            ['东城小学', '420', '220', '200', '6300'],
          ]),
        ],
        [...columns, { name: '男在校生数', quantity: true }],
        { fileName: '表.csv' },
      ),
    );
    expect(table.rows[0]!.cells.get('在校生数')?.text).toBe('420');
    expect(table.rows[0]!.cells.get('男在校生数')?.text).toBe('220');
  });

  it('a row with a figure names no column', async () => {
    const rows: GivenCell[][] = [
      ['序号', '在校生数', null],
      [1, null, '图书册数'],
    ];
    expect((await refused(async () => read([sheet('表', rows)]))).code).toBe('table.headingsMissing');
  });

  it('a row with a figure is not part of the headings, nor is a row that adds no heading', () => {
    const table = read([
      sheet('表', [
        ['学校', '在校生数', '图书册数'],
        ['东城小学', '约四百', null],
        ['西岭小学', 1, 2],
      ]),
    ]);
    expect(table.rows.map(({ number }) => number)).toEqual([2, 3]);
  });
});
