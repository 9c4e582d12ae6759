import { expect, it } from 'vitest';
import { quality } from '#test/support/balance/schools.ts';
import { basesOf, basisOf, withBases } from './bases.ts';
import type { BalanceStandard } from './standard.shape.ts';

type Exclusion = BalanceStandard['exclusions'][number];

const { exclusions } = quality.standard;
const bases = basesOf([quality.standard]);
const [special, vocational] = exclusions as [Exclusion, Exclusion];
const own = ({ levels, when, reason }: Exclusion): Exclusion => ({ levels, when, reason });

it('a condition that was edited and put back has its basis again, wherever it stands now', () => {
  expect(withBases(exclusions.map(own), bases)).toEqual(exclusions);
  expect(withBases([...exclusions].reverse().map(own), bases)).toEqual([...exclusions].reverse());
});

it('white space, full-width signs, the order of codes and of levels make no other condition', () => {
  const typed = {
    ...own(special),
    levels: ['junior', 'primary'] as Exclusion['levels'],
    when: '（办学类型　属于（“519”，“514”，"513","512", "511"））',
  };
  expect(withBases([typed], bases)[0]!.source).toBe(special.source);
});

it('another condition, other levels or a broken formula take no basis', () => {
  const changed = [
    { ...own(special), when: '办学类型 属于 ("511", "512")' },
    { ...own(special), levels: ['primary'] as Exclusion['levels'] },
    { ...own(special), when: '办学类型 属于 (' },
  ];
  expect(withBases(changed, bases)).toEqual(changed);
  expect(basisOf(own(vocational), bases)).toBe(vocational.source);
});

it('a basis that somebody has written stays as written', () => {
  const written = { ...special, source: '闽教督〔2026〕1号' };
  expect(withBases([written], bases)).toEqual([written]);
});
