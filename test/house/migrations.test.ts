import { mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acceptMigrations, migrationFaults } from '../../bin/migrations.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dudao-accepted-'));
  file('0001_place', 'select 1;');
  file('0002_add_wells', 'select 2;');
  acceptMigrations(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, sql: string): void {
  writeFileSync(join(folder, `${name}.sql`), sql);
}

describe('the check of migrations', () => {
  it('accepts unchanged files, also on a checkout that changes line ends', () => {
    file('0002_add_wells', 'select 2;\n');
    acceptMigrations(folder, { refold: true });
    file('0002_add_wells', 'select 2;\r\n');
    expect(migrationFaults(folder)).toEqual([]);
  });

  it('refuses a change, and accepting does not hide it', () => {
    file('0001_place', 'select 3;');
    expect(acceptMigrations(folder)).toEqual([]);
    expect(migrationFaults(folder)).toEqual([expect.stringMatching(/^0001_place：列入 .* 之后被改动过/)]);
  });

  it('refuses files that nobody has accepted, and missing files', () => {
    file('0003_fill_wells', 'select 3;');
    expect(migrationFaults(folder)).toEqual([expect.stringContaining('0003_fill_wells：还没有列入')]);
    expect(acceptMigrations(folder)).toEqual(['0003_fill_wells']);
    expect(migrationFaults(folder)).toEqual([]);
    unlinkSync(join(folder, '0003_fill_wells.sql'));
    expect(migrationFaults(folder)).toEqual([expect.stringContaining('文件却没有了')]);
  });

  it('refuses a gap, a number given twice and a name that is not made of words', () => {
    for (const name of ['0004_late', '0002_again', '0003_v2', '0003_Wells', '0003_']) {
      file(name, 'select 4;');
      acceptMigrations(folder, { refold: true });
      expect(migrationFaults(folder), name).not.toEqual([]);
      unlinkSync(join(folder, `${name}.sql`));
    }
  });
});
