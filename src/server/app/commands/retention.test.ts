import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import * as contract from '#contract/settings/retention.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { databaseUrl } from '#test/support/database/database-url.ts';
import { catchOutput } from '#test/support/product/commands.ts';
import { units } from '#test/support/scenario.ts';
import { removeOutdated } from '../../features/settings/retention/retention.job.ts';
import { settingsFeature } from '../../features/settings/settings.feature.ts';
import { main } from '../cli.ts';

const { folder, said } = catchOutput('retention');
let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ features: [settingsFeature], now: new Date() });
  const { ownerUrl, appUrl } = inject('cluster');
  vi.stubEnv('DATABASE_URL', databaseUrl(ownerUrl, app.owner.database!));
  vi.stubEnv('DATABASE_APP_URL', databaseUrl(appUrl, app.owner.database!));
  vi.stubEnv('DATA_DIR', folder);
  // Two notices beyond their term, one with a reader, one younger.
  await app.owner.query(
    `insert into notices (place_id, id, kind, audience, subject_type, subject_id, sent_by, sent_by_name, sent_at)
     select ${units.licheng.id}, gen_random_uuid(), 'filing.reminded', 'place', 'filing', gen_random_uuid(), 'x', '某人',
       now() - make_interval(years => n) from unnest(array[4, 6, 7]) n`,
  );
  await app.owner.query(
    `insert into notice_reads (place_id, notice_id, person_id, read_at)
     select place_id, id, (select id from people limit 1), now() from notices where sent_at < now() - interval '6 years 6 months'`,
  );
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await app.close();
});

const notices = async () => (await app.owner.query('select count(*)::int as n from notices')).rows[0].n as number;
const recorded = async (action: string) =>
  (await app.owner.query('select object_id, place_id, before, after from audit_events where action = $1', [action]))
    .rows;
const night = () => removeOutdated.run(app.services, { places: [] });

const kindOf = async (key: string) => {
  const { rows } = await app.as('systemAdministrator').call(contract.listRetention);
  return rows.find((kind) => kind.key === key)!;
};
const remove = (kind: string) => app.owner.query('select * from remove_outdated($1)', [kind]);

