import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOf, score, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import { compare, divide, type Exact, exact, multiply, sum } from '../../kit/decimal.ts';
import type { Answer } from '../answer.ts';
import type { Edition, Indicator, RollUp } from '../edition.ts';
import type { Prepared, Scored } from '../result.ts';
import { columnsOf, rollUpAll, totalOf } from './roll-up-all.ts';

interface Leaf {
  /** Tenths of a point. */
  readonly max: number;
  /** Tenths that were given, at most `max`; null: unanswered. */
  readonly given: number | null;
  /** The least and the most of its options. */
  readonly ends: readonly [number, number];
  /** `unknown`: it hangs on a fact that nobody has said. */
  readonly applies: 'yes' | 'no' | 'unknown';
}

type Tree = readonly (readonly Leaf[])[];

const leaf = (unknown: boolean): fc.Arbitrary<Leaf> =>
  fc
    .record({
      max: fc.integer({ min: 1, max: 90 }),
      share: fc.integer({ min: 0, max: 10 }),
      least: fc.integer({ min: 0, max: 5 }),
      most: fc.integer({ min: 5, max: 10 }),
      answered: unknown ? fc.boolean() : fc.constant(true),
      applies: unknown
        ? fc.constantFrom('yes' as const, 'yes' as const, 'no' as const, 'unknown' as const)
        : fc.constantFrom('yes' as const, 'yes' as const, 'no' as const),
    })
    .map(({ max, share, least, most, answered, applies }) => ({
      max,
      ends: [Math.floor((max * least) / 10), Math.floor((max * most) / 10)] as const,
      given: answered ? Math.floor((max * share) / 10) : null,
      applies,
    }));

const trees = (unknown: boolean): fc.Arbitrary<Tree> =>
  fc.array(fc.array(leaf(unknown), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });

const blockRules: readonly RollUp[] = [
  { rule: 'sum' },
  { rule: 'sum', cap: 4 },
  { rule: 'sum', floor: 0.1 },
  { rule: 'meanOfRates' },
  { rule: 'minimum' },
];
const rootRules: readonly RollUp[] = [
  { rule: 'sum' },
  { rule: 'meanOfRates' },
  { rule: 'weighted', weights: 'ratio' },
  { rule: 'minimum' },
];

interface Shape {
  readonly tree: Tree;
  readonly root: RollUp;
  readonly blocks: RollUp;
  readonly notApplicable: Edition['notApplicable'];
}

const shapes = (unknown: boolean): fc.Arbitrary<Shape> =>
  fc.record({
    tree: trees(unknown),
    root: fc.constantFrom(...rootRules),
    blocks: fc.constantFrom(...blockRules),
    notApplicable: fc.constantFrom('rebase' as const, 'full' as const, 'zero' as const),
  });

/** Each leaf that may be unknown hangs on an attribute of its own. */
function prepared({ tree, root, blocks, notApplicable }: Shape): Prepared {
  const attributes = tree.flatMap((block, b) => block.map((_, l) => ({ name: `性质${b}之${l}` })));
  const whole = tree.flat().reduce((total, { max }) => total + max, 0) / 10;
  const blockPoints = (block: readonly Leaf[]) => block.reduce((total, { max }) => total + max, 0) / 10;
  const weighted = root.rule === 'weighted';
  const capped = blocks.cap !== undefined && tree.some((block) => blockPoints(block) > blocks.cap!);
  const indicators: (Partial<Indicator> & Pick<Indicator, 'code' | 'points'>)[] = [
    {
      code: '0',
      points: capped && root.rule === 'sum' ? 100 : whole,
      rollUp: capped && root.rule === 'sum' ? { rule: 'sum', convertTo: 100 } : root,
    },
    ...tree.flatMap((block, b) => [
      {
        code: `B${b}`,
        parent: '0',
        points: blockPoints(block),
        rollUp: blocks,
        ...(weighted ? { weight: b + 1 } : {}),
      },
      ...block.map(({ max, ends: [no, yes] }, l) => ({
        code: `B${b}-${l}`,
        parent: `B${b}`,
        points: max / 10,
        method: { kind: 'yesNo' as const, yes: yes / 10, no: no / 10 },
        applies: `性质${b}之${l} = "有"`,
      })),
    ]),
  ];
  return smallEdition(indicators, { notApplicable, attributes, max: null });
}

