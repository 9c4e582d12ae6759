import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as home from '#contract/home/home.ts';
import * as rectifications from '#contract/rectifications/rectifications.ts';
import { bounds } from '#domain/kit/bounds.ts';
import { atLock } from '#test/support/database/database.ts';
import { schools, units } from '#test/support/scenario.ts';
import {
  type LedgerScene,
  measures,
  newFinding,
  ofSchool,
  openLedgerScene,
  report,
} from '#test/support/scenes/ledger-scene.ts';

let scene: LedgerScene;
let app: LedgerScene['app'];
let as: LedgerScene['as'];
let at: LedgerScene['at'];
let done: LedgerScene['done'];
let enter: LedgerScene['enter'];
let read: LedgerScene['read'];
let waiting: LedgerScene['waiting'];
beforeAll(async () => {
  scene = await openLedgerScene();
  ({ app, as, at, done, enter, read, waiting } = scene);
});
afterAll(() => scene.app.close());

it('of which there is room for one more is entered once by two that the same person sends at once', async () => {
  const { personId } = as('countyOfficer');
  // The first of the two: it has counted, and writes what there is room for.
  await app.owner.query('begin');
  await app.owner.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`findings of ${personId}`]);
  const second = as('countyOfficer').refused(rectifications.enter, { body: newFinding });
  try {
    await expect.poll(async () => (await app.owner.query(atLock)).rows).toHaveLength(1);
    await app.owner.query(
      `insert into findings (place_id, id, kind, title, severity, duty_type, duty_unit_id, opened_by_unit_id, opened_level, managed_by,
         school_year, source_type, source_id, source_key, found_on, state, entered_by, entered_by_name, entered_at, updated_at)
       select $1::int, gen_random_uuid(), 'safety', '通道堆放杂物', 'serious', 'unit', $1, $1, 'county', 'county',
              2025, 'manual', 'x', n::text, '2025-10-10', 'found', $2, '督导', now(), now() from generate_series(1, $3::int) n`,
      [units.licheng.id, personId, bounds.findings.most],
    );
  } finally {
    await app.owner.query('commit');
  }
  expect((await second).code).toBe('request.bound');
  await app.owner.query('delete from findings where entered_by = $1', [personId]);
});

