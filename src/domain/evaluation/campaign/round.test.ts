import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { row } from '#test/reference/frameworks/rules/rule-edition.ts';
import { factsOf, indicatorOf, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import { exact } from '../../kit/decimal.ts';
import { opinionLacks } from '../opinion.ts';
import { concludeLayer, scoreLayer } from '../points/score.ts';
import { asksRound, comparesLayers, concludeCampaign } from './round.ts';

const grades = (rows: object[], change: object = {}) =>
  smallEdition([indicatorOf('A', null, 100)], { conclusions: [{ name: '等次', rows, ...change }] as never });
const quota = { grade: '先进', limit: 0.15, by: [], ties: [] };
const school = grades([row('先进', 'base>=90', 'inQuota'), row('培育', 'base>=90'), row('合格')], { quota });
const sceneOf = (prepared: typeof school, context = {}) => ({ prepared, facts: factsOf({}), context });
const scoredAt = (prepared: typeof school, points: number) =>
  scoreLayer(sceneOf(prepared), new Map([['A', { points: exact(points), answer: { points } }]]));

describe('a conclusion among the subjects of a campaign', () => {
  const totals = [99, 95, 94, 93, 92, 91, 60];
  const subject = (prepared: typeof school, points: number, at: number) => ({
    id: `id-${at}`,
    name: `学校${at}`,
    prepared,
    scored: scoredAt(prepared, points),
    facts: factsOf({}),
    context: {},
    others: {},
    confirmed: undefined,
  });
  const campaign = (points: readonly number[], prepared = school) =>
    points.map((one, at) => subject(prepared, one, at));
  const nameOf = (own: number, prepared = school) =>
    concludeCampaign(prepared, campaign(totals, prepared)).concluded.get(`id-${own}`)!.conclusions[0]!.name;

  it('by a quota: the best 15 % of seven get the grade, and the next does not', () => {
    expect(asksRound(school)).toBe(true);
    expect([nameOf(0), nameOf(1), nameOf(6)]).toEqual(['先进', '培育', '合格']);
  });

  const placed = (change: object) =>
    grades(JSON.parse(JSON.stringify(school.edition.conclusions[0]!.rows)), { quota: { ...quota, ...change } });

  it('by a number of places, alone or with a share: the fewer of both', () => {
    const three = placed({ limit: null, places: 3 });
    expect(asksRound(three)).toBe(true);
    expect(totals.map((_, at) => nameOf(at, three))).toEqual(['先进', '先进', '先进', '培育', '培育', '培育', '合格']);
    const both = (limit: number, places: number) => {
      const prepared = placed({ limit, places });
      return totals.filter((_, at) => nameOf(at, prepared) === '先进').length;
    };
    expect([both(0.6, 3), both(0.3, 3), both(1, 100)]).toEqual([3, 2, 6]);
  });

  it('however the totals lie, no more get a place than there are, and nobody is passed over for one behind', () => {
    const points = fc.array(fc.integer({ min: 85, max: 100 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 8 }), (all, places) => {
        const prepared = placed({ limit: null, places });
        const { concluded, ties } = concludeCampaign(prepared, campaign(all, prepared));
        const named = all.map((_, at) => concluded.get(`id-${at}`)!.conclusions[0]!.name);
        const winners = all.filter((_, at) => named[at] === '先进');
        const good = all.filter((one) => one >= 90).sort((one, other) => other - one);
        expect(winners.length).toBeLessThanOrEqual(places);
        // Whoever is ahead of the line has a place; at the line between equals the office rules.
        const line = good[places];
        const ahead = line === undefined ? good : good.slice(0, places).filter((one) => one > line);
        expect(winners.toSorted((one, other) => other - one)).toEqual(ahead);
        const cut = line !== undefined && good[places - 1] === line;
        expect(ties.map(({ tied }) => tied.length)).toEqual(cut ? [good.filter((one) => one === line).length] : []);
      }),
    );
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
    const waits = opinionLacks(draft, 'issueOpinion', '2025-10-20').find(({ code }) => code === 'conclusion:等次');
    expect(waits!.sentence).toContain('尚未评完，请等这些对象评完，或在评估项目的“对象”中督促它们往下进行');
    // Whoever gets the same whatever the others do need not wait.
    expect(concludeLayer(scene, scoredAt(school, 60), {}).conclusions[0]!.name).toBe('合格');
  });

  it('by a rule of a group: one below the line fails all, and whoever is not settled may be that one', () => {
    const group = grades([row('不通过', 'anyPeer(total<70)'), row('通过')]);
    expect(asksRound(group)).toBe(true);
    expect(nameOf(0, group)).toBe('不通过');
    const open = sceneOf(group, { openRound: ['第二小学'] });
    expect(concludeLayer(open, scoredAt(group, 99), {}).conclusions[0]!.name).toBe('未定');
  });

  it.each([
    ['layer(self)-layer(city)>=10', true],
    ['layer（self）－layer（city）≥10', true],
    ['total>=90 and not (base－layer（self）/2>0)', true],
    ['anyPeer(-layer（self）>-60)', true],
    ['layer（province）.grade=合格', true],
    ['total>=60', false],
    ['not (no veto or grade(A)=合格)', false],
    ['anyPeer(-base/2>-60)', false],
  ])('compares layers however its brackets are written: %s', (when, compared) => {
    expect(comparesLayers(grades([row('合格', when), row('不合格')]))).toBe(compared);
  });

  /** Fourteen subjects, two places: the first is the best, and the line runs between those that stand equal. */
  const tied = (equal: number) => [99, ...Array.from({ length: 13 }, (_, at) => (at < equal ? 95 : 91))];
  const ruling = (chosen: readonly string[], of: readonly string[]) => ({
    ...{ id: 'r', table: '等次', tied: of, chosen, words: '督导机构认定：现场表现更好' },
  });
  const drawn = (points: readonly number[], rulings: ReturnType<typeof ruling>[] = []) => {
    const { concluded, ties } = concludeCampaign(school, campaign(points), rulings);
    return { names: [...concluded.values()].map(({ conclusions }) => conclusions[0]!.name), concluded, ties };
  };

  it('equals at the line of a quota stay open, all of them, until the office has ruled who gets the place', () => {
    const open = drawn(tied(3));
    expect(open.names.slice(0, 5)).toEqual(['先进', '未定', '未定', '未定', '培育']);
    expect(open.ties).toEqual([
      { table: '等次', grade: '先进', places: 1, tied: ['id-1', 'id-2', 'id-3'], ruledBy: null },
    ]);
    const conclusions = open.concluded.get('id-1')!.conclusions;
    const draft = { comments: [], findings: [], scored: scoredAt(school, 95), conclusions };
    const lack = opinionLacks(draft, 'release', '2025-10-20').find(({ code }) => code === 'conclusion:等次');
    expect(lack!.sentence).toContain('请在评估项目的“结果”中就并列作出认定');
    const ruled = drawn(tied(3), [ruling(['id-2'], ['id-3', 'id-1', 'id-2'])]);
    expect(ruled.names.slice(0, 5)).toEqual(['先进', '培育', '先进', '培育', '培育']);
    expect(ruled.ties[0]!.ruledBy).toBe('r');
    // None of them is left out without a word.
    for (const id of ['id-1', 'id-2', 'id-3']) {
      expect(ruled.concluded.get(id)!.conclusions[0]).toMatchObject({ ruling: '督导机构认定：现场表现更好' });
    }
    for (const id of ['id-0', 'id-4']) expect(ruled.concluded.get(id)!.conclusions[0]!.ruling).toBeUndefined();
  });

  it('a ruling is about exactly those who stood equal, and as many places as there were', () => {
    const stale = ruling(['id-2'], ['id-1', 'id-2']);
    expect(drawn(tied(3), [stale]).names.slice(1, 4)).toEqual(['未定', '未定', '未定']);
    expect(drawn(tied(2), [ruling(['id-1', 'id-2'], ['id-1', 'id-2'])]).names.slice(1, 3)).toEqual(['未定', '未定']);
  });

  it('the place of a confirmed subject is taken, whatever the others come to, and a ruling holds when it was confirmed', () => {
    const confirmed = [{ table: '等次', name: '先进', by: '', open: [] }];
    const namesWith = (points: readonly number[], at: number, rulings: ReturnType<typeof ruling>[] = []) => {
      const all = campaign(points).map((one, place) => (place === at ? { ...one, confirmed } : one));
      const found = concludeCampaign(school, all, rulings).concluded;
      return [...found.values()].map(({ conclusions }) => conclusions[0]!.name);
    };
    // Its 94 points would give it none of the two places: it has one, and the better ones share the other.
    const names = namesWith([99, 98, 97, 94, ...Array.from({ length: 10 }, () => 91)], 3);
    expect(names.slice(0, 4)).toEqual(['先进', '培育', '培育', '先进']);
    expect(names.filter((name) => name === '先进')).toHaveLength(2);
    const ruled = ruling(['id-2'], ['id-1', 'id-2', 'id-3']);
    expect(namesWith(tied(3), 2, [ruled]).slice(0, 4)).toEqual(['先进', '培育', '先进', '培育']);
  });
});
