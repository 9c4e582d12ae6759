import { describe, expect, it } from 'vitest';
import { factsOf, figure, indicatorOf, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import type { Answer, Answers } from '../answer.ts';
import type { Prepared } from '../result.ts';
import { scoreRound } from './score-round.ts';

describe('a round with relative leaves', () => {
  const relative = (change: object): Prepared =>
    smallEdition([
      indicatorOf('C1', null, 10, {
        method: {
          kind: 'relative',
          better: 'high',
          rule: 'rank',
          points: [10, 8, 6, 4],
          beyond: 'last',
          ties: 'best',
          ...change,
        },
      }),
    ]);
  const round = (prepared: Prepared, values: readonly (number | Answer | null)[]) => {
    const subjects = values.map((value, at) => {
      const answers: Answers = new Map(value === null ? [] : [['C1', typeof value === 'number' ? { value } : value]]);
      return { subject: String(at), answers, facts: factsOf({ '事实:甲': 50 }), context: {} };
    });
    return [...scoreRound(prepared, subjects, { trace: true, relaxed: false }).values()];
  };
  const totals = (prepared: Prepared, values: readonly (number | Answer | null)[]) =>
    round(prepared, values).map(({ total }) => figure(total));

  it('ranks give 10, 8, 6, 4 (舟山)', () => {
    expect(totals(relative({}), [70, 90, 80, 60, 50])).toEqual(['6', '10', '8', '4', '4']);
    expect(totals(relative({ better: 'low', beyond: 'zero' }), [70, 90, 80, 60, 50])).toEqual([
      '6',
      '0',
      '4',
      '8',
      '10',
    ]);
  });
  it('ties share the best, the mean or the worst place', () => {
    const values = [90, 90, 80];
    expect(totals(relative({ ties: 'best' }), values)).toEqual(['10', '10', '6']);
    expect(totals(relative({ ties: 'mean' }), values)).toEqual(['9', '9', '6']);
    expect(totals(relative({ ties: 'worst' }), values)).toEqual(['8', '8', '6']);
  });
  it('at or above the mean of the subjects full, the others by rank', () =>
    expect(totals(relative({ points: [8, 6, 4], full: { compare: '>=', against: 'mean' } }), [90, 75, 75, 60])).toEqual(
      ['10', '10', '10', '8'],
    ));
  it('nobody takes part: there is no mean, and nobody has a place', () =>
    expect(totals(relative({ full: { compare: '>=', against: 'mean' } }), [{ points: 3 }, { points: 2 }])).toEqual([
      ...['3', '2'],
    ]));
  it('against the city’s own figure', () =>
    expect(
      totals(relative({ points: [8, 6], full: { compare: '>=', against: { fact: '事实:甲' } } }), [50, 49, 48]),
    ).toEqual(['10', '8', '6']));
  it('in proportion to the best', () =>
    expect(totals(relative({ rule: 'proportion', points: [10] }), [30, 20, 0])).toEqual(['10', '6.666667', '0']));
  it('stays provisional for all while one value is missing', () => {
    const results = round(relative({}), [90, null]);
    expect(
      results.map(({ provisional }) => [
        figure(provisional?.from),
        figure(provisional?.to),
        provisional?.unanswered.join(' '),
      ]),
    ).toEqual([
      ['4', '10', 'C1'],
      ['4', '10', 'C1'],
    ]);
  });
  it('what is said of other evaluations beside the facts is compared', () => {
    const prepared = smallEdition([
      indicatorOf('C1', null, 10, {
        method: { kind: 'relative', better: 'high', rule: 'rank', points: [10, 8], beyond: 'last', ties: 'best' },
        formula: '评估:last-round.得分率',
      }),
    ]);
    const subjects = [0.7, 0.9].map((rate, at) => ({
      ...{ subject: String(at), answers: new Map(), facts: factsOf() },
      context: { evaluations: { 'last-round': [{ rate }] } },
    }));
    const results = [...scoreRound(prepared, subjects, { trace: true, relaxed: false }).values()];
    expect(results.map(({ total }) => figure(total))).toEqual(['8', '10']);
  });
  it('who does not take part has no place', () =>
    expect(totals(relative({}), [90, { notApplicable: true }, 80, { points: 3 }])).toEqual(['10', '…', '8', '3']));
});
