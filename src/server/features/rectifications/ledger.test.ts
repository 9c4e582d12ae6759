import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as schoolChanges from '#contract/directory/changes.ts';
import * as home from '#contract/home/home.ts';
import * as rectifications from '#contract/rectifications/rectifications.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import type { Member } from '#test/support/cast.ts';
import { schools, units } from '#test/support/scenario.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const as = (member: Member) => app.as(member);
const ofSchool = (id: number) => ({ type: 'school' as const, id });
const newFinding = {
  ...{ kind: 'safety', title: '消防通道堆放杂物', body: '教学楼东侧通道不畅', foundOn: '2025-10-10' },
  duty: ofSchool(schools.first.id),
};
const enter = (member: Member, more: object = {}) =>
  as(member).call(rectifications.enter, { body: { ...newFinding, ...more } });
const read = (member: Member, findingId: string) => as(member).call(rectifications.read, { params: { findingId } });
const at = async (id: string, body: object = {}) => ({
  params: { findingId: id },
  body: { revision: (await read('cityOfficer', id)).revision, ...body } as never,
});
const measures = [{ body: '三日内清理通道并划线', responsible: '总务主任', dueOn: '2025-10-20' }];
const report = '通道已清理，划线完成，每日巡查';

async function done(id: string): Promise<void> {
  await as('countyOfficer').call(rectifications.notice, await at(id));
  await as('head').call(rectifications.plan, await at(id, { measures }));
  await as('head').call(rectifications.report, await at(id, { report }));
}
const closed = async (id: string) => {
  await done(id);
  await as('countyOfficer').call(rectifications.check, await at(id));
  await as('countyDirector').call(rectifications.close, await at(id));
};
const idsOf = async (member: Member, query: object) =>
  (await as(member).call(rectifications.list, { query: { pageSize: 100, ...query } as never })).rows.map(
    (row) => row.id,
  );
const waiting = async (member: Member) =>
  (await as(member).call(home.overview)).work.flatMap(({ kind, count }) =>
    kind.startsWith('rectifications.') ? [`${kind.slice('rectifications.'.length)} ${count}`] : [],
  );

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
    expect(refusal.sentence).toBe(
      '问题“消防通道堆放杂物”在您打开之后已有变动，现在是“待制定措施”，请刷新后核对再办理。',
    );
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
    const decided = { params: { findingId: id }, body: { decision: 'granted' as const } };
    expect((await as('head').refused(rectifications.decide, decided)).code).toBe('access.denied');
    expect(await as('countyDirector').call(rectifications.decide, decided)).toMatchObject({ dueOn: '2025-11-20' });
    expect((await as('countyDirector').refused(rectifications.decide, decided)).code).toBe('finding.noExtension');
    expect((await read('head', id)).extensions).toMatchObject([{ decision: 'granted', decidedBy: '鲤城主任' }]);
  });
});

