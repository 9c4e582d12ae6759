import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Finding } from '#core/access/soundness.ts';
import { cloneWithOwner } from '#test/support/database/database.ts';
import { catchOutput } from '#test/support/product/commands.ts';
import { textOf } from '#test/support/sources.ts';
import { main } from '../../cli.ts';
import { chainFinding, clockFinding, jobFinding, migrationFinding } from './database-checks.ts';
import { nodeFinding, oldestNode } from './machine-checks.ts';

const { said } = catchOutput('doctor');
let clone: Awaited<ReturnType<typeof cloneWithOwner>>;
let dataDir: string;
let backups: string;

beforeAll(async () => {
  clone = await cloneWithOwner();
  dataDir = mkdtempSync(path.join(tmpdir(), 'dudao-doctor-'));
  backups = path.join(dataDir, '.backups');
  mkdirSync(backups);
  writeFileSync(path.join(backups, 'newest'), '');
  vi.stubEnv('DATABASE_URL', clone.database.ownerUrl);
  vi.stubEnv('DATABASE_APP_URL', clone.database.appUrl);
  vi.stubEnv('DATA_DIR', dataDir);
  vi.stubEnv('BACKUP_DIR', backups);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await clone.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function doctor(): Promise<Record<string, Finding>> {
  said.out = '';
  await main(['doctor', '--json']);
  return Object.fromEntries((JSON.parse(said.out) as Finding[]).map((finding) => [finding.key, finding]));
}

describe('dudao doctor', () => {
  it('finds a new installation in order, in sentences and as JSON', async () => {
    const found = await doctor();
    expect(Object.values(found).filter(({ state }) => state !== 'good')).toEqual([]);
    expect(Object.keys(found)).toEqual(
      expect.arrayContaining(['node', 'disk', 'backups', 'database', 'clock', 'migrations', 'audit', 'jobs', 'files']),
    );
    expect(process.exitCode).toBeUndefined();
    said.out = '';
    await main(['doctor']);
    expect(said.out).toContain('● 表结构：已是最新');
  });

  it('names an old backup, a failed job, a lost file, a stray file and an unfinished upload, each with a way out', async () => {
    const day = new Date(Date.now() - 3 * 86_400_000);
    utimesSync(path.join(backups, 'newest'), day, day);
    const [lost, stray] = ['a'.repeat(64), 'b'.repeat(64)];
    await clone.owner.query(
      `insert into jobs (name, data, state, failed_at, error) values ('balance.recompute', '{}', 'failed', now(), 'x')`,
    );
    const shelf = path.join(dataDir, 'files', 'contents', 'bb');
    mkdirSync(shelf, { recursive: true });
    writeFileSync(path.join(shelf, stray), 'stray');
    await clone.owner.query(
      `insert into uploads (id, owner_kind, owner_id, name, size, expires_at)
       values (gen_random_uuid(), 'person', gen_random_uuid(), 'x', 1, now() - interval '9 days')`,
    );
    const found = await doctor();
    expect(process.exitCode).toBe(1);
    expect(found.backups).toMatchObject({ state: 'failed', sentence: expect.stringContaining('已超过 36 小时') });
    expect(found.jobs).toMatchObject({ state: 'warning', remedy: expect.stringContaining('dudao jobs list') });
    expect(found.files).toMatchObject({ state: 'warning', sentence: expect.stringContaining(stray) });
    expect(found.uploads).toMatchObject({ state: 'warning', sentence: expect.stringContaining('1 个早已过期') });
    await clone.owner.query(
      `insert into file_contents (hash, size, media_type) values ('${lost}', 1, 'application/pdf')`,
    );
    expect((await doctor()).files).toMatchObject({ state: 'failed', sentence: expect.stringContaining(lost) });
  });

  it('says that the database cannot be reached, and still looks at the machine', async () => {
    vi.stubEnv('DATABASE_URL', 'postgres://owner:x@127.0.0.1:1/none');
    const found = await doctor();
    vi.stubEnv('DATABASE_URL', clone.database.ownerUrl);
    expect(found.database).toMatchObject({ state: 'failed', sentence: expect.stringContaining('无法连接数据库') });
    expect(found.node?.state).toBe('good');
  });
});

describe('what a running server should have done', () => {
  const now = new Date('2026-11-29T10:00:00Z');
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000);

  it('rows that are not sealed and jobs that nobody takes are failures only while it runs', () => {
    const chain = { seals: 3, oldestUnsealed: ago(300), newest: ago(1) };
    expect([true, false].map((serving) => chainFinding(chain, serving, now).state)).toEqual(['failed', 'good']);
    const jobs = { failed: 0, due: 2, oldestDue: ago(3_600) };
    expect([true, false].map((serving) => jobFinding(jobs, serving, now).state)).toEqual(['failed', 'good']);
  });

  it('a clock that was turned back, or differs from that of the database, is named', () => {
    expect(chainFinding({ seals: 1, oldestUnsealed: null, newest: ago(-60) }, false, now).sentence).toContain('拨回');
    expect([0, 4_000, 6_000].map((apart) => clockFinding(apart, 0).state)).toEqual(['good', 'good', 'failed']);
  });

  it('an old Node.js, a pending migration and a foreign one are failures', () => {
    expect(['20.18.9', '20.19.0', '22.1.0'].map((version) => nodeFinding(version).state)).toEqual([
      'failed',
      'good',
      'good',
    ]);
    const { engines } = JSON.parse(textOf('package.json')) as { engines: { node: string } };
    expect(engines.node).toBe(`>=${oldestNode.join('.')}.0`);
    expect(migrationFinding([]).sentence).toContain('没有执行');
    expect(migrationFinding([{ name: '9999_add_other', sha256: '' }]).sentence).toContain('与本程序的不同');
  });
});