const each = (tree: Tree) =>
  tree.flatMap((block, b) => block.map((one, l) => ({ ...one, code: `B${b}-${l}`, fact: `性质${b}之${l}` })));

function scoreTree(shape: Shape, edition = prepared(shape), tree = shape.tree, trace = true): Scored {
  const answers: Record<string, Answer> = {};
  const facts: Record<string, string> = {};
  for (const { code, given, applies, fact } of each(tree)) {
    if (given !== null) answers[code] = { points: given / 10 };
    if (applies !== 'unknown') facts[fact] = applies === 'yes' ? '有' : '无';
  }
  return score(edition, answers, { facts: factsOf(facts), trace });
}

const same = (left: Exact | null, right: Exact | null) =>
  left === null || right === null ? left === right : compare(left, right) === 0;

describe('a total', () => {
  it('does not hang on the order of siblings', () => {
    fc.assert(
      fc.property(shapes(true), ({ tree, ...rest }) => {
        const forth = scoreTree({ ...rest, root: rest.root.rule === 'weighted' ? { rule: 'sum' } : rest.root, tree });
        const back = scoreTree({
          ...rest,
          root: rest.root.rule === 'weighted' ? { rule: 'sum' } : rest.root,
          tree: [...tree].reverse().map((block) => [...block].reverse()),
        });
        expect(same(forth.total, back.total)).toBe(true);
        expect(same(forth.provisional?.from ?? null, back.provisional?.from ?? null)).toBe(true);
        expect(same(forth.provisional?.to ?? null, back.provisional?.to ?? null)).toBe(true);
      }),
    );
  });

  it('re-based is the points over what applies, times the whole', () => {
    fc.assert(
      fc.property(trees(false), (tree) => {
        const scored = scoreTree({ tree, root: { rule: 'sum' }, blocks: { rule: 'sum' }, notApplicable: 'rebase' });
        const applying = tree.flat().filter(({ applies }) => applies === 'yes');
        const tenths = (of: (one: Leaf) => number, all: readonly Leaf[]) =>
          sum(all.map((one) => divide(exact(of(one)), exact(10))));
        if (applying.length === 0) {
          expect(scored.total).toBeNull();
          return;
        }
        const rate = divide(
          tenths(({ given }) => given!, applying),
          tenths(({ max }) => max, applying),
        );
        expect(
          same(
            scored.total,
            multiply(
              rate,
              tenths(({ max }) => max, tree.flat()),
            ),
          ),
        ).toBe(true);
      }),
    );
  });
});

it('a trace changes no figure', () => {
  fc.assert(
    fc.property(shapes(true), (shape) => {
      const edition = prepared(shape);
      const [traced, plain] = [true, false].map((trace) => scoreTree(shape, edition, shape.tree, trace));
      expect({ ...plain!, trace: [], leaves: plain!.leaves }).toEqual({
        ...traced!,
        trace: [],
        leaves: traced!.leaves.map((leaf) => ({ ...leaf, steps: [] })),
      });
    }),
  );
});

/** Every way in which the open leaves of a tree may end: each unknown one applies or not, each unanswered one gets the least or the most. */
function* endings(tree: Tree): Generator<Tree> {
  const open = tree.flatMap((block, b) =>
    block.flatMap((one, l) =>
      one.given === null ? [{ b, l, unknown: one.applies === 'unknown', out: one.applies === 'no' }] : [],
    ),
  );
  const ways = open.map(({ unknown, out }) => (out ? 1 : unknown ? 3 : 2));
  const count = ways.reduce<number>((all, way) => all * way, 1);
  for (let at = 0; at < count; at += 1) {
    const ended = tree.map((block) => [...block]);
    let rest = at;
    for (const [index, { b, l, out }] of open.entries()) {
      const way = rest % ways[index]!;
      rest = Math.floor(rest / ways[index]!);
      const one = ended[b]![l]!;
      if (out) ended[b]![l] = { ...one, given: 0 };
      else
        ended[b]![l] =
          way === 2 ? { ...one, given: 0, applies: 'no' } : { ...one, given: one.ends[way as 0 | 1], applies: 'yes' };
    }
    yield ended;
  }
}

