import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import * as home from '#contract/home/home.ts';
import * as notices from '#contract/notices/notices.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools, units } from '#test/support/scenario.ts';
import { type EvaluationScene, openEvaluationScene, schoolSubject } from '#test/support/scenes/evaluation-scene.ts';
import { loadBook } from '#test/support/workbook/load-book.ts';

describe('a campaign opens evaluations', () => {
  let app: TestApp;
  let scene: EvaluationScene;
  beforeAll(async () => {
    app = await openTestApp();
    scene = await openEvaluationScene(app);
  });
  afterAll(() => app.close());

  it('each subject once, whole, however often the job runs', async () => {
    await scene.run('evaluations.open', scene.opening);
    const { rows } = await app.owner.query(
      `select e.place_id, e.step,
              (select count(*)::int from evaluation_leaves l where l.evaluation_id = e.id) as leaves,
              (select count(*)::int from evaluation_points p where p.evaluation_id = e.id and p.layer = 'self') as said,
              (select count(*)::int from evaluation_steps s where s.evaluation_id = e.id) as steps,
              (select count(*)::int from notices n where n.subject_id = e.id) as notices,
              (select count(*)::int from audit_events a where a.object_id = e.id::text) as audited
         from evaluations e order by e.place_id`,
    );
    expect(rows.map(({ place_id }) => place_id)).toEqual([units.licheng.id, units.fengze.id]);
    for (const row of rows) {
      expect(row).toMatchObject({ step: 'notice', steps: 9, notices: 1, audited: 1 });
      expect(row.leaves).toBeGreaterThan(60);
      expect(row.said).toBe(row.leaves);
    }
  });

  it('nothing is opened after the campaign was cancelled', async () => {
    await app.owner.query(
      `update campaigns set state = 'cancelled', reason = '不办了', closed_at = now() where id = $1`,
      [scene.campaignId],
    );
    const late = { ...scene.subjects[0]!, id: randomUUID() };
    await scene.run('evaluations.open', { ...scene.opening, subjects: [late] });
    const { rows } = await app.owner.query('select 1 from evaluations where id = $1', [late.id]);
    expect(rows).toEqual([]);
  });

  it('the subject and the city read it, another county does not', async () => {
    const params = { evaluationId: scene.subjects[0]!.id };
    const own = await app.as('countyDirector').call(evaluations.read, { params });
    expect(own).toMatchObject({ side: 'subject', state: 'notice', subjectName: units.licheng.name });
    expect([own.assessmentYear, own.decisionYear]).toEqual([2025, 2025]);
    expect(own.can).toMatchObject({ answer: false, submit: false });
    expect(own.nodes.filter(({ isLeaf }) => isLeaf).length).toBe(own.leaves);
    expect((await app.as('cityOfficer').call(evaluations.read, { params })).side).toBe('city');
    expect((await app.as('otherDirector').refused(evaluations.read, { params })).code).toBe('thing.notFound');
  });
});

