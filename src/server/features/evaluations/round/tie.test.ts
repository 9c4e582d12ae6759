import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import { openTestApp, type TestApp, type TestPerson } from '#test/support/app.ts';
import { atLock } from '#test/support/database/database.ts';
import { units } from '#test/support/scenario.ts';
import { type JudgingScene, layRound } from '#test/support/scenes/judging-scene.ts';
import { resultWay } from '#test/support/scenes/result-way.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const city = () => app.as('cityOfficer');
const gradeOf = async ({ params }: JudgingScene) => {
  const found = await city().call(evaluations.opinion, { params });
  return { ...found.conclusions.find(({ table }) => table === '等次')!, ruling: found.ruling, lacks: found.lacks };
};
const ties = ({ campaignId }: JudgingScene) => city().call(evaluations.ties, { query: { campaignId } });

describe('equals at the line of a quota', () => {
  let all: JudgingScene[];
  let ids: string[];
  const ruling = (chosen: readonly string[], change: object = {}) => ({
    body: {
      campaignId: all[0]!.campaignId,
      table: '等次',
      tied: ids,
      chosen: [...chosen],
      reason: '现场表现更好',
      ...change,
    },
  });
  beforeAll(async () => {
    all = await layRound(app, [0.96, 0.96]);
    ids = all.slice(0, 2).map(({ evaluationId }) => evaluationId);
  }, 120_000);

  it('are named with the places for which they stand, and bar each release by the way out', async () => {
    const found = await ties(all[0]!);
    expect(found).toMatchObject({ hasQuota: true, waits: [], rulings: [] });
    expect(found.open).toMatchObject([{ table: '等次', grade: '先进学校', places: 1 }]);
    expect(found.open[0]!.tied.map(({ name }) => name)).toEqual(['学校0', '学校1']);
    for (const scene of all.slice(0, 2)) {
      const { name, lacks } = await gradeOf(scene);
      expect(name).toBe('未定');
      expect(lacks.map(({ sentence }) => sentence).join()).toContain('请在评估项目的“结果”中就并列作出认定');
    }
    expect(
      (await app.as('countyDirector').refused(evaluations.ties, { query: { campaignId: all[0]!.campaignId } })).code,
    ).toBe('access.denied');
  });

  it('are ruled about by the office: as many as there are places, and about exactly those who stand equal', async () => {
    const [first, second] = ids as [string, string];
    expect((await city().refused(evaluations.ruleTie, ruling(ids))).code).toBe('evaluation.tiePlaces');
    const other = all[2]!.evaluationId;
    expect((await city().refused(evaluations.ruleTie, ruling([other]))).code).toBe('evaluation.tiePlaces');
    const stale = ruling([first], { tied: [first, second, other] });
    expect((await city().refused(evaluations.ruleTie, stale)).code).toBe('evaluation.tieMoved');
    // As many can be ruled about as a campaign has subjects.
    const many = ruling([first], { tied: [first, second, ...Array.from({ length: 300 }, () => randomUUID())] });
    expect((await city().refused(evaluations.ruleTie, many)).code).toBe('evaluation.tieMoved');
    expect((await app.as('countyDirector').refused(evaluations.ruleTie, ruling([first]))).code).toBe('access.denied');
    await city().call(evaluations.ruleTie, ruling([second]));
    const [left, taken] = [await gradeOf(all[0]!), await gradeOf(all[1]!)];
    expect([left.name, taken.name]).toEqual(['培育学校（名额外候补）', '先进学校']);
    // Both say why, the one that gets no place too.
    for (const { ruling: said, by } of [left, taken]) {
      expect(said).toMatch(/^2 个对象并列，争“先进学校”的 1 个名额，督导机构 \d+年\d+月\d+日作出认定：现场表现更好$/);
      expect(by).toContain(said);
    }
    const { open: still, rulings } = await ties(all[0]!);
    expect(still).toEqual([]);
    expect(rulings).toMatchObject([{ counts: true, reason: '现场表现更好', ruledBy: '市督导', endedOn: null }]);
    expect(rulings[0]!.tied.map(({ name, chosen }) => `${name} ${chosen}`)).toEqual(['学校0 false', '学校1 true']);
    expect((await city().refused(evaluations.ruleTie, ruling([second]))).code).toBe('evaluation.tieMoved');
    const { rows } = await app.owner.query(
      `select object_id, place_id, after ->> 'tiePlace' as place from audit_events where action = 'evaluation.tieRuled' order by 3`,
    );
    expect(rows.map(({ place }) => place)).toEqual(['列入名额', '未列入名额']);
    expect(rows.every(({ place_id }) => place_id === units.city.id)).toBe(true);
  });

  it('a ruling is taken back with a reason while none of them was fed back, and stands from then on', async () => {
    const { id } = (await ties(all[0]!)).rulings[0]!;
    const end = (tieId: string) => ({ params: { tieId }, body: { reason: '理由不充分' } });
    await city().call(evaluations.endTie, end(id));
    expect((await gradeOf(all[1]!)).name).toBe('未定');
    expect((await city().refused(evaluations.endTie, end(id))).code).toBe('evaluation.tieEnded');
    const again = await city().call(evaluations.ruleTie, ruling([ids[0]!]));
    expect((await ties(all[0]!)).rulings).toMatchObject([
      { id: again.id, counts: true },
      { id, counts: false, endedReason: '理由不充分' },
    ]);
    await app.owner.query('update evaluations set released_at = now() where id = $1', [ids[1]]);
    const refused = await city().refused(evaluations.endTie, end(again.id));
    expect(refused).toMatchObject({ code: 'evaluation.tieReleased' });
    expect(refused.sentence).toContain('学校1');
    const foreign = await city().refused(evaluations.endTie, end(all[0]!.campaignId));
    expect(foreign.code).toBe('thing.notFound');
  });

  it('are shown with the newest rulings of very many, and with the one that counts however old it is', async () => {
    await app.owner.query(
      `insert into evaluation_ties (place_id, id, campaign_id, decision, grade, tied, chosen, reason, ruled_on, ruled_by, ruled_by_name,
         ruled_at, ended_at, ended_by_name, ended_reason)
       select t.place_id, gen_random_uuid(), t.campaign_id, t.decision, t.grade, t.tied, t.chosen, t.reason, t.ruled_on, t.ruled_by,
         t.ruled_by_name, t.ruled_at + n * interval '1 minute', now(), '某人', '很多次'
         from evaluation_ties t, generate_series(1, 401) n where t.campaign_id = $1 and t.ended_at is null`,
      [all[0]!.campaignId],
    );
    const { rulings } = await ties(all[0]!);
    expect(rulings).toHaveLength(400);
    expect(rulings.filter(({ counts }) => counts)).toHaveLength(1);
    await app.owner.query(`delete from evaluation_ties where ended_reason = '很多次'`);
  });

  it('a ruling that is taken back at this moment is the ground of no feedback', async () => {
    await app.owner.query('update evaluations set released_at = null where id = $1', [ids[1]]);
    const way = resultWay(app, all[0]!, { subject: app.as('head'), colleague: city() });
    await way.draft();
    const { id } = (await ties(all[0]!)).rulings.find(({ counts }) => counts)!;
    const waiting = async () => (await app.owner.query(atLock)).rows.length;
    await app.owner.query('begin');
    await app.owner.query('select 1 from evaluation_ties where id = $1 for update', [id]);
    const ending = city().call(evaluations.endTie, { params: { tieId: id }, body: { reason: '理由不充分' } });
    let releasing: Promise<{ code: string }>;
    try {
      await expect.poll(waiting).toBe(1);
      const { params, body } = await way.act();
      releasing = city().refused(evaluations.release, { params, body: { ...body, statementDue: '2025-10-30' } });
      await expect.poll(waiting).toBe(2);
    } finally {
      await app.owner.query('commit');
    }
    expect(await ending).toEqual({ id });
    expect((await releasing).code).toBe('evaluation.opinionLacks');
  }, 120_000);
});

