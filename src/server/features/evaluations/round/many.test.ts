import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import * as notices from '#contract/notices/notices.ts';
import * as tokens from '#contract/session/tokens.ts';
import type { ActOnMany } from '#domain/evaluation/flow/acts-on-many.ts';
import { openTestApp, type TestApp, type TestPerson } from '#test/support/app.ts';
import { units } from '#test/support/scenario.ts';
import { type JudgingScene, layJudging } from '#test/support/scenes/judging-scene.ts';
import { issueOpinionLetter } from '#test/support/scenes/result-way.ts';
import { answerRules } from '#test/support/scenes/rule-answers.ts';

let app: TestApp;
let one: JudgingScene;
beforeAll(async () => {
  app = await openTestApp();
  one = await layJudging(app, { blind: false, reviewersPerLeaf: 1, step: 'preliminaryOpinion' });
});
afterAll(() => app.close());

const city = () => app.as('cityOfficer');
const subjects = 60;
let campaignId: string;
let ids: string[];
/** Sixty results that are confirmed, of a campaign of their own: what is left is to end them. */
beforeEach(async () => {
  campaignId = randomUUID();
  const { rows } = await app.owner.query<{ id: string }>(
    `insert into evaluations (place_id, id, campaign_place_id, campaign_id, kind, title, assessment_year, decision_year,
       framework_key, framework_revision, framework_hash, unit_id, subject_name, lead_unit_id, rules, step, released_at,
       decided_on, opened_at, updated_at)
     select e.place_id, gen_random_uuid(), e.campaign_place_id, $2, e.kind, e.title, 2025, 2025, e.framework_key,
            e.framework_revision, e.framework_hash, e.unit_id, '对象' || lpad(n::text, 2, '0'), e.lead_unit_id, e.rules,
            'rectification', $3, '2025-10-01', $3, $3
       from evaluations e, generate_series(1, $4) n where e.id = $1 returning id`,
    [one.evaluationId, campaignId, app.clock.now, subjects],
  );
  ids = rows.map(({ id }) => id);
  await app.owner.query(
    `insert into evaluation_steps (place_id, evaluation_id, campaign_place_id, step, position, from_day, to_day)
     select e.place_id, e.id, e.campaign_place_id, 'rectification', 9, '2025-10-01', '2025-12-31'
       from evaluations e where e.campaign_id = $1`,
    [campaignId],
  );
});

const revisionsOf = async (some: readonly string[]) =>
  (
    await app.owner.query<{ id: string; revision: number }>(
      `select e.id, e.revision + coalesce((select sum(1 + (h.confirmed_at is not null)::int) from evaluation_handins h
                where h.evaluation_id = e.id), 0)::int as revision
         from evaluations e where e.id = any ($1::uuid[]) order by e.subject_name, e.id`,
      [some],
    )
  ).rows;
const asked = async (act: ActOnMany, some: readonly string[], more: object = {}) => ({
  body: { campaignId, act, evaluations: await revisionsOf(some), ...more },
});
const newest = async (person: TestPerson = city()) =>
  (await person.call(evaluations.newestActOnMany, { query: { campaignId } })).asking;
/** What every evaluation has of the act: its state, its steps by this person, and its rows of the audit. */
const standing = async (some: readonly string[] = ids) =>
  (
    await app.owner.query<{ state: string; steps: number; audited: number; told: number }>(
      `select e.state, (select count(*)::int from steps s where s.subject_id = e.id and s.actor_id = $2) as steps,
         (select count(*)::int from audit_events a
           where a.object_id = e.id::text and a.action = 'evaluation.finished' and a.actor_id = $2) as audited,
         (select count(*)::int from notices n where n.subject_id = e.id and n.kind = 'evaluation.closed') as told
       from evaluations e where e.id = any ($1::uuid[]) order by e.subject_name`,
      [some, city().personId],
    )
  ).rows;
const ended = { state: 'closed', steps: 1, audited: 1, told: 1 };
const untouched = { state: 'open', steps: 0, audited: 0, told: 0 };
/** A problem of the evaluation that is still worked on. */
const raiseFinding = async (evaluationId: string) => {
  await app.owner.query(
    `insert into findings (place_id, id, kind, title, severity, duty_type, duty_unit_id, opened_by_unit_id, opened_level, managed_by,
       school_year, source_type, source_id, source_key, found_on, entered_by_name, entered_at, updated_at)
     values ($1, gen_random_uuid(), 'facilities', '图书不足', 'minor', 'unit', $1, $2, 'city', 'city', 2025, 'evaluations', $3, '图书',
             '2025-10-01', 'x', $4, $4)`,
    [units.licheng.id, units.city.id, evaluationId, app.clock.now],
  );
};

