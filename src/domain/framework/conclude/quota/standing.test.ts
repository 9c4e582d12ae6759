import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exact } from '../../../kit/decimal.ts';
import type { Bounded } from '../range.ts';
import { order, type Ranked, standingsOf } from './standing.ts';

/** Each against every other: what a standing is, and how it was counted before there were a thousand schools. */
function eachAgainstAll(candidates: readonly Ranked[]) {
  return candidates.map((one) => {
    const places = candidates.map((other) => ({ subject: other.subject, place: order(other, one) }));
    const of = (place: string) => places.filter((other) => other.place === place).map(({ subject }) => subject);
    return { ahead: of('ahead').length, equal: of('equal'), unknown: of('unknown') };
  });
}

const range = (low: number | null, high: number | null): Bounded => ({
  ...{ low: low === null ? null : exact(low), high: high === null ? null : exact(high) },
  lack: low === high ? null : { of: 'scores', names: ['C1'] },
});

// Few figures, so that many are equal; some that are open, or none at all.
const figure = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 4 }).map((value) => range(value, value)) },
  { weight: 1, arbitrary: fc.constant<Bounded>('notApplicable') },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.option(fc.integer({ min: 0, max: 4 })), fc.integer({ min: 1, max: 2 }))
      .map(([low, width]) => range(low, low === null ? null : low + width)),
  },
);

it('the standings are those of each against all, whatever is open', () => {
  const rows = fc
    .integer({ min: 0, max: 3 })
    .chain((figures) => fc.array(fc.array(figure, { minLength: figures, maxLength: figures }), { maxLength: 24 }));
  fc.assert(
    fc.property(rows, (all) => {
      const candidates = all.map((figures, at) => ({ subject: `学校${at}`, figures }));
      expect(standingsOf(candidates)).toEqual(eachAgainstAll(candidates));
    }),
  );
});

it('equals share one standing, and of 1,700 settled schools few are compared', () => {
  let asked = 0;
  const counted = (value: number): Bounded => {
    const end = exact(value);
    return {
      get low() {
        asked += 1;
        return end;
      },
      high: end,
      lack: null,
    };
  };
  const candidates = Array.from({ length: 1700 }, (_, at) => ({
    subject: `学校${at}`,
    figures: [counted(60 + ((at * 7) % 40))],
  }));
  const standings = standingsOf(candidates);
  expect(new Set(standings).size).toBe(40);
  // 42 full turns of the 40 figures, and a half one.
  expect(standings[0]!.equal).toHaveLength(43);
  // Each against all would ask two million ends at least.
  expect(asked).toBeLessThan(200_000);
});
