import { expect, it } from 'vitest';
import { standingText } from './standing-text.ts';

it('counts the units by the words of the balance page, and does not count where there is only one', () => {
  expect(standingText(11, 1, 2)).toBe('11 个单位可出，1 个单位暂定，2 个单位无法计算');
  expect(standingText(2, 0, 0)).toBe('2 个单位可出');
  expect(standingText(0, 0, 17)).toBe('17 个单位无法计算');
  expect(standingText(1, 0, 0)).toBe('可出');
  expect(standingText(0, 1, 0)).toBe('暂定');
  expect(standingText(0, 0, 1)).toBe('无法计算');
});