describe('a grade with a quota', () => {
  let all: JudgingScene[];
  let colleague: TestPerson;
  beforeAll(async () => {
    all = await layRound(app, [0.97, 0.94]);
    colleague = (await all[0]!.officer('复核员', ['*'], { scores: false })).person;
  }, 120_000);
  const wayOf = (scene: JudgingScene) => resultWay(app, scene, { subject: app.as('head'), colleague });

  it('is confirmed when nobody is heard any more who may have a better claim; then its place is taken', async () => {
    const [best, second] = all as [JudgingScene, JudgingScene];
    const [way, other] = [wayOf(best), wayOf(second)];
    const [last, ...rest] = all.slice(2).map(wayOf);
    for (const one of [way, other, ...rest]) {
      await one.draft();
      await one.release();
    }
    for (const one of [way, ...rest]) await one.waive();
    await way.letter();
    await way.submit();
    const waited = async () => (await colleague.refused(evaluations.confirmResult, await way.act())).sentence;
    // One may still say something, and another was told nothing yet.
    expect(await waited()).toContain('名额限制，学校1、学校2的初步意见还没有反馈');
    await last!.draft();
    await last!.release();
    await last!.waive();
    expect(await waited()).toContain('名额限制，学校1的初步意见还没有反馈');
    const { params, body } = await other.act();
    await app.as('head').call(evaluations.state, { params, body: { ...body, text: '材料已补齐，请复核' } });
    const refused = await colleague.refused(evaluations.confirmResult, await way.act());
    expect(refused).toMatchObject({ status: 409, code: 'evaluation.quotaWaits' });
    expect(refused.sentence).toContain('名额限制，学校1的初步意见还没有反馈、申辩还没有办结');
    const { rows } = await colleague.call(evaluations.obstacles, { params: best.params });
    expect(rows.find(({ act }) => act === 'confirmResult')!.reasons).toContain(refused.sentence);

    const { statements } = await city().call(evaluations.opinion, { params });
    const answer = { accepted: false, answer: '材料不足以改变评分' };
    await city().call(evaluations.answerStatement, {
      params: { ...params, statementId: statements[0]!.id },
      body: { ...(await other.act()).body, ...answer },
    });
    // The answer closed what it said; its window is open to the last day.
    await other.waive();
    await way.confirm();
    // Whatever the second comes to now: the one place is taken.
    await second.settle();
    const { name } = await gradeOf(second);
    expect(name).toBe('培育学校（名额外候补）');
    expect(await gradeOf(best)).toMatchObject({ name: '先进学校' });
  }, 120_000);
});
