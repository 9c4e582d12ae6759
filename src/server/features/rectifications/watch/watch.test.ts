import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as schoolChanges from '#contract/directory/changes.ts';
import * as home from '#contract/home/home.ts';
import * as rectifications from '#contract/rectifications/rectifications.ts';
import type { Member } from '#test/support/cast.ts';
import { schools, units } from '#test/support/scenario.ts';
import { type LedgerScene, measures, ofSchool, openLedgerScene } from '#test/support/scenes/ledger-scene.ts';

let scene: LedgerScene;
let app: LedgerScene['app'];
let as: LedgerScene['as'];
let at: LedgerScene['at'];
let enter: LedgerScene['enter'];
let idsOf: LedgerScene['idsOf'];
let read: LedgerScene['read'];
beforeAll(async () => {
  scene = await openLedgerScene();
  ({ app, as, at, enter, idsOf, read } = scene);
});
afterAll(() => scene.app.close());

describe('what rises by itself', () => {
  const run = async (name: string) => {
    const job = (await import('../rectification.feature.ts')).rectificationFeature.jobs!.find(
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
    const { rows } = await app.owner.query(`select kind, about from notices where subject_id = $1 order by sent_at`, [
      id,
    ]);
    expect(rows).toContainEqual({ kind: 'rectification.schoolEnded', about: `${schools.neighbour.name} 校舍裂缝` });

    const moved = await enter('countyOfficer', { duty: ofSchool(schools.junior.id), title: '操场破损' });
    const before = { duty: ofSchool(schools.junior.id), title: '操场早先破损', foundOn: '2025-03-10' };
    const closed = await enter('countyOfficer', before);
    await app.owner.query(
      `update findings set state = 'closed', noticed_on = '2025-03-11', due_on = '2025-05-01', closed_on = '2025-05-10' where id = $1`,
      [closed.id],
    );
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
    // What is found at the new place came again for whoever reads the old one too.
    const again = await enter('otherOfficer', {
      ...{ duty: ofSchool(schools.junior.id), title: '操场又破损', foundOn: '2025-10-15' },
    });
    const recurring = async (member: Member) =>
      (await read(member, again.id)).recurrences.map((one) => [
        ...[one.relation, one.title, one.state, one.foundOn, one.schoolYear, one.bodyName, one.passedOn],
      ]);
    const both = (day: string | null) => [
      ['again', '操场破损', 'noticed', '2025-10-10', 2025, schools.junior.name, day],
      ['again', '操场早先破损', 'closed', '2025-03-10', 2024, schools.junior.name, day],
    ];
    expect(await recurring('cityOfficer')).toEqual(both(null));
    // The new county reads neither, and knows both by the copy of the day on which the school came.
    expect(await recurring('otherOfficer')).toEqual(both('2025-10-15'));
  });

  it('whoever runs a school that was closed acts for it, and nothing waits for its people', async () => {
    const { id } = await enter('otherOfficer', { duty: ofSchool(schools.foreign.id), title: '围墙破损' });
    await as('otherOfficer').call(rectifications.notice, await at(id));
    expect(await scene.waiting('foreignHead')).toEqual(['plan 1']);
    expect((await read('otherOfficer', id)).actsForEnded).toBe(null);
    expect((await as('otherOfficer').refused(rectifications.plan, await at(id, { measures }))).code).toBe(
      'flow.notYours',
    );
    const other = { duty: ofSchool(schools.foreign.id), title: '厕所漏水', foundOn: '2025-10-09' };
    const second = (await enter('otherOfficer', other)).id;
    await as('otherOfficer').call(rectifications.notice, await at(second));
    const { rows } = await app.owner.query('select revision from schools where id = $1', [schools.foreign.id]);
    const params = { schoolId: schools.foreign.id };
    // Who closes the school is told before what it leaves open, and who acts then.
    const before = await as('cityOfficer').call(schoolChanges.schoolConsequences, { params, query: {} });
    expect(before.schools[0]!.findings).toEqual({ open: 2, titles: ['围墙破损', '厕所漏水'], managedBy: 'county' });
    await as('cityOfficer').call(schoolChanges.closeSchool, {
      params,
      body: { revision: rows[0].revision, day: '2025-10-14', document: '泉教〔2025〕11号' },
    });
    await app.runJobs();
    expect(await scene.waiting('foreignHead')).toEqual([]);
    expect(await read('foreignHead', id)).toMatchObject({
      successorName: null,
      actsForEnded: 'county',
      can: { plan: false },
    });
    expect((await as('foreignHead').refused(rectifications.plan, await at(id, { measures }))).code).toBe(
      'flow.notYours',
    );
    // One notice of both, which names the school and what is open.
    const { rows: told } = await app.owner.query(
      `select audience, place_id as place, about from notices where kind like 'rectification.schoolEnded%' and place_id = $1`,
      [units.fengze.id],
    );
    const about = expect.stringMatching(`^${schools.foreign.name} .*围墙破损.*，共 2 个问题$`);
    expect(told).toEqual([{ audience: 'place', place: units.fengze.id, about }]);
    expect((await idsOf('otherOfficer', { waiting: 'plan' })).sort()).toEqual([id, second].sort());
    expect(await scene.waiting('otherOfficer')).toContain('plan 2');
    await as('otherOfficer').call(rectifications.plan, await at(id, { measures }));
    expect(await read('otherOfficer', id)).toMatchObject({ state: 'planned' });
  });
});
