import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import * as letters from '#contract/official-documents/letters.ts';
import * as people from '#contract/people/people.ts';
import * as requests from '#contract/people/requests.ts';
import * as roles from '#contract/people/roles.ts';
import * as sets from '#contract/people/sets.ts';
import * as rectifications from '#contract/rectifications/rectifications.ts';
import * as posts from '#contract/session/posts.ts';
import * as tokens from '#contract/session/tokens.ts';
import * as items from '#contract/work-plans/items.ts';
import * as meetings from '#contract/work-plans/meetings.ts';
import * as plans from '#contract/work-plans/plans.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { announce } from '#test/support/product/bring-file.ts';
import { units } from '#test/support/scenario.ts';
import { type LedgerScene, newFinding, openLedgerScene } from '#test/support/scenes/ledger-scene.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ now: new Date() });
});
afterAll(() => app.close());

/** Rows as the person would have made them one by one; `row` is a select of one of them for each `n`. */
const fill = (table: string, columns: string, row: string, count: number, values: readonly unknown[] = []) =>
  app.owner.query(`insert into ${table} (${columns}) select ${row} from generate_series(1, ${count}) n`, [...values]);

describe('what one person has at once is bounded, and the refusal says how many and what to do', () => {
  it('tokens, counted once by two who ask at once', async () => {
    const director = app.as('countyDirector');
    await fill(
      ...(['access_tokens', 'id, grant_id, person_id, name, hash, permissions, expires_at'] as const),
      `gen_random_uuid(), $1::uuid, $2::uuid, 't', 'bounds ' || n, '{filing.read}', now() + interval '9 days'`,
      ...([19, [director.grants[0], director.personId]] as const),
    );
    const wanted = { body: { name: '数据中心', permissions: ['filing.read' as const], days: 1 } };
    const both = await Promise.allSettled([director.call(tokens.create, wanted), director.call(tokens.create, wanted)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await director.refused(tokens.create, wanted)).toMatchObject({
      ...{ status: 409, code: 'request.bound' },
      sentence: '您有效的访问令牌最多 20 个，已到上限，请先撤销不用的令牌，再新建。',
    });
    const [one] = (await director.call(tokens.list)).rows;
    await director.call(tokens.revoke, { params: { tokenId: one!.id } });
    await director.call(tokens.create, wanted);
  });

  it('stand-ins of one holder', async () => {
    const director = app.as('countyDirector');
    const officer = app.as('countyOfficer');
    await fill(
      ...(['people', 'id, username, name, email, status'] as const),
      `gen_random_uuid(), 'bounds' || n, '同事' || n, 'bounds' || n, 'active'`,
      20,
    );
    await app.owner.query(
      `insert into stand_ins (id, grant_id, person_id, valid_from, until)
       select gen_random_uuid(), $1, id, $2::timestamptz, current_date + 9 from people where username like 'bounds%'`,
      [director.grants[0], app.clock.now],
    );
    const until = new Date(app.clock.now.getTime() + 86_400_000).toISOString().slice(0, 10);
    const give = { params: { grantId: director.grants[0]! }, body: { personId: officer.personId, until } };
    expect((await director.refused(posts.giveStandIn, give)).sentence).toBe(
      '一个人有效的代办最多 20 项，已到上限，请先结束不用的代办，再交出新的。',
    );
    await app.owner.query(`update stand_ins set ended_at = now() where person_id in
      (select id from people where username = 'bounds1')`);
    await director.call(posts.giveStandIn, give);
  });

  it('changes of roles, sets of posts and requests for accounts that wait for another person', async () => {
    const system = app.as('systemAdministrator');
    const security = app.as('securityAdministrator');
    await fill(
      ...(['role_changes', 'id, role_key, role_revision, after, proposed_by, proposed_at, effective_at'] as const),
      `gen_random_uuid(), 'bounds-' || n, 0, '{}'::jsonb, $1::uuid, now(), now() + interval '1 day'`,
      ...([50, [security.personId]] as const),
    );
    const role = { role: null, revision: 0, name: '县级数据员', reach: 'county', secondFactor: false };
    const proposal = { body: { ...role, permissions: ['filing.read'] } as never };
    expect((await security.refused(roles.propose, proposal)).sentence).toBe(
      '您提出而待确认的角色改动最多 50 项，已到上限，请先由另一位安全管理员确认或否决。',
    );
    await app.owner.query('delete from role_changes');
    await security.call(roles.propose, proposal);

    await fill(
      ...(['post_sets', 'id, file_name, proposed_by, proposed_at'] as const),
      `gen_random_uuid(), '名单', $1::uuid, now()`,
      ...([100, [system.personId]] as const),
    );
    const officer = { name: '林督导', phone: '0595-63930001', role: 'city-officer' };
    expect((await system.refused(sets.propose, { body: officer })).sentence).toBe(
      '您提出而待确认的授权名单最多 100 份，已到上限，请先由另一位安全管理员确认或退回。',
    );
    expect((await system.call(people.list, { query: { search: '林督导' } })).rows).toEqual([]);
    await app.owner.query('delete from post_sets');
    await system.call(sets.propose, { body: officer });

    await fill(
      ...(['people', 'id, username, name, email, status'] as const),
      `gen_random_uuid(), 'asked' || n, '某人' || n, 'asked' || n, 'active'`,
      100,
    );
    await app.owner.query(
      `insert into account_requests (id, person_id, act, proposed_by, proposed_at)
       select gen_random_uuid(), id, 'password', $1, now() from people where username like 'asked%'`,
      [system.personId],
    );
    const wanted = { params: { personId: app.as('countyDirector').personId }, body: { act: 'password' as const } };
    expect((await system.refused(requests.propose, wanted)).sentence).toBe(
      '您提出而待确认的账户申请最多 100 项，已到上限，请先由安全管理员确认或退回。',
    );
    await app.owner.query(`delete from account_requests`);
    await system.call(requests.propose, wanted);
  });
});

describe('drafts of letters', () => {
  it('of one person are bounded at a unit, and one that is given up makes room', async () => {
    const officer = app.as('sectionOfficer');
    const draft = { body: { kind: 'notice' as const } };
    const { id } = await officer.call(letters.draft, draft);
    await fill(
      ...([
        'letters',
        'place_id, id, kind, title, model, drafted_by, drafted_by_name, drafted_at, updated_at',
      ] as const),
      `$1::int, gen_random_uuid(), 'notice', '草稿' || n, '{}'::jsonb, $2, '某人', now(), now()`,
      ...([199, [units.city.id, officer.personId]] as const),
    );
    expect((await officer.refused(letters.draft, draft)).sentence).toBe(
      '您经办而没有送审的公文最多 200 份，已到上限，请先送审或作废不用的草稿，再拟新的。',
    );
    // Others of the unit go on drafting.
    await app.as('cityOfficer').call(letters.draft, draft);
    await officer.call(letters.cancel, { params: { letterId: id }, body: { revision: 1, reason: '不再印发' } });
    // The room for one is the room for one of many at once.
    const asked = await Promise.allSettled(Array.from({ length: 6 }, () => officer.call(letters.draft, draft)));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('comments of a filing', () => {
  let scene: FilingScene;
  beforeAll(async () => {
    scene = await openFilingScene();
  });
  afterAll(() => scene.app.close());

  const write = (count: number, author: string, resolved: boolean) =>
    scene.app.owner.query(
      `insert into comments (place_id, id, subject_type, subject_id, school_id, part, body, author_id, author_name, at,
                             resolved_at)
       select place_id, gen_random_uuid(), 'filing', id, school_id, '图书册数', '请核对', $2, '某人',
              $3::timestamptz - interval '1 minute', case when $4 then now() end
         from filings, generate_series(1, $5) where id = $1`,
      [scene.ids.first, author, scene.app.clock.now, resolved, count],
    );
  const comment = { field: '图书册数', body: '请核对台账' };
  const refused = async () =>
    (
      await scene.app
        .as('countyOfficer')
        .refused(filings.comment, { params: { filingId: scene.ids.first }, body: comment })
    ).sentence;

  it('are bounded by hour and person, by those that are open, and in all', async () => {
    const officer = scene.app.as('countyOfficer');
    await write(59, officer.personId, true);
    await officer.call(filings.comment, { params: { filingId: scene.ids.first }, body: comment });
    expect(await refused()).toBe('您一小时内对一份填报写的批注最多 60 条，已到上限，请稍后再写。');
    await write(299, 'somebody', false);
    expect(await refused()).toBe('一份填报未处理的批注最多 300 条，已到上限，请先处理已有的批注，再写新的。');
    await write(1641, 'somebody', true);
    expect(await refused()).toBe('一份填报的批注最多 2000 条，已到上限，请改用退回的说明，或直接联系对方。');
  });
});

describe('files on their way', () => {
  it('are thirty of one person at most', async () => {
    const officer = app.as('countyOfficer');
    await fill(
      ...(['uploads', 'id, owner_kind, owner_id, name, size, expires_at'] as const),
      `gen_random_uuid(), 'person', $1::uuid, '照片' || n || '.jpg', 10, now() + interval '1 day'`,
      ...([29, [officer.personId]] as const),
    );
    const bringOne = () => announce(app, officer, { id: randomUUID(), name: '照片.jpg', size: 10 });
    expect((await bringOne()).statusCode).toBe(201);
    const refused = await bringOne();
    expect([refused.statusCode, refused.json().message]).toEqual([
      409,
      '您还有没传完的文件（最多 30 个，共 6 GB），请先传完或取消，再传新的。',
    ]);
    // Those of others take nothing from anybody.
    const other = await announce(app, app.as('otherOfficer'), { id: randomUUID(), name: '照片.jpg', size: 10 });
    expect(other.statusCode).toBe(201);
  });
});

describe('the ledger', () => {
  let scene: LedgerScene;
  beforeAll(async () => {
    scene = await openLedgerScene();
  });
  afterAll(() => scene.app.close());

  it('takes five hundred findings that one person entered and did not send out', async () => {
    const officer = scene.as('countyOfficer');
    const first = await scene.enter('countyOfficer');
    // Copies of the first, as the person would have entered them; what was imported counts for nobody.
    const { rows } = await scene.app.owner.query(
      `select attname from pg_attribute
        where attrelid = 'findings'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    );
    const columns = rows.map(({ attname }) => attname as string);
    const given: Record<string, string> = { id: 'x.id', source_id: 'x.id::text', imported: '$2::boolean' };
    const copies = (count: number, imported: boolean) =>
      scene.app.owner.query(
        `insert into findings (${columns.join()})
         select ${columns.map((column) => given[column] ?? `f.${column}`).join()}
           from findings f, (select gen_random_uuid() as id from generate_series(1, $3)) x where f.id = $1`,
        [first.id, imported, count],
      );
    await copies(40, true);
    await copies(498, false);
    const last = await scene.enter('countyOfficer');
    expect((await officer.refused(rectifications.enter, { body: newFinding })).sentence).toBe(
      '您录入而没有下发的问题最多 500 个，已到上限，请先下发或取消已录入的问题，再录入新的。',
    );
    await scene.enter('countyDirector');
    await officer.call(rectifications.notice, await scene.at(last.id));
    await scene.enter('countyOfficer');
  });

  it('takes twenty questions for more time of one finding, and a hundred draws of a unit and year', async () => {
    const { id } = await scene.enter('countyDirector');
    await scene.as('countyDirector').call(rectifications.notice, await scene.at(id));
    await scene.app.owner.query(
      `insert into finding_extensions (place_id, finding_id, id, school_id, until, reason, asked_by, asked_by_name, asked_at,
                                       decision, decided_by, decided_by_name, decided_at, note)
       select place_id, id, gen_random_uuid(), school_id, due_on + 9, '需要时间', 'somebody', '某人', now(),
              'refused', 'another', '另一人', now(), '不同意'
         from findings, generate_series(1, 20) where id = $1`,
      [id],
    );
    const ask = { params: { findingId: id }, body: { until: '2025-12-20', reason: '工程招标需要时间' } };
    expect((await scene.as('head').refused(rectifications.ask, ask)).sentence).toBe(
      '一个问题的延期申请最多 20 次，已到上限，请直接与督导机构联系。',
    );
    await scene.app.owner.query(
      `insert into reproof_draws (place_id, id, closed_from, closed_to, drawn_level, seed, frame_size, frame_hash, size,
                                  algorithm, drawn_by, drawn_by_name, drawn_at)
       select $1, gen_random_uuid(), date '2025-01-01' + n, date '2025-01-01' + n, 'county', 's', 1, repeat('0', 64), 1,
              'a', 'somebody', '某人', $2::timestamptz - interval '1 day' from generate_series(1, 100) n`,
      [units.licheng.id, scene.app.clock.now],
    );
    const body = { unitId: units.licheng.id, closedFrom: '2025-10-01', closedTo: '2025-10-31' };
    expect((await scene.as('countyDirector').refused(rectifications.drawReproof, { body })).sentence).toBe(
      '一个单位一年内的销号复查抽取最多 100 次，已到上限，请先复查已抽中的问题。',
    );
  });
});

describe('plans and meetings', () => {
  const year = 2025;
  const item = {
    ...{ heading: null, number: null, text: '落实督导经费', fromDay: null, toDay: null },
    ...{ countyReach: 'none' as const, cityManaged: false, units: [], ties: [] },
  };

  it('a plan takes five hundred items, and an item five hundred notes, sixty of one person in an hour', async () => {
    const director = app.as('countyDirector');
    const { id: planId } = await director.call(plans.create, { body: { kind: 'county', year, text: '1.本县任务。' } });
    await director.call(plans.issue, { params: { planId }, body: { revision: 1 } });
    const { items: found } = await director.call(plans.read, { params: { planId } });
    const params = { planId, itemId: found[0]!.id };
    const notes = (count: number, author: string, at: string) =>
      app.owner.query(
        `insert into work_item_notes (place_id, id, item_id, body, day, author_id, author_name, at)
         select place_id, gen_random_uuid(), id, '已落实', '2025-10-10', $2, '某人', $3::timestamptz
           from work_items, generate_series(1, $4) where id = $1`,
        [params.itemId, author, at, count],
      );
    const note = { params, body: { body: '已落实', day: '2025-10-10' } };
    const now = app.clock.now.toISOString();
    await notes(59, director.personId, now);
    await director.call(items.write, note);
    expect((await director.refused(items.write, note)).sentence).toBe(
      '您一小时内对一项任务写的落实记录最多 60 条，已到上限，请稍后再写。',
    );
    // Somebody lent her a post above.
    const officer = app.as('countyOfficer').inPost({ grantId: app.as('countyOfficer').grants[0]!, standInId: null });
    await officer.call(items.write, note);
    await notes(439, 'somebody', now);
    expect((await officer.refused(items.write, note)).sentence).toBe(
      '一项任务的落实记录最多 500 条，已到上限，请把多次落实情况合写为一条。',
    );

    await app.owner.query(
      `insert into work_items (place_id, plan_id, id, position, text)
       select place_id, plan_id, gen_random_uuid(), n + 1, '任务' from work_items, generate_series(1, 499) n where id = $1`,
      [params.itemId],
    );
    const { plan } = await director.call(plans.read, { params: { planId } });
    const added = { params: { planId }, body: { revision: plan.revision, reason: '增补任务', item } };
    expect((await director.refused(items.add, added)).sentence).toBe(
      '一份计划的任务（含已撤出的）最多 500 项，已到上限，请修改已有的任务。',
    );
  });

  it('an office has a hundred plans of a year', async () => {
    await app.owner.query(
      `insert into work_plans (place_id, id, kind, year, unit_id, title, state, reason)
       select $1, gen_random_uuid(), 'county', $2, $1, '计划', 'cancelled', '误建' from generate_series(1, 100)`,
      [units.fengze.id, year],
    );
    const body = { kind: 'county' as const, year };
    expect((await app.as('otherDirector').refused(plans.create, { body })).sentence).toBe(
      '本单位一年的工作计划（含已撤销的）最多 100 份，已到上限，请在已有的计划中修改。',
    );
  });

  it('an office has fifty meetings that were not held yet and five hundred of a year, each with two thousand people', async () => {
    const director = app.as('otherDirector');
    const call = { body: { heldOn: '2025-10-20', title: '督导工作推进会', agenda: '', invited: [] } };
    const { id: meetingId } = await director.call(meetings.call, call);
    const more = (count: number, state: string) =>
      app.owner.query(
        `insert into meetings (place_id, id, origin_place_id, held_on, title, state)
         select place_id, gen_random_uuid(), origin_place_id, held_on, title, $2 from meetings, generate_series(1, $3)
          where id = $1`,
        [meetingId, state, count],
      );
    await more(48, 'called');
    await director.call(meetings.call, call);
    expect((await director.refused(meetings.call, call)).sentence).toBe(
      '本单位已通知而没有召开的会议最多 50 次，已到上限，请先记下已召开的会议，或撤销不开的会议。',
    );
    await app.owner.query(`update meetings set state = 'held' where place_id = $1`, [units.fengze.id]);
    await more(450, 'held');
    expect((await director.refused(meetings.call, call)).sentence).toBe(
      '本单位一年的会议（含已撤销的）最多 500 次，已到上限，请改用已有的会议。',
    );
    await app.owner.query(
      `insert into meeting_attendees (place_id, meeting_id, id, name, unit_id, signed_at)
       select place_id, id, gen_random_uuid(), '代表' || n, place_id, now() from meetings, generate_series(1, 2000) n
        where id = $1`,
      [meetingId],
    );
    expect((await director.refused(meetings.signIn, { params: { meetingId }, body: {} })).sentence).toBe(
      '一次会议的签到最多 2000 人，已到上限，请把其余人员写入会议记录。',
    );
  });
});
