import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import { answer } from '#contract/frameworks/questions.ts';
import { overview } from '#contract/home/home.ts';
import * as notices from '#contract/notices/notices.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { units } from '#test/support/scenario.ts';
import { layEarlier } from '#test/support/scenes/earlier-round.ts';
import { type JudgingScene, layJudging } from '#test/support/scenes/judging-scene.ts';
import { issueOpinionLetter, type ResultWay, resultWay } from '#test/support/scenes/result-way.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const city = () => app.as('cityOfficer');
const county = () => app.as('countyOfficer');
const grounds = { document: '县教育局专项说明', asOf: '2025-09-30', replaces: null };
const comments = (['strength', 'weakness', 'advice'] as const).map((kind) => ({
  kind,
  code: null,
  text: '经费投入增长',
}));

const revisionOf = async ({ params }: JudgingScene) => (await city().call(evaluations.read, { params })).revision;
const opinionOf = ({ params }: JudgingScene) => city().call(evaluations.opinion, { params });
const questionsOf = async ({ params }: JudgingScene) => (await city().call(evaluations.questions, { params })).rows;
const gradeOf = async (scene: JudgingScene) => (await opinionOf(scene)).conclusions[0]!;

/** A reviewer judges every leaf. */
async function judge(scene: JudgingScene, answerOf: (max: number | null) => object): Promise<void> {
  const { person } = await scene.officer('审评员', ['*']);
  for (const code of scene.codes) {
    const max = scene.leaves.find((one) => one.code === code)?.max ?? null;
    await person.call(evaluations.score, {
      params: { ...scene.params, code },
      body: { version: 0, leafVersion: 1, reason: '按材料和现场核查', answer: answerOf(max) },
    });
  }
}

/** What rules ask, at 评估事实, by the county itself: no case of anything, and 95 of 100 are satisfied. */
async function answerAll(scene: JudgingScene): Promise<void> {
  const subject = { type: 'unit' as const, id: units.licheng.id };
  for (const { name, yearsBack, inRules, title, type, value } of await questionsOf(scene)) {
    if (!inRules || title !== null || value !== null || type !== 'number') continue;
    const given = name.endsWith('.share') ? 95 : 0;
    await county().call(answer, { body: { fact: name, subject, year: 2025 - yearsBack, value: given, ...grounds } });
  }
}

/** The office says of each rule that no figure decides that it does not hold. */
async function ruleAll(scene: JudgingScene): Promise<void> {
  for (const { name, title } of await questionsOf(scene)) {
    if (title === null) continue;
    await city().call(evaluations.enterFact, { params: scene.params, body: { fact: name, value: false, ...grounds } });
  }
}

const releasing = async (scene: JudgingScene) => ({
  params: scene.params,
  body: { revision: await revisionOf(scene), statementDue: '2025-10-30' },
});

async function draft(scene: JudgingScene): Promise<void> {
  const body = { revision: await revisionOf(scene), comments, findings: [] };
  await city().call(evaluations.saveOpinion, { params: scene.params, body });
}

