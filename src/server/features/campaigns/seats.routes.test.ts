import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as campaigns from '#contract/campaigns/campaigns.ts';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import * as inspectors from '#contract/inspectors/inspectors.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { cast } from '#test/support/cast.ts';
import { schools, units } from '#test/support/scenario.ts';
import { draftCampaign, layEditions, openCampaign } from '#test/support/scenes/campaign-scene.ts';
import { onTheWay } from '#test/support/scenes/inspector-scene.ts';

let app: TestApp;
let inspectorId: string;
beforeAll(async () => {
  app = await openTestApp();
  await layEditions(app);
  // Works in the office of 鲤城, and a school of 丰泽 asks for a look.
  ({ id: inspectorId } = await onTheWay(app, 'serving', {
    ...{ username: 'roleless', name: cast.roleless.name, kind: 'expert' },
    employer: { written: units.licheng.name, unitId: units.licheng.id, schoolId: null },
    relations: [
      {
        ...{ relative: 'other', tie: 'conflict', post: '', note: '曾有纠纷', until: null },
        body: { written: units.fengze.name, unitId: units.fengze.id, schoolId: null },
      },
    ],
  }));
});
afterAll(() => app.close());
const city = () => app.as('cityOfficer');
const at = (id: string) => ({ campaignId: id });
const days = { from: '2025-10-15', to: '2026-06-30' };
const shared = { ...days, inspectorId: null, nodes: ['*'], evaluationIds: null };
const give = (id: string, body: object) =>
  city().call(campaigns.giveSeat, { params: at(id), body: { ...shared, ...body } as never });
const refused = (id: string, body: object) =>
  city().refused(campaigns.giveSeat, { params: at(id), body: { ...shared, ...body } as never });
const panel = (id: string) => city().call(campaigns.seats, { params: at(id) });
const evaluationOf = async (id: string, name: string) =>
  (await panel(id)).subjects.find((one) => one.name === name)!.evaluationId;
const assignmentsOf = async (personId: string) =>
  (
    await app.owner.query(
      `select a.campaign_id as seat, a.ended_at is null as standing, g.role_key as role, g.revoked_at is null as held
         from assignments a join grants g on g.id = a.grant_id where g.person_id = $1 and g.role_key = 'expert' order by a.given_at, a.ended_at`,
      [personId],
    )
  ).rows;

