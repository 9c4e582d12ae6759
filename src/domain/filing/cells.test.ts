import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import type { CatalogueField } from './catalogue.shape.ts';
import { applyChanges, differences, keptCells } from './cells.ts';
import { signedContent } from './content.ts';
import { fieldFault } from './field-fault.ts';
import { allowedValues, formatValue, mustFill, readCell } from './values.ts';

const area: CatalogueField = {
  ...{ key: '运动场地面积', label: '运动场地面积', section: 'school', group: '校舍', type: 'decimal', unit: 'm²' },
  ...{ precision: 2, minimum: 0, maximum: 500000, required: true, help: '', source: null },
};

describe('two people at one cell', () => {
  const current = { 图书册数: { v: 100, n: 3 }, 计算机台数: { v: 8, n: 1, e: '换代' } };

  it('lets the first through and gives the later both values', () => {
    const first = applyChanges(current, [{ field: '图书册数', value: 120, version: 3 }]);
    expect(first.cells.图书册数).toEqual({ v: 120, n: 4 });
    const second = applyChanges(first.cells, [{ field: '图书册数', value: 130, version: 3 }]);
    expect(second.conflicts).toEqual([{ field: '图书册数', yours: 130, theirs: 120, version: 4 }]);
    expect(second.cells.图书册数).toEqual({ v: 120, n: 4 });
    expect(second.changed).toEqual([]);
  });

  it('saves the rest of the batch beside a conflict', () => {
    const { cells, changed, conflicts } = applyChanges(current, [
      { field: '图书册数', value: 1, version: 0 },
      { field: '网络多媒体教室数', value: 5, version: 0 },
    ]);
    expect(conflicts).toHaveLength(1);
    expect(changed).toEqual(['网络多媒体教室数']);
    expect(cells.网络多媒体教室数).toEqual({ v: 5, n: 1 });
  });

  it('takes the same batch twice without harm', () => {
    const changes = [{ field: '图书册数', value: 120, version: 3 }];
    const once = applyChanges(current, changes);
    const twice = applyChanges(once.cells, changes);
    expect(twice).toEqual({ cells: once.cells, changed: [], conflicts: [] });
  });

  it('changes an explanation without the value, and takes it away', () => {
    expect(applyChanges(current, [{ field: '图书册数', explanation: '新购', version: 3 }]).cells.图书册数).toEqual({
      v: 100,
      n: 4,
      e: '新购',
    });
    expect(applyChanges(current, [{ field: '计算机台数', explanation: null, version: 1 }]).cells.计算机台数).toEqual({
      v: 8,
      n: 2,
    });
  });

  it('drops the explanation of a replaced value, and keeps one that comes with the new value', () => {
    const change = { field: '计算机台数', value: 9, version: 1 };
    expect(applyChanges(current, [change]).cells.计算机台数).toEqual({ v: 9, n: 2 });
    expect(applyChanges(current, [{ ...change, explanation: '又换代' }]).cells.计算机台数).toEqual({
      ...{ v: 9, n: 2, e: '又换代' },
    });
  });

  it('keeps with a fresh explanation which doubts it answers', () => {
    const { cells, changed } = applyChanges(current, [{ field: '图书册数', explanation: '新购', version: 3 }]);
    const doubt = { code: 'change', weight: 'soft' as const, fields: ['图书册数'] };
    const elsewhere = { ...doubt, code: 'books-per-pupil', fields: ['计算机台数', '图书册数'] };
    expect(keptCells(cells, changed, [doubt, elsewhere, { ...doubt, code: 'sum', weight: 'hard' }])).toEqual({
      图书册数: { v: 100, n: 4, e: '新购', d: ['change'] },
    });
  });

  it('takes the same explanation again for a doubt that it did not answer yet', () => {
    const stored = { 图书册数: { v: 100, n: 4, e: '新购', d: ['change'] } };
    const again = { field: '图书册数', explanation: '新购', version: 4 };
    const asking = (...codes: string[]) => applyChanges(stored, [again], () => codes);
    expect(asking('change', 'books-per-pupil')).toMatchObject({
      cells: { 图书册数: { v: 100, n: 5, e: '新购' } },
      changed: ['图书册数'],
    });
    expect(asking('change').changed).toEqual([]);
    expect(applyChanges(stored, [{ field: '图书册数', value: 100, version: 4 }], () => ['other']).changed).toEqual([]);
  });

  it('applies a field that comes twice in its order', () => {
    const twice = applyChanges(current, [
      { field: '图书册数', value: 110, version: 3 },
      { field: '图书册数', value: 112, version: 3 },
    ]);
    expect(twice.cells.图书册数).toEqual({ v: 112, n: 5 });
    expect(twice.changed).toEqual(['图书册数']);
  });
});

