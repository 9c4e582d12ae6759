import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloneDatabase, type TestDatabase } from '#test/support/database/database.ts';
import { withClient } from '../owner-client.ts';
import { schemaDrift, schemaTypes, writeSchemaTypes } from './introspect.ts';

let database: TestDatabase;
let folder: string;
let types: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dudao-types-'));
  database = await cloneDatabase();
  await withClient(database.ownerUrl, async (client) => {
    await client.query(`
      create type probe_mood as enum ('good', 'bad');
      create domain probe_code as text check (value ~ '^\\d+$');
      create table probe_things (
        id bigint generated always as identity primary key,
        code probe_code not null,
        amount numeric not null,
        on_day date,
        made_at timestamptz not null default now(),
        seen_at timestamptz,
        tags text[] not null default '{}',
        mood probe_mood,
        detail jsonb not null,
        note jsonb,
        doubled numeric generated always as (amount * 2) stored,
        bytes bytea
      );
      comment on column probe_things.detail is 'What it says. @type Detail from #domain/probe/detail.ts';
      create view probe_plain with (security_invoker = true) as
        select id, code, on_day, amount * 2 as twice, count(*) over () as total from probe_things;
      comment on column probe_plain.total is '@notNull';
      create view probe_over with (security_invoker = true) as select id as thing_id, twice from probe_plain;
      create view probe_outer with (security_invoker = true) as
        select a.id, b.code from probe_things a left join probe_things b on b.id = a.id + 1;
    `);
  });
  types = await schemaTypes(database.ownerUrl);
});

afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

function interfaceOf(name: string): string {
  return new RegExp(`export interface ${name} \\{\\n([^}]*)\\n\\}`).exec(types)?.[1] ?? '';
}

describe('types from the database', () => {
  it('state for each column what the driver returns and what a writer must supply', () => {
    expect(
      interfaceOf('ProbeThings')
        .split('\n')
        .map((line) => line.trim()),
    ).toEqual([
      'id: Computed<number>;',
      'code: string;',
      'amount: string;',
      'on_day: string | null;',
      'made_at: Generated<Timestamp>;',
      'seen_at: Timestamp<Date | null>;',
      'tags: Generated<string[]>;',
      "mood: 'good' | 'bad' | null;",
      'detail: Json<Detail>;',
      'note: Json<unknown, string | null>;',
      'doubled: Computed<string | null>;',
      'bytes: Buffer | null;',
    ]);
    expect(types).toContain("import type { Detail } from '#domain/probe/detail.ts';");
  });

  it('allow no write to a view, and make a column not nullable only where that is certain', () => {
    expect(interfaceOf('ProbePlain')).toContain('id: ViewColumn<number>;');
    expect(interfaceOf('ProbePlain')).toContain('on_day: ViewColumn<string | null>;');
    expect(interfaceOf('ProbePlain')).toContain('twice: ViewColumn<string | null>;');
    expect(interfaceOf('ProbePlain')).toContain('total: ViewColumn<number>;');
    expect(interfaceOf('ProbeOver')).toContain('thing_id: ViewColumn<number>;');
    expect(interfaceOf('ProbeOuter')).toContain('code: ViewColumn<string | null>;');
  });

  it('list every table and view once, and not the ledger of migrations', () => {
    expect(interfaceOf('Database')).toContain('probe_things: ProbeThings;');
    expect(interfaceOf('Database')).toContain('schools: Schools;');
    expect(interfaceOf('Database')).not.toContain('schema_migrations');
    expect(interfaceOf('Database')).not.toContain('schema_again');
  });

  it('notice when the file no longer matches the database', async () => {
    const file = join(folder, 'schema.ts');
    await writeSchemaTypes(database.ownerUrl, file);
    expect(await schemaDrift(database.ownerUrl, file)).toBe(false);
    writeFileSync(file, readFileSync(file, 'utf8').replace('bytes: Buffer', 'bytes: string'));
    expect(await schemaDrift(database.ownerUrl, file)).toBe(true);
  });
});
