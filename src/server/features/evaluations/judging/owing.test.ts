import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import * as home from '#contract/home/home.ts';
import { kindOf } from '#domain/evaluation/kind.ts';
import { factsOfLeaf } from '#domain/framework/questions/read-facts.ts';
import { preparedFramework } from '#test/reference/frameworks/read-frameworks.ts';
import { openTestApp, type TestApp, type TestPerson } from '#test/support/app.ts';
import { units } from '#test/support/scenario.ts';
import { type JudgingScene, layJudging, type Reviewer } from '#test/support/scenes/judging-scene.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const give = ({ person }: Pick<Reviewer, 'person'>, scene: JudgingScene, code: string, points: number) =>
  person.call(evaluations.score, {
    params: { ...scene.params, code },
    body: { version: 0, leafVersion: 1, reason: '按材料', answer: { points } },
  });
const seat = (scene: JudgingScene, { seatId }: Reviewer, set: string) =>
  app.owner.query(`update evaluation_reviewers set ${set} where evaluation_id = $1 and seat_id = $2`, [
    ...[scene.evaluationId, seatId],
  ]);
/** What a person owes of an evaluation, as each place counts it. */
const counts = async (person: TestPerson, { evaluationId, params }: JudgingScene) => {
  const row = async (query: Record<string, string>) =>
    (await person.call(evaluations.list, { query })).rows.find(({ id }) => id === evaluationId);
  const page = await person.call(evaluations.read, { params });
  const { work } = await person.call(home.overview, {});
  return {
    page: [page.toScore, page.scored, page.answered, page.can.score],
    list: [(await row({}))?.toScore, (await row({}))?.scored, (await row({}))?.answered],
    waiting: (await row({ waiting: 'score' })) !== undefined,
    home: work.find(({ kind }) => kind === 'evaluations.score')?.count ?? 0,
  };
};

describe('who owes a score', () => {
  it('is counted alike on the page, in the list and at home: within the days of the seat alone', async () => {
    const scene = await layJudging(app);
    const [judge] = [await scene.officer('甲督学', ['*'])];
    const all = scene.codes.length;
    await give(judge, scene, scene.leaves[0]!.code, 0);
    expect(await counts(judge.person, scene)).toEqual({
      ...{ page: [all - 1, 1, all, true], list: [all - 1, 1, all], waiting: true, home: 1 },
    });
    const nothing = { page: [0, 1, all, false], list: [0, 1, all], waiting: false, home: 0 };
    await seat(scene, judge, `from_day = '2025-01-01', to_day = '2025-10-01'`);
    expect(await counts(judge.person, scene)).toEqual(nothing);
    await seat(scene, judge, `from_day = '2026-05-01', to_day = '2026-06-30'`);
    expect(await counts(judge.person, scene)).toEqual(nothing);
  });

  it('is nobody while the subject fills, and whoever finds the one score of a leaf there', async () => {
    const scene = await layJudging(app, { blind: false, reviewersPerLeaf: 1 });
    const [one, other] = [await scene.officer('乙督学', ['*']), await scene.officer('丙督学', ['*'])];
    const all = scene.codes.length;
    await give(one, scene, scene.leaves[0]!.code, 0);
    expect(await counts(other.person, scene)).toMatchObject({ page: [all - 1, 0, all, true], list: [all - 1, 0, all] });
    await scene.moveTo('selfEvaluation');
    expect(await counts(other.person, scene)).toEqual({
      ...{ page: [0, 0, all, false], list: [0, 0, all], waiting: false, home: 0 },
    });
  });

  it('holds up no talk and may draft the opinion once the last day of the seat is past', async () => {
    const scene = await layJudging(app);
    const [one, past] = [await scene.expert('丁专家', ['*']), await scene.officer('戊督学', ['*'])];
    const [leaf] = scene.leaves;
    await give(one, scene, leaf!.code, 0);
    const settling = {
      params: { ...scene.params, code: leaf!.code },
      body: { version: 0, minutes: '单独', reason: '对照标准核实认定', answer: { points: 0 } },
    };
    const office = app.as('cityOfficer');
    expect((await office.refused(evaluations.settleTalk, settling)).code).toBe('evaluation.scoresOwed');
    const saving = async () => {
      const { revision } = await past.person.call(evaluations.opinion, { params: scene.params });
      return { params: scene.params, body: { revision, comments: [], findings: [] } };
    };
    expect((await past.person.refused(evaluations.saveOpinion, await saving())).code).toBe('evaluation.opinionBlind');
    await seat(scene, past, `from_day = '2025-01-01', to_day = '2025-10-01'`);
    expect((await office.refused(evaluations.settleTalk, settling)).code).toBe('evaluation.reviewersFew');
    expect(await past.person.call(evaluations.saveOpinion, await saving())).toMatchObject({ state: 'materialReview' });
  });
});

