import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import * as home from '#contract/notices/notices.ts';
import * as rectifications from '#contract/rectifications/rectifications.ts';
import { openTestApp, type TestApp, type TestPerson } from '#test/support/app.ts';
import { schools, units } from '#test/support/scenario.ts';
import { type JudgingScene, layJudging, type Reviewer } from '#test/support/scenes/judging-scene.ts';
import { issueOpinionLetter } from '#test/support/scenes/result-way.ts';

let app: TestApp;
let scene: JudgingScene;
let reviewer: Reviewer;
/** A second officer of the city. */
let colleague: TestPerson;
/** Who writes the first words of the opinion, before others write it anew. */
let drafter: TestPerson;
/** Comes by a seat alone, and scores nothing. */
let outsider: TestPerson;
const evidenceId = randomUUID();
beforeAll(async () => {
  app = await openTestApp();
  scene = await layJudging(app, { blind: false, reviewersPerLeaf: 1, step: 'preliminaryOpinion' });
  reviewer = await scene.officer('审评员', ['*']);
  drafter = (await scene.officer('起草员', ['*'], { scores: false })).person;
  outsider = (await scene.expert('列席专家', ['*'], { scores: false })).person;
  await app.owner.query(
    `insert into evidence_items (place_id, id, unit_id, title, received_on, entered_by, entered_by_name, entered_at, updated_at)
     values ($1, $2, $1, '图书台账', '2025-10-01', 'x', '鲤城督导', $3, $3)`,
    [units.licheng.id, evidenceId, app.clock.now],
  );
  await app.owner.query(
    `insert into evidence_links (place_id, evaluation_id, code, evidence_place_id, evidence_id, linked_by_name, linked_at)
     values ($1, $2, $3, $1, $4, '鲤城督导', $5)`,
    [units.licheng.id, scene.evaluationId, scene.leaves[0]!.code, evidenceId, app.clock.now],
  );
  await app.owner.query('begin');
  await app.owner.query(`set local app.places = '{${units.licheng.id}}'`);
  await app.owner.query(`set local app.schools = '*'`);
  await app.owner.query('select show_evidence($1, $2)', [units.licheng.id, evidenceId]);
  await app.owner.query('commit');
  colleague = (await scene.officer('复核员', ['*'], { scores: false })).person;
});
afterAll(() => app.close());

const city = () => app.as('cityOfficer');
const revision = async () => {
  const { rows } = await app.owner.query<{ revision: number; hand: number }>(
    `select e.revision + coalesce((select sum(1 + (h.confirmed_at is not null)::int) from evaluation_handins h
        where h.evaluation_id = e.id), 0)::int as revision from evaluations e where e.id = $1`,
    [scene.evaluationId],
  );
  return rows[0]!.revision;
};
const opinion = (person: TestPerson = city()) => person.call(evaluations.opinion, { params: scene.params });
const comments = [
  { kind: 'highlight' as const, code: null, text: '统筹推进教育督导改革' },
  { kind: 'strength' as const, code: null, text: '经费投入稳步增长' },
  { kind: 'weakness' as const, code: null, text: '部分学校图书不足' },
  { kind: 'advice' as const, code: null, text: '按标准补足图书' },
];
const finding = (more: Record<string, unknown> = {}) => ({
  ...{
    id: randomUUID(),
    code: null as string | null,
    kind: 'facilities',
    title: '图书不足',
    body: '两所学校生均图书不达标',
  },
  ...{ dutySchoolId: null as number | null, dutyUnitId: units.licheng.id as number | null, dueOn: '2026-03-31' },
  ...more,
});
const save = async (findings: ReturnType<typeof finding>[], some = comments) => ({
  params: scene.params,
  body: { revision: await revision(), comments: some, findings },
});
const act = async () => ({ params: scene.params, body: { revision: await revision() } });
/** What this person would be refused, as the page says it before the press. */
const obstacles = async (person: TestPerson = city()) =>
  (await person.call(evaluations.obstacles, { params: scene.params })).rows;
const waitsFor = async (person: TestPerson) =>
  (await person.call(evaluations.list, { query: { waiting: 'decide' } })).rows.map(({ id }) => id);

