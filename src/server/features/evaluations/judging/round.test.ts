import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import { answer } from '#contract/frameworks/questions.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools, units } from '#test/support/scenario.ts';
import { type JudgingScene, layJudging, layRound, type Reviewer } from '#test/support/scenes/judging-scene.ts';
import { answerRules } from '#test/support/scenes/rule-answers.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

describe('a leaf that is compared over the subjects of a campaign', () => {
  /** Ranks give 10, 8, 6, 4 (舟山). */
  const code = 'Z5';
  const give = ({ person }: Reviewer, { params }: JudgingScene, value: number, version = 0) =>
    person.call(evaluations.score, {
      params: { ...params, code },
      body: { version, leafVersion: 1, reason: '按报表', answer: { value } },
    });
  const pointsOf = async ({ evaluationId }: JudgingScene, layer = 'city') => {
    await app.runJobs();
    const { rows } = await app.owner.query(
      `select points from evaluation_points where evaluation_id = $1 and code = $2 and layer = $3`,
      [evaluationId, code, layer],
    );
    return rows[0]?.points;
  };

  it('takes a value, bars nobody, and has its points when the values of all are there', async () => {
    const open = { framework: 'zhoushan-county-2007-rank', blind: false, reviewersPerLeaf: 1 };
    const one = await layJudging(app, open);
    const other = await layJudging(app, { ...open, countyId: units.fengze.id, campaignId: one.campaignId });
    const [judge, second] = [await one.officer('甲督学', ['*']), await other.officer('乙督学', ['*'])];
    const first = await give(judge, one, 70);
    expect(first).toMatchObject({ points: null, totals: [expect.objectContaining({ total: null })] });
    expect(await pointsOf(one)).toBeNull();
    await give(second, other, 90);
    expect([await pointsOf(one), await pointsOf(other)]).toEqual(['8', '10']);
    const { rows } = await app.owner.query(
      `select place_id, after ->> 'leafCodes' as codes from audit_events where action = 'evaluation.placed' and object_id = $1`,
      [other.evaluationId],
    );
    expect(rows).toEqual([{ place_id: units.city.id, codes: code }]);
    // A value that changes changes the places of all; what was released stays.
    await give(judge, one, 95, 1);
    expect([await pointsOf(one), await pointsOf(other)]).toEqual(['10', '8']);
    await app.owner.query('update evaluations set released_at = now() where id = $1', [one.evaluationId]);
    await give(second, other, 99, 1);
    expect([await pointsOf(one), await pointsOf(other)]).toEqual(['10', '10']);
  });
});

describe('the places of self-evaluations', () => {
  const code = 'Z5';

  it('count what was handed in, and are not drawn again for a subject that stands at its judges', async () => {
    const open = { framework: 'zhoushan-county-2007-rank', blind: false, reviewersPerLeaf: 1 };
    const one = await layJudging(app, open);
    const other = await layJudging(app, {
      ...{ ...open, countyId: units.fengze.id, campaignId: one.campaignId, step: 'selfEvaluation' },
    });
    const { person } = await one.officer('丙督学', ['*']);
    const say = (scene: JudgingScene, value: number) =>
      app.owner.query(
        `update evaluation_points set answer = jsonb_build_object('given', jsonb_build_object('value', $3::int)), points = null
          where evaluation_id = $1 and code = $2 and layer = 'self'`,
        [scene.evaluationId, code, value],
      );
    const takenBack = (at: string | null) =>
      app.owner.query('update evaluation_handins set taken_back_at = $2 where evaluation_id = $1', [
        ...[other.evaluationId, at],
      ]);
    let version = 0;
    /** A score of the city at the leaf asks for the places of both layers. */
    const place = async () => {
      await person.call(evaluations.score, {
        params: { ...one.params, code },
        body: { version, leafVersion: 1, reason: '按报表', answer: { value: 50 + version } },
      });
      version += 1;
      await app.runJobs();
      const { rows } = await app.owner.query(
        `select evaluation_id, points from evaluation_points where code = $1 and layer = 'self' and evaluation_id = any($2)`,
        [code, [one.evaluationId, other.evaluationId]],
      );
      const at = (scene: JudgingScene) => rows.find((row) => row.evaluation_id === scene.evaluationId).points;
      return [at(one), at(other)];
    };
    await say(one, 70);
    await say(other, 90);
    await takenBack('2025-10-15');
    expect(await place()).toEqual([null, null]);
    await takenBack(null);
    expect(await place()).toEqual(['8', '10']);
    // The other takes back, says less and hands in again: what stands at the judges stays.
    await say(other, 60);
    expect(await place()).toEqual(['8', '8']);
  });
});

