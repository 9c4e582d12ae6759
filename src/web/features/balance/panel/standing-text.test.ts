import { expect, it } from 'vitest';
import { standingText } from './standing-text.ts';

it('counts the units for which a verdict can be given, and does not count where there is only one', () => {
  expect(standingText(11, 2)).toBe('11 个单位可出，2 个单位数据不全');
  expect(standingText(2, 0)).toBe('2 个单位可出');
  expect(standingText(0, 2)).toBe('2 个单位数据不全');
  expect(standingText(1, 0)).toBe('可出');
  expect(standingText(0, 1)).toBe('数据不全，暂不能出');
});