describe('what is kept for how long', () => {
  it('is data with a basis, and what is only an example says so', async () => {
    const { rows } = await app.as('systemAdministrator').call(contract.listRetention);
    for (const { key, basis, sample, years, removal } of rows) {
      expect(basis.startsWith('示例'), key).toBe(sample);
      expect(removal === 'term' && years === null, key).toBe(false);
      expect(removal === 'end' && years !== null, key).toBe(false);
    }
    const removed = rows.filter(({ removal }) => removal === 'term').map(({ key }) => key);
    expect(removed).toEqual(['notices', 'deliveries', 'setup-links']);
    // What nobody removes is listed too.
    for (const key of ['letters', 'plans', 'tracks', 'findings', 'filings', 'audit']) {
      expect(rows.find((kind) => kind.key === key)?.removal, key).toBe('never');
    }
    for (const key of ['sessions', 'imports', 'mail-addresses']) {
      expect(rows.find((kind) => kind.key === key)?.removal, key).toBe('end');
    }
  });

  it('is not removed while it is held; the hold and its end are recorded with the reason', async () => {
    await main(['retention', 'hold', 'notices', '--reason', '某信访件复查']);
    expect(said.out).toContain('已暂停清理');
    await night();
    expect(await notices()).toBe(3);
    await expect(remove('notices')).rejects.toThrow('held');
    said.out = '';
    await main(['retention', 'list']);
    expect(said.out).toMatch(/notices {2}已发通知：5 年，期满由夜间任务清理[\s\S]*暂停清理：某信访件复查/);
    expect(said.out).toMatch(/letters {2}公文：长期，不自动清理/);
    await main(['retention', 'lift', 'notices']);
    expect(await recorded('setting.retentionHeld')).toMatchObject([{ after: { reason: '某信访件复查' } }]);
    expect(await recorded('setting.retentionLifted')).toMatchObject([{ before: { reason: '某信访件复查' } }]);
  });

  it('a hold stays as it was placed, and a term as it was written; the program changes both by functions alone', async () => {
    for (const table of ['retention_holds', 'retention_terms', 'retention_proofs']) {
      for (const right of ['update', 'delete']) {
        const may = 'select has_table_privilege($1, $2, $3) or has_any_column_privilege($1, $2, $4) as may';
        const asked = ['dudao_app', table, right, right === 'update' ? 'update' : 'references'];
        expect((await app.owner.query(may, asked)).rows[0].may, `${right} ${table}`).toBe(false);
      }
    }
  });

  it('the 系统管理员 holds a kind on the page and lifts it again, with both reasons; nobody else sees it', async () => {
    const system = app.as('systemAdministrator');
    await system.call(contract.holdRetention, { params: { kind: 'notices' }, body: { reason: '专项检查' } });
    await night();
    expect(await notices()).toBe(3);
    expect((await kindOf('notices')).holds).toMatchObject([{ reason: '专项检查' }]);
    await system.call(contract.liftRetention, { params: { kind: 'notices' }, body: { reason: '检查结束' } });
    expect((await kindOf('notices')).holds).toEqual([]);
    expect((await recorded('setting.retentionLifted')).at(-1)).toMatchObject({
      before: { reason: '专项检查' },
      after: { liftedFor: '检查结束' },
    });
    const held = await system.refused(contract.holdRetention, {
      params: { kind: 'sessions' },
      body: { reason: '专项检查' },
    });
    expect(held.sentence).toContain('失效即清理');
    expect((await app.stranger.refused(contract.listRetention)).code).toBe('session.missing');
    for (const member of ['cityOfficer', 'securityAdministrator', 'auditAdministrator', 'countyDirector'] as const) {
      expect((await app.as(member).refused(contract.listRetention)).code, member).toBe('access.denied');
    }
  });

  it('goes at night when its term has ended, and the audit keeps number, span and a digest of all that went', async () => {
    const { rows } = await app.owner.query(
      `with old as (select * from notices where sent_at < now() - interval '5 years'), held as (
         select 1 as part, place_id, id, id as other, to_jsonb(o) as kept from old o
         union all
         select 2, r.place_id, r.notice_id, r.person_id, to_jsonb(r)
           from notice_reads r join old o on o.id = r.notice_id and o.place_id = r.place_id)
       select count(*)::int as n, encode(sha256(string_agg(sha256(convert_to(kept::text, 'UTF8')), ''::bytea order by part, place_id, id, other)), 'hex') as digest
         from held`,
    );
    // Two notices and the mark that one of them was read.
    expect(rows[0].n).toBe(3);
    expect((await kindOf('notices')).proof).toBeNull();
    await night();
    expect(await notices()).toBe(1);
    expect((await app.owner.query('select 1 from notice_reads')).rowCount).toBe(0);
    expect(await recorded('setting.outdatedRemoved')).toMatchObject([
      { object_id: 'retention.notices', place_id: 0, after: { removed: 2, years: 5, digest: rows[0].digest } },
    ]);
    await night();
    expect(await recorded('setting.outdatedRemoved')).toHaveLength(1);
    expect((await kindOf('notices')).proof).toMatchObject({ removal: { removed: 2, digest: rows[0].digest } });
    expect((await kindOf('deliveries')).proof).toMatchObject({ removal: null });
  });

  it('within its term nothing goes, and of other kinds nothing, whatever is asked', async () => {
    expect((await remove('notices')).rows).toMatchObject([{ gone: 0 }]);
    expect(await notices()).toBe(1);
    for (const kind of ['audit', 'sessions', 'nothing']) await expect(remove(kind), kind).rejects.toThrow('removed');
    await main(['retention', 'hold', 'nothing', '--reason', '理由']);
    expect(process.exitCode).toBe(2);
    expect(said.err).toContain('没有“nothing”这一类');
  });

  it('is changed to the schedule of the office, never below the least years, and by one at a time', async () => {
    const system = app.as('systemAdministrator');
    const params = { kind: 'notices' };
    const body = { years: 3, basis: '本机关期限表第 12 条', revision: 1 };
    await app.owner.query(`update retention_terms set least_years = 2 where kind = 'notices'`);
    const short = await system.refused(contract.changeTerm, { params, body: { ...body, years: 1 } });
    expect(short.sentence).toContain('至少保存 2 年');
    await system.call(contract.changeTerm, { params, body });
    expect(await kindOf('notices')).toMatchObject({ years: 3, sample: false, basis: body.basis, revision: 2 });
    expect(await system.refused(contract.changeTerm, { params, body: { ...body, years: 4 } })).toMatchObject({
      ...{ code: 'thing.changed', sentence: expect.stringMatching(/^您已在另一个窗口于 .* 修改保管期限/) },
    });
    expect(await recorded('setting.termChanged')).toMatchObject([{ before: { years: 5 }, after: { years: 3 } }]);
    // The notice of four years ago is beyond the new term.
    await night();
    expect(await notices()).toBe(0);
    // The database refuses it too.
    await expect(
      app.owner.query(`select change_retention_term('notices', 1::smallint, '依据', 2, now(), '某人')`),
    ).rejects.toThrow('retention_terms');
  });
});

