import { expect, it } from 'vitest';
import type { SourcedName } from '../edition/words.ts';
import { factFault, isAnswerOf, saidOf } from './fact-answer.ts';

const word = (name: string, unit?: string): SourcedName => ({
  ...{ name: `事实:${name}`, type: 'number' },
  ...(unit === undefined ? {} : { unit }),
});

it('counts are whole numbers that are not below zero', () => {
  const meetings = word('党委常委会专题研究教育次数', '次');
  expect([0, 5].map((value) => factFault(meetings, value))).toEqual([null, null]);
  expect(factFault(meetings, -1)).toBe('不能小于 0');
  expect(factFault(meetings, 5e-3)).toBe('请填写整数（次）');
  expect(factFault(meetings, -1e308)).toBe('不能小于 0');
});

it('means, shares, money and hours have decimals; growth alone may be negative', () => {
  expect(factFault(word('本校领导班子人均听课节数', '节'), 12.5)).toBeNull();
  expect(factFault(word('一般公共预算教育支出', '万元'), 1200.35)).toBeNull();
  expect(factFault(word('一般公共预算教育支出', '万元'), -1)).toBe('不能小于 0');
  expect(factFault(word('一般公共预算教育支出增长率', '%'), -2.4)).toBeNull();
  expect(factFault(undefined, -1)).toBeNull();
  expect(factFault({ name: '事实:有食堂', type: 'truth' }, true)).toBeNull();
});

it('an answer is of the type that is asked; taking down and what does not apply fit every question', () => {
  const truth = { name: '事实:有食堂', type: 'truth' } as const;
  expect(isAnswerOf(truth, 1)).toBe('请选择是或否');
  expect(isAnswerOf({ name: '事实:等级', type: 'choice' }, '')).toBe('请填写文字');
  expect(isAnswerOf(word('在园幼儿数', '人'), '很多')).toBe('请填写数字（人）');
  for (const value of [null, { notApplicable: true } as const]) expect(isAnswerOf(truth, value)).toBeNull();
  expect([null, { notApplicable: true }, true, 0].map(saidOf)).toEqual(['撤下', '不适用', '是', '0']);
});
