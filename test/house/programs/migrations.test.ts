import { mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acceptMigrations, migrationFaults } from '../../../bin/migrations.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dudao-accepted-'));
  file('0001_guard_places', 'select 1;');
  file('0002_add_wells', 'select 2;');
  acceptMigrations(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, sql: string): void {
  writeFileSync(join(folder, `${name}.sql`), sql);
}

describe('the check of migrations', () => {
  it('accepts unchanged files, also on a checkout that changes line ends', () => {
    file('0003_fill_wells', 'select 3;\n');
    acceptMigrations(folder);
    file('0003_fill_wells', 'select 3;\r\n');
    expect(migrationFaults(folder)).toEqual([]);
  });

  it('refuses a change, and accepting does not hide it', () => {
    file('0001_guard_places', 'select 3;');
    expect(acceptMigrations(folder)).toEqual([]);
    expect(migrationFaults(folder)).toEqual([expect.stringMatching(/^0001_guard_places：列入 .* 之后被改动过/)]);
  });

  it('refuses files that nobody has accepted, and missing files', () => {
    file('0003_fill_wells', 'select 3;');
    expect(migrationFaults(folder)).toEqual([expect.stringContaining('0003_fill_wells：还没有列入')]);
    expect(acceptMigrations(folder)).toEqual(['0003_fill_wells']);
    expect(migrationFaults(folder)).toEqual([]);
    unlinkSync(join(folder, '0003_fill_wells.sql'));
    expect(migrationFaults(folder)).toEqual([expect.stringContaining('文件却没有了')]);
  });

  it.each(['0004_add_rivers', '0002_add_rivers'])('refuses a gap and a number that is given twice: %s', (name) => {
    file(name, 'select 4;');
    acceptMigrations(folder);
    expect(migrationFaults(folder)).toEqual([expect.stringContaining('编号应为 0003')]);
  });

  it.each(['0003_rivers', '0003_dig_wells', '0003_add', '0003_add_v2', '0003_add_Wells', '0003_'])(
    'refuses a name that is not a verb of the list and what the verb is about: %s',
    (name) => {
      file(name, 'select 4;');
      acceptMigrations(folder);
      expect(migrationFaults(folder)).toEqual([expect.stringContaining('动词取自')]);
    },
  );
});
