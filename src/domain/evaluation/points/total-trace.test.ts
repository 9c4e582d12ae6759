import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indicatorOf, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import { noFacts } from '../../framework/answer.ts';
import type { Code, Edition } from '../../framework/edition.ts';
import type { Prepared } from '../../framework/result.ts';
import { columnsOf, rollUpAll, totalOf } from '../../framework/score/roll-up-all.ts';
import { add, type Exact, exact, zero } from '../../kit/decimal.ts';
import { branchPoints } from './branch-points.ts';
import { exactPointsText, layerTotal, scoreLayer } from './score.ts';
import { totalTrace } from './total-trace.ts';
import { givenOf, type UnitLeaf, unitTotal } from './unit-total.ts';

const bonus = { kind: 'bonus', items: [{ text: '特色', points: 5 }], cap: 5 } as const;

/** Two branches of two leaves, and a bonus beside them. */
const editionOf = (change: Partial<Edition> = {}, branch: object = {}) =>
  smallEdition(
    [
      indicatorOf('A', null, 60, branch),
      indicatorOf('A1', 'A', 30),
      indicatorOf('A2', 'A', 30),
      indicatorOf('B', null, 40),
      indicatorOf('B1', 'B', 25),
      indicatorOf('B2', 'B', 15),
      indicatorOf('D', null, 0, { method: bonus }),
    ],
    { max: 100, bonus: { cap: 3, beyondMax: false }, ...change },
  );

const leafOf =
  (given: Readonly<Record<Code, string | null>>) =>
  (code: Code): UnitLeaf =>
    given[code] === null
      ? { applies: false, settled: undefined }
      : { applies: true, settled: { points: given[code]!, answer: null } };
const traceOf = (prepared: Prepared, given: Readonly<Record<Code, string | null>>) =>
  totalTrace(prepared, givenOf(prepared, leafOf(given)));
const said = (prepared: Prepared, given: Readonly<Record<Code, string | null>>, code: Code) =>
  traceOf(prepared, given)
    .lines.find((line) => line.code === code)!
    .steps.map(({ words, value }) => (value === undefined ? words : `${words} = ${value}`));

describe('the trace of a total', () => {
  it('names the sum, what does not apply, the conversion, the bonus with its cap and the most that there is', () => {
    const given = { A1: '30', A2: null, B1: '25', B2: '14', D: '5' };
    const { total, lines } = traceOf(editionOf(), given);
    expect(total.total).toBe('100');
    expect(lines.map(({ code, points, max }) => [code, points, max])).toEqual([
      ['A', '30', '30'],
      ['B', '39', '40'],
      ['', '100', '100'],
    ]);
    expect(said(editionOf(), given, '')).toEqual([
      'A 30 + B 39 = 69',
      '适用分值 70，换算：69 ÷ 70 × 100 = 98.571429',
      '不适用 A2（30 分）不计入，其余按比例换算',
      '树内得分 = 98.571429',
      '附加 D 5 = 5',
      '附加分最多 3 分 = 3',
      '总分最多 100 分 = 100',
    ]);
    expect(said(editionOf({ notApplicable: 'full' }), given, '')).toContain('不适用 A2（30 分）按满分计');
    expect(said(editionOf({ notApplicable: 'zero' }), given, '')).toContain('不适用 A2（30 分）按 0 分计');
  });

  it('says where a node is rounded, and what is still open', () => {
    const rounding = editionOf({}, { rollUp: { rule: 'sum', round: 0 } });
    const { lines } = traceOf(rounding, { A1: '20.4', A2: '20.3', B1: '1', B2: '1', D: '0' });
    expect(lines.find(({ code }) => code === 'A')!.rounded).toEqual({ from: '40.7', to: '41' });
    const open = totalTrace(editionOf(), new Map());
    expect(open.total.total).toBeNull();
    expect(open.lines.at(-1)!.steps.at(-1)!.words).toBe('还没有定分：A1、A2、B1、B2、D');
  });
});

