import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { withWriting } from '#platform/db/handle.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { atLock } from '#test/support/database/database.ts';
import { schools, units } from '#test/support/scenario.ts';
import { type JudgingScene, layJudging, type Reviewer, type SceneLeaf } from '#test/support/scenes/judging-scene.ts';
import { dealLists } from '../evaluations.jobs.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const score = (
  { person }: Pick<Reviewer, 'person'>,
  scene: JudgingScene,
  { code }: Pick<SceneLeaf, 'code'>,
  points: number,
  more: { version?: number; leafVersion?: number; reason?: string } = {},
) =>
  person.call(evaluations.score, {
    params: { ...scene.params, code },
    body: { version: 0, leafVersion: 1, reason: '材料不足', answer: { points }, ...more },
  });
const refusedScore = (
  { person }: Pick<Reviewer, 'person'>,
  scene: JudgingScene,
  { code }: Pick<SceneLeaf, 'code'>,
  points: number,
  more: { version?: number; leafVersion?: number; reason?: string } = {},
) =>
  person.refused(evaluations.score, {
    params: { ...scene.params, code },
    body: { version: 0, leafVersion: 1, reason: '材料不足', answer: { points }, ...more },
  });

const cityPoints = async ({ evaluationId }: JudgingScene, code: string) => {
  const { rows } = await app.owner.query(
    `select points, settled, reason, voided_at is not null as voided from evaluation_points
      where place_id = $1 and evaluation_id = $2 and code = $3 and layer = 'city'`,
    [units.city.id, evaluationId, code],
  );
  return rows[0];
};

it('a leaf that data fill is scored as the data give, without a figure and before anything of the others is seen', async () => {
  const scene = await layJudging(app);
  const one = await scene.expert('数据专家', ['*']);
  await scene.officer('另一位督学', ['*']);
  const code = 'C1';
  const fact = (name: string, value: number) => ({
    ...{ name: `事实:${name}`, yearsBack: 0, value, source: 'entered', certificate: null, missing: null },
    ...{ provisional: false, day: '2025-10-01' },
  });
  const facts = [fact('党委常委会专题研究教育次数', 2), fact('政府常务会专题研究教育次数', 3)];
  await app.owner.query(
    `update evaluation_leaves set origin = 'data', facts = $3 where evaluation_id = $1 and code = $2`,
    [scene.evaluationId, code, JSON.stringify(facts)],
  );
  const seen = await one.person.call(evaluations.leaf, { params: { ...scene.params, code } });
  expect(seen).toMatchObject({ byData: '2', ofPanel: false });
  expect(seen.layers.find(({ layer }) => layer === 'self')).toMatchObject({ hidden: true, points: null });
  // While leaves are hidden, what is left of them is no total of the subject.
  expect((await one.person.call(evaluations.read, { params: scene.params })).seen).toBe('blind');
  const body = { version: 0, leafVersion: 1, reason: '', answer: null };
  const given = await one.person.call(evaluations.score, { params: { ...scene.params, code }, body });
  expect(given.points).toBe('2');
  // What a person has to judge no data give: there is no verdict beforehand.
  const open = { params: { ...scene.params, code: scene.leaves.find((leaf) => leaf.code !== code)!.code }, body };
  expect((await one.person.refused(evaluations.score, open)).code).toBe('evaluation.pointsOpen');
  expect((await one.person.call(evaluations.leaf, { params: open.params })).byData).toBeNull();
});

it('with each score is kept what the person saw of the leaf, whatever becomes of the leaf afterwards', async () => {
  const scene = await layJudging(app);
  const [leaf] = scene.leaves as [SceneLeaf];
  const [one, other] = [await scene.expert('所见专家', ['*']), await scene.officer('所见督学', ['*'])];
  const at = [scene.evaluationId, leaf.code];
  const proof = randomUUID();
  const facts = [
    {
      ...{ name: '事实:教育经费', yearsBack: 0, value: 7, source: 'entered', certificate: null, missing: null },
      ...{ provisional: false, day: '2025-10-01' },
    },
  ];
  await app.owner.query(
    `update evaluation_leaves set facts = $3, objection = '口径有误' where evaluation_id = $1 and code = $2`,
    [...at, JSON.stringify(facts)],
  );
  await app.owner.query(
    `insert into evidence_links (place_id, evaluation_id, code, evidence_place_id, evidence_id, seats, linked_by_name, linked_at)
     values ($3, $1, $2, $3, $4, $5, '鲤城督导', now())`,
    [...at, units.licheng.id, proof, [one.seatId]],
  );
  await score(one, scene, leaf, leaf.max);
  await scene.change(leaf.code);
  await app.owner.query('delete from evidence_links where evaluation_id = $1 and code = $2', at);
  await score(other, scene, leaf, leaf.max, { leafVersion: 2 });
  const { rows } = await app.owner.query(
    'select seen from evaluation_scores where evaluation_id = $1 and code = $2 order by leaf_version',
    at,
  );
  const first = { leafVersion: 1, facts, note: '自评说明', objection: '口径有误', evidence: [proof] };
  expect(rows).toMatchObject([
    { seen: first },
    { seen: { ...first, leafVersion: 2, note: '自评说明。', evidence: [] } },
  ]);
});