describe('the rules of an edition', () => {
  let scene: JudgingScene;
  beforeAll(async () => {
    scene = await layJudging(app, { blind: false, reviewersPerLeaf: 1, step: 'preliminaryOpinion' });
    await judge(scene, (max) => ({ points: max ?? 0 }));
    await draft(scene);
  }, 60_000);

  it('are asked: the questions name every fact that only rules read, in each year of its look-back', async () => {
    const rows = (await questionsOf(scene)).filter(({ codes }) => codes.length === 0);
    const asked = rows.filter(({ title }) => title === null).map(({ name, yearsBack }) => `${name} ${yearsBack}`);
    expect(asked).toEqual(expect.arrayContaining(['事实:督导弄虚作假查实次数 0', '事实:重大以上校园安全责任事故数 1']));
    const ruled = rows.flatMap(({ title }) => (title === null ? [] : [title.slice(0, 2)]));
    expect(ruled).toEqual(['V2', 'L1', 'L3', 'L4', 'L5', 'D1', 'D3']);
    const own = (await county().call(evaluations.questions, { params: scene.params })).rows;
    expect(own.filter(({ title }) => title !== null)).toEqual([]);
    expect(own.map(({ name }) => name)).toContain('事实:拖欠教师工资月数');
  });

  it('that nobody has decided leave the conclusion open, and bar the release by what is missing', async () => {
    const found = await opinionOf(scene);
    expect(found).toMatchObject({ total: '100', conclusion: null });
    expect(found.conclusions[0]).toMatchObject({ name: '未定' });
    expect(found.conclusions[0]!.open).toContain('事实:督导弄虚作假查实次数');
    expect(found.rules.find(({ code }) => code === 'V1')).toMatchObject({
      ...{ kind: 'veto', holds: 'open', lacks: ['事实:督导弄虚作假查实次数'] },
    });
    const sentences = found.lacks.map(({ sentence }) => sentence).join();
    expect(sentences).toContain('“等次”未定：还缺 事实:督导弄虚作假查实次数');
    const refused = await city().refused(evaluations.release, await releasing(scene));
    expect(refused.sentence).toContain('督导弄虚作假查实次数');
  });

  it('decide it once they are answered, and the office has ruled on what no figure says', async () => {
    await answerAll(scene);
    expect((await gradeOf(scene)).open).toContain('均衡:基本均衡.小学.综合差异系数');
    await ruleAll(scene);
    expect(await gradeOf(scene)).toMatchObject({ name: '优秀', open: [] });
    const { rules } = await opinionOf(scene);
    expect(rules.filter(({ holds }) => holds !== 'no')).toEqual([]);
  });

  it('the county rules on nothing, and the office answers no question of a leaf that was judged', async () => {
    const ruling = (await questionsOf(scene)).find(({ title }) => title !== null)!;
    const body = { fact: ruling.name, value: true, ...grounds, replaces: ruling.answer!.id };
    const refused = await county().refused(evaluations.enterFact, { params: scene.params, body });
    expect(refused.code).toBe('thing.notFound');
    const ofLeaf = (await questionsOf(scene)).find(({ inRules }) => !inRules)!;
    expect(ofLeaf.mayEnter).toBe(false);
    const other = { fact: ofLeaf.name, yearsBack: ofLeaf.yearsBack, value: 1, ...grounds };
    const barred = await city().refused(evaluations.enterFact, { params: scene.params, body: other });
    expect(barred.code).not.toBe('request.invalid');
  });

  it('look back: a share of an earlier confirmed round that is too small keeps a county from 优秀', async () => {
    await layEarlier(app.owner, scene, 2023, { grade: '合格', rate: '0.7', rates: { C64: '4/5', C20: '1', C21: '1' } });
    expect(await gradeOf(scene)).toMatchObject({ name: '良好' });
    expect((await opinionOf(scene)).rules.find(({ code }) => code === 'L5')).toMatchObject({ holds: 'yes' });
    await app.owner.query(
      `update evaluations set results = jsonb_set(results, '{rates,C64}', '"17/20"') where assessment_year = 2023`,
    );
    expect(await gradeOf(scene)).toMatchObject({ name: '优秀' });
  });

  it('a veto that was entered at 评估事实 makes the conclusion what the edition says, and it is released so', async () => {
    const name = '事实:督导弄虚作假查实次数';
    const { answer: stands } = (await questionsOf(scene)).find((one) => one.name === name)!;
    const subject = { type: 'unit' as const, id: units.licheng.id };
    const body = { ...grounds, fact: name, subject, year: 2025, value: 1, replaces: stands!.id };
    await city().call(answer, { body });
    expect(await gradeOf(scene)).toMatchObject({ name: '不合格', open: [] });
    await city().call(evaluations.release, await releasing(scene));
    const seen = await app.as('countyDirector').call(evaluations.opinion, { params: scene.params });
    expect(seen).toMatchObject({ total: '100', conclusion: '不合格', rules: [] });
    // What the conclusion rested on is kept with it, and what later rounds read of it.
    const { rows } = await app.owner.query(
      `select o.certificate, e.results from evaluation_opinions o join evaluations e on e.id = o.evaluation_id
        where e.id = $1`,
      [scene.evaluationId],
    );
    const kept = rows[0].certificate.facts.find((one: { name: string }) => one.name === name);
    expect(kept).toMatchObject({ value: 1, source: 'entered', certificate: { asOf: '2025-09-30' } });
    expect(rows[0].results).toMatchObject({ grade: '不合格', rate: '1', rates: { C64: '1' } });
  });
});