/** A block under a cap of 4 points with a sure leaf and an undecided one of 3.4, beside another block. */
function capped(max: number, given: number): Shape {
  const leaf = (one: Pick<Leaf, 'max' | 'given' | 'applies'>): Leaf => ({ ...one, ends: [one.max >> 1, one.max] });
  const undecided = leaf({ max: 34, given: null, applies: 'unknown' });
  const tree = [[leaf({ max, given, applies: 'yes' }), undecided], [leaf({ max: 10, given: null, applies: 'yes' })]];
  return { tree, root: { rule: 'sum' }, blocks: { rule: 'sum', cap: 4 }, notApplicable: 'rebase' };
}

/** A block raised to a floor of 0.1 points, which the least of an undecided leaf would reach by itself. */
const raised: Shape = {
  tree: [
    [
      { max: 1, given: 0, ends: [0, 1], applies: 'yes' },
      { max: 34, given: null, ends: [1, 34], applies: 'unknown' },
    ],
  ],
  root: { rule: 'sum' },
  blocks: { rule: 'sum', floor: 0.1 },
  notApplicable: 'rebase',
};

/** The same floor over a block of which perhaps nothing applies: then it gives nothing. */
const raisedOrGone: Shape = {
  ...raised,
  tree: [
    [{ max: 1, given: null, ends: [0, 0], applies: 'unknown' }],
    [{ max: 2, given: null, ends: [0, 1], applies: 'yes' }],
  ],
};