describe('a finding of the city', () => {
  it('lies at the county of its duty body, which plans and reports, and only the city checks and closes', async () => {
    const duty = { type: 'unit' as const, id: units.fengze.id };
    const { id } = await enter('cityOfficer', { duty, kind: 'duty', title: '督导经费没有单列' });
    expect(await read('otherDirector', id)).toMatchObject({ placeId: units.fengze.id, openedLevel: 'city' });
    expect((await as('otherDirector').refused(rectifications.notice, await at(id))).code).toBe('flow.notYours');
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

describe('what rises by itself', () => {
  const run = async (name: string) => {
    const job = (await import('./rectification.feature.ts')).rectificationFeature.jobs!.find(
      (one) => one.name === name,
    )!;
    await job.run(app.services, { places: [] });
  };

  it('an overdue finding rises to the county on the next working day and to the city after the days of its kind, each once', async () => {
    const { id } = await enter('countyOfficer');
    await as('countyOfficer').call(rectifications.notice, await at(id));
    app.clock.today = '2025-10-29';
    await run('rectifications.overdue');
    expect((await read('countyDirector', id)).escalations).toEqual([]);
    // The first of November is a Saturday: the first working day after the 29th is the 30th.
    app.clock.today = '2025-10-30';
    await run('rectifications.overdue');
    await run('rectifications.overdue');
    expect((await read('countyDirector', id)).escalations.map(({ level }) => level)).toEqual(['county']);
    expect(await idsOf('countyDirector', { waiting: 'raised' })).toContain(id);
    app.clock.today = '2025-11-03';
    await run('rectifications.overdue');
    expect((await read('cityOfficer', id)).escalations.map(({ level }) => level)).toEqual(['county']);
    app.clock.today = '2025-11-04';
    await run('rectifications.overdue');
    // The clock steps back, and nothing comes down.
    app.clock.today = '2025-10-20';
    await run('rectifications.overdue');
    expect((await read('cityOfficer', id)).escalations.map(({ level }) => level)).toEqual(['county', 'city']);
    app.clock.today = undefined;
    await as('countyOfficer')
      .call(rectifications.cancel, await at(id, { reason: '录错了' }))
      .catch(() => undefined);
  });

  it('urgent danger stands first for the county until a person acknowledges it, and rises to the city after half an hour', async () => {
    const { id } = await enter('countyOfficer', { severity: 'urgent', title: '围墙倾斜' });
    const first = async (member: Member) => (await as(member).call(home.overview)).work[0]?.kind;
    expect(await first('countyDirector')).toBe('rectifications.urgent');
    await run('rectifications.danger');
    expect(await first('cityOfficer')).not.toBe('rectifications.urgent');
    await app.owner.query(`update findings set entered_at = entered_at - interval '31 minutes' where id = $1`, [id]);
    await run('rectifications.danger');
    await run('rectifications.danger');
    expect(await first('cityOfficer')).toBe('rectifications.urgent');
    const params = { findingId: id };
    expect((await as('head').refused(rectifications.acknowledge, { params })).code).toBe('access.denied');
    await as('countyDirector').call(rectifications.acknowledge, { params });
    expect((await as('countyOfficer').refused(rectifications.acknowledge, { params })).code).toBe(
      'finding.acknowledged',
    );
    await as('cityOfficer').call(rectifications.acknowledge, { params });
    expect(await first('cityOfficer')).not.toBe('rectifications.urgent');
    expect((await read('head', id)).escalations.map(({ because, level }) => `${because} ${level}`)).toEqual([
      'urgent county',
      'urgent city',
    ]);
  });

  it('a day that was counted over a year without announced holidays is provisional until it is announced', async () => {
    const { id } = await enter('countyOfficer', { kind: 'facilities', title: '图书生均不足' });
    await as('countyOfficer').call(rectifications.notice, await at(id));
    const before = await read('head', id);
    expect(before).toMatchObject({ dueProvisional: true, dueRule: { from: '2025-10-15', workingDays: 60 } });
    await app.owner.query(`insert into calendar_years (year, state, document) values (2025, 'announced', '试验'), (2026, 'announced', '试验')
      on conflict (year) do update set state = 'announced', document = '试验'`);
    await app.owner.query(
      `insert into calendar_days (day, kind, name) values ($1, 'holiday', '试验') on conflict do nothing`,
      [before.dueOn],
    );
    await run('rectifications.overdue');
    const after = await read('head', id);
    expect(after.dueProvisional).toBe(false);
    expect(after.dueOn! > before.dueOn!).toBe(true);
  });
});

describe('a tenth of what was closed', () => {
  it('is drawn once, can be drawn again from its seed, and is proved by somebody who had no part in it', async () => {
    const { id } = await enter('countyOfficer', { title: '复查用' });
    await closed(id);
    // Others were closed by people whom this test lets prove.
    await app.owner.query(`update findings set closed_on = '2025-09-01' where state = 'closed' and id <> $1`, [id]);
    const days = { unitId: units.licheng.id, closedFrom: '2025-10-01', closedTo: '2025-10-31' };
    const elsewhere = { ...days, unitId: units.fengze.id };
    expect((await as('countyDirector').refused(rectifications.drawReproof, { body: elsewhere })).code).toBe(
      'thing.notFound',
    );
    const draw = await as('countyDirector').call(rectifications.drawReproof, { body: days });
    expect(draw.size).toBe(Math.ceil(draw.frameSize / 10));
    expect((await as('countyOfficer').refused(rectifications.drawReproof, { body: days })).code).toBe(
      'finding.drawnBefore',
    );
    const { rows, repeats } = await as('countyDirector').call(rectifications.readReproofDraw, {
      params: { drawId: draw.id },
    });
    expect({ repeats, drawn: rows.length }).toEqual({ repeats: true, drawn: draw.size });
    const [drawn] = rows;
    const params = { drawId: draw.id, findingId: drawn!.findingId };
    const held = { params, body: { result: 'held' as const } };
    expect((await as('countyDirector').refused(rectifications.recordReproof, held)).code).toBe(
      'finding.proverInvolved',
    );
    const failed = { params, body: { result: 'failed' as const, note: '又堆放了杂物' } };
    expect(await as('cityOfficer').call(rectifications.recordReproof, failed)).toEqual({ result: 'failed' });
    expect((await as('cityOfficer').refused(rectifications.recordReproof, failed)).code).toBe('finding.provedBefore');
    expect(await read('head', drawn!.findingId)).toMatchObject({ state: 'reopened', closedOn: null });
    const again = await as('countyDirector').call(rectifications.readReproofDraw, { params: { drawId: draw.id } });
    expect(again).toMatchObject({ repeats: true, failed: 1 });
  });
});

describe('the lists', () => {
  it('find by words, pinyin and the name of the school, and narrow by what waits for the person', async () => {
    const { id } = await enter('countyOfficer', { title: '食堂留样记录缺失', duty: ofSchool(schools.neighbour.id) });
    for (const search of ['留样', 'shitangliuyang', 'stly', '第二小学', 'sldexx']) {
      expect(await idsOf('countyOfficer', { search }), search).toContain(id);
    }
    expect(await idsOf('otherDirector', { search: '留样' })).toEqual([]);
    expect(await idsOf('countyOfficer', { waiting: 'notice' })).toContain(id);
    expect(await idsOf('cityOfficer', { waiting: 'notice' })).not.toContain(id);
    const lines = (await as('countyDirector').call(home.overview)).work.filter(({ kind }) =>
      kind.startsWith('rectifications.'),
    );
    expect(lines.length).toBeGreaterThan(2);
    for (const { kind, count } of lines) {
      expect(await idsOf('countyDirector', { waiting: kind.split('.')[1] }), kind).toHaveLength(count);
    }
    const { body, fileName } = await as('countyOfficer').call(rectifications.workbook, { query: { open: 'true' } });
    expect(fileName).toBe('整改台账_2025-10-15.xlsx');
    expect(body.length).toBeGreaterThan(3000);
    const board = await as('cityOfficer').call(rectifications.board, { query: { year: 2025 } });
    expect(board.rows.map(({ name }) => name)).toEqual(['鲤城区', '丰泽区']);
    expect(board.rows[0]!.months.map(({ month }) => month)).toEqual(['2025-09', '2025-10']);
    const { kinds } = await as('cityOfficer').call(rectifications.halfLives);
    expect(kinds.find(({ kind }) => kind === 'safety')!.findings).toBeGreaterThan(5);
  });

  it('say what came again and what spread', async () => {
    const earlier = await enter('countyOfficer', { kind: 'data', foundOn: '2024-11-01', title: '数据不实' });
    const later = await enter('countyOfficer', { kind: 'data', foundOn: '2025-10-12', title: '数据又不实' });
    const other = await enter('countyOfficer', {
      ...{ kind: 'data', foundOn: '2025-10-12', title: '他校数据不实', duty: ofSchool(schools.neighbour.id) },
    });
    const of = async (id: string) =>
      (await read('countyOfficer', id)).recurrences.map((one) => `${one.relation} ${one.title}`);
    expect(await of(later.id)).toEqual(['again 数据不实']);
    expect(await of(earlier.id)).toEqual([]);
    expect((await of(other.id)).sort()).toEqual(['spread 数据不实', 'spread 数据又不实']);
  });

  it('a kind is changed by the city, and an outdated change is refused', async () => {
    const { kinds } = await as('cityOfficer').call(rectifications.kinds);
    const { key, ...kind } = kinds.find(({ key }) => key === 'other')!;
    const change = { params: { kindKey: key }, body: { ...kind, dueDays: 15, source: '泉教督〔2025〕1号' } };
    expect((await as('countyDirector').refused(rectifications.changeKind, change)).code).toBe('access.denied');
    expect(await as('cityOfficer').call(rectifications.changeKind, change)).toMatchObject({ dueDays: 15, revision: 2 });
    expect((await as('cityOfficer').refused(rectifications.changeKind, change)).code).toBe('thing.changed');
  });
});

describe('when a school changes', () => {
  it('its findings stay: after a merger the host has the duty, after a move the old county goes on and the new one is told', async () => {
    const { id } = await enter('countyOfficer', { duty: ofSchool(schools.neighbour.id), title: '校舍裂缝' });
    await as('countyOfficer').call(rectifications.notice, await at(id));
    await app.owner.query('update schools set revision = revision where id = any($1)', [[101, 102]]);
    const revisions = await app.owner.query('select id, revision from schools where id = any($1)', [[101, 102]]);
    const revisionOf = (schoolId: number) => revisions.rows.find((row) => row.id === schoolId).revision;
    await as('cityOfficer').call(schoolChanges.mergeSchools, {
      params: { schoolId: schools.first.id },
      body: {
        ...{ revision: revisionOf(101), day: '2025-10-14', document: '泉教〔2025〕9号' },
        guests: [{ id: schools.neighbour.id, revision: revisionOf(102) }],
      } as never,
    });
    await app.runJobs();
    expect((await read('head', id)).successorName).toBe(schools.first.name);
    expect(await idsOf('head', { waiting: 'plan' })).toContain(id);
    expect((await read('neighbourClerk', id)).can.plan).toBe(false);
    await as('head').call(rectifications.plan, await at(id, { measures }));
    const { rows } = await app.owner.query(`select kind from notices where subject_id = $1 order by sent_at`, [id]);
    expect(rows.map(({ kind }) => kind)).toContain('rectification.schoolEnded');

    const moved = await enter('countyOfficer', { duty: ofSchool(schools.junior.id), title: '操场破损' });
    await as('countyOfficer').call(rectifications.notice, await at(moved.id));
    const {
      rows: [junior],
    } = await app.owner.query('select revision from schools where id = $1', [schools.junior.id]);
    await as('cityOfficer').call(schoolChanges.moveSchool, {
      params: { schoolId: schools.junior.id },
      body: {
        ...{ revision: junior.revision, day: '2025-10-14', document: '泉教〔2025〕10号', sponsorCode: 7 },
        ...{ countyId: units.fengze.id, managingUnitId: units.fengze.id, ownership: 'public' },
      } as never,
    });
    await app.runJobs();
    expect((await as('otherDirector').call(rectifications.passes)).rows).toMatchObject([
      { title: '操场破损', originName: '鲤城区', schoolName: schools.junior.name, state: 'noticed' },
    ]);
    expect(await read('countyOfficer', moved.id)).toMatchObject({ placeId: units.licheng.id });
    expect((await as('otherDirector').refused(rectifications.read, { params: { findingId: moved.id } })).code).toBe(
      'thing.notFound',
    );
  });
});
