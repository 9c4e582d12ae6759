import { describe, expect, it } from 'vitest';
import { smallEdition } from '#test/reference/frameworks/small-edition.ts';
import { isProblem } from '../../kit/problem.ts';
import type { FrameworkIssue } from '../../kit/problems/framework.ts';
import type { Relaxation } from '../edition.ts';

const relaxed = (replace: object) =>
  smallEdition([{ code: 'C1', points: 10 }], {
    relaxations: [
      {
        codes: ['C1'],
        when: null,
        replace: replace as Relaxation['replace'],
        until: null,
        basis: '规程',
        duty: '跟踪',
      },
    ],
  });

function issuesOf(replace: object): readonly FrameworkIssue[] {
  try {
    relaxed(replace);
    return [];
  } catch (error) {
    if (!isProblem(error)) throw error;
    return (error.details as { issues: readonly FrameworkIssue[] }).issues;
  }
}

const deduction = (when: string, floor: number) => ({
  method: {
    ...{ kind: 'deduction', start: 'full', floor, items: [{ text: '一次', cost: 1 }] },
    factorIf: [{ when, factor: 2 }],
  },
});

describe('what a relaxation replaces', () => {
  it.each(['code', 'parent', 'points', 'rollUp', 'rater', 'weight'])('is never the %s of a leaf', (part) => {
    expect(issuesOf({ [part]: 'ZZ' })).toEqual([
      { path: 'relaxations[0].replace', code: null, message: `没有名为“${part}”的项，请检查写法` },
    ]);
  });

  it('is checked: its method against the points of the leaf, its conditions against the codes', () => {
    expect(issuesOf({ method: { kind: 'yesNo', yes: 11, no: 0 } })).toEqual([
      { path: 'relaxations[0].replace.method', code: 'C1', message: '得分 11 超过该项的 10 分' },
    ]);
    const adjust = [{ when: 'leaf(X9)<3 且 且', text: '加分', effect: 'add', points: 1 }];
    expect(issuesOf({ adjust }).map(({ path }) => path)).toEqual(['relaxations[0].replace.adjust']);
    expect(issuesOf(deduction('class=', 0)).map(({ path }) => path)).toEqual([
      'relaxations[0].replace.method.factorIf',
    ]);
    expect(issuesOf({ formula: '事实:没有 > 0' }).map(({ path }) => path)).toContain('relaxations[0].replace.formula');
  });

  it('has its conditions read as those of the edition are', () => {
    const { conditions } = relaxed(deduction('事实:甲 > 0', 0));
    expect([...conditions.keys()]).toEqual(['事实:甲 > 0']);
  });
});
