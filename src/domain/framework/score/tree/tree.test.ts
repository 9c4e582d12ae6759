import { describe, expect, it } from 'vitest';
import { factsOf, figure, indicatorOf, score, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import { missing } from '../../../kit/value.ts';
import type { Answer } from '../../answer.ts';
import type { RollUp } from '../../edition.ts';
import type { Scored } from '../../result.ts';

const points = (record: Record<string, number>): Record<string, Answer> =>
  Object.fromEntries(Object.entries(record).map(([code, given]) => [code, { points: given }]));
const node = (scored: Scored, code: string) => {
  const found = scored.nodes.find((one) => one.code === code)!;
  return `${figure(found.points)}/${figure(found.max)}`;
};
const range = ({ provisional }: Scored) =>
  provisional && [figure(provisional.from), figure(provisional.to), provisional.unanswered.join(' ')];

/** Two blocks; C3 applies to 书记 only. */
const twoBlocks = (change: Parameters<typeof smallEdition>[1] = {}) =>
  smallEdition(
    [
      indicatorOf('0', null, 100),
      indicatorOf('A1', '0', 60),
      indicatorOf('C1', 'A1', 40),
      indicatorOf('C2', 'A1', 20),
      indicatorOf('A2', '0', 40),
      indicatorOf('C3', 'A2', 20, { applies: '岗位 = "书记"' }),
      indicatorOf('C4', 'A2', 20),
    ],
    { max: 100, subject: 'post-holder', ...change },
  );

describe('the sum of a tree', () => {
  it('adds leaves, nodes and total without binary fractions', () => {
    const scored = score(twoBlocks(), points({ C1: 0.1, C2: 0.2, C3: 0.3, C4: 0.1 }), {
      facts: factsOf({ 岗位: '书记' }),
    });
    expect([node(scored, 'A1'), node(scored, 'A2'), node(scored, '0')]).toEqual(['0.3/60', '0.4/40', '0.7/100']);
    expect([figure(scored.total), figure(scored.max), scored.provisional]).toEqual(['0.7', '100', null]);
  });

  it('writes how it came to each node', () => {
    const { trace } = score(twoBlocks(), points({ C1: 40, C2: 10, C4: 15 }), { facts: factsOf({ 岗位: '县长' }) });
    expect(trace.find(({ code }) => code === '0')!.steps).toEqual([
      { words: 'A1 50 + A2 15', value: '65' },
      { words: '适用分值 80，换算：65 ÷ 80 × 100', value: '81.25' },
    ]);
    expect(trace.find(({ code }) => code === 'C3')!.steps.map(({ words }) => words)).toEqual([
      '适用条件不成立：岗位 = "书记"',
      '不适用：分值不计，由适用分值换算',
    ]);
  });
});

describe('what does not apply', () => {
  const answers = points({ C1: 40, C2: 10, C4: 15 });
  const facts = factsOf({ 岗位: '县长' });
  it('re-bases at the node with its own scale and not at its parent (缺项换算)', () => {
    const scored = score(twoBlocks(), answers, { facts });
    expect([node(scored, 'A1'), node(scored, 'A2'), figure(scored.total)]).toEqual(['50/60', '15/20', '81.25']);
  });
  it('counts full, or nothing, where the edition says so', () => {
    expect(figure(score(twoBlocks({ notApplicable: 'full' }), answers, { facts }).total)).toBe('85');
    expect(figure(score(twoBlocks({ notApplicable: 'zero' }), answers, { facts }).total)).toBe('65');
  });
  it('an answer says that the leaf applies where the fact is unknown, and a known fact goes before it', () => {
    const all = { ...answers, ...points({ C3: 20 }) };
    expect(figure(score(twoBlocks(), all).total)).toBe('85');
    expect(figure(score(twoBlocks(), all, { facts }).total)).toBe('81.25');
    expect(figure(score(twoBlocks(), { ...answers, C3: { notApplicable: true } }).total)).toBe('81.25');
  });
  it('a fact that does not apply takes its leaf along', () => {
    const gone = factsOf({ 岗位: missing('not-applicable') });
    expect(figure(score(twoBlocks(), answers, { facts: gone }).total)).toBe('81.25');
  });
  it('a whole branch that does not apply leaves its rate out', () => {
    const scored = score(twoBlocks(), {
      ...points({ C1: 40, C2: 20 }),
      C3: { notApplicable: true },
      C4: { notApplicable: true },
    });
    expect([node(scored, 'A2'), figure(scored.total)]).toEqual(['…/0', '100']);
  });
});

describe('a provisional total', () => {
  it('ranges over what is unanswered', () => {
    const scored = score(twoBlocks(), points({ C1: 40, C2: 10 }), { facts: factsOf({ 岗位: '书记' }) });
    expect([figure(scored.total), range(scored)]).toEqual(['50', ['50', '90', 'C3 C4']]);
  });
  it('takes both answers for a leaf of which nobody has said whether it applies', () => {
    const scored = score(twoBlocks(), points({ C1: 40, C2: 10, C4: 15 }));
    // C3 applies with none of 20, does not apply (65 of 80), or applies with all of 20.
    expect(range(scored)).toEqual(['65', '85', 'C3']);
    const good = score(twoBlocks(), points({ C1: 40, C2: 20, C4: 20 }));
    expect(range(good)).toEqual(['80', '100', 'C3']);
  });
  it('an answer that is not whole still says that its leaf applies', () => {
    const levels = [{ level: 'D', range: { from: 0, to: 0.5, of: 'share' as const } }];
    const edition = smallEdition(
      [
        indicatorOf('C1', null, 10),
        indicatorOf('C2', null, 10, { applies: '岗位 = "书记"', method: { kind: 'ladder', levels } }),
      ],
      { subject: 'post-holder' },
    );
    const ofSheet = (answers: Record<string, Answer>) => range(score(edition, { ...points({ C1: 10 }), ...answers }));
    expect([ofSheet({}), ofSheet({ C2: { level: 'D' } })]).toEqual([
      ['10', '20', 'C2'],
      ['10', '15', 'C2'],
    ]);
  });
  it('starts from what a leaf gives anyway', () => {
    const edition = smallEdition([
      indicatorOf('C1', null, 10, { method: { kind: 'threshold', compare: '>=', value: 1, unmet: 4 } }),
    ]);
    const scored = score(edition, {});
    expect([figure(scored.total), range(scored)]).toEqual(['4', ['4', '10', 'C1']]);
  });
  it('has no upper end where points are not known, and gaps of the document keep it open', () => {
    const unknown = smallEdition([indicatorOf('C1', null, 10), indicatorOf('C2', null, null)]);
    expect(range(score(unknown, points({ C1: 5 })))).toEqual(['5', '…', 'C2']);
    expect(figure(score(unknown, points({ C1: 5, C2: 3 })).total)).toBe('8');
    const gap = smallEdition([indicatorOf('A1', null, 20), indicatorOf('C1', 'A1', 9)], {
      gaps: [{ under: 'A1', title: 'B3 及以后', points: 11, note: '未见' }],
    });
    expect(range(score(gap, points({ C1: 9 })))).toEqual(['9', '20', '']);
  });
});

describe('roll-ups of a node', () => {
  const blocks = (rollUp: RollUp, weights: (number | undefined)[] = []) =>
    smallEdition(
      [
        indicatorOf('A', null, 100, { rollUp }),
        ...['B1', 'B2'].flatMap((code, at) => [
          indicatorOf(code, 'A', 100, weights[at] === undefined ? {} : { weight: weights[at]! }),
          indicatorOf(`${code}a`, code, 60),
          indicatorOf(`${code}b`, code, 40),
        ]),
      ],
      { max: 100 },
    );
  const answers = points({ B1a: 30, B1b: 20, B2a: 60, B2b: 32 });

  it('blocks of 100 × weight, also as 3 : 2', () => {
    expect(figure(score(blocks({ rule: 'weighted' }, [0.25, 0.75]), answers).total)).toBe('81.5');
    expect(figure(score(blocks({ rule: 'weighted', weights: 'ratio' }, [3, 2]), answers).total)).toBe('66.8');
  });
  it('each block is re-based by itself', () => {
    const gone = { ...points({ B1a: 30, B2a: 60, B2b: 32 }), B1b: { notApplicable: true } } as const;
    const scored = score(blocks({ rule: 'weighted' }, [0.25, 0.75]), gone);
    expect([node(scored, 'B1'), figure(scored.total)]).toEqual(['50/100', '81.5']);
  });
  it('the mean of rates, and the least child', () => {
    expect(figure(score(blocks({ rule: 'meanOfRates' }), answers).total)).toBe('71');
    const least = score(blocks({ rule: 'minimum' }), points({ B1a: 30, B1b: 20, B2a: 60 }));
    expect([figure(least.total), range(least)]).toEqual(['50', ['50', '50', 'B2b']]);
  });
  it('the least child, while one may not apply', () => {
    const edition = smallEdition(
      [
        indicatorOf('A', null, 100, { rollUp: { rule: 'minimum' } }),
        indicatorOf('C1', 'A', 100),
        indicatorOf('C2', 'A', 100, {
          applies: '岗位 = "书记"',
          method: { kind: 'threshold', compare: '>=', value: 1, unmet: 40 },
        }),
      ],
      { max: 100, subject: 'post-holder' },
    );
    expect(range(score(edition, points({ C1: 50 })))).toEqual(['40', '50', 'C2']);
  });
  it('weights that are not known give no total', () => {
    const scored = score(
      smallEdition(
        [
          indicatorOf('A', null, 100, { rollUp: { rule: 'weighted' } }),
          indicatorOf('B1', 'A', 50, { weight: null }),
          indicatorOf('B2', 'A', 50, { weight: null }),
        ],
        { max: 100 },
      ),
      points({ B1: 1, B2: 1 }),
    );
    expect([scored.total, scored.max && figure(scored.max)]).toEqual([null, '100']);
  });

  const raw = (rollUp: RollUp) =>
    smallEdition(
      [
        indicatorOf('A', null, rollUp.convertTo ?? 480, { rollUp }),
        indicatorOf('C1', 'A', 300),
        indicatorOf('C2', 'A', 180),
      ],
      {
        max: rollUp.convertTo ?? 480,
      },
    );
  it('a raw total of 480 is converted to 100', () => {
    const scored = score(raw({ rule: 'sum', convertTo: 100 }), points({ C1: 240, C2: 0 }));
    expect([node(scored, 'A'), figure(scored.total)]).toEqual(['50/100', '50']);
  });
  it('is rounded half up where the document rounds, and the trace says so', () => {
    const scored = score(raw({ rule: 'sum', convertTo: 100, round: 1 }), points({ C1: 241, C2: 1.2 }));
    expect(figure(scored.total)).toBe('50.5');
    expect(scored.trace.find(({ code }) => code === 'A')!.rounded).toEqual({ from: '50.458333', to: '50.5' });
  });
  it('cap and floor', () => {
    expect(figure(score(raw({ rule: 'sum', cap: 400 }), points({ C1: 300, C2: 180 })).total)).toBe('400');
    expect(figure(score(raw({ rule: 'sum', floor: 50 }), points({ C1: 1, C2: 1 })).total)).toBe('50');
  });
});

describe('roll-ups without points', () => {
  const grades = {
    kind: 'choice',
    options: [
      { key: 'A', text: 'A', grade: 'A' },
      { key: 'B', text: 'B', grade: 'B' },
      { key: 'C', text: 'C', grade: 'C' },
    ],
    notApplicable: true,
  } as const;
  const letters = smallEdition([
    indicatorOf('X', null, 'none', { rollUp: { rule: 'letter' } }),
    ...['X1', 'X2', 'X3'].map((code) => indicatorOf(code, 'X', 'none', { method: grades })),
  ]);
  const letter = (...options: string[]) =>
    score(letters, Object.fromEntries(options.map((option, at) => [`X${at + 1}`, { option }]))).nodes[0]!;
  it('A where all are A, C where any is C, else B (江苏)', () => {
    expect(
      [letter('A', 'A', 'A'), letter('A', 'B', 'A'), letter('A', 'B', 'C'), letter('C'), letter('A', 'B')].map(
        ({ grade }) => grade,
      ),
    ).toEqual(['A', 'B', 'C', 'C', undefined]);
    expect(letter('A', 'B', 'A').counts).toEqual({ A: 2, B: 1 });
  });
  const must = smallEdition([
    indicatorOf('1', null, 'none', { rollUp: { rule: 'all' } }),
    indicatorOf('1.1', '1', 'none', { rollUp: { rule: 'all' } }),
    indicatorOf('D1', '1.1', 'none', { method: { kind: 'threshold', compare: '>=', value: 1, unmet: 0 } }),
    indicatorOf('D2', '1.1', 'none', { method: { kind: 'threshold', compare: '<', value: 0.15, unmet: 0 } }),
  ]);
  it('a block is met where all are, not met where one is not, else not known (优质均衡)', () => {
    const verdict = (answers: Record<string, Answer>) => score(must, answers).nodes[0]!.verdict;
    expect(verdict({ D1: { value: 1 }, D2: { value: 0.149 } })).toBe(true);
    expect(verdict({ D1: { value: 1 }, D2: { value: 0.15 } })).toBe(false);
    expect(verdict({ D2: { value: 0.15 } })).toBe(false);
    expect(verdict({ D2: { value: 0.14 } })).toEqual({ missing: 'not-filed', fields: ['D1'] });
    expect(verdict({ D1: { notApplicable: true }, D2: { value: 0.14 } })).toBe(true);
  });
});

describe('what stands beside the tree', () => {
  const bonus = { kind: 'bonus', items: [{ text: '国家级', points: 3 }], cap: 6 } as const;
  const edition = (beyondMax: boolean) =>
    smallEdition(
      [
        indicatorOf('A', null, 100),
        indicatorOf('C1', 'A', 80),
        indicatorOf('C2', 'A', 20),
        indicatorOf('B', 'A', 0),
        indicatorOf('C3', 'B', 0, { method: bonus }),
        indicatorOf('C4', 'A', 0, {
          method: { kind: 'deduction', start: 'zero', floor: -4, items: [{ text: '通报', cost: 3 }] },
        }),
      ],
      { max: 100, bonus: { cap: 5, beyondMax } },
    );
  const answers = (times: number, reports: number): Record<string, Answer> => ({
    ...points({ C1: 80 }),
    C2: { notApplicable: true },
    C3: { occurrences: times },
    C4: { occurrences: reports },
  });
  it('comes after the re-basing, up to its caps; whether it passes 100 is said by the edition', () => {
    const scored = score(edition(true), answers(2, 0));
    expect([scored.base, scored.bonus, scored.total].map(figure)).toEqual(['100', '5', '105']);
    expect(node(scored, 'B')).toBe('6/0');
    expect(figure(score(edition(false), answers(2, 0)).total)).toBe('100');
  });
  it('a block of deductions outside the tree takes down to its cap', () => {
    expect(figure(score(edition(true), answers(0, 1)).total)).toBe('97');
    expect(figure(score(edition(true), answers(0, 9)).total)).toBe('96');
  });
  it('widens the range while it is open', () => {
    const { C3: _, C4: __, ...open } = answers(0, 0);
    expect(range(score(edition(true), open))).toEqual(['96', '105', 'C3 C4']);
  });
});

describe('points of inner nodes that a document gives', () => {
  const given = (record: Record<string, number>) => ({ context: { given: new Map(Object.entries(record)) } });
  it('stand for their leaves', () => {
    const scored = score(twoBlocks(), {}, given({ A1: 31.7, A2: 16 }));
    expect([figure(scored.total), scored.provisional]).toEqual(['47.7', null]);
  });
  it.each<[string, Record<string, number>, string]>([
    ['more than the node has', { A1: 61 }, '指标 A1：61 分超过满分 60 分'],
    ['a leaf', { C1: 3 }, '指标 C1：不是有下级的指标，不能直接写得分'],
    ['a node with answers below', { A2: 3 }, '指标 A2：它的下级已经作答，得分由下级合计'],
  ])('are refused for %s', (_, record, words) =>
    expect(() => score(twoBlocks(), points({ C4: 1 }), given(record))).toThrow(words),
  );
});
