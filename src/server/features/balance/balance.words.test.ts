import { describe, expect, it } from 'vitest';
import { readStandard } from '#domain/balance/standard/read-standard.ts';
import basic2012 from '../../../../reference/standards/basic-2012.json' with { type: 'json' };
import quality2017 from '../../../../reference/standards/quality-2017.json' with { type: 'json' };
import { compositePoint, countySentence, levelSentences, tightestOf } from './balance.words.ts';
import type { LevelSummary, RunSummary } from './run/summary.shape.ts';

const basic = readStandard(basic2012);
const quality = readStandard(quality2017);

const level = (more: Partial<LevelSummary>): LevelSummary => ({
  verdict: 'pass',
  reason: null,
  schools: 2,
  missingSchools: 0,
  compositeCv: null,
  compositeLimit: null,
  compositePass: null,
  compliance: null,
  indicators: [],
  ...more,
});
const both = (summary: LevelSummary): RunSummary => ({
  levels: { primary: summary, junior: summary },
  assumptions: [],
});

describe('a coefficient that does not exist', () => {
  const blank = (shortName: string) => ({
    ...{ key: shortName, name: shortName, shortName, unit: '', schools: 0, mean: null, standardDeviation: null },
    ...{ cv: null, limit: null, pass: null, distance: null, reason: '没有可参与计算的学校', belowThreshold: null },
    unweighted: { mean: null, cv: null },
  });
  const some = { ...blank('图书'), cv: 0.2, reason: null };

  it('is named, and nothing is said to be within its limit', () => {
    const provisional = { verdict: 'provisional' as const, missingSchools: 2, compositeLimit: 0.65 };
    const one = level({ ...provisional, indicators: [some, blank('计算机')] });
    expect(levelSentences(basic, 'primary', one)[0]).toContain('小学计算机差异系数无法计算（没有可参与计算的学校）。');
    expect(countySentence(basic, both(one))).toContain('小学缺 2 校数据，计算机差异系数无法计算');
    const all = level({ ...provisional, indicators: [blank('图书'), blank('计算机')] });
    expect(levelSentences(basic, 'primary', all)[0]).toContain('小学各项差异系数都无法计算（没有可参与计算的学校）。');
  });
});

describe('a county of which nothing can be computed', () => {
  it('says its reason once', () => {
    const none = level({ verdict: 'unavailable', reason: '还没有已批准的填报' });
    expect(countySentence(quality, both(none))).toBe('无法计算：还没有已批准的填报。');
  });
});

describe('a level that passes is never said to exceed a limit', () => {
  it('with a composite that only its doubles put above the limit', () => {
    const summary = level({ compositeCv: 0.6500000000000001, compositeLimit: 0.65, compositePass: true });
    expect(levelSentences(basic, 'primary', summary)).toEqual(['小学综合差异系数 0.650，不高于 0.65。']);
    expect(countySentence(basic, both(summary))).not.toContain('超出');
    expect(compositePoint(summary)).toMatchObject({ pass: true, distance: 0 });
  });

  it('and one that fails is, also where the doubles are equal', () => {
    const summary = level({ verdict: 'fail', compositeCv: 0.65, compositeLimit: 0.65, compositePass: false });
    const [sentence] = levelSentences(basic, 'primary', summary);
    expect(sentence).toContain('高于 0.65（超出限值不到 0.000001）');
    expect(tightestOf(summary)!.distance).toBeLessThan(0);
  });

  it('with an indicator at its limit', () => {
    const figures = { unit: '', schools: 2, mean: 1, standardDeviation: 0.45, reason: null, belowThreshold: 0 };
    const indicator = {
      ...{ key: 'keyTeachers', name: '骨干教师', shortName: '骨干教师', ...figures },
      ...{ cv: 0.4500000000000002, limit: 0.45, pass: true, distance: 0, unweighted: { mean: 1, cv: 0.45 } },
    };
    const summary = level({ indicators: [indicator], compliance: { judged: 2, passed: 2, oneShort: 0 } });
    expect(levelSentences(quality, 'junior', summary)[0]).toContain('都不超限，最高的骨干教师 0.450，限值 0.45');
    expect(tightestOf(summary)).toMatchObject({ pass: true, distance: 0 });
  });
});