describe('an act on many', () => {
  it('goes through for sixty; one that is refused stays, with its own sentence, and stops no other', async () => {
    const [first, second, ...others] = ids;
    await raiseFinding(second!);
    const body = await asked('finish', ids);
    const answer = await city().call(evaluations.actOnMany, body);
    expect(answer.asked).toBe(subjects);
    expect(await newest()).toMatchObject({ id: answer.id, act: 'finish', asked: subjects, left: subjects });
    // Somebody else has ended one of them meanwhile.
    const single = { params: { evaluationId: first! }, body: { revision: 1, reason: '' } };
    await city().call(evaluations.finish, single);
    const refusedSecond = await city().refused(evaluations.finish, {
      params: { evaluationId: second! },
      body: { revision: 1, reason: '' },
    });
    await app.runJobs();
    const found = (await newest())!;
    expect(found).toMatchObject({ asked: subjects, done: subjects - 2, left: 0 });
    expect(found.refused.map(({ evaluationId, sentence }) => [evaluationId, sentence])).toEqual([
      [first, expect.stringContaining('已办结')],
      // The same sentence as the single act.
      [second, refusedSecond.sentence],
    ]);
    expect(await standing(others)).toEqual(others.map(() => ended));
    expect(await standing([second!])).toEqual([untouched]);
    const { rows } = await city().call(notices.list, {});
    const told = rows.find(({ kind }) => kind === 'evaluation.doneOnMany')!;
    expect(told.note).toContain(`整改办结：${subjects} 个对象，办好 ${subjects - 2} 个，没有办 2 个`);
    expect(told.note).toContain(refusedSecond.sentence);
  });

  it('nobody without the right of the single act gets anything, whatever else he may do', async () => {
    const body = await asked('finish', ids);
    for (const member of ['sectionOfficer', 'countyDirector', 'head', 'expert'] as const) {
      expect(await app.as(member).refused(evaluations.actOnMany, body), member).toMatchObject({ status: 403 });
    }
    // A token that judges and does not conclude receives, and ends nothing.
    const given = { name: '数据中心', permissions: ['evaluation.judge' as const], days: 1 };
    const { token } = await city().call(tokens.create, { body: given });
    expect(await app.withToken(token).refused(evaluations.actOnMany, body)).toMatchObject({ code: 'access.denied' });
    const foreign = await asked('finish', [one.evaluationId]);
    expect((await city().refused(evaluations.actOnMany, foreign)).code).toBe('thing.notFound');
    await app.runJobs();
    expect(await standing()).toEqual(ids.map(() => untouched));
    const kept = await app.owner.query('select 1 from evaluation_asked_acts where campaign_id = $1', [campaignId]);
    expect(kept.rows).toEqual([]);
  });

  it('is done in the post as it is held when it is done: who has lost it meanwhile is refused for each', async () => {
    const { person, personId } = await one.officer('离任者', ['*'], { scores: false });
    await person.call(evaluations.actOnMany, await asked('finish', ids.slice(0, 3)));
    await app.owner.query('update grants set revoked_at = $2 where person_id = $1', [personId, app.clock.now]);
    await app.runJobs();
    expect(await standing(ids.slice(0, 3))).toEqual([untouched, untouched, untouched]);
    const { rows } = await app.owner.query<{ refusal: string }>(
      'select distinct refusal from evaluation_asked_acts where campaign_id = $1',
      [campaignId],
    );
    expect(rows.map(({ refusal }) => refusal)).toEqual([expect.stringContaining('岗位已结束')]);
  });

  it('a fault in the middle leaves no half subject, and the next run goes on with it alone', async () => {
    const [first, ...others] = ids;
    const [middle] = ids.slice(30);
    await raiseFinding(first!);
    await app.owner.query(`
      create function fail_here() returns trigger language plpgsql as $$ begin raise exception 'a fault'; end $$;
      create trigger fails before update on evaluation_steps for each row
        when (new.evaluation_id = '${middle}') execute function fail_here()`);
    try {
      await city().call(evaluations.actOnMany, await asked('finish', ids));
      const waiting = [...app.jobs];
      await expect(app.runJobs()).rejects.toThrow('a fault');
      expect(await standing([middle!])).toEqual([untouched]);
      // Whoever was refused is named when none is left: until then the page asks every few seconds.
      expect(await newest()).toMatchObject({ asked: subjects, done: subjects - 2, left: 1, refused: [] });
      await app.owner.query('drop trigger fails on evaluation_steps');
      app.jobs.push(...waiting);
      await app.runJobs();
    } finally {
      await app.owner.query('drop trigger if exists fails on evaluation_steps; drop function fail_here()');
    }
    expect(await newest()).toMatchObject({
      ...{ asked: subjects, done: subjects - 1, left: 0 },
      refused: [{ evaluationId: first }],
    });
    expect(await standing(others)).toEqual(others.map(() => ended));
    const { rows } = await city().call(notices.list, {});
    expect(
      rows.filter(
        ({ kind, note }) => kind === 'evaluation.doneOnMany' && note?.includes(`办好 ${subjects - 1} 个，没有办 1 个`),
      ),
    ).toHaveLength(1);
  });

  it('what a token asks for is recorded as the token’s, and is not done when the token has ended meanwhile', async () => {
    const give = () => {
      const body = { name: '数据中心', permissions: ['evaluation.conclude' as const], days: 1 };
      return city().call(tokens.create, { body });
    };
    const kept = await give();
    const [first, second] = ids;
    await app.withToken(kept.token).call(evaluations.actOnMany, await asked('finish', [first!]));
    await app.runJobs();
    const { rows } = await app.owner.query<{ token: string | null }>(
      `select token_id as token from audit_events where object_id = $1 and action = 'evaluation.finished'`,
      [first],
    );
    expect(rows).toEqual([{ token: kept.id }]);
    const lost = await give();
    await app.withToken(lost.token).call(evaluations.actOnMany, await asked('finish', [second!]));
    await city().call(tokens.revoke, { params: { tokenId: lost.id } });
    await app.runJobs();
    expect(await standing([second!])).toEqual([untouched]);
    expect((await newest())!.refused[0]!.sentence).toContain('访问令牌');
  });

  it('is not done for whoever has to choose a new password, or to bind a second factor, before any work', async () => {
    const { person, personId } = await one.officer('待办者', ['*'], { scores: false });
    const [first, second] = ids;
    for (const [id, overdue, sentence] of [
      [first, 'must_change_password = true', '请先修改密码'],
      [second, 'must_change_password = false, two_factor_enabled = false', '请到“我的账户”完成绑定'],
    ] as const) {
      await app.owner.query('update people set must_change_password = false, two_factor_enabled = true where id = $1', [
        personId,
      ]);
      await person.call(evaluations.actOnMany, await asked('finish', [id!]));
      await app.owner.query(`update people set ${overdue} where id = $1`, [personId]);
      await app.runJobs();
      expect((await standing([id!]))[0]).toEqual(untouched);
      const { rows } = await app.owner.query<{ refusal: string }>(
        'select refusal from evaluation_asked_acts where evaluation_id = $1',
        [id],
      );
      expect(rows).toEqual([{ refusal: expect.stringContaining(sentence) }]);
    }
  });

  it('finds an evaluation in whichever letters its number is written, and takes it once', async () => {
    const [one] = await revisionsOf(ids.slice(0, 1));
    const upper = { ...one!, id: one!.id.toUpperCase() };
    const body = { campaignId, act: 'finish' as const, evaluations: [upper] };
    const twice = await city().refused(evaluations.actOnMany, { body: { ...body, evaluations: [one!, upper] } });
    expect(twice.sentence).toContain('同一对象只能列一次');
    await city().call(evaluations.actOnMany, { body });
    await app.runJobs();
    expect(await standing([one!.id])).toEqual([ended]);
  });
});

