import { describe, expect, it } from 'vitest';
import { figureChange, figureFaults, figuresOf, rowsOf, withFigures } from './figure.ts';
import { lackingOf } from './lacking.ts';
import { layOutLetter } from './laid-letter.ts';
import { type Letter, letterShape } from './letter.shape.ts';

const rows = [
  ['1', '督导人员不足'],
  ['2', '督导经费没有单列'],
];
const source = { asked: { query: 'rectifications.count' }, title: '', label: '', readAt: '2025-10-15T02:00:00Z' };
const figures = [
  { key: 1, ...source, value: '12', certificate: [] },
  { key: 2, ...source, value: rows, certificate: [] },
];
const columns = ['序号', '问题'].map((heading) => ({ heading, align: 'center' as const }));
const table = { kind: 'table' as const, caption: null, columns, rows: [], from: 2 };
const paragraph = (text: string) => ({ kind: 'paragraph' as const, text });
const letter = (body: Letter['body'], more: object = {}): Letter =>
  letterShape.parse({
    ...{
      head: '某某文件',
      number: { code: '示', year: 2025 },
      title: '关于某事的通知',
      addressees: ['各县'],
      body,
      figures,
    },
    ...{ signer: '某某', printedBy: '某某', ...more },
  });

describe('a figure of a letter', () => {
  it('stands in texts and tables of both writers by its value', () => {
    const laid = layOutLetter(letter([paragraph('共【数据1】个，另有【数据9】。'), table]));
    expect(laid.body).toMatchObject([{ text: '共12个，另有【数据9】。' }, { rows }]);
    expect(withFigures('【数据1】、【数据1】', figures)).toBe('12、12');
    expect(rowsOf({ ...table, rows: [['【数据1】', '甲']], from: undefined }, figures)).toEqual([['12', '甲']]);
    expect(figuresOf(table)).toEqual([2]);
  });

  it('has a key of its own', () => {
    const twice = [figures[0], { ...figures[0], value: '13' }];
    expect(() => letter([paragraph('【数据1】')], { figures: twice })).toThrow('编号 1 已有一项数据，编号不能重复');
  });

  it('is refused where it is not there or does not fit, with the place', () => {
    expect(figureFaults([paragraph('【数据1】'), table], figures)).toEqual([]);
    const faults = figureFaults(
      [paragraph('【数据3】、【数据2】'), { ...table, columns: columns.slice(1) }, { ...table, from: 1 }],
      figures,
    );
    expect(faults.map(({ path, message }) => [path[1], message.replace(/.*】/, '').slice(0, 7)])).toEqual([
      [0, '没有对应的数据'],
      [0, '是一张表，只能'],
      [1, '第 2 部分的'],
      [2, '第 3 部分的'],
    ]);
  });

  it('says what changed: of tables the rows that differ', () => {
    expect(figureChange('12', '12')).toBeNull();
    expect(figureChange('12', '13')).toEqual({ was: '12', now: '13' });
    expect(figureChange('12', null)).toEqual({ was: '12', now: null });
    expect(figureChange(rows, [rows[0]!, ['2', '经费已单列']])).toEqual({
      was: '2 督导经费没有单列',
      now: '2 经费已单列',
    });
  });
});

describe('a letter that is sent on', () => {
  it('names each place that its template left blank, and a missing addressee', () => {
    const cells = { ...table, from: undefined, rows: [['1', '××']] };
    const written = letter([paragraph('各单位：××。'), cells], { copyTo: ['××局'], addressees: [] });
    expect(lackingOf('notice', written)).toEqual(['没有主送机关', '第 1 部分、第 2 部分、抄送机关还有“×”没有填写']);
    const dated = [paragraph('定于×月×日开展。'), paragraph('面积 3 × 4 米，生均按人数×（1＋10%）计。')];
    expect(lackingOf('notice', letter(dated))).toEqual(['第 1 部分还有“×”没有填写']);
    expect(lackingOf('other', letter([paragraph('会议纪要。')], { addressees: [] }))).toEqual([]);
  });
});