describe('the preliminary opinion', () => {
  it('is not released while leaves are open, and says what it lacks', async () => {
    const before = await opinion();
    expect(before).toMatchObject({ state: 'draft', total: null, conclusion: null });
    expect(before.provisional!.unanswered).toHaveLength(scene.codes.length);
    const refused = await city().refused(evaluations.release, {
      params: scene.params,
      body: { revision: await revision(), statementDue: '2025-10-30' },
    });
    expect(refused).toMatchObject({ status: 409, code: 'evaluation.notSettled' });
    const [told, ...others] = await obstacles();
    expect(told).toMatchObject({ act: 'release', title: '反馈初步意见', otherHand: false });
    expect(told!.reasons[0]).toBe(refused.sentence);
    expect(told!.reasons.join()).toContain('请在“结论”的“意见和问题”中补写');
    expect(others).toEqual([]);
    expect(await obstacles(app.as('countyOfficer'))).toEqual([]);
    expect(refused.sentence).toContain(`等 ${scene.codes.length} 项`);
  });

  it('what only the letter will want is listed before the feedback too', async () => {
    const { lacks } = await opinion();
    const [bars, ahead] = [lacks.filter((one) => !one.ahead), lacks.filter((one) => one.ahead)];
    expect(bars.map(({ sentence }) => sentence)).toContain('没有写任何意见，请至少写一条成绩或问题');
    expect(ahead.map(({ sentence }) => sentence)).toEqual([
      ...['没有写“主要成绩”', '没有写“存在的问题”', '没有写“意见和建议”'],
    ]);
  });

  it('is drafted with findings of kinds of the ledger, of leaves of the edition, for bodies of the subject', async () => {
    const ask = async (more: Record<string, unknown>) =>
      (await city().refused(evaluations.saveOpinion, await save([finding(more)]))).code;
    expect(await ask({ code: 'NONE' })).toBe('evaluation.findingCode');
    expect(await ask({ kind: 'nothing' })).toBe('evaluation.findingKind');
    expect(await ask({ dutyUnitId: units.fengze.id })).toBe('evaluation.findingDuty');
    expect(await ask({ dutyUnitId: null, dutySchoolId: schools.foreign.id })).toBe('evaluation.findingDuty');
    expect((await app.as('countyDirector').refused(evaluations.saveOpinion, await save([]))).code).toBe(
      'access.denied',
    );
    await drafter.call(evaluations.saveOpinion, await save([], comments.slice(0, 1)));
    const kept = finding({ code: scene.leaves[0]!.code });
    const dropped = finding({ title: '写错了' });
    await city().call(evaluations.saveOpinion, await save([kept, dropped]));
    const saved = await city().call(evaluations.saveOpinion, await save([kept]));
    const same = await city().refused(evaluations.saveOpinion, await save([kept]));
    expect(same).toMatchObject({ code: 'thing.nothingChanges' });
    expect(saved.revision).toBe(await revision());
    const found = await opinion();
    expect(found.findings).toEqual([
      expect.objectContaining({ id: kept.id, dutyUnitId: units.licheng.id, raisedAt: null }),
    ]);
    expect(found.comments).toEqual(comments);
    const stale = await city().refused(evaluations.saveOpinion, {
      params: scene.params,
      body: { revision: 1, comments, findings: [] },
    });
    expect(stale).toMatchObject({ status: 409, code: 'evaluation.changed' });
    expect(stale.sentence).toContain('鲤城区');
  });

  it('computes total, differences and indices over what the reader sees', async () => {
    const { person } = reviewer;
    for (const code of scene.codes) {
      const leaf = scene.leaves.find((one) => one.code === code);
      await person.call(evaluations.score, {
        params: { ...scene.params, code },
        body: { version: 0, leafVersion: 1, reason: '按材料', answer: { points: (leaf?.max ?? 0) / 2 } },
      });
    }
    const found = await opinion();
    expect(found.provisional).toBeNull();
    const max = scene.leaves.reduce((all, leaf) => all + leaf.max, 0);
    expect(Number(found.total)).toBeCloseTo(max / 2, 6);
    expect(found.indices.overClaim).toBe('0.5000');
    expect(found.indices.reviewers).toEqual([
      { name: '审评员', severity: null, compared: 0, scores: scene.codes.length },
    ]);
    expect(found.differences[0]).toMatchObject({
      self: String(scene.leaves[0]!.max),
      difference: String(-scene.leaves[0]!.max / 2),
    });
    expect(found.lacks).toEqual([]);
    expect(await obstacles()).toEqual([]);
  });

  it('the trace of a total explains the total of the page, over what the reader sees', async () => {
    const read = async (person = city()) => (await person.call(evaluations.read, { params: scene.params })).totals;
    const trace = (layer: 'self' | 'city', person = city()) =>
      person.call(evaluations.trace, { params: scene.params, query: { layer } });
    for (const layer of ['self', 'city'] as const) {
      const { total, lines } = await trace(layer);
      expect(total).toEqual((await read()).find((one) => one.layer === layer));
      expect(lines.at(-1)).toMatchObject({ code: '', title: '总分', points: total.total });
      expect(lines.flatMap(({ steps }) => steps).length).toBeGreaterThan(3);
    }
    const before = await trace('city', app.as('countyDirector'));
    expect(before.total.total).toBeNull();
    expect(before.lines.every(({ points }) => points === null || points === '0')).toBe(true);
    const foreign = { params: scene.params, query: { layer: 'self' as const } };
    expect((await app.as('otherDirector').refused(evaluations.trace, foreign)).code).toBe('thing.notFound');
  });

  it('before the release the subject reads nothing of it', async () => {
    const seen = await opinion(app.as('countyDirector'));
    expect(seen).toMatchObject({ total: null, conclusion: null, comments: [], findings: [], provisional: null });
    expect(seen.indices).toEqual({ overClaim: null, reviewers: [] });
    expect(seen.differences.every(({ city: points }) => points === null)).toBe(true);
    expect((await app.as('otherDirector').refused(evaluations.opinion, { params: scene.params })).code).toBe(
      'thing.notFound',
    );
  });

  it('is released with a last day for the statement, to the subject alone', async () => {
    const release = async (statementDue: string) => ({
      params: scene.params,
      body: { revision: await revision(), statementDue },
    });
    const past = await city().refused(evaluations.release, await release('2025-10-15'));
    expect(past).toMatchObject({ status: 422, code: 'evaluation.statementDueInPast' });
    expect((await app.as('sectionOfficer').refused(evaluations.release, await release('2025-10-30'))).code).toBe(
      'access.denied',
    );
    const evidence = { params: { evidenceId } };
    expect((await outsider.call(evaluations.readEvidence, evidence)).title).toBe('图书台账');
    const released = await city().call(evaluations.release, await release('2025-10-30'));
    // Whoever came by a seat alone has judged: neither the evaluation nor its evidence is open any more.
    expect((await outsider.refused(evaluations.readEvidence, evidence)).code).toBe('thing.notFound');
    expect((await city().call(evaluations.readEvidence, evidence)).title).toBe('图书台账');
    expect(released).toMatchObject({ state: 'statement', revision: await revision() });
    const seen = await opinion(app.as('countyDirector'));
    expect(seen.total).toBe((await opinion()).total);
    expect(seen.comments).toEqual(comments);
    expect(seen.findings).toEqual((await opinion()).findings);
    expect(seen.findings).toMatchObject([{ title: '图书不足', dueOn: '2026-03-31', raisedAt: null }]);
    expect(seen.differences[0]!.city).toBe(String(scene.leaves[0]!.max / 2));
    expect(seen.indices.reviewers).toEqual([]);
    const { rows } = await app.as('countyDirector').call(home.list, {});
    expect(rows.map(({ kind }) => kind)).toContain('evaluation.released');
  });
});

