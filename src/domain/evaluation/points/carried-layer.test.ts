import { describe, expect, it } from 'vitest';
import { factsOf, figure, indicatorOf, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import type { Edition } from '../../framework/edition.ts';
import type { KeptLeaf } from '../../framework/mapping/carried-answer.ts';
import { exact } from '../../kit/decimal.ts';
import { carriedLayer } from './carried-layer.ts';
import { exactPointsText, type LayerPoint, readExactPoints, scoreLayer } from './score.ts';

const bands = (points: number) => ({ kind: 'bands', better: 'high', bands: [{ at: 90, points }], rest: 0 }) as const;
const edition = (a: number, b: number, more: Partial<Edition> = {}) =>
  smallEdition(
    [
      indicatorOf('A', null, a),
      indicatorOf('B', null, b, { method: bands(b) }),
      indicatorOf('C', null, 4, { method: bands(4), formula: '事实:甲' }),
    ],
    more,
  );
const kept = new Map<string, KeptLeaf>([
  ['A', { points: '10/3', answer: null }],
  ['B', { points: '6', answer: { value: 95 } }],
]);
const before = edition(5, 6);
const from = new Map(before.order.map((one) => [one.code, one]));
const trial = (prepared: typeof before, typed = new Map()) =>
  carriedLayer({ prepared, facts: factsOf({ '事实:甲': 92 }), context: {} }, from, kept, typed);

describe('a draft by what was said in an earlier round', () => {
  it('comes to the very same points where nothing has changed, and data fill what nobody has said', () => {
    const { scored, ways } = trial(before);
    expect([exactPointsText(scored.total!), [...ways.values()]]).toEqual(['40/3', ['points', 'points', 'nothingSaid']]);
    const given = new Map<string, LayerPoint>([
      ...[...kept].map(([code, { points, answer }]): [string, LayerPoint] => [
        code,
        { points: readExactPoints(points!), answer },
      ]),
      ['C', { points: exact('4'), answer: null }],
    ]);
    const then = scoreLayer({ prepared: before, facts: factsOf(), context: {} }, given);
    expect(exactPointsText(then.total!)).toBe('40/3');
  });

  it('scores an answer anew, carries no points to another scale, and takes what is typed instead', () => {
    const { scored, ways } = trial(edition(10, 12));
    expect([...ways.values()]).toEqual(['otherScale', 'answer', 'nothingSaid']);
    expect(scored.leaves.map(({ state, points }) => [state, points && figure(points)])).toEqual([
      ['unanswered', null],
      ['scored', '12'],
      ['scored', '4'],
    ]);
    expect(scored.provisional?.unanswered).toEqual(['A']);
    const typed = trial(edition(10, 12), new Map([['A', { points: 7 }]]));
    expect(figure(typed.scored.total)).toBe('23');
  });
});