describe('two reviewers judge blind', () => {
  let scene: JudgingScene;
  let first: Reviewer;
  let second: Reviewer;
  let leaf: SceneLeaf;
  let other: SceneLeaf;
  beforeAll(async () => {
    scene = await layJudging(app);
    first = await scene.expert('甲专家', ['*']);
    second = await scene.officer('乙督学', ['*']);
    [leaf, other] = scene.leaves as [SceneLeaf, SceneLeaf];
  });

  it('the first score settles nothing, and the second settles the mean', async () => {
    const given = await score(first, scene, leaf, leaf.max);
    expect(given).toMatchObject({ code: leaf.code, version: 1, points: String(leaf.max), scored: 1 });
    expect(given.totals).toEqual([expect.objectContaining({ layer: 'city', total: null, from: '0' })]);
    expect(await cityPoints(scene, leaf.code)).toBeUndefined();
    const last = await score(second, scene, leaf, leaf.max - leaf.max * 0.1);
    expect(await cityPoints(scene, leaf.code)).toMatchObject({ settled: 'mean', points: String(leaf.max * 0.95) });
    // What one of the two wrote is not said of both: the subject reads how the points came about.
    expect((await cityPoints(scene, leaf.code)).reason).toBe('几位评分人各自评分的平均');
    expect(last.totals[0]).toMatchObject({ layer: 'city', from: String(leaf.max * 0.95) });
    expect(last.totals[0]!.unanswered).toBe(scene.codes.length - 1);
  });

  it('a score that was given is not changed once the other is open to the person', async () => {
    const refused = await refusedScore(first, scene, leaf, 0, { version: 1 });
    expect(refused).toMatchObject({ status: 409, code: 'evaluation.scoreSighted' });
    expect(refused.sentence).toContain(leaf.code);
  });

  it('a difference over the tolerance opens a talk, which the leader settles with its minutes', async () => {
    await score(first, scene, other, other.max);
    await score(second, scene, other, 0);
    expect(await cityPoints(scene, other.code)).toBeUndefined();
    const { rows } = await app.owner.query('select spread, settled_at from evaluation_talks where code = $1', [
      other.code,
    ]);
    expect(rows).toEqual([{ spread: String(other.max), settled_at: null }]);
    const settle = {
      params: { ...scene.params, code: other.code },
      body: { version: 0, minutes: '核对台账后一致', reason: '对照标准核实认定', answer: { points: 1 } },
    };
    const notLeader = await first.person.refused(evaluations.settleTalk, settle);
    expect(notLeader).toMatchObject({ code: 'flow.notYours', status: 403 });
    expect(notLeader.sentence).toContain('督导组组长或市级督导机构');
    const settled = await app.as('cityOfficer').call(evaluations.settleTalk, settle);
    expect(settled).toMatchObject({ code: other.code, points: '1' });
    expect(await cityPoints(scene, other.code)).toMatchObject({
      ...{ settled: 'talk', points: '1', reason: '对照标准核实认定' },
    });
    // Another leader who had looked before it settles nothing over it, and is told what was settled.
    const another = { ...settle, body: { ...settle.body, minutes: '另一位组长的记录', answer: { points: 0 } } };
    const overtaken = await app.as('cityOfficer').refused(evaluations.settleTalk, another);
    expect(overtaken).toMatchObject({ status: 409, code: 'evaluation.talkOvertaken' });
    expect(overtaken.details).toMatchObject({ theirs: { points: '1', answer: { points: 1 } }, by: '市督导' });
    expect(overtaken.sentence).toContain('已由市督导定为 1 分');
    expect(await cityPoints(scene, other.code)).toMatchObject({ points: '1' });
    const { layers } = await app.as('cityOfficer').call(evaluations.leaf, { params: settle.params });
    const { version } = layers.find(({ layer }) => layer === 'city')!;
    const known = { ...another, body: { ...another.body, version } };
    await app.as('cityOfficer').call(evaluations.settleTalk, known);
    expect(await cityPoints(scene, other.code)).toMatchObject({ points: '0' });
    await app
      .as('cityOfficer')
      .call(evaluations.settleTalk, { ...settle, body: { ...settle.body, version: version + 1 } });
    const { rows: scores } = await app.owner.query(
      'select points from evaluation_scores where code = $1 and replaced_at is null order by points',
      [other.code],
    );
    expect(scores.map(({ points }) => points)).toEqual(['0', String(other.max)]);
    const late = await refusedScore(first, scene, other, 1, { version: 1 });
    expect(late).toMatchObject({ code: 'evaluation.talkSettled', status: 409 });
  });

  it('whoever scored a leaf is told of the talk, and of no points', async () => {
    await app.runJobs();
    const { rows } = await app.owner.query(
      `select person_id, note, place_id from notices where kind = 'evaluation.talkOpened' and subject_id = $1`,
      [scene.evaluationId],
    );
    expect(rows.map((row) => row.person_id).sort()).toEqual([first.personId, second.personId].sort());
    for (const row of rows) expect(row).toMatchObject({ note: other.code, place_id: units.city.id });
  });

  it('a leaf within the tolerance needs no talk, and one that waits says how many owe', async () => {
    const minutes = { version: 0, minutes: '不需要', reason: '对照标准核实认定', answer: { points: 1 } };
    const params = { ...scene.params, code: leaf.code };
    const unseen = await app.as('cityOfficer').refused(evaluations.settleTalk, { params, body: minutes });
    expect(unseen.code).toBe('evaluation.talkOvertaken');
    const { layers } = await app.as('cityOfficer').call(evaluations.leaf, { params });
    const seen = { ...minutes, version: layers.find(({ layer }) => layer === 'city')!.version };
    const needless = await app.as('cityOfficer').refused(evaluations.settleTalk, { params, body: seen });
    expect(needless.code).toBe('evaluation.noTalk');
    const [, , third] = scene.leaves;
    await score(first, scene, third!, third!.max);
    const waiting = await app
      .as('cityOfficer')
      .refused(evaluations.settleTalk, { params: { ...scene.params, code: third!.code }, body: minutes });
    expect(waiting.code).toBe('evaluation.scoresOwed');
    expect(waiting.sentence).toContain('还有 1 人');
  });

  it('the audit of a blind score keeps a digest and no points', async () => {
    const { rows } = await app.owner.query(
      `select place_id, after from audit_events where action = 'evaluation.scored' and object_id = $1 order by id limit 1`,
      [scene.evaluationId],
    );
    expect(rows[0]).toMatchObject({ place_id: units.city.id });
    expect(rows[0].after.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(rows[0].after)).not.toContain('points');
  });
});