describe('the statement of the subject', () => {
  let statementId: string;

  it('is made by the subject, answered by the city, and points that it changes are settled with minutes', async () => {
    const say = async (text: string) => ({ params: scene.params, body: { revision: await revision(), text } });
    expect((await city().refused(evaluations.state, await say('不是我'))).code).toBe('access.denied');
    expect((await app.as('otherDirector').refused(evaluations.state, await say('不是我'))).code).toBe('thing.notFound');
    // Whoever answers may state something, so it waits for him too.
    const waiting = async () =>
      (await app.as('countyOfficer').call(evaluations.list, { query: { waiting: 'state' } })).rows.map(({ id }) => id);
    expect(await waiting()).toContain(scene.params.evaluationId);
    await app.as('countyOfficer').call(evaluations.state, await say('第一项材料已补齐'));
    expect(await waiting()).not.toContain(scene.params.evaluationId);
    const issued = await city().refused(evaluations.issueOpinion, await act());
    expect(issued).toMatchObject({ status: 409, code: 'evaluation.statementRunning' });
    const [told] = await obstacles();
    expect(told!.act).toBe('issueOpinion');
    expect(told!.reasons).toEqual([issued.sentence, expect.stringContaining('还有 1 条申辩意见没有答复')]);
    const { statements } = await opinion();
    expect(statements).toEqual([
      expect.objectContaining({ text: '第一项材料已补齐', madeBy: '鲤城督导', answer: null }),
    ]);
    statementId = statements[0]!.id;
    const settling = {
      params: { ...scene.params, code: scene.leaves[0]!.code },
      body: {
        version: 1,
        minutes: '合议记录：甲给满分',
        reason: '对照标准核实认定',
        answer: { points: scene.leaves[0]!.max },
      },
    };
    expect((await city().refused(evaluations.settleTalk, settling)).code).toBe('evaluation.noStatementAccepted');
    const answer = async (id: string) => ({
      params: { ...scene.params, statementId: id },
      body: { revision: await revision(), accepted: true, answer: '材料属实，予以采纳' },
    });
    expect((await city().refused(evaluations.answerStatement, await answer(randomUUID()))).code).toBe('thing.notFound');
    await city().call(evaluations.answerStatement, await answer(statementId));
    expect((await city().refused(evaluations.answerStatement, await answer(statementId))).code).toBe(
      'evaluation.statementAnswered',
    );

    const [leaf] = scene.leaves;
    const before = Number((await opinion()).total);
    await city().call(evaluations.settleTalk, {
      params: { ...scene.params, code: leaf!.code },
      body: { version: 1, minutes: '采纳申辩，恢复满分', reason: '补充的材料齐全', answer: { points: leaf!.max } },
    });
    const seen = await opinion(app.as('countyDirector'));
    expect(Number(seen.total)).toBeCloseTo(before + leaf!.max / 2, 6);
    expect(seen.differences.find(({ code }) => code === leaf!.code)!.city).toBe(String(leaf!.max));
    const { rows } = await app.owner.query(
      `select r.reason, t.minutes from evaluation_releases r join evaluation_talks t using (evaluation_id, code)
        where r.evaluation_id = $1 and r.code = $2`,
      [scene.evaluationId, leaf!.code],
    );
    expect(rows).toEqual([{ reason: '补充的材料齐全', minutes: '采纳申辩，恢复满分' }]);
    expect(seen.statements[0]).toMatchObject({ accepted: true, answer: '材料属实，予以采纳', answeredBy: '市督导' });
  });

  it('is over when the leader has waived it, or its last day has passed', async () => {
    expect((await app.as('countyOfficer').refused(evaluations.waiveStatement, await act())).code).toBe('access.denied');
    await app.as('countyDirector').call(evaluations.waiveStatement, await act());
    const late = await app
      .as('countyOfficer')
      .refused(evaluations.state, { params: scene.params, body: { revision: await revision(), text: '还有一条' } });
    expect(late).toMatchObject({ status: 409, code: 'evaluation.statementWaived' });
    const { statements, waiver } = await opinion();
    expect(statements).toHaveLength(1);
    expect(waiver).toEqual({ madeBy: '鲤城主任', madeOn: '2025-10-15' });
  });
});