describe('somebody is seated', () => {
  it('candidates come with what keeps them away by subject, and never why', async () => {
    const { id } = await draftCampaign(app);
    const { rows } = await city().call(campaigns.candidates, { params: at(id), query: {} });
    const one = rows.find(({ name }) => name === cast.roleless.name)!;
    expect(one).toMatchObject({ isOutside: true, kind: '评估专家', inspectorId, busy: 0 });
    expect(one.blocked).toEqual([await evaluationOf(id, units.licheng.name)]);
    expect(one.asked).toEqual([await evaluationOf(id, units.fengze.name)]);
    expect(JSON.stringify(rows)).not.toContain('纠纷');
    expect(rows.find(({ name }) => name === cast.cityOfficer.name)).toMatchObject({ isOutside: false, blocked: [] });
  });

  it('a section, an institution or a township of a county is the county', async () => {
    const { id } = await draftCampaign(app);
    const [institution] = (
      await app.owner.query(
        `insert into org_units (kind, parent_id, place_id, name, short_name, initials)
         values ('institution', $1, $1, '丰泽区教育科学研究所', '教科所', 'jks') returning id`,
        [units.fengze.id],
      )
    ).rows as { id: number }[];
    const held = [institution!.id, units.fengze.id];
    await app.owner.query('update inspector_relations set employer_unit_id = $1 where inspector_id = $2', [
      held[0],
      inspectorId,
    ]);
    const { rows } = await city().call(campaigns.candidates, { params: at(id), query: {} });
    expect(rows.find(({ name }) => name === cast.roleless.name)!.asked).toEqual([
      await evaluationOf(id, units.fengze.name),
    ]);
    const query = { unitId: units.fengze.id };
    const { grounds } = await city().call(inspectors.avoidance, { params: { inspectorId }, query });
    expect(grounds).toMatchObject([{ case: 'other', effect: 'ask' }]);
    await app.owner.query('update inspector_relations set employer_unit_id = $1 where inspector_id = $2', [
      held[1],
      inspectorId,
    ]);
  });

  it('a candidate is busy who sits in another campaign on days of this one', async () => {
    const [first, second] = [await draftCampaign(app), await draftCampaign(app)];
    const { personId } = app.as('sectionOfficer');
    const busy = async () =>
      (await city().call(campaigns.candidates, { params: at(second.id), query: {} })).rows.find(
        (one) => one.personId === personId,
      )!.busy;
    const before = await busy();
    const seat = await give(first.id, { personId, part: 'section' });
    expect(await busy()).toBe(before + 1);
    const past = `update campaign_seats set from_day = '2020-01-01', to_day = '2020-12-31' where id = $1`;
    await app.owner.query(past, [seat.id]);
    expect(await busy()).toBe(before);
    await app.owner.query(`delete from campaign_seats where id = $1`, [seat.id]);
  });

  it('not where he must keep away; where it is asked, only with the reason why not', async () => {
    const { id } = await draftCampaign(app);
    const { personId } = app.as('roleless');
    const body = { personId, inspectorId, part: 'expert' };
    const blocked = await refused(id, body);
    expect(blocked.code).toBe('campaign.seatBlocked');
    expect(blocked.sentence).toContain(units.licheng.name);
    const evaluationIds = [await evaluationOf(id, units.fengze.name)];
    expect((await refused(id, { ...body, evaluationIds })).code).toBe('campaign.seatAsked');
    const seat = await give(id, { ...body, evaluationIds, waivedReason: '纠纷已经了结' });
    const { rows } = await panel(id);
    expect(rows[0]).toMatchObject({ id: seat.id, isOutside: true, waivedReason: '纠纷已经了结' });
    expect(rows[0]!.avoidance).toEqual({ blocks: 0, asks: 1 });
    const { rows: kept } = await app.owner.query(
      'select avoidance_case, effect from campaign_avoidances where seat_id = $1',
      [seat.id],
    );
    expect(kept).toEqual([{ avoidance_case: 'other', effect: 'asks' }]);
    expect(await assignmentsOf(personId)).toEqual([{ seat: seat.id, standing: true, role: 'expert', held: true }]);
    // The seat is all that he reaches: no campaign, and nothing of the city.
    expect((await app.as('roleless').refused(campaigns.read, { params: at(id) })).status).toBe(403);
    const ended = await city().call(campaigns.endSeat, {
      params: { campaignId: id, seatId: seat.id },
      body: { revision: 1, on: '2025-10-15', reason: '另有任务' },
    });
    expect(ended.revision).toBe(2);
    expect(await assignmentsOf(personId)).toEqual([{ seat: seat.id, standing: false, role: 'expert', held: true }]);
  });

  it('not over the own county or school: the posts of the program count without an entry of the register', async () => {
    const { id } = await draftCampaign(app);
    const own = await refused(id, { personId: app.as('countyDirector').personId, part: 'leader' });
    expect(own.code).toBe('campaign.seatBlocked');
    expect(own.sentence).toContain(units.licheng.name);
    const atSchool = { personId: app.as('clerk').personId, part: 'expert' };
    expect((await refused(id, atSchool)).code).toBe('campaign.seatAsked');
    const evaluationIds = [await evaluationOf(id, units.fengze.name)];
    await give(id, { ...atSchool, evaluationIds });
    // Whoever has left not long ago keeps away as before.
    const { personId } = app.as('threePosts');
    await app.owner.query(`update grants set revoked_at = $2 where person_id = $1 and unit_id = $3`, [
      ...[personId, app.clock.now, units.fengze.id],
    ]);
    expect((await refused(id, { personId, part: 'member', evaluationIds })).code).toBe('campaign.seatBlocked');
    const ofSchools = (await draftCampaign(app, 'school-evaluation')).id;
    expect((await refused(ofSchools, atSchool)).code).toBe('campaign.seatBlocked');
  });

  it('by somebody else: nobody gives, changes or ends the own seat', async () => {
    const { id } = await draftCampaign(app);
    expect((await refused(id, { personId: city().personId, part: 'member' })).code).toBe('campaign.seatOwn');
  });

  it('once, one leader alone, and no administrator', async () => {
    const { id } = await draftCampaign(app);
    const { personId } = app.as('inspector');
    await give(id, { personId, part: 'leader' });
    expect((await refused(id, { personId, part: 'member' })).code).toBe('campaign.seatTaken');
    const other = app.as('sectionOfficer').personId;
    const second = await refused(id, { personId: other, part: 'leader' });
    expect(second.code).toBe('campaign.leaderTaken');
    expect(second.sentence).toContain(cast.inspector.name);
    const admin = await refused(id, { personId: app.as('securityAdministrator').personId, part: 'expert' });
    expect(admin.code).toBe('campaign.seatUnfit');
    expect((await refused(id, { personId: randomUUID(), part: 'expert' })).code).toBe('thing.notFound');
    expect((await refused(id, { personId: other, part: 'member', nodes: ['不存在'] })).code).toBe('thing.notFound');
    const foreign = [await evaluationOf((await draftCampaign(app)).id, units.fengze.name)];
    expect((await refused(id, { personId: other, part: 'member', evaluationIds: foreign })).code).toBe(
      'thing.notFound',
    );
    const late = { personId: other, part: 'member', from: '2026-07-01', to: '2026-06-30' };
    expect((await refused(id, late)).code).toBe('campaign.seatDays');
    await expect(
      app
        .as('sectionOfficer')
        .call(campaigns.giveSeat, { params: at(id), body: { ...shared, personId: other, part: 'member' } }),
    ).rejects.toThrow('403');
  });

  it('from outside only while the role of campaigns judges and nothing else', async () => {
    const { id } = await draftCampaign(app);
    await app.owner.query(`update roles set permissions = permissions || '{filing.read}' where key = 'expert'`);
    const unfit = await refused(id, { personId: app.as('foreignHead').personId, part: 'expert' });
    expect(unfit.code).toBe('campaign.seatUnfit');
    expect(unfit.sentence).toContain('安全管理员');
    await app.owner.query(`update roles set permissions = '{evaluation.judge}' where key = 'expert'`);
  });
});

