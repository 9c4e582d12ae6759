import { describe, expect, it } from 'vitest';
import { preparedFramework } from '#test/reference/frameworks/read-frameworks.ts';
import { noFacts } from '../../framework/answer.ts';
import type { Code } from '../../framework/edition.ts';
import type { Prepared } from '../../framework/result.ts';
import { maxOf } from '../../framework/score/score-leaf.ts';
import { divide, exact, multiply, zero } from '../../kit/decimal.ts';
import { type Generator, generator } from '../../kit/generator.ts';
import { exactPointsText, layerTotal, scoreLayer } from './score.ts';
import { givenOf, type UnitLeaf, unitLeaves, unitTotal } from './unit-total.ts';

/** The same by the engine, leaf by leaf and node by node. */
const byEngine = (prepared: Prepared, leafOf: (code: Code) => UnitLeaf) =>
  layerTotal(scoreLayer({ prepared, facts: noFacts, context: {} }, givenOf(prepared, leafOf)));

/** Every leaf with some points of it, some of them open, some not applicable, some thirds. */
function leavesOf(prepared: Prepared, draw: Generator): ReadonlyMap<Code, UnitLeaf> {
  return new Map(
    prepared.leaves.map(({ indicator }): [Code, UnitLeaf] => {
      const max = maxOf(indicator) ?? zero;
      const share = divide(exact(draw.integer(0, 12)), exact(draw.chance(0.2) ? 18 : 12));
      const settled = { points: exactPointsText(multiply(max, share)), answer: null };
      if (draw.chance(0.1)) return [indicator.code, { applies: false, settled: undefined }];
      if (draw.chance(0.1))
        return [indicator.code, { applies: true, settled: { points: null, answer: { notApplicable: true } } }];
      return [indicator.code, { applies: true, settled: draw.chance(0.2) ? undefined : settled }];
    }),
  );
}

describe('the total of a layer from its stored points', () => {
  it.each(['county-inspection-sample', 'quality-school-sample', 'strong-county-sample', 'leaders-sample'])(
    'is that of the engine, to the last digit, whatever is open or does not apply: %s',
    (key) => {
      const prepared = preparedFramework(key);
      const draw = generator(`unit total of ${key}`);
      for (let turn = 0; turn < 40; turn += 1) {
        const leaves = leavesOf(prepared, draw);
        // Every second subject has all its scores.
        const leafOf = (code: Code): UnitLeaf => {
          const leaf = leaves.get(code)!;
          return turn % 2 === 0 || leaf.settled || leaf.applies === false
            ? leaf
            : { applies: true, settled: { points: '0', answer: null } };
        };
        expect(unitTotal(prepared, leafOf)).toEqual(byEngine(prepared, leafOf));
      }
    },
  );

  it('is not known while a leaf waits, and says between which ends it lies', () => {
    const prepared = preparedFramework('county-inspection-sample');
    const [first] = prepared.leaves;
    const leafOf = (code: Code): UnitLeaf => ({
      applies: true,
      settled: code === first!.indicator.code ? undefined : { points: '1', answer: null },
    });
    const total = unitTotal(prepared, leafOf);
    expect(total.total).toBeNull();
    expect(total.unanswered).toEqual([first!.indicator.code]);
    expect(total.from).toBe(String(prepared.leaves.length - 1));
  });

  it('is asked in microseconds where the edition is a sum', () => {
    const prepared = preparedFramework('county-inspection-sample');
    const leafOf = (): UnitLeaf => ({ applies: true, settled: { points: '1', answer: null } });
    // The quickest of many single turns: another process on the machine slows most of them, not all.
    const quickest = (work: () => unknown) => {
      let best = Number.POSITIVE_INFINITY;
      for (let turn = 0; turn < 60; turn += 1) {
        const begun = performance.now();
        work();
        best = Math.min(best, performance.now() - begun);
      }
      return best;
    };
    const ours = quickest(() => unitTotal(prepared, leafOf));
    expect(ours * 5).toBeLessThan(quickest(() => byEngine(prepared, leafOf)));
  });
});

it('stored rows are the leaves of a layer: what nobody settled is open, and of a leaf that is not there nobody knows anything', () => {
  const leaves = [
    { code: 'C1', applies: true },
    { code: 'C2', applies: false },
  ];
  const leafOf = unitLeaves(leaves, [{ code: 'C1', points: '4', answer: { points: 4 } }]);
  expect(['C1', 'C2', 'C3'].map(leafOf)).toEqual([
    { applies: true, settled: { points: '4', answer: { points: 4 } } },
    { applies: false, settled: undefined },
    { applies: null, settled: undefined },
  ]);
});
