import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import * as letters from '#contract/official-documents/letters.ts';
import * as people from '#contract/people/people.ts';
import * as requests from '#contract/people/requests.ts';
import * as roles from '#contract/people/roles.ts';
import * as sets from '#contract/people/sets.ts';
import * as posts from '#contract/session/posts.ts';
import * as tokens from '#contract/session/tokens.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { units } from '#test/support/scenario.ts';

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
      '您拟写而没有送审的公文最多 200 份，已到上限，请先送审或作废不用的草稿，再拟新的。',
    );
    // Others of the unit go on drafting.
    await app.as('cityOfficer').call(letters.draft, draft);
    await officer.call(letters.cancel, { params: { letterId: id }, body: { revision: 1, reason: '不再印发' } });
    await officer.call(letters.draft, draft);
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
