import { describe, expect, it } from 'vitest';
import { factsOf, indicatorOf, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import { exact } from '../../kit/decimal.ts';
import { opinionLacks } from '../opinion.ts';
import { concludeLayer, scoreLayer } from '../points/score.ts';
import { asksRound } from './round.ts';

const grades = (rows: object[], change: object = {}) =>
  smallEdition([indicatorOf('A', null, 100)], { conclusions: [{ name: '等次', rows, ...change }] as never });
// biome-ignore lint/suspicious/noThenProperty: the tables of published rules are read by this word; it is a text.
const row = (when: readonly string[], name: string) => ({ when, then: name });
const quota = { grade: '先进', limit: 0.15, by: [], ties: [] };
const school = grades([row(['base>=90', 'inQuota'], '先进'), row(['base>=90'], '培育'), row([], '合格')], { quota });
const sceneOf = (prepared: typeof school, context = {}) => ({ prepared, facts: factsOf({}), context });
const scoredAt = (prepared: typeof school, points: number) =>
  scoreLayer(sceneOf(prepared), new Map([['A', { points: exact(points), answer: { points } }]]));

describe('a conclusion among the subjects of a campaign', () => {
  const totals = [99, 95, 94, 93, 92, 91, 60];
  const nameOf = (own: number, context = {}, prepared = school) => {
    const among = totals.flatMap((points, at) =>
      at === own ? [] : [{ subject: `学校${at}`, scored: scoredAt(prepared, points), facts: factsOf({}), context: {} }],
    );
    const round = { name: `学校${own}`, among };
    const scene = sceneOf(prepared, context);
    return concludeLayer(scene, scoredAt(prepared, totals[own]!), {}, round).conclusions[0]!.name;
  };

  it('by a quota: the best 15 % of seven get the grade, and the next does not', () => {
    expect(asksRound(school)).toBe(true);
    expect([nameOf(0), nameOf(1), nameOf(6)]).toEqual(['先进', '培育', '合格']);
  });

  it('waits for those that are not settled, names them, and bars the letter but not the preliminary opinion', () => {
    const scene = sceneOf(school, { openRound: ['第二小学', '第三小学'] });
    const scored = scoredAt(school, 99);
    const { conclusions } = concludeLayer(scene, scored, {});
    expect(conclusions[0]).toMatchObject({
      name: '未定',
      open: ['同一项目的其他对象：第二小学、第三小学 尚未评完'],
    });
    const draft = { comments: [], findings: [], scored, conclusions };
    const lacks = (act: 'release' | 'issueOpinion') => opinionLacks(draft, act, '2025-10-20').map(({ code }) => code);
    expect(lacks('release')).not.toContain('conclusion:等次');
    expect(lacks('issueOpinion')).toContain('conclusion:等次');
    // Whoever gets the same whatever the others do need not wait.
    expect(concludeLayer(scene, scoredAt(school, 60), {}).conclusions[0]!.name).toBe('合格');
  });

  it('by a rule of a group: one below the line fails all, and whoever is not settled may be that one', () => {
    const group = grades([row(['anyPeer(total<70)'], '不通过'), row([], '通过')]);
    expect(asksRound(group)).toBe(true);
    expect(nameOf(0, {}, group)).toBe('不通过');
    const open = sceneOf(group, { openRound: ['第二小学'] });
    expect(concludeLayer(open, scoredAt(group, 99), {}).conclusions[0]!.name).toBe('未定');
  });
});