describe('letter, result and ledger', () => {
  it('an opinion that fills no letter is refused before the evaluation moves on', async () => {
    const long = comments.map((one) => ({ ...one, text: '长'.repeat(1000) }));
    const many = Array.from({ length: 49 }, () => long).flat();
    const { findings } = await opinion();
    await city().call(evaluations.saveOpinion, {
      params: scene.params,
      body: { revision: await revision(), comments: [...many, ...comments], findings },
    });
    // 200 comments of 1,000 characters are more than a letter holds.
    const refused = await city().refused(evaluations.issueOpinion, await act());
    expect(refused).toMatchObject({ status: 409, code: 'evaluation.letterUnfit' });
    expect(refused.sentence).toContain('全文不能超过 200000 个字');
    expect((await city().call(evaluations.read, { params: scene.params })).state).toBe('statement');
    await city().call(evaluations.saveOpinion, {
      params: scene.params,
      body: { revision: await revision(), comments, findings },
    });
  });

  it('the opinion letter is drafted with its figures, and the result waits until it is issued', async () => {
    await app.owner.query(
      `insert into org_units (id, kind, parent_id, place_id, name, short_name, initials)
       values (71, 'section', $1, $1, '基础教育科', '基础教育科', 'jjk')`,
      [units.city.id],
    );
    await app.owner.query('update evaluations set partner_unit_id = 71 where id = $1', [scene.evaluationId]);
    const issued = await city().call(evaluations.issueOpinion, await act());
    expect(issued.state).toBe('opinionLetter');
    const changed = await city().refused(evaluations.saveOpinion, await save([]));
    expect(changed.code).toBe('flow.notInState');
    await app.runJobs();
    const { rows } = await app.owner.query(
      `select l.id, l.title, l.kind, l.state, l.place_id, l.cosigner_unit_id from letters l join evaluations e on e.opinion_letter_id = l.id where e.id = $1`,
      [scene.evaluationId],
    );
    const drafted = { kind: 'opinion', state: 'draft', place_id: units.city.id, cosigner_unit_id: 71 };
    // The partner signs beside the office: without it the letter gets no number.
    expect(rows).toEqual([expect.objectContaining(drafted)]);
    expect(rows[0].title).toMatch(/鲤城区 2025 年对县督导的督导意见书/);
    const early = await city().refused(evaluations.submitResult, await act());
    expect(early).toMatchObject({ status: 409, code: 'evaluation.letterNotIssued' });
    expect(await obstacles()).toMatchObject([{ act: 'submitResult', reasons: [early.sentence] }]);
    await app.owner.query(`update letters set cosigned_at = now(), cosigned_by_name = '甲' where id = $1`, [
      rows[0].id,
    ]);
    await issueOpinionLetter(app.owner, scene.evaluationId);
    expect((await city().call(evaluations.submitResult, await act())).state).toBe('confirmation');
  });

  it('another hand confirms: the one who drafted or submitted does not', async () => {
    const same = await city().refused(evaluations.confirmResult, await act());
    expect(same).toMatchObject({ code: 'access.sameHand' });
    expect(same.sentence).toContain('市督导');
    expect(await drafter.refused(evaluations.confirmResult, await act())).toMatchObject({ code: 'access.sameHand' });
    expect(await obstacles()).toMatchObject([{ act: 'confirmResult', otherHand: true, reasons: [same.sentence] }]);
    expect(await obstacles(drafter)).toMatchObject([{ act: 'confirmResult', otherHand: true }]);
    expect(await obstacles(colleague)).toEqual([]);
    // Whoever asked for the confirmation has nothing to do: it waits for the others.
    expect(await waitsFor(city())).not.toContain(scene.evaluationId);
    expect(await waitsFor(colleague)).toContain(scene.evaluationId);
    const returned = await colleague.call(evaluations.returnResult, {
      params: scene.params,
      body: { revision: await revision(), reason: '请补充整改期限的依据' },
    });
    expect(returned.state).toBe('opinionLetter');
    await city().call(evaluations.submitResult, await act());
    const confirmed = await colleague.call(evaluations.confirmResult, await act());
    expect(confirmed.state).toBe('rectification');
    await app.runJobs();
    expect((await opinion()).state).toBe('confirmed');
    expect(await opinion(app.as('countyDirector'))).toMatchObject({ state: 'confirmed' });
  });

  it('findings stand in the ledger once, the notice of the result is drafted, and the total is a fact', async () => {
    const { rows } = await app.owner.query(
      `select place_id, title, body, state, severity, source_key, duty_unit_id, due_on::text as due from findings where source_type = 'evaluations' and source_id = $1`,
      [scene.evaluationId],
    );
    expect(rows).toEqual([
      expect.objectContaining({ place_id: units.licheng.id, title: '图书不足', duty_unit_id: units.licheng.id }),
    ]);
    // The day of the letter is the day of the ledger; the severity is that of the kind.
    const kind = await app.owner.query(`select severity from finding_kinds where key = 'facilities'`);
    expect(rows[0]).toMatchObject({ due: '2026-03-31', severity: kind.rows[0].severity });
    // Whatever day the notice names, what the opinion demanded stands in its words.
    expect(rows[0].body).toBe('两所学校生均图书不达标\n督导意见书要求的整改期限：2026-03-31');
    const ledger = await app.as('countyDirector').call(rectifications.list, {});
    expect(ledger.rows.map(({ title }) => title)).toContain('图书不足');
    expect((await opinion()).findings[0]!.raisedAt).not.toBeNull();
    const { findings } = await opinion(app.as('countyDirector'));
    expect(findings[0]!.ledger).toEqual({ state: 'found', dueOn: '2026-03-31', closedOn: null });
    expect(findings).toEqual((await opinion()).findings);
    const letters = await app.owner.query(
      `select kind, title, cosigner_unit_id as partner from letters where source_id = $1`,
      [`${scene.evaluationId}:result`],
    );
    expect(letters.rows).toEqual([
      expect.objectContaining({ kind: 'bulletin', title: '关于鲤城区 2025 年对县督导结果的通报', partner: 71 }),
    ]);
    const facts = await app.owner.query(
      `select key, value from evaluation_facts where certificate ->> 'evaluationId' = $1 order by key`,
      [scene.evaluationId],
    );
    expect(facts.rows.some(({ key }) => key === 'evaluation.county-inspection-sample.total')).toBe(true);
    const unchanged = await city().refused(evaluations.saveOpinion, await save([]));
    expect(unchanged.code).toBe('flow.notInState');
  });

  it('it ends when its findings are closed, or with a reason', async () => {
    const finish = async (reason: string) => ({ params: scene.params, body: { revision: await revision(), reason } });
    const open = await city().refused(evaluations.finish, await finish(''));
    expect(open).toMatchObject({ status: 409, code: 'evaluation.findingsOpen' });
    expect(open.sentence).toContain('1 个问题');
    expect((await city().call(evaluations.finish, await finish('问题转入下一轮督导'))).state).toBe('closed');
    expect((await city().refused(evaluations.finish, await finish('再来'))).code).toBe('flow.notInState');
  });

  it('the list finds it among the results that are confirmed in the year of its decision', async () => {
    const { decisionYear } = await city().call(evaluations.read, { params: scene.params });
    const found = async (confirmedIn: number) =>
      (await city().call(evaluations.list, { query: { confirmedIn } })).rows.map(({ id }) => id);
    expect(await found(decisionYear)).toEqual([scene.evaluationId]);
    expect(await found(decisionYear - 1)).toEqual([]);
  });
});

