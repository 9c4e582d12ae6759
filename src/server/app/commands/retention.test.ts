import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { outdatedBefore, retentionKinds } from '#core/audit/retention.shape.ts';
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

describe('what is kept for how long', () => {
  it('is data with a basis, and what is only an example says so', () => {
    for (const { key, basis, sample, years, removed } of retentionKinds) {
      expect(basis.startsWith('示例'), key).toBe(sample);
      expect(years === null && removed, key).toBe(false);
    }
    const kept = retentionKinds.filter((kind) => outdatedBefore(kind, new Date()) === null).map(({ key }) => key);
    expect(kept).toEqual(['audit', 'filings', 'findings']);
  });

  it('is not removed while it is held; the hold and its end are recorded with the reason', async () => {
    await main(['retention', 'hold', 'notices', '--reason', '某信访件复查']);
    expect(said.out).toContain('已暂停清理');
    await night();
    expect(await notices()).toBe(3);
    await expect(app.owner.query(`select remove_outdated('notices', now() - interval '5 years')`)).rejects.toThrow(
      'held',
    );
    said.out = '';
    await main(['retention', 'list']);
    expect(said.out).toMatch(/notices {2}已发通知和阅读记录：5 年，期满由夜间任务清理[\s\S]*暂停清理：某信访件复查/);
    await main(['retention', 'lift', 'notices']);
    expect(await recorded('setting.retentionHeld')).toMatchObject([{ after: { reason: '某信访件复查' } }]);
    expect(await recorded('setting.retentionLifted')).toMatchObject([{ before: { reason: '某信访件复查' } }]);
  });

  it('a hold stays as it was placed, whoever the program acts for; it can only be lifted', async () => {
    const may = async (column: string) =>
      (
        await app.owner.query(`select has_column_privilege('dudao_app', 'retention_holds', $1, 'update') as may`, [
          column,
        ])
      ).rows[0].may;
    for (const column of ['id', 'kind', 'reason', 'placed_at', 'placed_by', 'lifted_at', 'lifted_by'])
      expect(await may(column), column).toBe(false);
  });

  it('goes at night when its term has ended, and the audit keeps number, span and digest', async () => {
    const { rows } = await app.owner.query(
      `select encode(sha256(string_agg(sha256(convert_to(to_jsonb(n)::text, 'UTF8')), ''::bytea order by place_id, id)), 'hex') as digest
         from notices n where sent_at < now() - interval '5 years'`,
    );
    await night();
    expect(await notices()).toBe(1);
    expect((await app.owner.query('select 1 from notice_reads')).rowCount).toBe(0);
    expect(await recorded('setting.outdatedRemoved')).toMatchObject([
      { object_id: 'retention.notices', place_id: 0, after: { removed: 2, years: 5, digest: rows[0].digest } },
    ]);
    await night();
    expect(await recorded('setting.outdatedRemoved')).toHaveLength(1);
  });

  it('of the last year nothing goes, and of other kinds nothing, whatever is asked', async () => {
    for (const asked of [`'notices', now()`, `'audit', now() - interval '9 years'`]) {
      await expect(app.owner.query(`select remove_outdated(${asked})`), asked).rejects.toThrow('removed');
    }
    await main(['retention', 'hold', 'nothing', '--reason', '理由']);
    expect(process.exitCode).toBe(2);
    expect(said.err).toContain('没有“nothing”这一类');
  });
});