describe('a finding of a county', () => {
  it('is entered, sent out, planned, reported, checked and closed, each act with its step and its audit row, and nobody else does it', async () => {
    expect((await as('head').refused(rectifications.enter, { body: newFinding })).code).toBe('access.denied');
    const { id } = await enter('countyOfficer');
    expect((await as('otherDirector').refused(rectifications.notice, await at(id))).code).toBe('thing.notFound');
    expect((await as('neighbourClerk').refused(rectifications.read, { params: { findingId: id } })).code).toBe(
      'thing.notFound',
    );
    expect(await waiting('countyOfficer')).toEqual(['notice 1']);
    expect((await as('countyOfficer').refused(rectifications.check, await at(id))).code).toBe('flow.notInState');
    const noticed = await as('countyOfficer').call(rectifications.notice, await at(id));
    // Ten working days from the 15th of October 2025, a Wednesday, without a holiday between.
    expect(noticed).toMatchObject({ state: 'noticed', dueOn: '2025-10-29', revision: 2 });
    expect(await waiting('head')).toEqual(['plan 1']);
    expect((await as('head').call(home.overview)).notice).toMatchObject({ kind: 'rectification.notice' });
    expect((await as('countyOfficer').refused(rectifications.plan, await at(id, { measures }))).code).toBe(
      'flow.notYours',
    );
    await as('clerk').call(rectifications.plan, await at(id, { measures, dutyPerson: '林校长' }));
    expect((await as('head').call(home.overview)).notice).toBeNull();
    await as('head').call(rectifications.report, await at(id, { report }));
    expect((await read('head', id)).measures).toEqual([{ ...measures[0], doneOn: '2025-10-15' }]);
    expect((await as('head').call(home.overview)).handedOver.map(({ kind }) => kind)).toContain(
      'rectifications.toCheck',
    );
    expect((await as('head').refused(rectifications.check, await at(id))).code).toBe('access.denied');
    expect(await waiting('countyDirector')).toEqual(['check 1']);
    await as('countyOfficer').call(rectifications.check, await at(id));
    expect((await as('countyOfficer').refused(rectifications.close, await at(id))).code).toBe('access.denied');
    expect(await as('countyDirector').call(rectifications.close, await at(id))).toMatchObject({ state: 'closed' });

    const detail = await read('head', id);
    expect(detail.steps.map(({ title }) => title)).toEqual([
      ...['录入', '下发', '制定整改措施', '报告整改完成', '核查通过', '销号'],
    ]);
    expect(detail).toMatchObject({ closedOn: '2025-10-15', report, dutyPerson: '林校长' });
    const { rows } = await app.owner.query(
      `select action, place_id as place from audit_events where object_id = $1 order by id`,
      [id],
    );
    expect(rows.map(({ action }) => action.replace('finding.', ''))).toEqual([
      ...['entered', 'noticed', 'planned', 'reported', 'checked', 'closed'],
    ]);
    expect(new Set(rows.map(({ place }) => place))).toEqual(new Set([units.licheng.id]));
  });

  it('is told apart by its revision, and an act on one that changed meanwhile is refused', async () => {
    const { id, revision } = await enter('countyOfficer');
    const stale = { params: { findingId: id }, body: { revision } };
    await as('countyOfficer').call(rectifications.notice, stale);
    const refusal = await as('countyDirector').refused(rectifications.notice, stale);
    expect(refusal.sentence).toMatch(
      /^问题“消防通道堆放杂物”已由鲤城.+于 .*\d\d:\d\d 修改，现在是“待制定措施”，请刷新后核对再办理。$/,
    );
    const edit = { params: stale.params, body: { ...newFinding, revision } };
    expect((await as('countyOfficer').refused(rectifications.edit, edit)).code).toBe('flow.notInState');
    const own = await as('countyOfficer').refused(rectifications.notice, stale);
    expect(own.sentence).toMatch(/^您已在另一个窗口于 .*修改问题“消防通道堆放杂物”/);
  });

  it('is not checked or closed by the hand that reported it', async () => {
    const duty = { type: 'unit' as const, id: units.licheng.id };
    const { id } = await enter('countyOfficer', { duty });
    await as('countyOfficer').call(rectifications.notice, await at(id));
    await as('countyDirector').call(rectifications.plan, await at(id, { measures }));
    await as('countyDirector').call(rectifications.report, await at(id, { report }));
    expect((await as('countyDirector').refused(rectifications.check, await at(id))).code).toBe('access.sameHand');
    expect((await read('countyDirector', id)).can.check).toBe(false);
    expect((await read('countyDirector', id)).signingObstacle).toContain('鲤城主任');
    await as('countyOfficer').call(rectifications.check, await at(id));
    expect((await as('countyDirector').refused(rectifications.close, await at(id))).code).toBe('access.sameHand');
    await as('cityOfficer').call(rectifications.close, await at(id));
  });

  it('goes back with a reason, and the judgement can be taken back by its hand', async () => {
    const { id } = await enter('countyOfficer');
    await done(id);
    await as('countyOfficer').call(rectifications.reject, await at(id, { reason: '照片看不清' }));
    expect((await read('head', id)).state).toBe('reopened');
    const undo = { params: { findingId: id }, body: { action: 'reject' as const } };
    expect((await as('countyDirector').refused(rectifications.undo, undo)).code).toBe('undo.notYours');
    await as('countyOfficer').call(rectifications.undo, undo);
    expect(await read('head', id)).toMatchObject({ state: 'done' });
    await as('countyOfficer').call(rectifications.reject, await at(id, { reason: '照片看不清' }));
    await as('head').call(rectifications.plan, await at(id, { measures }));
    await as('head').call(rectifications.report, await at(id, { report }));
    await as('countyDirector').call(rectifications.check, await at(id));
  });

  it('is not closed before its parts are', async () => {
    const { id } = await enter('countyOfficer');
    const part = await enter('countyOfficer', { parentId: id, title: '二楼通道同样堆放' });
    const elsewhere = { ...newFinding, parentId: id, duty: ofSchool(schools.foreign.id) };
    expect((await as('cityOfficer').refused(rectifications.enter, { body: elsewhere })).code).toBe(
      'finding.partElsewhere',
    );
    const deeper = { ...newFinding, parentId: part.id };
    expect((await as('countyOfficer').refused(rectifications.enter, { body: deeper })).code).toBe('finding.partOfPart');
    await done(id);
    await as('countyOfficer').call(rectifications.check, await at(id));
    const refusal = await as('countyDirector').refused(rectifications.close, await at(id));
    expect(refusal.sentence).toBe('这个问题还有 1 个子问题没有销号或取消，全部办结后才能销号。');
    await as('countyOfficer').call(rectifications.cancel, await at(part.id, { reason: '并入原问题' }));
    await as('countyDirector').call(rectifications.close, await at(id));
    expect((await read('countyDirector', id)).children).toMatchObject([{ id: part.id, state: 'cancelled' }]);
  });

  it('is sent out together with others, those that changed are named', async () => {
    const [one, other] = [await enter('countyOfficer'), await enter('countyOfficer')];
    await as('countyOfficer').call(rectifications.cancel, await at(other.id, { reason: '重复录入' }));
    const findings = [one, other].map(({ id, revision }) => ({ findingId: id, revision }));
    const result = await as('countyOfficer').call(rectifications.noticeMany, {
      body: { findings, dueOn: '2025-11-30' },
    });
    expect(result).toMatchObject({ done: 1, refused: [{ findingId: other.id, title: newFinding.title }] });
    expect(await read('head', one.id)).toMatchObject({ dueOn: '2025-11-30', dueRule: null });
  });

  it('is sent out with any number of others in as many statements, and the county learns what it acts for', async () => {
    const alone = (title: string) => enter('cityOfficer', { title, duty: ofSchool(schools.junior.id) });
    const found = async (count: number) => {
      const findings: { findingId: string; revision: number }[] = [];
      for (let at = 0; at < count; at += 1) {
        const { id, revision } = await (at === 0 ? alone(`无人办理 ${count}`) : enter('cityOfficer'));
        findings.push({ findingId: id, revision });
      }
      return findings;
    };
    const statementsOf = async (count: number) => {
      const findings = await found(count);
      const before = app.statements.length;
      const sent = await as('cityOfficer').call(rectifications.noticeMany, { body: { findings, letter: true } });
      expect(sent).toEqual({ done: count, letters: 2, refused: [] });
      return app.statements.length - before;
    };
    expect(await statementsOf(6)).toBe(await statementsOf(3));
    const told = await app.owner.query(
      `select n.audience, n.place_id, f.title from notices n join findings f on f.place_id = n.place_id and f.id = n.subject_id
        where n.kind = 'rectification.notice' and f.title like '无人办理%' order by f.title`,
    );
    expect(told.rows).toEqual(
      [3, 6].map((count) => ({ audience: 'place', place_id: units.licheng.id, title: `无人办理 ${count}` })),
    );
    // What comes to one inbox at once is one notice, which names some and counts all.
    const several = await app.owner.query(
      `select audience, about from notices where kind = 'rectification.notices' and school_id = $1 order by length(about) desc`,
      [schools.first.id],
    );
    const named = (count: number) => Array.from({ length: count }, () => newFinding.title).join('、');
    expect(several.rows).toEqual([
      { audience: 'school', about: `${named(3)} 等 5 个问题` },
      { audience: 'school', about: `${named(2)}，共 2 个问题` },
    ]);
    await app.runJobs();
  });

  it('tells the county of every act where nobody of the school can sign in', async () => {
    const [alone, other] = [ofSchool(schools.junior.id), ofSchool(schools.first.id)];
    const { id } = await enter('cityOfficer', { title: '校内无人', duty: alone });
    await as('cityOfficer').call(rectifications.notice, await at(id));
    const params = { findingId: id };
    const asked = { until: '2025-11-20', reason: '工程招标需要时间' };
    await as('countyOfficer').call(rectifications.ask, { params, body: asked });
    await as('cityOfficer').call(rectifications.decide, { params, body: { decision: 'granted' } });
    await as('cityOfficer').call(rectifications.handOver, await at(id, { duty: other, reason: '该校托管' }));
    await as('cityOfficer').call(rectifications.handOver, await at(id, { duty: alone, reason: '不再托管' }));
    await as('cityOfficer').call(rectifications.cancel, await at(id, { reason: '并入他处' }));
    const own = await enter('countyOfficer', { title: '校内无人', duty: alone });
    await as('countyOfficer').call(rectifications.notice, await at(own.id));
    const told = await app.owner.query(
      `select kind, audience, school_id, about, count(*)::int as n from notices where subject_id = any($1)
        group by kind, audience, school_id, about order by kind, audience`,
      [[id, own.id]],
    );
    const named = { about: '校内无人' };
    const county = (kind: string, n: number) => ({ ...named, kind, audience: 'place', school_id: null, n });
    expect(told.rows).toEqual([
      county('rectification.cancelled', 1),
      county('rectification.extension', 1),
      county('rectification.handedOver', 2),
      { ...named, kind: 'rectification.handedOver', audience: 'school', school_id: schools.first.id, n: 2 },
      county('rectification.notice', 2),
    ]);
  });
});

