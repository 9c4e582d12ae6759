import { describe, expect, it } from 'vitest';
import { basesOf } from '#domain/balance/standard/bases.ts';
import { quality } from '#test/support/balance/schools.ts';
import { draftExclusions, lostBasis, sentExclusions, withCondition } from './draft-exclusions.ts';

const { exclusions } = quality.standard;
const bases = basesOf([quality.standard]);
const [first] = draftExclusions(exclusions) as [ReturnType<typeof draftExclusions>[number]];

describe('the document that a condition rests on', () => {
  it('is not that of another condition, is named as lost, and comes back with the condition', () => {
    const changed = withCondition(first, { when: '办学类型 = "511"' }, bases);
    expect(changed.source).toBeUndefined();
    expect(lostBasis(changed)).toBe(first.source);
    const back = withCondition(changed, { when: ` ${first.when}` }, bases);
    expect(back.source).toBe(first.source);
    expect(lostBasis(back)).toBeUndefined();
  });

  it('comes back when the levels do', () => {
    const less = withCondition(first, { levels: ['junior'] }, bases);
    expect(less.source).toBeUndefined();
    expect(withCondition(less, { levels: ['primary', 'junior'] }, bases).source).toBe(first.source);
  });

  it('stays where the person has written it', () => {
    const written = { ...first, source: '闽教督〔2026〕1号' };
    expect(withCondition(written, { when: '办学类型 = "511"' }, bases).source).toBe('闽教督〔2026〕1号');
  });
});

it('what is sent is what was read, where nothing was edited', () => {
  expect(sentExclusions(draftExclusions(exclusions))).toEqual(exclusions);
});