describe('a county evaluates itself', () => {
  let app: TestApp;
  let scene: EvaluationScene;
  let id: string;
  beforeAll(async () => {
    app = await openTestApp();
    scene = await openEvaluationScene(app);
    id = scene.subjects[0]!.id;
    await scene.moveOn('notice');
  });
  afterAll(() => app.close());

  const read = (who: 'countyDirector' | 'countyOfficer' | 'cityOfficer' = 'countyOfficer') =>
    app.as(who).call(evaluations.read, { params: { evaluationId: id } });
  const leafOf = (code: string) =>
    app.as('countyOfficer').call(evaluations.leaf, { params: { evaluationId: id, code } });
  const judged = async () => (await read()).nodes.filter(({ isLeaf, origin }) => isLeaf && origin === 'person');
  const data = async () => (await read()).nodes.filter(({ isLeaf, origin }) => isLeaf && origin === 'data');

  it('a leaf is answered with its running points, and whoever comes later is given both contents', async () => {
    const [node] = await judged();
    const params = { evaluationId: id, code: node!.code };
    const before = await leafOf(node!.code);
    const body = { version: before.version, answer: { points: 1 }, note: '已落实' };
    const written = await app.as('countyOfficer').call(evaluations.answerLeaf, { params, body });
    expect(written).toMatchObject({ code: node!.code, version: before.version + 1, points: '1', answered: 1 });
    expect(written.totals[0]).toMatchObject({ layer: 'self', total: null });
    // The same again, as after a broken connection.
    expect((await app.as('countyOfficer').call(evaluations.answerLeaf, { params, body })).version).toBe(
      written.version,
    );
    const late = await app
      .as('countyDirector')
      .refused(evaluations.answerLeaf, { params, body: { ...body, answer: { points: 0.5 }, note: '部分落实' } });
    expect(late.code).toBe('evaluation.leafOvertaken');
    expect(late.sentence).toBe(
      `指标 ${node!.code} 在您打开之后已由鲤城督导改过，您填的没有保存：请对照双方的内容，再定一个保存。`,
    );
    expect(late.details).toMatchObject({ theirs: { answer: { points: 1 }, note: '已落实' }, by: '鲤城督导' });
    const shown = await leafOf(node!.code);
    expect(shown).toMatchObject({ answer: { points: 1 }, note: '已落实', answeredBy: '鲤城督导' });
    expect(shown.layers[0]).toMatchObject({ layer: 'self', points: '1', hidden: false });
  });

  it('an answer that the method does not take is refused by its sentence', async () => {
    const [node] = await judged();
    const { version } = await leafOf(node!.code);
    const refused = await app.as('countyOfficer').refused(evaluations.answerLeaf, {
      params: { evaluationId: id, code: node!.code },
      body: { version, answer: { points: 999 }, note: '' },
    });
    expect(refused.code).toBe('framework.answersInvalid');
    expect(refused.sentence).toContain('超过满分');
  });

  it('what data fill is objected to and not typed over', async () => {
    const [node] = await data();
    const params = { evaluationId: id, code: node!.code };
    const { version } = await leafOf(node!.code);
    const typed = await app
      .as('countyOfficer')
      .refused(evaluations.answerLeaf, { params, body: { version, answer: { points: 1 }, note: '' } });
    expect(typed.sentence).toBe(
      `指标 ${node!.code} 由已批准的数据自动计分，不能直接改分：数据有误的请提出异议，并在数据来源处更正。`,
    );
    const objected = await app
      .as('countyOfficer')
      .call(evaluations.objectToLeaf, { params, body: { version, objection: '学校数有误' } });
    expect(await leafOf(node!.code)).toMatchObject({ objection: '学校数有误', version: objected.version });
    expect((await data())[0]!.standing).toBe('objected');
    const [person] = await judged();
    const wrong = await app.as('countyOfficer').refused(evaluations.objectToLeaf, {
      params: { evaluationId: id, code: person!.code },
      body: { version: person!.version, objection: '学校数有误' },
    });
    expect(wrong.code).toBe('evaluation.leafFromPerson');
    const back = { params, body: { version: objected.version, objection: '' } };
    await app.as('countyOfficer').call(evaluations.objectToLeaf, back);
    expect((await leafOf(node!.code)).objection).toBeNull();
  });

  it('a leaf that was given to a colleague is his, and whoever confirms may write all', async () => {
    const node = (await judged())[1]!;
    const params = { evaluationId: id };
    const { rows } = await app.as('countyDirector').call(evaluations.colleagues, { params });
    expect(rows.map(({ name }) => name).sort()).toEqual(['鲤城主任', '鲤城督导'].sort());
    const director = rows.find(({ name }) => name === '鲤城主任')!;
    const given = { codes: [node.code], personId: director.id };
    expect(await app.as('countyOfficer').call(evaluations.assignLeaves, { params, body: given })).toEqual({
      changed: 1,
    });
    expect((await app.as('countyOfficer').refused(evaluations.assignLeaves, { params, body: given })).code).toBe(
      'thing.nothingChanges',
    );
    const body = { version: node.version, answer: { points: 0 }, note: '' };
    const leaf = { params: { evaluationId: id, code: node.code }, body };
    const refused = await app.as('countyOfficer').refused(evaluations.answerLeaf, leaf);
    expect(refused.sentence).toBe(`指标 ${node.code} 由鲤城主任负责填写：请由其填写，或先改定责任人。`);
    await app.as('countyDirector').call(evaluations.answerLeaf, leaf);
    const stranger = { codes: [node.code], personId: app.as('otherOfficer').personId };
    expect((await app.as('countyOfficer').refused(evaluations.assignLeaves, { params, body: stranger })).code).toBe(
      'thing.notFound',
    );
  });

  it('a question is answered once with its document, fills its leaves and is known from then on', async () => {
    const params = { evaluationId: id };
    const { rows, can } = await app.as('countyOfficer').call(evaluations.questions, { params });
    expect(can.enter).toBe(true);
    expect(rows.length).toBeGreaterThan(10);
    const asked = rows.find(({ type }) => type === 'number')!;
    expect(asked).toMatchObject({ value: null, answer: null, mayEnter: true });
    const grounds = { document: '决算表', asOf: '2025-09-30', replaces: null };
    const wrong = { fact: asked.name, yearsBack: asked.yearsBack, value: true, ...grounds };
    const officer = app.as('countyOfficer');
    expect((await officer.refused(evaluations.enterFact, { params, body: wrong })).sentence).toContain('请填写数字');
    for (const value of [-1, 1.5, 1e-3]) {
      const count = { params, body: { ...wrong, fact: '事实:党委常委会专题研究教育次数', yearsBack: 0, value } };
      expect((await officer.refused(evaluations.enterFact, count)).sentence).toMatch(/整数|小于 0/);
    }
    const body = { ...wrong, value: 12 };
    const late = { ...body, asOf: '2031-01-01' };
    expect((await officer.refused(evaluations.enterFact, { params, body: late })).code).toBe('request.invalid');
    const { codes } = await officer.call(evaluations.enterFact, { params, body });
    expect(codes.every((code) => asked.codes.includes(code))).toBe(true);
    const standing = async () =>
      (await officer.call(evaluations.questions, { params })).rows.find(
        ({ name, yearsBack }) => name === asked.name && yearsBack === asked.yearsBack,
      )!;
    const known = await standing();
    expect(known).toMatchObject({
      value: '12',
      answer: { value: 12, document: '决算表', asOf: '2025-09-30', enteredBy: '鲤城督导' },
    });
    // Whoever has not seen the answer of a colleague does not overwrite it.
    const blindly = { params, body: { ...body, value: 13 } };
    expect((await officer.refused(evaluations.enterFact, blindly)).code).toBe('thing.changed');
    const { id: replaces } = known.answer!;
    await officer.call(evaluations.enterFact, { params, body: { ...body, value: 13, replaces } });
    const corrected = await standing();
    expect(corrected.earlier.map(({ value }) => value)).toEqual([12]);
    // What does not apply is said so, what was wrong is taken down, and the next answer has nothing before it.
    const none = { ...body, value: { notApplicable: true as const }, replaces: corrected.answer!.id };
    await officer.call(evaluations.enterFact, { params, body: none });
    expect((await standing()).value).toBe('不适用');
    const down = { ...body, value: null, replaces: (await standing()).answer!.id };
    await officer.call(evaluations.enterFact, { params, body: down });
    expect(await standing()).toMatchObject({ value: null, answer: null });
    await officer.call(evaluations.enterFact, { params, body: { ...body, value: 13 } });
    const { rows: kept } = await app.owner.query(
      `select value, replaced_at is null as stands from entered_facts where key = $1 order by entered_at, replaced_at`,
      [asked.name],
    );
    expect(kept.map(({ value }) => value)).toEqual([12, 13, { notApplicable: true }, null, 13]);
    expect(kept.filter(({ stands }) => stands)).toHaveLength(1);
    // The same fact is known when the other leaves are read again.
    expect(await app.as('countyOfficer').call(evaluations.refreshFacts, { params })).toMatchObject({ changed: [] });
  });

  it('what is not complete is not handed in: the refusal names the leaves', async () => {
    const { revision, lacks } = await read();
    expect(lacks.length).toBeGreaterThan(10);
    const refused = await app
      .as('countyOfficer')
      .refused(evaluations.submit, { params: { evaluationId: id }, body: { revision } });
    expect(refused.code).toBe('evaluation.leavesIncomplete');
    expect(refused.sentence).toContain(lacks[0]!.code);
  });

  it('it is handed in, confirmed by another hand, sent back in part, and only what was sent back is open', async () => {
    await scene.fill(id);
    const params = { evaluationId: id };
    const at = async () => ({ params, body: { revision: (await read()).revision } });
    await app.as('countyOfficer').call(evaluations.submit, await at());
    expect((await app.as('countyOfficer').refused(evaluations.submit, await at())).sentence).toContain('已提交');
    // Who may confirm is told, and nobody who may not.
    const kindsOf = async (who: 'countyOfficer' | 'countyDirector') =>
      (await app.as(who).call(notices.list, {})).rows.map(({ kind }) => kind);
    expect(await kindsOf('countyDirector')).toContain('evaluation.submitted');
    expect(await kindsOf('countyOfficer')).not.toContain('evaluation.submitted');
    expect((await app.as('countyOfficer').refused(evaluations.confirmSelf, await at())).code).toBe('flow.notYours');
    await app.as('countyOfficer').call(evaluations.takeBack, await at());
    await app.as('countyDirector').call(evaluations.submit, await at());
    expect((await app.as('countyDirector').refused(evaluations.confirmSelf, await at())).code).toBe('access.sameHand');
    await app.as('countyDirector').call(evaluations.takeBack, await at());
    const stale = await at();
    await app.as('countyOfficer').call(evaluations.submit, stale);
    expect((await app.as('countyDirector').refused(evaluations.confirmSelf, stale)).code).toBe('evaluation.changed');
    const locked = (await judged())[0]!;
    const answering = {
      params: { ...params, code: locked.code },
      body: { version: locked.version, answer: { points: 0 }, note: '' },
    };
    expect((await app.as('countyOfficer').refused(evaluations.answerLeaf, answering)).sentence).toBe(
      `指标 ${locked.code} 现在不能改：自评已提交，待负责人确认。需要改动的，请先撤回自评。`,
    );
    await app.as('countyDirector').call(evaluations.confirmSelf, await at());
    const confirmed = await read();
    expect(confirmed.confirmedBy).toBe('鲤城主任');
    expect(confirmed.lacks).toEqual([]);
    await app.as('cityOfficer').call(evaluations.receive, await at());
    expect((await read()).state).toBe('materialReview');

    const [first, second] = await judged();
    const back = { codes: [first!.code], reason: '请补充文件' };
    const returning = async (more: object) => ({ params, body: { ...(await at()).body, ...back, ...more } });
    expect(
      (await app.as('cityOfficer').refused(evaluations.sendBack, await returning({ codes: ['没有'] }))).sentence,
    ).toContain('本次评估没有编号为 没有 的末级指标');
    expect((await app.as('countyDirector').refused(evaluations.sendBack, await returning({}))).code).toBe(
      'flow.notYours',
    );
    await app.as('cityOfficer').call(evaluations.sendBack, await returning({}));
    const returned = await read();
    expect(returned).toMatchObject({ state: 'selfEvaluation', returned: true, returnedReason: '请补充文件' });
    expect(returned.nodes.find(({ code }) => code === first!.code)!.standing).toBe('returned');
    // What the leader signed is not what will be handed in.
    expect(confirmed.self).toBe('confirmed');
    expect(returned).toMatchObject({ self: 'open', confirmedBy: null, confirmedAt: null });
    expect(returned.untouched).toEqual([first!.code]);
    const open = { version: first!.version, answer: { points: 1 }, note: '已补' };
    await app
      .as('countyOfficer')
      .call(evaluations.answerLeaf, { params: { ...params, code: first!.code }, body: open });
    expect((await read()).untouched).toEqual([]);
    const shut = await app.as('countyOfficer').refused(evaluations.answerLeaf, {
      params: { ...params, code: second!.code },
      body: { version: second!.version, answer: { points: 1 }, note: '' },
    });
    expect(shut.sentence).toContain(`本次只退回补充 ${first!.code}`);
    await app.as('countyOfficer').call(evaluations.submit, await at());
    expect(await read()).toMatchObject({ self: 'submitted', returned: false, confirmedBy: null });
    await app.as('countyDirector').call(evaluations.confirmSelf, await at());
    expect(await read()).toMatchObject({ self: 'confirmed', confirmedBy: '鲤城主任' });
    await app.as('cityOfficer').call(evaluations.receive, await at());
    const { history } = await read();
    expect(history.map(({ action }) => action)).toEqual([
      ...['opened', 'moveOn', 'submit', 'takeBack', 'submit', 'takeBack', 'submit', 'confirmSelf', 'receive'],
      ...['return', 'submit', 'confirmSelf', 'receive'],
    ]);
  });

  it('sent back whole it is open at every leaf, with one reason, and is signed anew', async () => {
    const params = { evaluationId: id };
    const at = async () => ({ params, body: { revision: (await read()).revision } });
    const reason = '请按新口径重新自评';
    const { body } = await at();
    await app.as('cityOfficer').call(evaluations.sendBack, { params, body: { ...body, codes: null, reason } });
    expect(await read()).toMatchObject({
      ...{ state: 'selfEvaluation', returned: true, returnedReason: reason },
      ...{ self: 'open', confirmedBy: null, untouched: [] },
    });
    // One of them was given to the director, who may write all.
    for (const { code, version } of (await judged()).slice(0, 3)) {
      await app.as('countyDirector').call(evaluations.answerLeaf, {
        params: { ...params, code },
        body: { version, answer: { points: 0 }, note: reason },
      });
    }
    const early = await app.as('cityOfficer').refused(evaluations.receive, await at());
    expect(early.status).toBe(409);
    await app.as('countyOfficer').call(evaluations.submit, await at());
    await app.as('countyDirector').call(evaluations.confirmSelf, await at());
    await app.as('cityOfficer').call(evaluations.receive, await at());
    expect(await read()).toMatchObject({ state: 'materialReview', returned: false, returnedReason: null });
  });
});

