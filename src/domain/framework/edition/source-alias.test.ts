import { describe, expect, it } from 'vitest';
import { factsOf, leafOf, score, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import { missing } from '../../kit/value.ts';
import type { Context, Facts } from '../answer.ts';
import { factKeyOf } from '../names.ts';
import { factsOfLeaf } from '../questions/read-facts.ts';
import { exactText } from '../score/exact-text.ts';
import { sourceAlias } from './source-alias.ts';

const method = { kind: 'formula', result: 'points', min: 0, max: 10 } as const;
const pointsOf = (formula: string, facts: Facts, context: Context = {}) => {
  const [leaf] = score(leafOf(method, { formula }), {}, { facts, context }).leaves;
  return leaf!.points === null ? leaf!.state : exactText(leaf!.points, 2);
};

describe('a figure of a survey or of another evaluation in a formula', () => {
  it('is the fact under which it is kept', () => {
    expect(sourceAlias('调查:群众满意度.比例')).toMatchObject({ name: 'survey.群众满意度.share', type: 'number' });
    expect(sourceAlias('调查:群众满意度.均分')).toMatchObject({ name: 'survey.群众满意度.mean' });
    expect(sourceAlias('评估:county-inspection-sample.得分率')).toMatchObject({
      name: 'evaluation.county-inspection-sample.rate',
    });
    expect(sourceAlias('评估:county-inspection-sample.等次')).toMatchObject({ type: 'text' });
    for (const none of ['调查:满意度', '调查:满意度.人数', '评估:Nein.总分', '事实:甲', '评估:a.constructor']) {
      expect(sourceAlias(none)).toBeUndefined();
    }
    const { named } = leafOf(method, { formula: '调查:满意度.比例 / 10' });
    expect(factKeyOf('survey.满意度.share', named)).toMatchObject({ kind: 'asked', key: 'survey.满意度.share' });
  });

  it('is calculated with, and its hyphens are no minus', () => {
    const facts = factsOf({ 'survey.满意度.share': 90, 'evaluation.county-2017-6.rate': 0.8 });
    expect(pointsOf('调查:满意度.比例 / 100 * 4 + 评估:county-2017-6.得分率 * 6', facts)).toBe('8.4');
    expect(pointsOf('评估:county-2017-6.得分率 * 10 - 5', facts)).toBe('3');
    expect(pointsOf('调查：满意度.比例／10', facts)).toBe('9');
    expect(pointsOf('调查:满意度.均分', facts)).toBe('unanswered');
  });

  it('of an evaluation is the latest round, its rate a share however it was entered', () => {
    const nothing = missing('not-filed');
    expect(pointsOf('评估:other.得分率 * 10', factsOf({ 'evaluation.other.rate': [nothing, nothing, 92, 60] }))).toBe(
      '9.2',
    );
    expect(pointsOf('评估:other.总分 / 10', factsOf({ 'evaluation.other.total': [nothing, 85] }))).toBe('8.5');
    // What is said beside the facts, as the command takes it.
    expect(pointsOf('评估:other.得分率 * 10', factsOf(), { evaluations: { other: [{ rate: 70 }] } })).toBe('7');
    expect(pointsOf('评估:other.得分率 * 10', factsOf(), { evaluations: { other: [] } })).toBe('notApplicable');
  });

  it('is kept with its leaf for the years in which it is looked for', () => {
    const prepared = leafOf(method, { formula: '评估:other.得分率 * 10 + 事实:甲' });
    expect([...factsOfLeaf(prepared, prepared.leaves[0]!)]).toEqual([
      ['evaluation.other.rate', 6],
      ['事实:甲', 1],
    ]);
  });

  it('is refused with a word that it has not', () => {
    expect(() => smallEdition([{ code: 'C1', points: 10, method, formula: '调查:满意度.人数' }])).toThrow(
      '没有名为“调查:满意度.人数”的数据项',
    );
  });
});
