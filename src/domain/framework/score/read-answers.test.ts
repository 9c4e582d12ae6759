import { describe, expect, it } from 'vitest';
import { indicatorOf, score, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import { isProblem } from '../../kit/problem.ts';
import type { Answer } from '../answer.ts';
import { readAnswers } from './read-answers.ts';

describe('answers are refused by name', () => {
  const edition = smallEdition([
    indicatorOf('A1', null, 30),
    indicatorOf('C1', 'A1', 10, { method: { kind: 'bands', better: 'high', bands: [{ at: 1, points: 10 }], rest: 0 } }),
    indicatorOf('C2', 'A1', 10, {
      method: {
        kind: 'ladder',
        levels: [
          { level: 'A', share: 1 },
          { level: 'D', range: { from: 0, to: 0.5, of: 'share' } },
        ],
      },
    }),
    indicatorOf('C3', 'A1', 10, {
      method: { kind: 'elements', elements: [{ text: '一' }, { text: '二' }], cost: 1, floor: 0 },
    }),
    indicatorOf('C4', null, 10, {
      method: {
        kind: 'deduction',
        start: 'full',
        floor: 0,
        items: [
          { text: '一', cost: 1 },
          { text: '二', cost: 2 },
        ],
      },
    }),
    indicatorOf('C5', null, 10, { method: { kind: 'judgement', step: 0.5 } }),
    indicatorOf('C7', null, 10, {
      method: {
        ...{ kind: 'linear', floor: 0, target: 100, below: 0 },
        byYear: { years: ['2024'], targets: { 2024: 90 }, weights: { 2024: 1 }, measure: 'actual/target' },
      },
    }),
    indicatorOf('C6', null, 'none', { method: { kind: 'threshold', compare: '>=', value: 1, unmet: 0 } }),
  ]);
  it.each<[string, unknown, string]>([
    ['C7', { value: 99 }, '指标 C7：这项指标不能用数值 value作答'],
    ['C9', { points: 1 }, '答案有误：answers.C9：“示例”没有编号为“C9”的末级指标'],
    ['A1', { points: 1 }, '答案有误：answers.A1：“A1”不是末级指标，它的分由下级合计，请按末级指标作答'],
    ['C1', { points: 10.5 }, '指标 C1：10.5 分超过满分 10 分'],
    ['C1', { points: -1 }, '指标 C1：-1 分低于最低分 0 分'],
    ['C1', { point: 1 }, '指标 C1：没有名为“point”的键'],
    ['C1', { level: 'A' }, '指标 C1：这项指标不能用等级 level作答，请用 分数 points、数值 value、不适用 notApplicable'],
    ['C1', { value: 'viel' }, '指标 C1：数值要写数字'],
    ['C1', { value: 1, points: 2 }, '指标 C1：数值 value 与 分数 points 不能同时写'],
    ['C1', {}, '指标 C1：答案是空的'],
    ['C1', 3, '指标 C1：答案要写成对象'],
    ['C2', { level: 'E' }, '指标 C2：没有等级“E”，可用的有 A、D'],
    ['C2', { level: 'D', points: 6 }, '指标 C2：等级“D”的分数在 0 与 5 之间，不能是 6'],
    ['C2', { level: 'A', points: 10 }, '指标 C2：等级“A”的分数由指标体系规定'],
    ['C3', { missing: [3] }, '指标 C3：没有第 3 项，共 2 项'],
    ['C3', { missing: 3 }, '指标 C3：缺项数要在 0 与 2 之间'],
    ['C4', { occurrences: 2 }, '指标 C4：有 2 项，次数要按项写'],
    ['C4', { occurrences: { '3': 1 } }, '指标 C4：没有第 3 项，共 2 项'],
    ['C5', { points: 1.2 }, '指标 C5：1.2 分不是 0.5 分的整数倍'],
    ['C6', { points: 1 }, '指标 C6：这项指标不能用分数 points作答'],
  ])('%s %j', (code, answer, words) => {
    expect(() => readAnswers(edition, { [code]: answer })).toThrow(words);
    expect(() => score(edition, { [code]: answer as Answer })).toThrow(words);
  });
  it('all at once, each with its place', () => {
    try {
      readAnswers(edition, { C1: { points: 11 }, C2: { level: 'E' } });
      expect.unreachable();
    } catch (error) {
      expect(isProblem(error) && error.code).toBe('framework.answersInvalid');
      expect((error as { details: { issues: unknown[] } }).details.issues).toHaveLength(2);
    }
  });
});
