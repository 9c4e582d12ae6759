import { describe, expect, it } from 'vitest';
import { factsOf, leafOf, score } from '#test/reference/frameworks/small-edition.ts';
import type { Fact } from '../answer.ts';
import type { Prepared } from '../result.ts';
import { factReader } from './fact-reader.ts';

const third: Fact = { value: 1 / 3, of: [1, 3], source: 'test' };
const formulaOf = (source: string) =>
  leafOf({ kind: 'yesNo', yes: 10, no: 0 }, { formula: source }).leaves[0]!.formula!;

describe('a share with its part and whole', () => {
  it('is that fraction, and says nothing of another fact with the same double', () => {
    const reader = factReader(factsOf({ '事实:甲': third, '事实:乙': 1 / 3 }));
    expect(reader.valueOf(formulaOf('事实:甲 * 3 >= 1'))).toBe(true);
    expect(reader.valueOf(formulaOf('事实:乙 * 3 >= 1'))).toBe(false);
    expect(reader.valueOf(formulaOf('事实:甲 * 3 >= 1 且 事实:乙 * 3 < 1'))).toBe(true);
  });
});

describe('a word in the place of a number', () => {
  it('leaves the leaf open', () => {
    const prepared: Prepared = leafOf({ kind: 'yesNo', yes: 10, no: 0 }, { formula: '事实:甲 / 2 > 1' });
    for (const value of ['九十', true]) {
      expect(score(prepared, {}, { facts: factsOf({ '事实:甲': value }) }).leaves[0]!.state).toBe('unanswered');
    }
  });
});