describe('whoever comes to leaves that are settled', () => {
  it('owes nothing there: he reads the opinion and drafts it, and owes again what a change voided', async () => {
    const scene = await layJudging(app);
    const judges = [await scene.officer('庚督学', ['*']), await scene.officer('辛督学', ['*'])];
    for (const code of scene.codes) for (const judge of judges) await give(judge, scene, code, 0);
    const { person } = await scene.officer('后来的督学', ['*']);
    const saving = async () => {
      const { revision } = await person.call(evaluations.opinion, { params: scene.params });
      return { params: scene.params, body: { revision, comments: [], findings: [] } };
    };
    await person.call(evaluations.saveOpinion, await saving());
    await scene.change(scene.codes[0]!);
    expect((await person.refused(evaluations.saveOpinion, await saving())).code).toBe('evaluation.opinionBlind');
  });
});

describe('scores that a change of the subject voids', () => {
  it('are told to whoever gave them when they can be given again, once, with the leaves', async () => {
    const scene = await layJudging(app, { countyId: units.licheng.id });
    const [one, other] = [await scene.expert('己专家', ['*']), await scene.officer('庚督学', ['*'])];
    const past = await scene.expert('辛专家', ['*']);
    // A leaf that reads facts is not handed in before they are answered; this one is answered by its points alone.
    const prepared = preparedFramework(kindOf('county-inspection').framework);
    const asking = new Set(
      prepared.leaves.flatMap((one) => (factsOfLeaf(prepared, one).size > 0 ? [one.indicator.code] : [])),
    );
    const [leaf, kept] = scene.leaves.filter(({ code }) => !asking.has(code));
    for (const judge of [one, other, past]) await give(judge, scene, leaf!.code, leaf!.max);
    await give(one, scene, kept!.code, kept!.max);
    await seat(scene, past, `from_day = '2025-01-01', to_day = '2025-10-01'`);
    const at = async () => ({
      params: scene.params,
      body: { revision: (await app.as('cityOfficer').call(evaluations.read, { params: scene.params })).revision },
    });
    const back = { codes: [leaf!.code], reason: '请补充文件' };
    const { body } = await at();
    await app.as('cityOfficer').call(evaluations.sendBack, { params: scene.params, body: { ...body, ...back } });
    await app.as('countyOfficer').call(evaluations.answerLeaf, {
      params: { ...scene.params, code: leaf!.code },
      body: { version: 1, answer: { points: leaf!.max / 2 }, note: '已补' },
    });
    const told = async () => {
      await app.runJobs();
      const { rows } = await app.owner.query(
        `select person_id, place_id, note from notices where kind = 'evaluation.scoreVoided' and subject_id = $1`,
        [scene.evaluationId],
      );
      return rows;
    };
    expect(await told()).toEqual([]);
    await app.as('countyOfficer').call(evaluations.submit, await at());
    await app.as('countyDirector').call(evaluations.confirmSelf, await at());
    await app.as('cityOfficer').call(evaluations.receive, await at());
    const rows = await told();
    expect(rows.map((row) => row.person_id).sort()).toEqual([one.personId, other.personId].sort());
    for (const row of rows) expect(row).toMatchObject({ place_id: units.city.id, note: leaf!.code });
  });
});
