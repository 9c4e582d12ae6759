import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { cloneDatabase, type TestDatabase } from '#test/support/database/database.ts';
import { register } from './db.ts';

let database: TestDatabase;
let dataDir: string;

beforeAll(async () => {
  database = await cloneDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'dudao-reset-'));
  vi.stubEnv('DATABASE_URL', database.ownerUrl);
  // Roles are shared by the databases of one server: setting up the role here would change its password for every other
  // test.
  vi.stubEnv('DATABASE_APP_URL', database.appUrl);
  vi.stubEnv('DATA_DIR', dataDir);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true, force: true });
  await database?.drop();
});

async function dudao(...words: string[]): Promise<void> {
  const program = new Command().exitOverride();
  register(program);
  await program.parseAsync(['db', ...words], { from: 'user' });
}

async function ask<Row>(text: string): Promise<Row> {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    return (await client.query(text)).rows[0] as Row;
  } finally {
    await client.end();
  }
}

test('reset asks twice before it destroys somebody’s own data, and then leaves a database without units', async () => {
  await expect(dudao('reset')).rejects.toThrow('--yes');
  await ask(
    `insert into people (id, name, username, email) values (gen_random_uuid(), '某人', 'somebody', 'a@b.invalid')`,
  );
  await expect(dudao('reset', '--yes')).rejects.toThrow('--own-data');
  expect(await ask('select count(*)::int as people from people')).toEqual({ people: 1 });
  await dudao('reset', '--yes', '--own-data', '--empty');
  expect(
    await ask(`select (select count(*)::int from people) as people, (select count(*)::int from org_units) as units,
      (select count(*)::int from roles) as roles`),
  ).toEqual({ people: 0, units: 0, roles: 10 });
});

test('distribute shows its statements everywhere, and does nothing where the server has no Citus', async () => {
  let printed = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  try {
    await dudao('distribute', '--dry-run');
  } finally {
    write.mockRestore();
  }
  expect(printed).toMatch(/^begin;[\s\S]*create_distributed_table\('schools', 'county_id'\);[\s\S]*commit;\n$/);
  await expect(dudao('distribute')).rejects.toThrow('--yes');
  await expect(dudao('distribute', '--yes')).rejects.toThrow('没有 Citus 扩展');
});

test.each([
  [
    'schools',
    `with province as (insert into org_units (kind, name, short_name, initials) values ('province', '某省', '某', 'm')
                  returning id),
          city as (insert into org_units (id, kind, parent_id, place_id, name, short_name, initials)
                   select id + 100, 'city', id, id + 100, '某市', '某', 'm' from province returning id)
     insert into schools (county_id, name, initials, school_type, sponsor_code, ownership, urban_class,
                 managing_unit_id, opened_on)
               select id, '某小学', 'mxx', '211', 1, 'public', 'urban', id, '2025-09-01' from city`,
  ],
  [
    'periods',
    `insert into periods (kind, year, name, starts_on, ends_on)
               values ('school-year', 2025, '2025—2026学年', '2025-09-01', '2026-08-31')`,
  ],
])('reset asks twice before it destroys %s that nobody has signed in to see', async (table, written) => {
  await ask(written);
  await expect(dudao('reset', '--yes')).rejects.toThrow('--own-data');
  expect(await ask(`select count(*)::int as kept from ${table}`)).toEqual({ kept: 1 });
  await ask(`delete from ${table}`);
});
