import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isPasswordOf } from '#core/access/auth/auth.ts';
import { roleTitles } from '#domain/access/permissions.ts';
import { cloneDatabase, type TestDatabase } from '#test/support/database/database.ts';
import { contentOf } from '../../server/app/content.ts';
import { features } from '../../server/app/features.ts';
import { loadSampleOf } from '../../server/app/load-sample.ts';
import { prepareFeatures } from '../../server/app/prepare-content.ts';
import type { SampleSignIn } from '../sign-ins.ts';
import type { SampleSummary } from './seed.ts';

const now = new Date('2026-03-12T02:30:00Z');
/** Ten days before the loading: the work of the sample lies around it. */
const day = '2026-03-02';
const log = { info: () => {}, warn: () => {} };

describe('loading the sample city', () => {
  let database: TestDatabase;
  let owner: pg.Client;
  let dataDir: string;
  let summary: SampleSummary;

  beforeAll(async () => {
    database = await cloneDatabase();
    dataDir = mkdtempSync(join(tmpdir(), 'dudao-sample-'));
    owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    expect(await contentOf(database.ownerUrl)).toBe('empty');
    // The whole city is loaded by whatever stands on it, such as the record of equality; the small one has its every kind.
    summary = await loadSampleOf(features, { ownerUrl: database.ownerUrl, dataDir, now, day, log, size: 'small' });
  });

  afterAll(async () => {
    await owner?.end();
    await database?.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const one = async <Row>(text: string) => (await owner.query(text)).rows[0] as Row;

  test('is marked as a sample and keeps how far its day lies from the calendar', async () => {
    expect(await contentOf(database.ownerUrl)).toBe('sample');
    expect(await one(`select value from settings where key = 'day-offset'`)).toEqual({ value: -10 });
    const access = await one<{ value: { secondFactor: boolean } }>(`select value from settings where key = 'access'`);
    expect(access.value.secondFactor).toBe(false);
  });

  test('hangs files of every kind on findings, filings, notes of plans and drafts of letters, each content once on the disk', async () => {
    const { rows } = await owner.query<{ subject: string; kinds: number; hung: number }>(
      `select subject_type as subject, count(distinct media_type)::int as kinds, count(*)::int as hung
         from attachments group by 1 order by 1`,
    );
    expect(rows.map(({ subject }) => subject)).toEqual([
      ...['evidence', 'filing', 'finding', 'inspector', 'letter', 'work-item-note'],
    ]);
    expect(rows.every(({ hung }) => hung > 1)).toBe(true);
    expect(rows.find(({ subject }) => subject === 'finding')!.kinds).toBe(5);
    const contents = await owner.query<{ hash: string; size: number }>(
      `select hash, size::int from file_contents where exists (select 1 from attachments where file_hash = hash)`,
    );
    expect(contents.rows).toHaveLength(9);
    for (const { hash, size } of contents.rows) {
      const bytes = readFileSync(join(dataDir, 'files', 'contents', hash.slice(0, 2), hash));
      expect([createHash('sha256').update(bytes).digest('hex'), bytes.length]).toEqual([hash, size]);
    }
  });

  test('lays the deadlines around its day', async () => {
    const period = await one<{ deadline: string; city_deadline: string; state: string }>(
      `select deadline::text, city_deadline::text, state from collections join periods on periods.id = period_id where year = 2025`,
    );
    expect(period).toEqual({ deadline: '2026-02-28', city_deadline: '2026-03-21', state: 'open' });
    const beyond = await one<{ count: number }>(
      `select count(*)::int as count from steps where at > '2026-03-02T02:30:00Z'`,
    );
    expect(beyond.count).toBe(0);
  });

  test('gives one filing to every school that owes one, and an account to every role', async () => {
    const rows = await one<{ owing: number; filings: number }>(
      `select (select count(*)::int from collection_subjects where owes) as owing, (select count(*)::int from filings) as filings`,
    );
    expect(rows.filings).toBe(rows.owing);
    expect(rows.filings).toBe(summary.filings);
    const { rows: roles } = await owner.query<{ role_key: string }>('select distinct role_key from grants');
    expect(roles.map((row) => row.role_key).sort()).toEqual([...Object.keys(roleTitles), 'sample-inspector'].sort());
  });

  test('appoints an inspector who says that he is of the sample, with two schools of the unit that appoints', async () => {
    const { rows } = await owner.query<{ name: string; schools: number; at_home: boolean }>(
      `select r.name, count(*)::int as schools, bool_and(sp.county_id = g.unit_id and a.valid_to is null) as at_home
         from assignments a join grants g on g.id = a.grant_id join roles r on r.key = g.role_key
         join school_places sp on sp.school_id = a.school_id where r.reach = 'schools' group by g.id, r.name`,
    );
    expect(rows).toEqual([{ name: '责任督学（示例）', schools: 2, at_home: true }]);
    expect(summary.signIns.find((one) => one.role === 'sample-inspector')?.title).toBe('责任督学（示例）');
  });

  test('writes sign-ins that work and that only the owner can read', async () => {
    expect(statSync(summary.signInsFile).mode & 0o777).toBe(0o600);
    const signIns = JSON.parse(readFileSync(summary.signInsFile, 'utf8')) as SampleSignIn[];
    expect(signIns).toEqual(summary.signIns);
    expect(new Set(signIns.map((signIn) => signIn.password)).size).toBe(signIns.length);
    const city = signIns.find((signIn) => signIn.username === 'city')!;
    const { rows } = await owner.query<{ password: string }>(
      `select a.password from accounts a join people p on p.id = a.user_id where p.username = 'city'`,
    );
    expect(await isPasswordOf(rows[0]!.password, city.password)).toBe(true);
    expect(await isPasswordOf(rows[0]!.password, `${city.password}x`)).toBe(false);
  });

  test('keeps every school whole: its current state is its last version, its code is known', async () => {
    const wrong = await one<{ count: number }>(`
      select count(*)::int as count from schools s
       where not exists (
         select from school_versions v where v.school_id = s.id and v.county_id = s.county_id and v.code = s.code
            and v.name = s.name and v.school_type = s.school_type and v.managing_unit_id = s.managing_unit_id
            and (v.valid_to is null) = (s.status = 'open'))
          or not exists (
         select from school_codes c where c.code = s.code and c.school_id = s.id
            and (c.status = 'current') = (s.status = 'open'))`);
    expect(wrong.count).toBe(0);
  });

  test('refuses a second time and beside own data', async () => {
    const again = { ownerUrl: database.ownerUrl, dataDir, now, log };
    await expect(loadSampleOf(features, { ...again, day: '2026-03-13' })).rejects.toThrow('晚于今天');
    await expect(loadSampleOf(features, again)).rejects.toThrow('dudao db reset');
    await owner.query(`delete from settings where key = 'sample'`);
    expect(await contentOf(database.ownerUrl)).toBe('own');
    await expect(loadSampleOf(features, again)).rejects.toThrow('本单位的数据');
    await owner.query(`insert into settings (key, value) values ('sample', 'true')`);
  });
});

describe('a real installation', () => {
  test('starts with the standards and without a city, and stays so at the next start', async () => {
    const database = await cloneDatabase();
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    try {
      await prepareFeatures(database.appUrl, () => now);
      const count = `select (select count(*)::int from org_units) as units, (select count(*)::int from balance_standards) as standards`;
      const { rows: first } = await owner.query(count);
      expect(first).toEqual([{ units: 0, standards: 2 }]);
      await prepareFeatures(database.appUrl, () => now);
      expect((await owner.query(count)).rows).toEqual(first);
      expect(await contentOf(database.ownerUrl)).toBe('empty');
    } finally {
      await owner.end();
      await database.drop();
    }
  });
});
