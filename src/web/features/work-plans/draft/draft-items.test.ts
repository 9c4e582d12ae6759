import { expect, it } from 'vitest';
import { emptyItem, unitsFromLine, withText } from '../item-fields.ts';
import { joinedWith, splitAt } from './draft-items.ts';
import type { DraftItem } from './useDraftSaving.ts';

const known = [{ id: 3, kind: 'county' as const, name: '鲤城', names: ['鲤城区', '鲤城'] }];
const read = (item: DraftItem, text: string): DraftItem => ({ ...item, ...withText(item, text, 2025, known) });
const item = (key: string, text: string, more: Partial<DraftItem> = {}): DraftItem => ({
  ...{ ...emptyItem, number: '1', key, id: `id-${key}`, text },
  ...more,
});
const tie = { kind: 'balance.run', year: 2025 };

it('a split item keeps its id in the first part, and both are read again', () => {
  const [first, second, ...rest] = splitAt(
    [item('a', '督促鲤城自评；6月底前总结。', { ties: [tie] })],
    0,
    7,
    'new',
    read,
  );
  expect(first).toMatchObject({ id: 'id-a', text: '督促鲤城自评；', countyReach: 'named', toDay: null, ties: [tie] });
  expect(second).toMatchObject({
    id: null,
    key: 'new',
    number: '1',
    text: '6月底前总结。',
    toDay: '2025-06-30',
    ties: [],
  });
  expect(rest).toEqual([]);
  expect(splitAt([item('a', '一项')], 0, 0, 'new', read)).toHaveLength(1);
});

it('joined items are one under the id of the first, with what both are counted by', () => {
  const both = [
    item('a', '督促自评；', { ties: [tie] }),
    item('b', '年底前总结。', { ties: [tie, { ...tie, year: 2024 }] }),
  ];
  expect(joinedWith(both, 1, read)).toMatchObject([
    { id: 'id-a', text: '督促自评；年底前总结。', toDay: '2025-12-31', ties: [tie, { ...tie, year: 2024 }] },
  ]);
  expect(joinedWith(both, 0, read)).toBe(both);
});

it('a typed line of units names those of the register, and keeps the others as they are written', () => {
  expect(unitsFromLine('鲤城区、人事科', 'partner', known)).toEqual([
    { part: 'partner', written: '鲤城区', unitId: 3 },
    { part: 'partner', written: '人事科', unitId: null },
  ]);
});