describe('a leaf that the city settled as not applying', () => {
  it('is released as such: the subject computes the total that was released, and reads why', async () => {
    const own = await layJudging(app, {
      ...{ blind: false, reviewersPerLeaf: 1, step: 'preliminaryOpinion', countyId: units.fengze.id },
    });
    const judge = await own.officer('丰泽审评员', ['*']);
    const [out, ...leaves] = own.codes;
    const scored = (code: string) => own.leaves.find((one) => one.code === code)?.max ?? 0;
    const give = (code: string, answer: { points: number } | { notApplicable: true }) =>
      judge.person.call(evaluations.score, {
        params: { ...own.params, code },
        body: { version: 0, leafVersion: 1, reason: '该区没有此项', answer },
      });
    await give(out!, { notApplicable: true });
    for (const code of leaves) await give(code, { points: scored(code) / 2 });
    const { rows } = await app.owner.query<{ revision: number }>(
      `select e.revision + 2 as revision from evaluations e where e.id = $1`,
      [own.evaluationId],
    );
    const saved = await city().call(evaluations.saveOpinion, {
      params: own.params,
      body: { revision: rows[0]!.revision, comments, findings: [] },
    });
    await city().call(evaluations.release, {
      params: own.params,
      body: { revision: saved.revision, statementDue: '2025-10-30' },
    });
    const { total } = await city().call(evaluations.opinion, { params: own.params });
    const subject = app.as('otherDirector');
    const { totals, nodes } = await subject.call(evaluations.read, { params: own.params });
    expect(totals.find(({ layer }) => layer === 'city')).toEqual({
      ...{ layer: 'city', total, from: null, to: null, unanswered: 0 },
    });
    expect(nodes.find(({ code }) => code === out)).toMatchObject({ city: null, said: { city: '不适用' } });
    const seen = await subject.call(evaluations.leaf, { params: { ...own.params, code: out! } });
    expect(seen.layers.find(({ layer }) => layer === 'city')).toMatchObject({
      ...{ points: null, answer: { notApplicable: true }, reason: '该区没有此项' },
    });
  });
});