describe('a school of the city has no review by its county', () => {
  let app: TestApp;
  let scene: EvaluationScene;
  beforeAll(async () => {
    app = await openTestApp();
    scene = await openEvaluationScene(app, {
      kind: 'school-evaluation',
      subjects: [schools.first, schools.cityManaged, schools.neighbour].map(schoolSubject),
    });
    await scene.moveOn('notice');
  });
  afterAll(() => app.close());

  it('its steps leave it out, and its own people read it', async () => {
    const [first, cityManaged] = scene.subjects;
    const own = await app.as('head').call(evaluations.read, { params: { evaluationId: first!.id } });
    expect(own.steps.map(({ step }) => step)).toContain('countyReview');
    expect(own.side).toBe('subject');
    const other = await app.as('cityManagedHead').call(evaluations.read, { params: { evaluationId: cityManaged!.id } });
    expect(other.steps.map(({ step }) => step)).not.toContain('countyReview');
    expect((await app.as('head').refused(evaluations.read, { params: { evaluationId: cityManaged!.id } })).code).toBe(
      'thing.notFound',
    );
  });

  it('the county stands in where a school has nobody who confirms, takes it in, and ends its review when all is settled', async () => {
    const id = scene.subjects[2]!.id;
    await scene.fill(id);
    const at = async () => {
      const { revision } = await app.as('countyOfficer').call(evaluations.read, { params: { evaluationId: id } });
      return { params: { evaluationId: id }, body: { revision } };
    };
    await app.as('neighbourClerk').call(evaluations.submit, await at());
    expect((await app.as('head').refused(evaluations.confirmSelf, await at())).code).toBe('thing.notFound');
    expect((await app.as('cityOfficer').refused(evaluations.confirmSelf, await at())).sentence).toContain(
      '学校没有负责人账户的，由其主管督导机构代办',
    );
    await app.as('countyDirector').call(evaluations.confirmSelf, await at());
    // Whoever confirmed for the school does not take it in.
    expect((await app.as('countyDirector').refused(evaluations.receive, await at())).code).toBe('evaluation.ownSide');
    await app.as('countyOfficer').call(evaluations.receive, await at());
    const county = await app.as('countyOfficer').call(evaluations.read, { params: { evaluationId: id } });
    expect(county).toMatchObject({ state: 'countyReview', side: 'county', can: { score: true, receive: true } });
    const open = await app.as('countyOfficer').refused(evaluations.receive, await at());
    expect(open.code).toBe('evaluation.notSettled');
  });

  it('its score is owed by whoever of the county had no hand in its self-evaluation, and missed where nobody is left', async () => {
    const id = scene.subjects[2]!.id;
    const counts = async (who: 'countyOfficer' | 'countyDirector') => {
      const person = app.as(who);
      const page = await person.call(evaluations.read, { params: { evaluationId: id } });
      const row = async (query: Record<string, string>) =>
        (await person.call(evaluations.list, { query })).rows.find((one) => one.id === id);
      const { work } = await person.call(home.overview, {});
      return {
        page: [page.toScore > 0, page.scoreLeftTo],
        list: ((await row({}))?.toScore ?? 0) > 0,
        waiting: (await row({ waiting: 'score' })) !== undefined,
        home: work.find(({ kind }) => kind === 'evaluations.score')?.count ?? 0,
      };
    };
    const owes = { page: [true, null], list: true, waiting: true, home: 1 };
    const barred = (by: string) => ({ page: [false, by], list: false, waiting: false, home: 0 });
    expect(await counts('countyOfficer')).toEqual(owes);
    expect(await counts('countyDirector')).toEqual(barred('colleague'));
    const handsIn = (by: string) =>
      app.owner.query(`update steps set actor_id = $2 where subject_id = $1 and action = 'submit'`, [id, by]);
    const { rows } = await app.owner.query<{ id: string; officer: string }>(
      `select s.actor_id as id, (select r.actor_id from steps r where r.subject_id = s.subject_id and r.action = 'receive') as officer
         from steps s where s.subject_id = $1 and s.action = 'submit'`,
      [id],
    );
    await handsIn(rows[0]!.officer);
    expect(await counts('countyOfficer')).toEqual(barred('nobody'));
    expect(await counts('countyDirector')).toEqual(barred('nobody'));
    await handsIn(rows[0]!.id);
  });

  it('the list holds what a post reaches, with what waits for it', async () => {
    const mine = await app.as('clerk').call(evaluations.list, { query: { waiting: 'answer' } });
    expect(mine.rows.map(({ subjectName }) => subjectName)).toEqual([schools.first.name]);
    const county = await app.as('countyOfficer').call(evaluations.list, { query: {} });
    expect(county.rows.map(({ subjectName }) => subjectName).sort()).toEqual(
      [schools.first.name, schools.neighbour.name].sort(),
    );
    const first = county.rows.find(({ schoolId }) => schoolId === schools.first.id);
    expect(first).toMatchObject({ state: 'selfEvaluation', answered: expect.any(Number), returned: false });
    const city = await app.as('cityOfficer').call(evaluations.list, { query: { search: '市直', pageSize: 1 } });
    expect(city).toMatchObject({ total: 1 });
    const book = await app.as('cityOfficer').call(evaluations.workbook, { query: {} });
    expect(book.fileName).toMatch(/^督导评估对象_.*\.xlsx$/);
    const sheet = (await loadBook(book.body)).worksheets[0]!;
    const at = (sheet.getRow(2).values as string[]).indexOf('指标体系性质');
    expect(sheet.getRow(3).getCell(at).value).toBe('样本，非官方文本');
  });
});