/** Tenths of the points of a leaf, thirds of a point, or that it does not apply. */
const leaf = fc.oneof(
  { weight: 6, arbitrary: fc.record({ share: fc.integer({ min: 0, max: 10 }), third: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant(null) },
);
const maxima: Readonly<Record<Code, number>> = { A1: 30, A2: 30, B1: 25, B2: 15, D: 5 };

describe('the roll-ups agree, to the last digit', () => {
  it('of lists, of the page, of the heat map and of the bench: whatever does not apply counts, with bonus and weights', () => {
    fc.assert(
      fc.property(
        fc.record({
          leaves: fc.record({ A1: leaf, A2: leaf, B1: leaf, B2: leaf, D: leaf }),
          notApplicable: fc.constantFrom('rebase' as const, 'full' as const, 'zero' as const),
          cap: fc.constantFrom(null, 3),
          beyondMax: fc.boolean(),
          weighted: fc.boolean(),
        }),
        ({ leaves, notApplicable, cap, beyondMax, weighted }) => {
          const weights = weighted ? { rollUp: { rule: 'weighted', weights: 'ratio' } as const } : {};
          const prepared = smallEdition(
            [
              indicatorOf('A', null, 60, weighted ? { weight: 3 } : {}),
              indicatorOf('A1', 'A', 30),
              indicatorOf('A2', 'A', 30),
              indicatorOf('B', null, 40, weighted ? { weight: 2 } : {}),
              indicatorOf('B1', 'B', 25),
              indicatorOf('B2', 'B', 15),
              // A bonus has no part in the weights.
              ...(weighted ? [] : [indicatorOf('D', null, 0, { method: bonus })]),
            ],
            { max: 100, bonus: { cap, beyondMax }, notApplicable, ...weights },
          );
          const codes = prepared.leaves.map(({ indicator }) => indicator.code);
          const given = Object.fromEntries(
            codes.map((code) => {
              const one = leaves[code as keyof typeof leaves];
              if (one === null) return [code, null];
              const tenths = (maxima[code]! * one.share) / 10;
              return [code, one.third ? `${Math.round(tenths) * 3}/3` : String(tenths)];
            }),
          );
          const at = leafOf(given);
          const scored = scoreLayer({ prepared, facts: noFacts, context: {} }, givenOf(prepared, at));
          const engine = layerTotal(scored);
          expect(unitTotal(prepared, at)).toEqual(engine);
          expect(totalTrace(prepared, givenOf(prepared, at)).total).toEqual(engine);
          const many = totalOf(prepared, rollUpAll(prepared, columnsOf(prepared, [scored.leaves])), 0);
          expect(many === null ? null : exactPointsText(many)).toBe(engine.total);
          // The heat map shows branches on their own scale: where they are plain sums they add up to the tree before conversion.
          const out = new Set(codes.filter((code) => given[code] === null));
          const known = new Map(codes.flatMap((code) => (given[code] === null ? [] : [[code, given[code]!] as const])));
          const branches = branchPoints(prepared, known, out);
          const nodes = new Map(scored.nodes.map((node) => [node.code, node]));
          for (const { code, points, max } of branches) {
            // A branch has no points where nothing below it applies, and there alone.
            const isOut = codes.filter((one) => one.startsWith(code)).every((one) => out.has(one));
            expect(points === null).toBe(isOut);
            const node = nodes.get(code);
            if (node === undefined || points === null) continue;
            expect([code, exactPointsText(points), max && exactPointsText(max)]).toEqual([
              code,
              exactPointsText(node.points!),
              node.max && exactPointsText(node.max),
            ]);
          }
          if (!weighted && notApplicable !== 'rebase') {
            const inTree = branches.filter(({ code }) => code !== 'D');
            if (inTree.every(({ points }) => points !== null)) {
              const all = inTree.reduce<Exact>((sum, { points }) => add(sum, points!), zero);
              expect(exactPointsText(all)).toBe(exactPointsText(scored.base ?? exact(0)));
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
