import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import county from '../../../../reference/frameworks/county-inspection-sample.json' with { type: 'json' };
import school from '../../../../reference/frameworks/quality-school-sample.json' with { type: 'json' };
import {
  basisText,
  evaluationKindTitles,
  isBefore,
  isStepBack,
  kindOf,
  stateAfter,
  stepOf,
  stepsFor,
  stepText,
} from '../kind.ts';
import { evaluationActions, evaluationKinds } from '../lists.ts';

describe('a kind of evaluation', () => {
  it.each(evaluationKinds)('%s is one small file of data', (kind) => {
    const lines = readFileSync(new URL(`./${kind}.ts`, import.meta.url), 'utf8')
      .trimEnd()
      .split('\n').length;
    expect(lines).toBeLessThanOrEqual(120);
  });

  it('county inspection has the steps of the regulation in their order', () => {
    expect(kindOf('county-inspection').steps.map(({ step }) => step)).toEqual([
      'notice',
      'selfEvaluation',
      'materialReview',
      'siteVisit',
      'preliminaryOpinion',
      'statement',
      'opinionLetter',
      'confirmation',
      'rectification',
    ]);
  });

  it('the evaluation of a school adds the review by its county after the self-evaluation, and nothing else', () => {
    const steps = (kind: 'county-inspection' | 'school-evaluation') => kindOf(kind).steps.map(({ step }) => step);
    const [first, second, ...rest] = steps('county-inspection');
    expect(steps('school-evaluation')).toEqual([first, second, 'countyReview', ...rest]);
    expect(stepsFor('school-evaluation', 'city').map(({ step }) => step)).toEqual(steps('county-inspection'));
  });

  it.each(evaluationKinds)('%s: every step has a length, an act that leads on, and cites what it follows', (kind) => {
    for (const { days, opensNext, basis, title } of kindOf(kind).steps) {
      expect(days).toBeGreaterThan(0);
      expect(evaluationActions).toContain(opensNext);
      expect(title.length).toBeGreaterThan(1);
      expect(basis.length).toBeGreaterThan(0);
      for (const one of basis) expect(basisText(one)).toMatch(/（国务院令第 624 号）第.+条$/);
    }
  });

  it.each([
    ['county-inspection', county],
    ['school-evaluation', school],
  ] as const)('%s proposes a shipped framework for its subjects', (kind, framework) => {
    expect(kindOf(kind).framework).toBe(framework.key);
    expect(kindOf(kind).subject).toBe(framework.subject);
    expect(kindOf(kind).layers).toEqual(['self', 'county', 'city', 'province']);
  });

  it('letters come of notice, opinion and result', () => {
    const letters = kindOf('county-inspection').steps.flatMap(({ step, letter }) =>
      letter ? [`${step} ${letter}`] : [],
    );
    expect(letters).toEqual(['notice notice', 'opinionLetter opinion', 'confirmation bulletin']);
  });

  it('a step is named with its number; an end has a name alone', () => {
    expect(stepText('county-inspection', 'statement')).toBe('第 6 步 征求申辩');
    expect(stepText('school-evaluation', 'statement')).toBe('第 7 步 征求申辩');
    expect(stepText('county-inspection', 'closed')).toBe('已办结');
    expect(stepOf('county-inspection', 'countyReview')).toBeUndefined();
    expect(stateAfter('county-inspection', 'rectification', 'county')).toBe('closed');
    expect(isBefore('county-inspection', 'notice', 'siteVisit')).toBe(true);
    expect(isBefore('county-inspection', 'siteVisit', 'siteVisit')).toBe(false);
    expect(isStepBack('county-inspection', 'opinionLetter', 'statement')).toBe(true);
    expect(isStepBack('county-inspection', 'statement', 'opinionLetter')).toBe(false);
    expect(isStepBack('county-inspection', 'rectification', 'closed')).toBe(false);
    expect(evaluationKindTitles['county-inspection']).toBe('对县督导');
  });
});