describe('leaves without points', () => {
  const say = ({ person }: Reviewer, scene: JudgingScene, code: string, answer: Record<string, unknown>) =>
    person.call(evaluations.score, {
      params: { ...scene.params, code },
      body: { version: 0, leafVersion: 1, reason: '现场核对', answer },
    });
  const settled = async (scene: JudgingScene, code: string) => {
    const { rows } = await app.owner.query(
      `select points, answer -> 'given' as answer, settled from evaluation_points
        where evaluation_id = $1 and code = $2 and layer = 'city'`,
      [scene.evaluationId, code],
    );
    return rows[0];
  };

  it('a talk about what is met, and about what does not apply, ends with an answer', async () => {
    const scene = await layJudging(app, { framework: 'quality-balance-2017-6' });
    const [first, second] = [await scene.expert('甲专家', ['*']), await scene.officer('乙督学', ['*'])];
    const [met, out] = scene.codes as [string, string];
    await say(first, scene, met, { met: true });
    await say(second, scene, met, { met: false });
    await say(first, scene, out, { met: true });
    await say(second, scene, out, { notApplicable: true });
    expect([await settled(scene, met), await settled(scene, out)]).toEqual([undefined, undefined]);
    const talk = (code: string, answer: Record<string, unknown>) => ({
      params: { ...scene.params, code },
      body: { version: 0, minutes: '到现场复核', reason: '对照标准核实认定', answer },
    });
    const office = app.as('cityOfficer');
    const byPoints = await office.refused(evaluations.settleTalk, talk(met, { points: 1 }));
    expect(byPoints).toMatchObject({ status: 422, code: 'framework.answersInvalid' });
    const nothing = await office.refused(evaluations.settleTalk, talk(met, {}));
    expect(nothing).toMatchObject({ status: 422, code: 'framework.answersInvalid' });
    expect(await office.call(evaluations.settleTalk, talk(met, { met: false }))).toMatchObject({ points: null });
    await office.call(evaluations.settleTalk, talk(out, { notApplicable: true }));
    expect(await settled(scene, met)).toEqual({ points: null, answer: { met: false }, settled: 'talk' });
    expect(await settled(scene, out)).toEqual({ points: null, answer: { notApplicable: true }, settled: 'talk' });

    const seen = await office.call(evaluations.leaf, { params: { ...scene.params, code: met } });
    expect(seen.layers.find(({ layer }) => layer === 'city')).toMatchObject({ points: null, answer: { met: false } });
    expect(seen.talk).toMatchObject({ points: null, answer: { met: false }, minutes: '到现场复核' });
    const { nodes } = await office.call(evaluations.read, { params: scene.params });
    const saidAt = (code: string) => nodes.find((node) => node.code === code)?.said;
    expect([saidAt(met), saidAt(out)]).toEqual([
      { self: '达到', county: null, city: '未达到', province: null },
      { self: '达到', county: null, city: '不适用', province: null },
    ]);
  });

  it('其余各项同意自评 takes over what was said there', async () => {
    const scene = await layJudging(app, {
      ...{ framework: 'quality-balance-2017-6', blind: false, reviewersPerLeaf: 1 },
    });
    const judge = await scene.officer('丙督学', ['*']);
    const codes = scene.codes.slice(0, 2);
    const taken = await judge.person.call(evaluations.adoptSelf, {
      params: scene.params,
      body: { codes, reason: '材料齐全' },
    });
    expect(taken).toEqual({ adopted: 2, refused: [] });
    expect(await settled(scene, codes[0]!)).toEqual({ points: null, answer: { met: true }, settled: 'adopted' });
  });
});