describe('mail that is beyond its term', () => {
  it('loses its log once nothing is tried any more', async () => {
    await app.owner.query(
      `insert into notices (place_id, id, kind, audience, subject_type, subject_id, sent_by, sent_by_name, sent_at)
       values (${units.licheng.id}, gen_random_uuid(), 'filing.reminded', 'place', 'filing', gen_random_uuid(), 'x', '某人', now())`,
    );
    await app.owner.query(
      `insert into notice_deliveries (place_id, id, notice_id, kind, person_id, channel, state, message_id, due_at, created_at, sentence)
       select n.place_id, gen_random_uuid(), n.id, n.kind, gen_random_uuid(), 'mail', w.state, 'm', now(), now() - w.age, '原因'
         from notices n, (values ('sent', interval '3 years'), ('failed', interval '3 years'),
           ('waiting', interval '3 years'), ('sent', interval '1 year')) as w(state, age)`,
    );
    await night();
    const { rows } = await app.owner.query('select state from notice_deliveries order by state');
    expect(rows.map(({ state }) => state)).toEqual(['sent', 'waiting']);
    expect(await notices()).toBe(1);
    expect(await kindOf('deliveries')).toMatchObject({ proof: { removal: { removed: 2 } } });
  });

  it('keeps its notice as long as it is kept itself: held, within its own term, or still under way', async () => {
    await app.owner.query('delete from notices');
    await app.owner.query(
      `with sent as (
         insert into notices (place_id, id, kind, audience, subject_type, subject_id, sent_by, sent_by_name, sent_at)
         select ${units.licheng.id}, gen_random_uuid(), 'filing.reminded', 'place', 'filing', gen_random_uuid(), 'x', name,
                now() - interval '9 years' from unnest(array['without', 'ended', 'waiting', 'younger']) name
         returning place_id, id, kind, sent_by_name as name)
       insert into notice_deliveries (place_id, id, notice_id, kind, person_id, channel, state, message_id, due_at, created_at)
       select place_id, gen_random_uuid(), id, kind, gen_random_uuid(), 'mail',
              case name when 'waiting' then 'waiting' else 'sent' end, 'm', now(),
              now() - case name when 'younger' then interval '1 year' else interval '9 years' end
         from sent where name <> 'without'`,
    );
    const left = async () => {
      await remove('notices');
      const { rows } = await app.owner.query('select sent_by_name as name from notices order by 1');
      return rows.map(({ name }) => name);
    };
    await main(['retention', 'hold', 'deliveries', '--reason', '某信访件复查']);
    expect(await left()).toEqual(['ended', 'waiting', 'younger']);
    await main(['retention', 'lift', 'deliveries']);
    await app.owner.query(`update retention_terms set years = null where kind = 'deliveries'`);
    expect(await left()).toEqual(['ended', 'waiting', 'younger']);
    await app.owner.query(`update retention_terms set years = 2 where kind = 'deliveries'`);
    expect(await left()).toEqual(['waiting', 'younger']);
    expect((await app.owner.query('select 1 from notice_deliveries')).rowCount).toBe(2);
  });
});