const contentText = (content: Parameters<typeof signedContent>[0]) => canonicalJson(signedContent(content));

describe('the content of which the printed hash is taken', () => {
  const content = {
    code: '2135999001' as string | null,
    schoolId: 7,
    schoolYear: 2025,
    edition: '甲',
    values: { 图书册数: 1 },
    cells: {},
  };

  it('depends on school, year, edition, values and explanations, and on nothing else', () => {
    const others = [
      { code: '2135999002' },
      { code: null },
      { code: null, schoolId: 8 },
      { schoolYear: 2024 },
      { edition: '乙' },
      { values: { 图书册数: 2 } },
      { cells: { 图书册数: { v: 1, n: 2, e: '属实' } } },
    ];
    const texts = [content, ...others.map((other) => ({ ...content, ...other }))].map(contentText);
    expect(new Set(texts).size).toBe(texts.length);
    expect(contentText({ ...content, cells: { 图书册数: { v: 1, n: 7 } } })).toBe(contentText(content));
  });
});

describe('reading and showing a cell', () => {
  it.each([
    ['１２３４．５', 1234.5, 'full-width'],
    [' 1,234.50 ', 1234.5, 'number-as-text'],
    ['', null, undefined],
    ['约三千', '约三千', undefined],
    [0, 0, undefined],
  ] as const)('reads %j as %j', (raw, value, note) => {
    const read = readCell(area, raw);
    expect(read.value).toBe(value);
    expect(read.note).toBe(note);
  });

  it('leaves a free text as it was written and makes a choice comparable', () => {
    const written = ' 改建（一期），已竣工 ';
    expect(readCell({ ...area, type: 'text' }, written).value).toBe('改建（一期），已竣工');
    expect(readCell({ ...area, type: 'choice' }, '　Ａ类').value).toBe('A类');
    expect(readCell({ ...area, type: 'text' }, '改建\u202e一期\u0007').value).toBe('改建一期');
  });

  it('shows missing as a dash and never as zero', () => {
    expect(formatValue(area, null)).toBe('—');
    expect(formatValue(area, 1234567.5)).toBe('1,234,567.50');
    expect(formatValue({ ...area, precision: 0 }, 999)).toBe('999');
    expect(allowedValues(area)).toBe('0 至 500,000 的数（最多 2 位小数）');
  });

  it('asks for its values with one space between Chinese words and numbers, and none between Chinese words', () => {
    expect(mustFill(area)).toBe('应填 0 至 500,000 的数（最多 2 位小数）');
    const choice = { ...area, type: 'choice' as const };
    expect(mustFill({ ...choice, choices: ['无', '附设特教班'] })).toBe('应填无、附设特教班之一');
    expect(mustFill({ ...choice, choices: ['A 级', 'B'] })).toBe('应填 A 级、B 之一');
  });

  it('writes all numbers of a sentence alike, with their thousands set apart', () => {
    const count = { ...area, type: 'integer' as const, precision: 0, minimum: 1200, maximum: 9000 };
    expect(fieldFault(count, 1100)?.sentence).toBe(`${area.key} 1,100 过小，应填 1,200 至 9,000 的整数。`);
    expect(fieldFault(count, 4000.5)?.sentence).toBe(`${area.key} 4,000.5 应为整数，请改正。`);
    expect(fieldFault(area, 4000.125)?.sentence).toContain(`${area.key} 4,000.125 最多保留 2 位小数`);
  });

  it('finds what changed since an approval', () => {
    expect(differences(['甲', '乙', '丙'], { 甲: 1, 乙: 2 }, { 甲: 1, 乙: 3, 丙: null })).toEqual([
      { field: '乙', before: 2, after: 3 },
    ]);
  });
});
