import { describe, expect, it } from 'vitest';
import { isProblem } from '../kit/problem.ts';
import { missing } from '../kit/value.ts';
import { canonicalFormula } from './canonical.ts';
import type { Reading } from './evaluate.ts';
import { evaluate, evaluateTruth, formula, readingOf } from './formula.ts';
import { vocabulary } from './vocabulary.ts';

const words = vocabulary([
  { name: '在校生数', type: 'number', unit: '人' },
  { name: '事实:在园幼儿数', type: 'number', unit: '人', own: true },
  { name: '事实:有校车', type: 'text', own: true },
  { name: '均衡:基本均衡.小学.计算机.差异系数', type: 'number', own: true },
  { name: '岗位', type: 'text', own: true },
]);
const county = (source: string, reading: Reading) => evaluate(formula(source, words, { scope: 'county' }), reading);
const refusal = (source: string): { position: number; reason: string } => {
  try {
    formula(source, words, { scope: 'county' });
  } catch (error) {
    if (isProblem(error)) return error.details as { position: number; reason: string };
    throw error;
  }
  throw new Error('was not refused');
};

describe('a name with a source', () => {
  it('is one name, in half and in full width', () => {
    const reading = readingOf({ '事实:在园幼儿数': 120, '均衡:基本均衡.小学.计算机.差异系数': 0.4 });
    expect(county('事实:在园幼儿数 / 2', reading)).toBe(60);
    expect(county('事实：在园幼儿数/2', reading)).toBe(60);
    expect(county('均衡:基本均衡.小学.计算机.差异系数+1', reading)).toBe(1.4);
    expect(canonicalFormula('事实：在园幼儿数')).toBe(canonicalFormula('事实:在园幼儿数'));
  });

  it('keeps decimals and other colons what they were', () => {
    expect(county('0.5', readingOf({}))).toBe(0.5);
    expect(refusal('在校生数.5').reason).toContain('不认识的符号“.”');
    expect(refusal(': 1')).toMatchObject({ position: 1, reason: '冒号只用在来源与名称之间，例如 事实:在园幼儿数' });
    expect(refusal('事实: 在园幼儿数').position).toBe(3);
    expect(refusal('事实:在园幼儿数.').position).toBe(9);
  });

  it('stands outside aggregates in the formula of a county, where the fields of schools do not', () => {
    expect(refusal('在校生数').reason).toContain('要放在 合计');
    const schools = [{ 在校生数: 3 }, { 在校生数: 5 }].map((school) => readingOf(school).read);
    const { read } = readingOf({ '事实:在园幼儿数': 4, 岗位: '书记' });
    expect(county('合计(在校生数) / 事实:在园幼儿数', { read, schools })).toBe(2);
    const truth = formula('岗位 = "书记" 且 计数(在校生数 > 4) = 1', words, { scope: 'county', type: 'truth' });
    expect(evaluateTruth(truth, { read, schools })).toBe(true);
  });

  it('is missing under its full name', () => {
    expect(county('事实:在园幼儿数', readingOf({}))).toEqual(missing('not-filed', ['事实:在园幼儿数']));
  });

  it('is suggested where it was mistyped', () => {
    expect(refusal('事实:在园幼儿人数').reason).toContain('是否应为“事实:在园幼儿数”');
  });
});

describe('operands that do not apply', () => {
  const reading = (skipsNotApplicable: boolean): Reading => ({
    read: (name) => (name === '事实:在园幼儿数' ? missing('not-applicable', [name]) : 2),
    skipsNotApplicable,
  });
  const least = '最小(事实:在园幼儿数, 均衡:基本均衡.小学.计算机.差异系数 * 3)';
  const plain = vocabulary([
    { name: '事实:在园幼儿数', type: 'number', own: true },
    { name: '均衡:基本均衡.小学.计算机.差异系数', type: 'number', own: true },
  ]);
  const given = (source: string, skips: boolean) =>
    evaluate(formula(source, plain, { scope: 'county' }), reading(skips));

  it('are left out only where the reading says so', () => {
    expect(given(least, false)).toMatchObject({ missing: 'not-applicable' });
    expect(given(least, true)).toBe(6);
  });

  it('leave nothing where none applies', () => {
    expect(given('最小(事实:在园幼儿数, 事实:在园幼儿数 * 2)', true)).toMatchObject({ missing: 'not-applicable' });
  });
});