describe('the means beside a leaf', () => {
  it('are those of all subjects of the campaign, also for an expert who reaches one; none over fewer than three', async () => {
    const open = { blind: false, reviewersPerLeaf: 1 };
    const one = await layJudging(app, open);
    const others = [];
    for (let at = 0; at < 2; at += 1) {
      others.push(await layJudging(app, { ...open, countyId: units.fengze.id, campaignId: one.campaignId }));
    }
    const [leaf] = one.leaves;
    const expert = await one.expert('丙专家', ['*']);
    const judge = async (scene: JudgingScene, { person }: Pick<Reviewer, 'person'>, points: number) =>
      person.call(evaluations.score, {
        params: { ...scene.params, code: leaf!.code },
        body: { version: 0, leafVersion: 1, reason: '按材料', answer: { points } },
      });
    const means = async (person = expert.person) =>
      (await person.call(evaluations.leaf, { params: { ...one.params, code: leaf!.code } })).means;
    await judge(one, expert, leaf!.max);
    await judge(others[0]!, await others[0]!.officer('丁督学', ['*']), leaf!.max / 2);
    expect(await means()).toEqual({ county: null, city: null });
    await judge(others[1]!, await others[1]!.officer('戊督学', ['*']), 0);
    expect(await means()).toEqual({ county: null, city: String(leaf!.max / 2) });
    expect(await means(app.as('cityOfficer'))).toEqual({ county: null, city: String(leaf!.max / 2) });
    expect(await means(app.as('countyDirector'))).toEqual({ county: null, city: null });
    // Three of the own county have a mean of their own, which is not that of all.
    for (const share of [1, 0.5]) {
      const next = await layJudging(app, { ...open, campaignId: one.campaignId });
      await judge(next, await next.officer(`己督学${share}`, ['*']), leaf!.max * share);
    }
    const ofAll = { county: String(Number(((leaf!.max * 2.5) / 3).toFixed(2))), city: String(leaf!.max * 0.6) };
    expect(await means()).toEqual(ofAll);
    expect(ofAll.county).not.toBe(ofAll.city);
  });
});

describe('a grade with a quota', () => {
  it('is drawn over the subjects of the campaign, and says whom it waits for until all are settled', async () => {
    const [one, second] = await layRound(app, [1, null]);
    const concluded = async (scene: JudgingScene) => {
      const { conclusions } = await app.as('cityOfficer').call(evaluations.opinion, { params: scene.params });
      return conclusions.find(({ table }) => table === '等次');
    };
    expect(await concluded(one!)).toMatchObject({ name: '未定' });
    await second!.settle(0.95);
    const names = [(await concluded(one!))?.name, (await concluded(second!))?.name];
    expect(names).toEqual(['先进学校', '培育学校（名额外候补）']);
  });
});

describe('what the office has found for the rules', () => {
  it('is corrected at the city, and not by the subject that it is about', async () => {
    const step = 'preliminaryOpinion' as const;
    const scene = await layJudging(app, { kind: 'school-evaluation', schoolId: schools.neighbour.id, step });
    await answerRules(app.as('cityOfficer'), scene.params);
    const { rows } = await app.owner.query<{ id: string; key: string; year: number }>(
      `select f.id, f.key, p.year from entered_facts f join periods p on p.id = f.period_id
        where f.subject_type = 'school' and f.subject_id = $1 and f.key like '事实:%' and f.replaced_at is null
        order by p.year desc, f.key limit 1`,
      [schools.neighbour.id],
    );
    const { id, key, year } = rows[0]!;
    const subject = { type: 'school' as const, id: schools.neighbour.id };
    const body = { fact: key, subject, year, value: 1, document: '本单位说明', asOf: '2025-09-30', replaces: id };
    expect((await app.as('countyDirector').refused(answer, { body })).code).toBe('thing.ofOffice');
    await app.as('cityOfficer').call(answer, { body });
  });
});