describe('more time', () => {
  it('is asked by the duty body once at a time, and decided by whoever opened it', async () => {
    const { id } = await enter('countyOfficer');
    await as('countyOfficer').call(rectifications.notice, await at(id));
    const ask = (until: string) => ({ params: { findingId: id }, body: { until, reason: '工程招标需要时间' } });
    expect((await as('head').refused(rectifications.ask, ask('2025-10-20'))).code).toBe('finding.extensionTooShort');
    await as('head').call(rectifications.ask, ask('2025-11-20'));
    expect((await as('head').refused(rectifications.ask, ask('2025-11-21'))).code).toBe('finding.extensionWaits');
    expect(await waiting('countyDirector')).toContain('decide 1');
    const back = { params: { findingId: id }, body: { reason: '日期填错' } };
    expect((await read('clerk', id)).can.withdraw).toBe(false);
    expect((await as('clerk').refused(rectifications.withdraw, back)).code).toBe('finding.questionOfOther');
    expect((await read('head', id)).can.withdraw).toBe(true);
    await as('head').call(rectifications.withdraw, back);
    expect((await as('head').refused(rectifications.withdraw, back)).code).toBe('finding.noExtension');
    expect(await waiting('countyDirector')).not.toContain('decide 1');
    // Asked and taken back again on the same day it is told once: the inbox is that of a whole place.
    await as('head').call(rectifications.ask, ask('2025-11-20'));
    await as('head').call(rectifications.withdraw, back);
    const told = await app.owner.query(
      `select place_id, audience, note from notices where subject_id = $1 and kind = 'rectification.extensionWithdrawn'`,
      [id],
    );
    expect(told.rows).toEqual([{ place_id: units.licheng.id, audience: 'place', note: '日期填错' }]);
    const audited = await app.owner.query(
      `select after from audit_events where object_id = $1 and action = 'finding.extensionWithdrawn'`,
      [id],
    );
    expect(audited.rows).toEqual(Array(2).fill({ after: { until: '2025-11-20', reason: '日期填错' } }));
    await as('head').call(rectifications.ask, ask('2025-11-20'));
    const decided = { params: { findingId: id }, body: { decision: 'granted' as const } };
    expect((await as('head').refused(rectifications.decide, decided)).code).toBe('access.denied');
    expect(await as('countyDirector').call(rectifications.decide, decided)).toMatchObject({ dueOn: '2025-11-20' });
    expect((await as('countyDirector').refused(rectifications.decide, decided)).code).toBe('finding.noExtension');
    const { extensions, steps } = await read('head', id);
    expect(extensions).toMatchObject([
      { decision: 'withdrawn', note: '日期填错' },
      { decision: 'withdrawn', note: '日期填错' },
      { decision: 'granted', decidedBy: '鲤城主任' },
    ]);
    // Each question stands in the history before what became of it.
    const taken = ['申请延期', '撤回延期申请'];
    expect(steps.slice(2).map(({ title }) => title)).toEqual([...taken, ...taken, '申请延期', '同意延期']);
  });
});