describe('an edition without points', () => {
  it('is released by its conclusion alone: no total is kept or shown, and never a zero', async () => {
    const scene = await layJudging(app, {
      ...{ blind: false, reviewersPerLeaf: 1, step: 'preliminaryOpinion', framework: 'quality-balance-2017-6' },
      countyId: units.fengze.id,
    });
    expect((await opinionOf(scene)).provisional).toMatchObject({ from: null });
    await judge(scene, () => ({ met: true }));
    await draft(scene);
    const drafted = await opinionOf(scene);
    expect(drafted).toMatchObject({ total: null, provisional: null, conclusion: '各项均达到' });
    expect(drafted.lacks.filter(({ ahead }) => !ahead)).toEqual([]);
    const { totals } = await city().call(evaluations.read, { params: scene.params });
    for (const total of totals) expect(total).toMatchObject({ total: null, from: null, to: null });
    await city().call(evaluations.release, await releasing(scene));
    const { rows } = await city().call(evaluations.list, { query: {} });
    expect(rows.find(({ id }) => id === scene.evaluationId)).toMatchObject({
      ...{ state: 'statement', total: null, conclusion: '各项均达到' },
    });

    const { params } = scene;
    const step = async () => ({ params, body: { revision: await revisionOf(scene) } });
    await app.as('otherDirector').call(evaluations.waiveStatement, await step());
    await city().call(evaluations.issueOpinion, await step());
    await app.runJobs();
    const { rows: letters } = await app.owner.query<{ words: string }>(
      `select to_jsonb(l)::text as words from letters l join evaluations e on e.opinion_letter_id = l.id where e.id = $1`,
      [scene.evaluationId],
    );
    const { words } = letters[0]!;
    expect(words).toContain('结论为：');
    expect(words).not.toMatch(/评定[^，。]*分/);
    await issueOpinionLetter(app.owner, scene.evaluationId);
    await city().call(evaluations.submitResult, await step());
    const colleague = (await scene.officer('复核员', ['*'], { scores: false })).person;
    await colleague.call(evaluations.confirmResult, await step());
    await app.runJobs();
    const seen = await app.as('otherDirector').call(evaluations.opinion, { params });
    expect(seen).toMatchObject({ state: 'confirmed', total: null, conclusion: '各项均达到' });
    const { rows: facts } = await app.owner.query<{ key: string; value: unknown }>(
      `select key, value from facts where source = 'evaluations' and subject_id = $1 order by key`,
      [units.fengze.id],
    );
    expect(facts.map(({ key }) => key)).toEqual([
      ...['evaluation.quality-balance-2017-6.grade', 'evaluation.quality-balance-2017-6.rates'],
    ]);
    // What was concluded stays, whatever is said of the facts afterwards.
    expect((await opinionOf(scene)).conclusion).toBe('各项均达到');
  }, 60_000);
});

