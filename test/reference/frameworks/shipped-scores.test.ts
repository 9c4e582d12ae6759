import { describe, expect, it } from 'vitest';
import type { Answer } from '#domain/framework/answer.ts';
import type { Indicator } from '#domain/framework/edition.ts';
import { maxOf } from '#domain/framework/score/score-leaf.ts';
import { scoreSubject } from '#domain/framework/score/score-subject.ts';
import { toNumber } from '#domain/kit/decimal.ts';
import { factsOf, figure } from '#test/reference/frameworks/small-edition.ts';
import { frameworkKeys, preparedFramework } from './read-frameworks.ts';

/** The best answer that a leaf takes: all its points, or what is met. */
function best(indicator: Indicator): [string, Answer][] {
  const { code, method, points } = indicator;
  const max = maxOf(indicator);
  if (typeof points === 'number') return [[code, { points: max === null ? points : toNumber(max) }]];
  if (method?.kind === 'threshold' || method?.kind === 'yesNo') return [[code, { met: true }]];
  return method?.kind === 'choice' ? [[code, { option: method.options[0]!.key }]] : [];
}

const options = { trace: false, relaxed: false };

describe.each(frameworkKeys)('%s', (key) => {
  const prepared = preparedFramework(key);
  const { max, gaps, bonus } = prepared.edition;
  const answers = new Map(prepared.leaves.flatMap(({ indicator }) => best(indicator)));
  const full = scoreSubject(prepared, answers, factsOf(), {}, options);
  const seen = prepared.open.every((code) => !prepared.byCode.has(code));
  const known = answers.size === prepared.leaves.length && gaps.length === 0 && seen;

  it('gives no total above its points, and all of them to the best answers', () => {
    // Only what has no points by nature, or points that nobody knows, has no total.
    if (full.total === null || max === null) return expect(max !== null && known).toBe(false);
    const beyond = Math.min(toNumber(full.bonus), bonus?.cap ?? Number.POSITIVE_INFINITY);
    expect(toNumber(full.total)).toBeLessThanOrEqual(max + beyond);
    if (known) expect(figure(full.base)).toBe(String(max));
  });

  it('is provisional exactly while something is unanswered or unseen', () => {
    expect(full.provisional === null).toBe(answers.size === prepared.leaves.length && gaps.length === 0);
    const empty = scoreSubject(prepared, new Map(), factsOf(), {}, options);
    expect(empty.provisional?.unanswered).toEqual(prepared.leaves.map(({ indicator }) => indicator.code));
  });
});