describe('a finding of the city', () => {
  it('lies at the county of its duty body, which plans and reports, and only the city checks and closes', async () => {
    const duty = { type: 'unit' as const, id: units.fengze.id };
    const { id } = await enter('cityOfficer', { duty, kind: 'duty', title: '督导经费没有单列' });
    expect(await read('otherDirector', id)).toMatchObject({ placeId: units.fengze.id, openedLevel: 'city' });
    expect((await as('otherDirector').refused(rectifications.notice, await at(id))).code).toBe('flow.notYours');
    const query = { search: '督导经费没有单列' } as never;
    const mayNotice = async (member: 'otherOfficer' | 'cityOfficer') =>
      (await as(member).call(rectifications.list, { query })).rows.map(({ can }) => can.notice);
    expect(await mayNotice('otherOfficer')).toEqual([false]);
    expect(await mayNotice('cityOfficer')).toEqual([true]);
    await as('cityOfficer').call(rectifications.notice, await at(id));
    await as('otherOfficer').call(rectifications.plan, await at(id, { measures }));
    await as('otherOfficer').call(rectifications.report, await at(id, { report }));
    expect((await as('otherDirector').refused(rectifications.check, await at(id))).code).toBe('flow.notYours');
    await as('cityOfficer').call(rectifications.check, await at(id));
    const refusal = await as('otherDirector').refused(rectifications.close, await at(id));
    expect(refusal.sentence).toBe(
      '您不能销号这个问题，须由市级督导机构有销号权限的人员办理；如需权限，请与安全管理员联系。',
    );
    await as('cityOfficer').call(rectifications.close, await at(id));
  });

  it('about a 市直 school is entered and checked by the city alone', async () => {
    const body = { ...newFinding, duty: ofSchool(schools.cityManaged.id) };
    expect((await as('otherDirector').refused(rectifications.enter, { body })).code).toBe('finding.dutyOfCity');
    const { id } = await as('cityOfficer').call(rectifications.enter, { body });
    await as('cityOfficer').call(rectifications.notice, await at(id));
    await as('cityManagedHead').call(rectifications.plan, await at(id, { measures }));
  });

  it('about a school with a unit that has the duty is read by the school, which does not act', async () => {
    const duty = { type: 'unit' as const, id: units.licheng.id };
    const { id } = await enter('cityOfficer', { duty, aboutSchoolId: schools.first.id, kind: 'staffing' });
    await as('cityOfficer').call(rectifications.notice, await at(id));
    expect((await read('head', id)).can.plan).toBe(false);
    expect((await as('head').refused(rectifications.plan, await at(id, { measures }))).code).toBe('flow.notYours');
    await as('countyOfficer').call(rectifications.plan, await at(id, { measures }));
  });

  it('passes to another duty body of the county with both names', async () => {
    const { id } = await enter('cityOfficer');
    await as('cityOfficer').call(rectifications.notice, await at(id));
    const duty = ofSchool(schools.neighbour.id);
    const same = await at(id, { duty: ofSchool(schools.first.id), reason: '移交' });
    expect((await as('cityOfficer').refused(rectifications.handOver, same)).code).toBe('finding.sameDuty');
    const away = await at(id, { duty: ofSchool(schools.foreign.id), reason: '移交' });
    expect((await as('cityOfficer').refused(rectifications.handOver, away)).code).toBe('finding.partElsewhere');
    await as('cityOfficer').call(rectifications.handOver, await at(id, { duty, reason: '该校托管' }));
    const detail = await read('neighbourClerk', id);
    expect(detail.duty.name).toBe(schools.neighbour.name);
    expect((await read('cityOfficer', id)).steps.at(-1)!.reason).toBe(
      `由${schools.first.name}移交${schools.neighbour.name}：该校托管`,
    );
    expect((await as('head').refused(rectifications.read, { params: { findingId: id } })).code).toBe('thing.notFound');
  });
});

describe('a step', () => {
  const waitsOf = async (act: () => Promise<unknown>) => {
    const before = app.waits();
    await act();
    return app.waits() - before;
  };

  it('waits for the locked finding alone, and for the signatures where it judges, and sends the rest with the commit', async () => {
    const { id } = await enter('countyOfficer');
    const noticed = await at(id, { dueOn: '2025-11-28' });
    expect(await waitsOf(() => as('countyOfficer').call(rectifications.notice, noticed))).toBe(1);
    await as('head').call(rectifications.plan, await at(id, { measures }));
    await as('head').call(rectifications.report, await at(id, { report }));
    const checked = await at(id);
    expect(await waitsOf(() => as('countyOfficer').call(rectifications.check, checked))).toBe(2);
    const rows = await app.owner.query(`select action, at from steps where subject_id = $1 order by at`, [id]);
    expect(rows.rows.map(({ action }) => action)).toEqual(['entered', 'notice', 'plan', 'report', 'check']);
  });

  it('asks for kinds and calendar together where the day of a notice is counted', async () => {
    const { id } = await enter('countyOfficer');
    const noticed = await at(id);
    expect(await waitsOf(() => as('countyOfficer').call(rectifications.notice, noticed))).toBe(2);
  });
});