describe('what a score asks', () => {
  let scene: JudgingScene;
  let expert: Reviewer;
  let leaf: SceneLeaf;
  beforeAll(async () => {
    scene = await layJudging(app);
    const branch = scene.leaves[0]!.branch;
    expert = await scene.expert('丙专家', [branch]);
    leaf = scene.leaves.find((one) => one.branch === branch)!;
  });

  it('a later change of the leaf is told, and voids what was judged before', async () => {
    await score(expert, scene, leaf, leaf.max);
    expect(await cityPoints(scene, leaf.code)).toMatchObject({ settled: 'one', voided: false });
    await scene.change(leaf.code);
    expect(await cityPoints(scene, leaf.code)).toMatchObject({ voided: true });
    const { rows } = await app.owner.query(
      'select void_reason from evaluation_scores where evaluation_id = $1 and code = $2',
      [scene.evaluationId, leaf.code],
    );
    expect(rows).toEqual([{ void_reason: '自评材料有改动' }]);
    const stale = await refusedScore(expert, scene, leaf, leaf.max);
    expect(stale).toMatchObject({ status: 409, code: 'evaluation.leafMoved' });
    const again = await score(expert, scene, leaf, leaf.max / 2, { leafVersion: 2 });
    expect(again.version).toBe(1);
    expect(await cityPoints(scene, leaf.code)).toMatchObject({ voided: false, points: String(leaf.max / 2) });
  });

  it('whoever sees a part of the leaves reads its sum against what that part is worth', async () => {
    const wider = await layJudging(app);
    const { person, ...seat } = await wider.expert('部分专家', ['A1']);
    const read = () => person.call(evaluations.read, { params: wider.params });
    const own = (await read()).nodes.filter(({ isLeaf }) => isLeaf);
    expect(own.length).toBeLessThan(wider.leaves.length);
    const first = wider.leaves.find(({ code }) => code === own[0]!.code)!;
    await score({ person, ...seat }, wider, first, first.max / 2);
    const [root] = (await read()).nodes;
    const worth = own.reduce((all, { max }) => all + Number(max), 0);
    expect(root).toMatchObject({ max: String(worth), city: String(first.max / 2) });
  });

  it('a branch that is not the own one, points above the leaf, an unknown leaf and another step are refused', async () => {
    const elsewhere = scene.leaves.find(({ branch }) => branch !== leaf.branch);
    if (elsewhere) {
      const refused = await refusedScore(expert, scene, elsewhere, 1);
      // Whoever comes by a seat does not even see it.
      expect(refused).toMatchObject({ status: 404, code: 'thing.notFound' });
    }
    const high = await refusedScore(expert, scene, leaf, leaf.max + 1, { leafVersion: 2, version: 1 });
    expect(high).toMatchObject({ status: 422, code: 'framework.answersInvalid' });
    expect(high.sentence).toContain(`超过满分 ${leaf.max} 分`);
    expect(await refusedScore(expert, scene, { code: 'NONE' }, 1)).toMatchObject({
      status: 404,
      code: 'thing.notFound',
    });
    await scene.moveTo('statement');
    const over = await refusedScore(expert, scene, leaf, 1, { leafVersion: 2, version: 1 });
    expect(over).toMatchObject({ status: 409, code: 'flow.notInState' });
    await scene.moveTo('materialReview');
  });

  it('whoever has no seat scores nothing, and neither does another city’s county', async () => {
    const body = { version: 0, leafVersion: 2, reason: '', answer: { points: 1 } };
    const params = { ...scene.params, code: leaf.code };
    const officer = await app.as('cityOfficer').refused(evaluations.score, { params, body });
    expect(officer).toMatchObject({ status: 403, code: 'flow.notYours' });
    expect(officer.sentence).toContain('已列入督导组');
    const subject = await app.as('countyDirector').refused(evaluations.score, { params, body });
    expect(subject).toMatchObject({ status: 403, code: 'flow.notYours' });
    expect((await app.as('otherDirector').refused(evaluations.score, { params, body })).code).toBe('thing.notFound');
  });

  it('an officer of the panel is told which branch is not his', async () => {
    const own = await layJudging(app, { countyId: units.fengze.id });
    const [one] = own.leaves;
    const another = own.leaves.find(({ branch }) => branch !== one!.branch) ?? own.leaves[1]!;
    const member = await own.officer('丁科员', [one!.code]);
    const refused = await refusedScore(member, own, another, 1);
    expect(refused).toMatchObject({ status: 403, code: 'evaluation.notOnPanel' });
    expect(refused.sentence).toContain(another.code);
  });

  it('the reading of the edition is noted once, and by whoever has a seat', async () => {
    expect(await expert.person.call(evaluations.readEdition, { params: scene.params })).toEqual({ done: true });
    const { rows } = await app.owner.query(
      'select read_edition_at is not null as read from evaluation_reviewers where seat_id = $1',
      [expert.seatId],
    );
    expect(rows).toEqual([{ read: true }]);
    const refused = await app.as('cityOfficer').refused(evaluations.readEdition, { params: scene.params });
    expect(refused).toMatchObject({ status: 403, code: 'evaluation.noSeat' });
  });
});

