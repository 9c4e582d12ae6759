import { expect, it } from 'vitest';
import { plainStep, traceLines } from './trace-lines.ts';

it('a rule that stands in words behind its formula is said once', () => {
  const words = '事实:党委会次数 = 0 或 事实:常务会次数 = 0：最高得 1 分（两类会议中有一类为零的，最高得 1 分）';
  expect(plainStep({ words, value: null })).toBe('两类会议中有一类为零的，最高得 1 分');
  expect(plainStep({ words: '事实:在园幼儿数 ÷ 适龄儿童数', value: '2/3' })).toBe('在园幼儿数 ÷ 适龄儿童数：≈0.67');
  expect(plainStep({ words: '达到 90 以上（含）', value: '4' })).toBe('达到 90 以上（含）：4');
});

it('that a figure is missing is not said again below the table that says it', () => {
  const open = [{ words: '未定：缺 事实:甲', value: null }];
  expect(traceLines(open, true)).toEqual([]);
  expect(traceLines(open, false)).toEqual(['未定：缺 甲']);
});