describe('what rules read, once it was fed back', () => {
  const name = '事实:拖欠教师工资月数';
  let scene: JudgingScene;
  let way: ResultWay;
  /** What the county corrects at 评估事实. */
  const correct = async (person: ReturnType<typeof county>, fact: string, value: number) => {
    const subject = { type: 'unit' as const, id: units.fengze.id };
    const { answer: stands } = (await questionsOf(scene)).find((one) => one.name === fact && one.yearsBack === 0)!;
    await person.call(answer, { body: { ...grounds, fact, subject, year: 2025, value, replaces: stands!.id } });
  };
  const movedOf = async () => (await opinionOf(scene)).moved;
  beforeAll(async () => {
    const open = { blind: false, reviewersPerLeaf: 1, step: 'preliminaryOpinion' } as const;
    scene = await layJudging(app, { ...open, countyId: units.fengze.id });
    await judge(scene, (max) => ({ points: max ?? 0 }));
    const subject = { type: 'unit' as const, id: units.fengze.id };
    for (const { name: fact, yearsBack, inRules, title, type, value } of await questionsOf(scene)) {
      if (!inRules || title !== null || value !== null || type !== 'number') continue;
      const body = { ...grounds, fact, subject, year: 2025 - yearsBack, value: fact.endsWith('.share') ? 95 : 0 };
      await app.as('otherOfficer').call(answer, { body });
    }
    await ruleAll(scene);
    const { person: colleague } = await scene.officer('复核员', ['*'], { scores: false });
    way = resultWay(app, scene, { subject: app.as('otherDirector'), colleague });
    await way.draft();
    await way.release();
  }, 120_000);

  it('stays as it was fed back, whatever the subject says of it afterwards', async () => {
    expect(await gradeOf(scene)).toMatchObject({ name: '优秀' });
    await correct(app.as('otherOfficer'), name, 5);
    await correct(app.as('otherOfficer'), '事实:督导弄虚作假查实次数', 3);
    expect(await gradeOf(scene)).toMatchObject({ name: '优秀' });
    expect(await movedOf()).toEqual([]);
    const { rows } = await app.owner.query(
      `select f.value as fact from evaluation_opinions o, jsonb_array_elements(o.certificate -> 'facts') f
        where o.evaluation_id = $1 and f.value ->> 'name' = $2 and (f.value ->> 'yearsBack')::int = 0`,
      [scene.evaluationId, name],
    );
    expect(rows[0].fact).toMatchObject({ value: 0 });
  });

  it('what the office finds afterwards moves it: nothing goes on before it was fed back again and heard', async () => {
    await way.waive();
    await correct(city(), '事实:督导弄虚作假查实次数', 1);
    const [moved] = await movedOf();
    expect(moved).toEqual({
      ...{ table: '等次', was: '优秀', now: '不合格' },
      because: ['事实:督导弄虚作假查实次数：0 → 1'],
    });
    const refused = await city().refused(evaluations.issueOpinion, await way.act());
    expect(refused).toMatchObject({ status: 409, code: 'evaluation.conclusionMoved' });
    expect(refused.sentence).toBe(
      '“等次”反馈时为“优秀”，现为“不合格”（事实:督导弄虚作假查实次数：0 → 1），被督导单位还没有看到：请在“结论”中重新反馈。',
    );
    const { rows } = await city().call(evaluations.obstacles, { params: scene.params });
    expect(rows.find(({ act }) => act === 'issueOpinion')!.reasons).toContain(refused.sentence);
    // The subject still reads what it was told.
    const told = async () => app.as('otherDirector').call(evaluations.opinion, { params: scene.params });
    expect(await told()).toMatchObject({ conclusion: '优秀', moved: [], mayReleaseAgain: false });
    expect((await opinionOf(scene)).mayReleaseAgain).toBe(true);
    const { params, body } = await way.act();
    const again = { params, body: { ...body, statementDue: '2025-11-10', reason: '查实一次弄虚作假' } };
    expect((await app.as('otherDirector').refused(evaluations.releaseAgain, again)).code).toBe('access.denied');
    await city().call(evaluations.releaseAgain, again);
    expect(await told()).toMatchObject({ conclusion: '不合格' });
    expect(await movedOf()).toEqual([]);
    // It was heard of another conclusion: it waives anew, and its home says so.
    const { work } = await app.as('otherDirector').call(overview, { query: {} });
    expect(work.map(({ kind }) => kind)).toContain('evaluations.state');
    expect((await city().refused(evaluations.issueOpinion, await way.act())).code).toBe('evaluation.statementRunning');
    const { rows: list } = await app.as('otherDirector').call(notices.list, {});
    expect(JSON.stringify(list)).toContain('重新反馈：查实一次弄虚作假');
    const none = await city().refused(evaluations.releaseAgain, {
      ...again,
      body: { ...again.body, ...(await way.act()).body },
    });
    expect(none.code).toBe('evaluation.conclusionStands');
  });

  it('after its letter too: the result is sent back, fed back again, and gets a letter of its own', async () => {
    await way.waive();
    await way.letter();
    await way.submit();
    await correct(city(), '事实:督导弄虚作假查实次数', 0);
    const { person: other } = await scene.officer('另一人', ['*'], { scores: false });
    const refused = await other.refused(evaluations.confirmResult, await way.act());
    expect(refused).toMatchObject({ status: 409, code: 'evaluation.conclusionMoved' });
    expect(refused.sentence).toContain('请先退回结果，再在“结论”中重新反馈');
    const { params, body } = await way.act();
    await other.call(evaluations.returnResult, { params, body: { ...body, reason: '结论已变' } });
    const again = { ...(await way.act()).body, statementDue: '2025-11-10', reason: '复核后没有查实' };
    expect(await city().call(evaluations.releaseAgain, { params, body: again })).toMatchObject({ state: 'statement' });
    // What was gone back over is done no more.
    const { steps } = await city().call(evaluations.read, { params });
    const done = new Map(steps.map(({ step, doneOn }) => [step, doneOn]));
    expect(done.get('preliminaryOpinion')).not.toBeNull();
    for (const step of ['statement', 'opinionLetter', 'confirmation'] as const) expect(done.get(step)).toBeNull();
    const { rows: before } = await app.owner.query('select opinion_letter_id from evaluations where id = $1', [
      scene.evaluationId,
    ]);
    await way.waive();
    await way.letter();
    const { rows: after } = await app.owner.query(
      `select e.opinion_letter_id, l.state, to_jsonb(l)::text as words
         from evaluations e left join letters l on l.id = e.opinion_letter_id where e.id = $1`,
      [scene.evaluationId],
    );
    expect(after[0].opinion_letter_id).not.toBe(before[0].opinion_letter_id);
    expect(after[0].state).toBe('issued');
    await way.submit();
    await way.confirm();
    expect(await opinionOf(scene)).toMatchObject({ conclusion: '优秀', state: 'confirmed' });
  }, 60_000);
});