describe('one reviewer judges a leaf in the open', () => {
  let scene: JudgingScene;
  let first: Reviewer;
  let second: Reviewer;
  let leaf: SceneLeaf;
  beforeAll(async () => {
    scene = await layJudging(app, { blind: false, reviewersPerLeaf: 1 });
    first = await scene.officer('戊督学', ['*']);
    second = await scene.officer('己督学', ['*']);
    [leaf] = scene.leaves as [SceneLeaf];
  });

  it('of two who score one leaf one wins, and the other is told with both values', async () => {
    await score(first, scene, leaf, leaf.max, { reason: '先到' });
    expect(await cityPoints(scene, leaf.code)).toMatchObject({ settled: 'one', points: String(leaf.max) });
    const late = await refusedScore(second, scene, leaf, 1);
    expect(late).toMatchObject({ status: 409, code: 'evaluation.scoreOvertaken' });
    expect(late.details).toMatchObject({
      code: leaf.code,
      version: 1,
      theirs: { points: String(leaf.max), reason: '先到', reviewer: '戊督学' },
    });
    const knowing = await score(second, scene, leaf, 1, { version: 1 });
    expect(knowing).toMatchObject({ version: 2, points: '1' });
    expect(await cityPoints(scene, leaf.code)).toMatchObject({ points: '1' });
    const { rows } = await app.owner.query(
      'select reviewer_name, replaced_at is not null as replaced from evaluation_scores where evaluation_id = $1 and code = $2 order by version',
      [scene.evaluationId, leaf.code],
    );
    expect(rows).toEqual([
      { reviewer_name: '戊督学', replaced: true },
      { reviewer_name: '己督学', replaced: false },
    ]);
  });

  it('the same score sent again changes nothing', async () => {
    const [, , at] = scene.leaves;
    await score(first, scene, at!, 1);
    expect((await refusedScore(first, scene, at!, 1, { version: 1 })).code).toBe('thing.nothingChanges');
  });

  it('two at the same moment: one is given, one is refused', async () => {
    const [, , , at] = scene.leaves;
    const answers = await Promise.allSettled([score(first, scene, at!, 1), score(second, scene, at!, 0)]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('其余各项同意自评 takes over what is left, under the own name and with the points of the self-evaluation', async () => {
    const codes = scene.leaves.slice(0, 5).map(({ code }) => code);
    const taken = await first.person.call(evaluations.adoptSelf, {
      params: scene.params,
      body: { codes, reason: '材料齐全，同意自评' },
    });
    expect(taken.adopted + taken.refused.length).toBe(codes.length);
    expect(taken.refused[0]).toMatchObject({ sentence: '您已经评分，保留原评分' });
    expect(await cityPoints(scene, codes[1]!)).toMatchObject({ settled: 'adopted' });
    const again = await first.person.refused(evaluations.adoptSelf, {
      params: scene.params,
      body: { codes, reason: '再来' },
    });
    expect(again).toMatchObject({ status: 409, code: 'evaluation.nothingToAdopt' });
  });

  it('where reviewers judge blind nothing is taken over', async () => {
    const blind = await layJudging(app);
    const reviewer = await blind.expert('庚专家', ['*']);
    const codes = blind.leaves.slice(0, 2).map(({ code }) => code);
    const refused = await reviewer.person.refused(evaluations.adoptSelf, {
      params: blind.params,
      body: { codes, reason: '同意' },
    });
    expect(refused).toMatchObject({ status: 409, code: 'evaluation.selfHidden' });
    expect(refused.sentence).toContain('逐项评分');
  });
});

describe('what a score costs', () => {
  it('one statement reads; the other gives, settles, and travels with the record and the commit', async () => {
    const scene = await layJudging(app, { blind: false, reviewersPerLeaf: 1 });
    const reviewer = await scene.officer('快评员', ['*']);
    await score(reviewer, scene, scene.leaves[0]!, 1);
    const [waits, sent] = [app.waits(), app.statements.length];
    await score(reviewer, scene, scene.leaves[1]!, 1);
    const own = app.statements.slice(sent).filter((text) => /evaluation|_score|record_audit|settle/.test(text));
    expect(own.map((text) => /give_score|settle_leaf|record_audit|from evaluations e/.exec(text)?.[0])).toEqual([
      ...['from evaluations e', 'give_score', 'record_audit'],
    ]);
    expect(app.waits() - waits).toBe(1);
  });
});

describe('the leader opens scores early', () => {
  it('after the own score, with a reason, once', async () => {
    const scene = await layJudging(app);
    const leader = await scene.expert('辛组长', ['*'], { part: 'leader' });
    const member = await scene.officer('壬督学', ['*']);
    const [leaf] = scene.leaves as [SceneLeaf];
    const open = { params: { ...scene.params, code: leaf.code }, body: { reason: '另一位成员请假' } };
    expect((await leader.person.refused(evaluations.openScores, open)).code).toBe('evaluation.ownScoreFirst');
    expect((await member.person.refused(evaluations.openScores, open)).code).toBe('evaluation.ownScoreFirst');
    expect((await app.as('cityOfficer').refused(evaluations.openScores, open)).code).toBe('evaluation.noScores');
    await score(leader, scene, leaf, leaf.max);
    expect(await leader.person.call(evaluations.openScores, open)).toEqual({ opened: 1 });
    expect((await leader.person.refused(evaluations.openScores, open)).code).toBe('evaluation.scoresOpen');
    const settled = await leader.person.call(evaluations.settleTalk, {
      params: open.params,
      body: { version: 0, minutes: '按已有评分', reason: '对照标准核实认定', answer: { points: leaf.max } },
    });
    expect(settled.points).toBe(String(leaf.max));
  });
});

describe('three reviewers', () => {
  it('trimmed: the highest and the lowest are left out', async () => {
    const scene = await layJudging(app, { reviewersPerLeaf: 3, combine: 'trimmed' });
    const leaf = scene.leaves.find(({ max }) => max >= 2)!;
    const people = [];
    for (const name of ['一', '二', '三']) people.push(await scene.expert(`${name}专家`, ['*']));
    for (const [at, person] of people.entries()) await score(person, scene, leaf, leaf.max - at * leaf.max * 0.1);
    expect(await cityPoints(scene, leaf.code)).toMatchObject({ settled: 'trimmed', points: String(leaf.max * 0.9) });
  });
});

describe('the layer of the county', () => {
  it('posts of the county of the school judge, one score at a leaf, and nobody else', async () => {
    const scene = await layJudging(app, {
      ...{
        kind: 'school-evaluation',
        step: 'countyReview',
        blind: false,
        reviewersPerLeaf: 1,
        schoolId: schools.first.id,
      },
    });
    const [leaf] = scene.leaves as [SceneLeaf];
    const given = await score({ person: app.as('countyOfficer') }, scene, leaf, leaf.max);
    expect(given.totals[0]).toMatchObject({ layer: 'county' });
    const { rows } = await app.owner.query(
      `select place_id, school_id, settled from evaluation_points where evaluation_id = $1 and layer = 'county'`,
      [scene.evaluationId],
    );
    expect(rows).toEqual([{ place_id: units.licheng.id, school_id: null, settled: 'one' }]);
    const second = await refusedScore({ person: app.as('countyDirector') }, scene, leaf, 0);
    expect(second).toMatchObject({ code: 'evaluation.scoreOvertaken' });
    expect((await refusedScore({ person: app.as('cityOfficer') }, scene, leaf, 0)).code).toBe('flow.notYours');
    expect((await refusedScore({ person: app.as('otherDirector') }, scene, leaf, 0)).code).toBe('thing.notFound');
    expect(
      (
        await app.as('head').refused(evaluations.score, {
          params: { ...scene.params, code: leaf.code },
          body: { version: 0, leafVersion: 1, reason: '', answer: { points: 1 } },
        })
      ).code,
    ).toBe('access.denied');
  });
});

describe('when the last who owed a score leaves', () => {
  const leave = async (scene: JudgingScene, { seatId }: Reviewer) => {
    await app.owner.query(
      `update evaluation_reviewers set ended_on = '2025-10-15' where evaluation_id = $1 and seat_id = $2`,
      [...[scene.evaluationId, seatId]],
    );
    const places = [units.city.id, units.licheng.id];
    await withWriting(app.services.pool, atPlaces(places), (db) =>
      app.services.enqueue(db, dealLists, { places, placeId: units.licheng.id, evaluationId: scene.evaluationId }),
    );
    await app.runJobs();
  };

  it('the leaf settles by the rule where as many have scored as it asks for, and otherwise the talk says what to do', async () => {
    const scene = await layJudging(app);
    const [leaf, other, third] = scene.leaves as [SceneLeaf, SceneLeaf, SceneLeaf];
    const stay = [await scene.expert('子专家', ['*']), await scene.officer('丑督学', ['*'])];
    const gone = await scene.officer('寅督学', ['*']);
    for (const judge of stay) await score(judge, scene, leaf, leaf.max);
    await score(stay[0]!, scene, other, other.max);
    await score(stay[0]!, scene, third, third.max);
    await score(stay[1]!, scene, third, 0);
    expect(await cityPoints(scene, leaf.code)).toBeUndefined();
    await leave(scene, gone);
    expect(await cityPoints(scene, leaf.code)).toMatchObject({ settled: 'mean', points: String(leaf.max) });
    // Too far apart is a matter of the talk, and one score of two is not enough.
    expect(await cityPoints(scene, third.code)).toBeUndefined();
    const talks = async () =>
      (
        await app.owner.query('select code, spread from evaluation_talks where evaluation_id = $1', [
          scene.evaluationId,
        ])
      ).rows;
    expect(await talks()).toEqual([{ code: third.code, spread: String(third.max) }]);
    await app.runJobs();
    const told = await app.owner.query(
      `select count(*)::int as notices from notices where kind = 'evaluation.talkOpened' and subject_id = $1`,
      [scene.evaluationId],
    );
    expect(told.rows).toEqual([{ notices: 2 }]);
    await leave(scene, stay[1]!);
    expect(await cityPoints(scene, other.code)).toBeUndefined();
    const few = await app.as('cityOfficer').refused(evaluations.settleTalk, {
      params: { ...scene.params, code: other.code },
      body: { version: 0, minutes: '只有一人评分', reason: '对照标准核实认定', answer: { points: 0 } },
    });
    expect(few.code).toBe('evaluation.reviewersFew');
    expect(few.sentence).toContain('应由 2 人评分，现有 1 人的评分');
  });
});

describe('the layer of the county beneath a blind city', () => {
  it('whoever of the city owes a score reads no points and no scores of the county', async () => {
    const scene = await layJudging(app, {
      ...{ kind: 'school-evaluation', step: 'countyReview', schoolId: schools.first.id },
    });
    const judges = [await scene.officer('亥督学', ['*']), await scene.expert('卯专家', ['*'])];
    const [leaf] = scene.leaves as [SceneLeaf];
    await score({ person: app.as('countyOfficer') }, scene, leaf, leaf.max, { reason: '县里的理由' });
    const county = async ({ person }: Pick<Reviewer, 'person'>) => {
      const seen = await person.call(evaluations.leaf, { params: { ...scene.params, code: leaf.code } });
      return {
        layer: seen.layers.find(({ layer }) => layer === 'county'),
        scores: seen.scores.filter(({ layer }) => layer === 'county').length,
      };
    };
    for (const judge of judges) {
      const { layer, scores } = await county(judge);
      expect(layer?.points ?? null).toBeNull();
      expect(scores).toBe(0);
    }
    const standing = await county({ person: app.as('countyDirector') });
    expect(standing).toMatchObject({ layer: { points: String(leaf.max), hidden: false }, scores: 1 });
    // Whoever judges nothing blind reads on, and whoever has given the own score reads then.
    expect((await county({ person: app.as('cityOfficer') })).scores).toBe(1);
    const { rows } = await app.owner.query(
      `select hidden_from from evaluation_points where evaluation_id = $1 and code = $2 and layer = 'county'`,
      [scene.evaluationId, leaf.code],
    );
    expect([...rows[0].hidden_from].sort()).toEqual(judges.map(({ personId }) => personId).sort());
    await scene.moveTo('materialReview');
    expect((await county(judges[0]!)).scores).toBe(0);
    await score(judges[0]!, scene, leaf, leaf.max);
    expect((await county(judges[0]!)).scores).toBe(1);
    expect((await county(judges[1]!)).scores).toBe(0);
  });
});

describe('a member with a post at the city', () => {
  let scene: JudgingScene;
  const seat = (reviewer: Reviewer, set: string) =>
    app.owner.query(`update evaluation_reviewers set ${set} where evaluation_id = $1 and seat_id = $2`, [
      ...[scene.evaluationId, reviewer.seatId],
    ]);

  it('scores within the days of the seat alone, and owes nothing when they are past', async () => {
    scene = await layJudging(app);
    const [leaf] = scene.leaves as [SceneLeaf];
    const [one, other] = [await scene.expert('辰专家', ['*']), await scene.officer('巳督学', ['*'])];
    const [coming, past] = [await scene.officer('午督学', ['A2']), await scene.officer('未督学', ['*'])];
    await seat(coming, `from_day = '2026-05-01', to_day = '2026-06-30'`);
    await seat(past, `from_day = '2025-01-01', to_day = '2025-10-01'`);
    for (const reviewer of [coming, past]) {
      expect((await refusedScore(reviewer, scene, leaf, 0)).code).toBe('evaluation.seatDays');
    }
    await seat(coming, `ended_on = '2025-10-14'`);
    await score(one, scene, leaf, leaf.max);
    await score(other, scene, leaf, leaf.max);
    expect(await cityPoints(scene, leaf.code)).toMatchObject({ settled: 'mean' });
  });

  it('who was seated after others had scored is marked as having read them', async () => {
    scene = await layJudging(app);
    const [leaf, second] = scene.leaves as [SceneLeaf, SceneLeaf];
    const [one, late] = [await scene.expert('申专家', ['*']), await scene.officer('酉督学', ['*'])];
    await score(one, scene, leaf, 0);
    await seat(late, `seated_at = '${new Date(app.clock.now.getTime() + 60_000).toISOString()}'`);
    await score(late, scene, leaf, 0);
    await score(late, scene, second, 0);
    const { rows } = await app.owner.query(
      'select sighted from evaluation_scores where evaluation_id = $1 and person_id = $2 order by code = $3 desc',
      [scene.evaluationId, late.personId, leaf.code],
    );
    expect(rows).toEqual([{ sighted: true }, { sighted: false }]);
  });

  it('gives no score after the last step that judges, and hides nothing that was settled before', async () => {
    scene = await layJudging(app);
    const [leaf, second] = scene.leaves as [SceneLeaf, SceneLeaf];
    const [one, other] = [await scene.expert('子专家', ['*']), await scene.officer('丑督学', ['*'])];
    await score(one, scene, leaf, leaf.max);
    await score(other, scene, leaf, leaf.max);
    await scene.officer('寅督学', ['*']);
    const { rows } = await app.owner.query(
      `select hidden_from from evaluation_points where evaluation_id = $1 and code = $2 and layer = 'city'`,
      [scene.evaluationId, leaf.code],
    );
    expect(rows).toEqual([{ hidden_from: [] }]);
    await app.owner.query('begin');
    await app.owner.query(`update evaluations set step = 'confirmation' where id = $1`, [scene.evaluationId]);
    const late = refusedScore(one, scene, second, 0);
    try {
      await expect.poll(async () => (await app.owner.query(atLock)).rows.length).toBeGreaterThan(0);
    } finally {
      await app.owner.query('commit');
    }
    expect((await late).status).toBe(409);
    const { rows: given } = await app.owner.query(
      'select 1 from evaluation_scores where evaluation_id = $1 and code = $2',
      [scene.evaluationId, second.code],
    );
    expect(given).toEqual([]);
  });

  it.each(['siteVisit', 'preliminaryOpinion'] as const)(
    'reads and writes no draft of the opinion while blind scores are owed: %s',
    async (step) => {
      scene = await layJudging(app, { step });
      const blind = await scene.officer('戌督学', ['*']);
      await app.owner.query(
        `insert into evaluation_opinions (place_id, evaluation_id, subject_place_id, comments, drafted_by, drafted_by_name, updated_at)
       values ($1, $2, $3, '[{"kind": "weakness", "code": null, "text": "此项仅得 0 分"}]', 'x', 'x', $4)`,
        [units.city.id, scene.evaluationId, units.licheng.id, app.clock.now],
      );
      const read = ({ person }: Pick<Reviewer, 'person'>) => person.call(evaluations.opinion, { params: scene.params });
      expect((await read({ person: app.as('cityOfficer') })).comments).toHaveLength(1);
      const { comments, revision } = await read(blind);
      expect(comments).toEqual([]);
      const refused = await blind.person.refused(evaluations.saveOpinion, {
        params: scene.params,
        body: { revision, comments: [], findings: [] },
      });
      expect(refused.code).toBe('evaluation.opinionBlind');
    },
  );
});

describe('a talk beside a release', () => {
  it('settles nothing after the subject was told: an accepted statement alone changes points then', async () => {
    const scene = await layJudging(app, { blind: false, step: 'preliminaryOpinion' });
    const { evaluationId, params } = scene;
    const { code, max } = scene.leaves[0]!;
    await app.owner.query(
      `insert into evaluation_points (place_id, evaluation_id, code, layer, subject_place_id, points, settled, leaf_version,
         version, written_by_name, written_at)
       values ($1, $2, $3, 'city', $4, $5, 'mean', 1, 1, '督导组', now())`,
      [units.city.id, evaluationId, code, units.licheng.id, String(max)],
    );
    await app.owner.query(
      `insert into evaluation_talks (place_id, evaluation_id, code, layer, leaf_version, subject_place_id, spread,
         opened_by_name, opened_at)
       values ($1, $2, $3, 'city', 1, $4, '1', '督导组', now())`,
      [units.city.id, evaluationId, code, units.licheng.id],
    );
    await app.owner.query('begin');
    await app.owner.query(
      `update evaluations set step = 'statement', released_at = now(), statement_due = '2025-12-01' where id = $1`,
      [evaluationId],
    );
    const body = { version: 1, minutes: '核对台账后一致', reason: '对照标准核实认定', answer: { points: 0 } };
    const settling = app.as('cityOfficer').refused(evaluations.settleTalk, { params: { ...params, code }, body });
    try {
      await expect.poll(async () => (await app.owner.query(atLock)).rows.length).toBeGreaterThan(0);
    } finally {
      await app.owner.query('commit');
    }
    expect(await settling).toMatchObject({ status: 409, code: 'evaluation.changed' });
    expect(await cityPoints(scene, code)).toMatchObject({ settled: 'mean', points: String(max) });
  });
});
