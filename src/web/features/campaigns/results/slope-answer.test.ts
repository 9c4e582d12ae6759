import { expect, it } from 'vitest';
import { comparedSubjects, drawnSubjects, mostDrawn, slopeAnswer } from './slope-answer.ts';

const row = (name: string, from: string | null, to: string | null) => ({
  ...{ evaluationId: name, name, from, to },
  both: from === null || to === null ? null : { from, to, max: '100', leaves: 65 },
});

it('compares the subjects of which both totals are known: what is open is no zero', () => {
  const rows = [row('甲', '90', '88'), row('乙', '91', null), row('丙', '95', '269/3')];
  const all = comparedSubjects({ rows });
  expect(all.map(({ name, difference }) => `${name} ${difference}`)).toEqual(['丙 -5.3333', '甲 -2']);
  expect(slopeAnswer(all, { rows })).toBe(
    '2 个对象中 2 个的评定低于自评，相差最大的是丙（5.33 分）。还有 1 个对象市级没有评完。',
  );
  const higher = row('甲', '80', '88');
  expect(slopeAnswer(comparedSubjects({ rows: [higher] }), { rows: [higher] })).toBe(
    '1 个对象的评定得分都不低于自评。',
  );
});

it('compares at the leaves of both where the self-evaluation is open, and only what the city has judged whole', () => {
  const both = { from: '60', to: '57', max: '80', leaves: 50 };
  const rows = [
    { ...row('甲', null, '88'), both },
    { ...row('乙', null, null), both },
  ];
  expect(comparedSubjects({ rows }).map(({ name, difference }) => [name, difference])).toEqual([['甲', -3]]);
  expect(drawnSubjects(comparedSubjects({ rows }))[0]).toMatchObject({ from: 0.75, to: 57 / 80 });
});

it('where nothing can be compared it is said which layer lacks what', () => {
  const rows = [row('甲', '91', null), row('乙', null, null), row('丙', null, '88')];
  expect(slopeAnswer(comparedSubjects({ rows }), { rows })).toBe(
    '还有 2 个对象市级没有评完，1 个对象没有自评和市级都有得分的指标。',
  );
  expect(slopeAnswer([], { rows: [] })).toBe('还没有对象。');
});

it('draws no more lines than can be told apart, those that differ most', () => {
  const rows = Array.from({ length: mostDrawn + 5 }, (_, at) => row(`校${at}`, '90', String(90 - at)));
  const lines = drawnSubjects(comparedSubjects({ rows }));
  expect(lines).toHaveLength(mostDrawn);
  expect(lines[0]).toMatchObject({ key: `校${mostDrawn + 4}`, from: 0.9 });
  expect(lines.map(({ key }) => key)).not.toContain('校0');
});