describe('a panel changes', () => {
  it('who of it has learnt the edition is read in the campaign, from the day on which it was done', async () => {
    const { id } = await draftCampaign(app);
    await openCampaign(app, id);
    const seat = await give(id, { personId: app.as('sectionOfficer').personId, part: 'section' });
    const other = await give(id, { personId: app.as('inspector').personId, part: 'member' });
    await app.runJobs();
    const read = async () => new Map((await panel(id)).rows.map((row) => [row.id, row.readEditionAt]));
    const nobody = await read();
    expect([nobody.get(seat.id), nobody.get(other.id)]).toEqual([null, null]);
    const params = { evaluationId: await evaluationOf(id, units.fengze.name) };
    await app.as('sectionOfficer').call(evaluations.readEdition, { params });
    const one = await read();
    expect([one.get(seat.id), one.get(other.id)]).toEqual([app.clock.now.toISOString(), null]);
  });

  it('another branch is another seat: the old one ends at once', async () => {
    const { id } = await draftCampaign(app);
    await openCampaign(app, id);
    const { personId } = app.as('expert');
    const first = await give(id, { personId, part: 'expert' });
    await app.runJobs();
    const reviewers = async () =>
      (
        await app.owner.query(
          `select seat_id as seat, nodes, ended_on is null as standing from evaluation_reviewers r
            where person_id = $1 and subject_place_id = $2 order by ended_on nulls last`,
          [personId, units.fengze.id],
        )
      ).rows;
    expect(await reviewers()).toEqual([{ seat: first.id, nodes: ['*'], standing: true }]);
    const params = { campaignId: id, seatId: first.id };
    const reach = { ...days, part: 'expert' as const, nodes: ['A1'], evaluationIds: null };
    const stale = await city().refused(campaigns.changeSeat, { params, body: { ...reach, revision: 7 } });
    expect(stale.code).toBe('thing.changed');
    const changed = await city().call(campaigns.changeSeat, { params, body: { ...reach, revision: 1 } });
    expect(changed.id).not.toBe(first.id);
    expect((await assignmentsOf(personId)).map(({ seat, standing }) => [seat, standing])).toEqual([
      [first.id, false],
      [changed.id, true],
    ]);
    await app.runJobs();
    expect(await reviewers()).toEqual([
      { seat: first.id, nodes: ['*'], standing: false },
      { seat: changed.id, nodes: ['A1'], standing: true },
    ]);
    const over = await city().refused(campaigns.changeSeat, { params, body: { ...reach, revision: 2 } });
    expect(over.code).toBe('campaign.seatOver');
    const ofOther = { campaignId: (await draftCampaign(app)).id, seatId: changed.id };
    expect(
      (await city().refused(campaigns.changeSeat, { params: ofOther, body: { ...reach, revision: 1 } })).code,
    ).toBe('thing.notFound');
    // The end of the campaign ends the reach and leaves the post.
    const { revision } = await city().call(campaigns.read, { params: at(id) });
    await city().call(campaigns.cancel, { params: at(id), body: { revision, reason: '改期' } });
    expect((await assignmentsOf(personId)).every(({ standing, held }) => !standing && held)).toBe(true);
  });

  it('what the panel lacks is said, and an even assignment is proposed and not kept', async () => {
    const { id } = await draftCampaign(app, 'county-inspection', { reviewersPerLeaf: 2, blind: true });
    for (const [member, part] of [
      ['inspector', 'leader'],
      ['sectionOfficer', 'section'],
      ['expert', 'expert'],
      ['agency', 'third-party'],
    ] as const) {
      await give(id, { personId: app.as(member).personId, part, scores: part !== 'leader', nodes: ['A1'] });
    }
    const { lacks, rows, branches } = await panel(id);
    expect(lacks.map(({ sentence }) => sentence).join()).toMatch(/督学只有 0 名，至少 3 名.*评分人数不足/);
    expect(rows.find(({ part }) => part === 'leader')).toMatchObject({ due: 0, scores: false });
    // Whoever comes from a third party scores, counts as no inspector, and reaches what the seat names.
    const { personId } = app.as('agency');
    const third = rows.find(({ part }) => part === 'third-party');
    expect(third).toMatchObject({ personId, isOutside: true, scores: true, inspectorKind: null });
    const own = (await app.owner.query('select campaign_id from assignments where campaign_id = $1', [third!.id])).rows;
    expect(own).toHaveLength(1);
    expect(branches.find(({ code }) => code === 'A1')!.leaves).toBeGreaterThan(1);
    const proposal = await city().call(campaigns.proposeSeats, { params: at(id) });
    expect(proposal.rows).toHaveLength(3);
    expect(proposal.rows.every(({ nodes }) => nodes.length > 0)).toBe(true);
    expect((await panel(id)).rows.every(({ nodes }) => nodes[0] === 'A1')).toBe(true);
  });

  it('whose term is over, or who left, counts as no inspector and is named', async () => {
    const { id } = await draftCampaign(app);
    const account = { username: 'citymanagedhead', name: cast.cityManagedHead.name, certificateNumber: null };
    const one = await onTheWay(app, 'serving', account);
    const { personId } = app.as('cityManagedHead');
    const candidate = async () =>
      (await city().call(campaigns.candidates, { params: at(id), query: {} })).rows.find(
        (row) => row.personId === personId,
      );
    const evaluationIds = [await evaluationOf(id, units.fengze.name)];
    await give(id, { personId, inspectorId: one.id, part: 'member', evaluationIds, waivedReason: '已核实' });
    const said = async () => {
      const { rows, lacks } = await panel(id);
      return { kind: rows[0]!.inspectorKind, lacks: lacks.map(({ sentence }) => sentence).join() };
    };
    expect(await candidate()).toMatchObject({ termOver: false });
    expect(await said()).toMatchObject({ kind: '责任督学', lacks: expect.stringContaining('督学只有 1 名') });
    const term = (to: string, from = '2025-10-15') =>
      app.owner.query('update inspector_terms set from_day = $3, to_day = $2 where inspector_id = $1', [
        ...[one.id, to, from],
      ]);
    await term('2025-10-14', '2022-10-15');
    expect(await candidate()).toMatchObject({ termOver: true });
    const over = await said();
    expect(over.kind).toBe('责任督学，任期已满');
    expect(over.lacks).toContain(`${cast.cityManagedHead.name}任期已满，不计在内，请续聘或换人`);
    await term('2028-10-14');
    const body = { revision: one.revision, reason: '工作调动' };
    await app.as('countyDirector').call(inspectors.end, { params: { inspectorId: one.id }, body });
    expect(await said()).toMatchObject({ kind: '责任督学，已离任', lacks: expect.stringContaining('督学只有 0 名') });
    expect(await candidate()).toBeUndefined();
  });

  it('whoever declares a relation after he was seated is named, and the panel is not complete with him', async () => {
    const { id } = await draftCampaign(app);
    const account = { username: 'foreignhead', name: cast.foreignHead.name, certificateNumber: null };
    const one = await onTheWay(app, 'serving', account);
    const { personId } = app.as('foreignHead');
    const subject = (await panel(id)).subjects.find(({ name }) => name === units.fengze.name)!;
    await give(id, {
      ...{ personId, inspectorId: one.id, part: 'member', evaluationIds: [subject.evaluationId] },
      waivedReason: '已核实',
    });
    const said = async () => (await panel(id)).lacks.map(({ sentence }) => sentence).join();
    expect(await said()).not.toContain('须回避');
    const relation = { relative: 'spouse' as const, tie: 'heads' as const, post: '', note: '', until: null };
    const body = { ...relation, body: { written: subject.name, unitId: units.fengze.id, schoolId: null } };
    await app.as('foreignHead').call(inspectors.declare, { params: { inspectorId: one.id }, body });
    expect(await said()).toContain(`${cast.foreignHead.name}须回避，请结束其工作或换人`);
    expect(await said()).toContain(`${subject.name}：`);
  });

  it('whoever must keep away since he was seated keeps the subject at its step, and the office is told who', async () => {
    const { id } = await draftCampaign(app);
    await openCampaign(app, id);
    const one = await onTheWay(app, 'serving', {
      ...{ username: 'otherdirector', name: cast.otherDirector.name, certificateNumber: null },
    });
    const { personId } = app.as('otherDirector');
    const subject = (await panel(id)).subjects.find(({ name }) => name === units.licheng.name)!;
    const evaluationIds = [subject.evaluationId];
    await give(id, { personId, inspectorId: one.id, part: 'member', evaluationIds, waivedReason: '已核实' });
    await app.runJobs();
    await app.owner.query(`update evaluations set step = 'materialReview' where id = $1`, evaluationIds);
    const waits = async () => {
      const { revision } = await city().call(campaigns.read, { params: at(id) });
      const body = { revision, step: 'materialReview' as const, evaluationIds, reason: null };
      await city().call(campaigns.moveOn, { params: at(id), body });
      await app.runJobs();
      const { rows } = await app.owner.query<{ step: string; note: string }>(
        `select e.step, n.note from evaluations e, notices n
          where e.id = $1 and n.kind = 'evaluation.notMovedOn' and n.subject_id = $2 order by n.id desc limit 1`,
        [subject.evaluationId, id],
      );
      expect(rows[0]!.step).toBe('materialReview');
      return rows[0]!.note;
    };
    // The panel lacks more than him: what is asked is who is named.
    expect(await waits()).not.toContain('须回避');
    const relation = { relative: 'spouse' as const, tie: 'heads' as const, post: '', note: '', until: null };
    const body = { ...relation, body: { written: subject.name, unitId: units.licheng.id, schoolId: null } };
    await app.as('otherDirector').call(inspectors.declare, { params: { inspectorId: one.id }, body });
    expect(await waits()).toContain(`${cast.otherDirector.name}须回避`);
  });

  it('a school campaign asks avoidance of the school and of those that it took over', async () => {
    const { id } = await draftCampaign(app, 'school-evaluation');
    const { rows } = await city().call(campaigns.candidates, { params: at(id), query: { inspectors: 'true' } });
    expect(rows.find(({ name }) => name === cast.roleless.name)!.blocked).toEqual([]);
    expect(rows.every(({ name }) => name !== cast.cityOfficer.name)).toBe(true);
    expect(schools.first.id).toBe(101);
  });
});