describe('the way of a result, many at once', () => {
  it('is the way of the single acts: what is incomplete stays, and no hand confirms what it has submitted', async () => {
    const other = await layJudging(app, {
      ...{ blind: false, reviewersPerLeaf: 1, step: 'preliminaryOpinion', countyId: units.fengze.id },
      campaignId: one.campaignId,
    });
    campaignId = one.campaignId;
    const both = [one.evaluationId, other.evaluationId];
    for (const scene of [one, other]) {
      await scene.settle(0.9);
      await answerRules(city(), scene.params);
    }
    const comments = (['strength', 'weakness', 'advice'] as const).map((kind) => ({
      ...{ kind, code: null, text: '管理规范，按要求落实' },
    }));
    const draft = async (evaluationId: string) => {
      const [{ revision } = { revision: 0 }] = await revisionsOf([evaluationId]);
      await city().call(evaluations.saveOpinion, {
        params: { evaluationId },
        body: { revision, comments, findings: [] },
      });
    };
    const many = async (act: ActOnMany, person: TestPerson = city(), more: object = {}) => {
      await person.call(evaluations.actOnMany, await asked(act, both, more));
      await app.runJobs();
      // What the acts themselves have asked for, such as their letters.
      await app.runJobs();
      return (await newest(person))!;
    };
    await draft(one.evaluationId);
    const past = { statementDue: '2025-10-15' };
    expect((await city().refused(evaluations.actOnMany, await asked('release', both, past))).code).toBe(
      'evaluation.statementDueInPast',
    );
    expect((await city().refused(evaluations.actOnMany, await asked('release', both))).status).toBe(400);
    const due = { statementDue: '2025-10-30' };
    // The opinion of the second has not a word yet.
    expect(await many('release', city(), due)).toMatchObject({
      ...{ asked: 2, done: 1 },
      refused: [{ evaluationId: other.evaluationId, sentence: expect.stringContaining('没有写任何意见') }],
    });
    await draft(other.evaluationId);
    // The first has been fed back: once more is not asked of it.
    expect(await many('release', city(), due)).toMatchObject({
      done: 1,
      refused: [{ evaluationId: one.evaluationId, sentence: expect.stringContaining('征求申辩') }],
    });
    expect((await many('issueOpinion')).refused.map(({ sentence }) => sentence)).toEqual([
      ...[expect.stringContaining('申辩'), expect.stringContaining('申辩')],
    ]);
    for (const member of ['countyDirector', 'otherDirector'] as const) {
      const evaluationId = both[member === 'countyDirector' ? 0 : 1]!;
      const [{ revision } = { revision: 0 }] = await revisionsOf([evaluationId]);
      await app.as(member).call(evaluations.waiveStatement, { params: { evaluationId }, body: { revision } });
    }
    // Forty problems without a duty body and a day make a sentence longer than what is kept: its beginning is.
    await app.owner.query(
      `insert into evaluation_findings (place_id, evaluation_id, id, subject_place_id, kind, title, entered_by_name, entered_at)
       select e.campaign_place_id, e.id, gen_random_uuid(), e.place_id, 'facilities', repeat('图书', 40), 'x', now()
         from evaluations e, generate_series(1, 40) n where e.id = $1`,
      [other.evaluationId],
    );
    expect(await many('issueOpinion')).toMatchObject({
      ...{ asked: 2, done: 1 },
      refused: [
        {
          evaluationId: other.evaluationId,
          sentence: expect.stringMatching(/^评估意见还不完整.*……其余见这个对象的评估页面。$/),
        },
      ],
    });
    await app.owner.query('update evaluation_findings set dropped_at = now() where evaluation_id = $1', [
      other.evaluationId,
    ]);
    expect(await many('issueOpinion')).toMatchObject({ done: 1, refused: [{ evaluationId: one.evaluationId }] });
    for (const id of both) await issueOpinionLetter(app.owner, id);
    expect(await many('submitResult')).toMatchObject({ done: 2, refused: [] });
    const own = await many('confirmResult');
    expect(own).toMatchObject({ done: 0 });
    expect(own.refused.map(({ sentence }) => sentence)).toEqual([
      ...[expect.stringContaining('不能'), expect.stringContaining('不能')],
    ]);
    const colleague = (await one.officer('复核员', ['*'], { scores: false })).person;
    expect(await many('confirmResult', colleague)).toMatchObject({ done: 2, refused: [] });
    // Each row of the progress is of whoever asked.
    expect(await newest()).toMatchObject({ id: own.id });
    const { rows } = await app.owner.query(
      `select e.step, o.state, e.result_letter_id is not null as lettered,
              (select array_agg(s.action order by s.at, s.id) from steps s where s.subject_id = e.id) as steps
         from evaluations e join evaluation_opinions o on o.evaluation_id = e.id where e.id = any ($1::uuid[])`,
      [both],
    );
    const steps = ['release', 'waiveStatement', 'issueOpinion', 'submitResult', 'confirmResult'];
    const whole = { step: 'rectification', state: 'confirmed', lettered: true, steps };
    expect(rows).toEqual([whole, whole]);
  });
});