describe('the range of a provisional total', () => {
  const few = shapes(true).filter(
    ({ tree }) => tree.flat().filter(({ given, applies }) => given === null && applies !== 'no').length <= 5,
  );

  it('holds every way in which it may end', () => {
    fc.assert(
      fc.property(few, (shape) => {
        const edition = prepared(shape);
        const { provisional, total } = scoreTree(shape, edition);
        for (const ended of endings(shape.tree)) {
          const end = scoreTree(shape, edition, ended);
          if (end.total === null) continue;
          if (provisional === null) expect(same(total, end.total)).toBe(true);
          else {
            expect(compare(provisional.from, end.total)).toBeLessThanOrEqual(0);
            expect(provisional.to === null || compare(end.total, provisional.to) <= 0).toBe(true);
          }
        }
        if (provisional && total) {
          expect(compare(provisional.from, total)).toBeLessThanOrEqual(0);
          expect(compare(total, provisional.to!)).toBeLessThanOrEqual(0);
        }
      }),
      {
        numRuns: 300,
        // A cap or a floor that what is undecided would pass; chance seldom draws one.
        examples: [[capped(7, 0)], [capped(40, 40)], [capped(50, 20)], [raised], [raisedOrGone]],
      },
    );
  });

  it('is reached at both ends by a tree of sums', () => {
    fc.assert(
      fc.property(few, ({ tree, notApplicable }) => {
        const shape: Shape = { tree, notApplicable, root: { rule: 'sum' }, blocks: { rule: 'sum' } };
        const edition = prepared(shape);
        const { provisional } = scoreTree(shape, edition);
        const totals = [...endings(tree)].flatMap((ended) => scoreTree(shape, edition, ended).total ?? []);
        if (provisional === null || totals.length === 0) return;
        const sorted = totals.sort(compare);
        expect(same(provisional.from, sorted[0]!)).toBe(true);
        expect(same(provisional.to, sorted.at(-1)!)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the fast roll-up', () => {
  const sums = shapes(false).map((shape): Shape => ({ ...shape, root: { rule: 'sum' }, blocks: { rule: 'sum' } }));
  const others = shapes(false).map((shape): Shape => ({ ...shape, root: { rule: 'meanOfRates' } }));
  it.each([
    ['a tree of sums in whole units', sums, 0],
    ['another tree through the exact lane', others, 4],
  ])('equals the slow one exactly, subject by subject: %s', (_, shape, inLane) => {
    fc.assert(
      fc.property(shape, fc.infiniteStream(fc.integer({ min: 0, max: 100 })), (drawn, draw) => {
        const edition = prepared(drawn);
        const redrawn = Array.from({ length: 4 }, () =>
          drawn.tree.map((block) =>
            block.map((one): Leaf => {
              const { value } = draw.next();
              return { ...one, given: Math.floor((one.max * value!) / 100), applies: value! % 4 === 0 ? 'no' : 'yes' };
            }),
          ),
        );
        const slow = redrawn.map((tree) => scoreTree(drawn, edition, tree));
        const columns = columnsOf(
          edition,
          slow.map(({ leaves }) => leaves),
        );
        const rolled = rollUpAll(edition, columns);
        expect(rolled.exact.size).toBe(inLane);
        for (const [row, { total }] of slow.entries()) {
          if (total !== null) expect(same(totalOf(edition, rolled, row), total)).toBe(true);
        }
      }),
    );
  });

  it('takes a fraction through the exact lane and leaves the others in whole units', () => {
    const edition = smallEdition(
      [
        { code: 'C1', points: 10, method: { kind: 'linear', floor: 0, target: 7, below: 0 } },
        { code: 'C2', points: 5 },
        { code: 'C3', points: 0, method: { kind: 'bonus', items: [{ text: '一', points: 2 }], cap: 4 } },
      ],
      { bonus: { cap: 3, beyondMax: true } },
    );
    const slow = [1, 7].map((value) =>
      score(edition, { C1: { value }, C2: { points: 4.5 }, C3: { occurrences: value } }),
    );
    const rolled = rollUpAll(
      edition,
      columnsOf(
        edition,
        slow.map(({ leaves }) => leaves),
      ),
    );
    expect([...rolled.exact.keys()]).toEqual([0]);
    for (const row of [0, 1]) expect(same(totalOf(edition, rolled, row), slow[row]!.total)).toBe(true);
  });

  it('counts more leaves of one maximum than a byte holds, also in columns that begin within a word', () => {
    const leaves = Array.from({ length: 300 }, (_, at) => at);
    const edition = smallEdition(leaves.map((at) => ({ code: `C${at}`, points: at < 290 ? 1 : 2 })));
    const rows = [2, 3, 5, 7, 299, 301];
    const applies = (at: number, row: number) => (at % rows[row]! === 0 ? 0 : 1);
    const rolled = rollUpAll(edition, {
      subjects: rows.length,
      units: [leaves.map((at) => Float64Array.from(rows, (_, row) => applies(at, row) * edition.units))],
      applicable: leaves.map((at) =>
        Uint8Array.from({ length: rows.length + (at % 3) }, (_, place) => applies(at, place - (at % 3))).subarray(
          at % 3,
        ),
      ),
      fractions: new Map(),
    });
    for (const row of rows.keys()) {
      const counted = leaves.filter((at) => applies(at, row) === 1);
      expect(rolled.total[row]).toBe(counted.length * edition.units);
      expect(rolled.of[row]).toBe(counted.reduce((all, at) => all + (at < 290 ? 1 : 2), 0) * edition.units);
    }
  });

  it('takes the mean of several reviewers, and counts once what does not apply', () => {
    const rows = [
      { code: 'C1', points: 10 },
      { code: 'C2', points: 10 },
    ];
    const total = (notApplicable: Edition['notApplicable'], applies: number) => {
      const edition = smallEdition(rows, { notApplicable });
      const columns = (first: number, second: number) =>
        [first, second * applies].map((points) => Float64Array.of(points * edition.units));
      const rolled = rollUpAll(edition, {
        subjects: 1,
        units: [columns(10, 1), columns(9, 1), columns(9, 2)],
        applicable: [Uint8Array.of(1), Uint8Array.of(applies)],
        fractions: new Map(),
      });
      return totalOf(edition, rolled, 0);
    };
    expect(same(total('rebase', 1), divide(exact(32), exact(3)))).toBe(true);
    expect(same(total('rebase', 0), divide(exact(56), exact(3)))).toBe(true);
    expect(same(total('full', 0), divide(exact(58), exact(3)))).toBe(true);
    expect(same(total('zero', 0), divide(exact(28), exact(3)))).toBe(true);
  });
});
