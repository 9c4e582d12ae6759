import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { createSecretFile, writeSecretFile } from './data-folder.ts';
import { readState } from './embedded/state.ts';
import { ensureAppRole } from './roles.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dudao-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a secret', () => {
  it('is replaced as a whole or made once, closed to others, with no leftover files', () => {
    const file = join(folder, 'one');
    writeSecretFile(file, 'first');
    writeSecretFile(file, 'second');
    createSecretFile(file, 'third');
    expect(readFileSync(file, 'utf8')).toBe('second');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['one']);
  });

  it.runIf(process.getuid?.() === 0)('made by root belongs to the owner of the folder', () => {
    chownSync(folder, 65534, 65534);
    createSecretFile(join(folder, 'one'), 'secret');
    expect(statSync(join(folder, 'one')).uid).toBe(65534);
  });
});

describe('a damaged file is reported in a sentence', () => {
  const damaged = (name: string) => writeFileSync(join(folder, name), '{"pass');

  it('for the embedded server', () => {
    damaged('embedded.json');
    expect(() => readState(folder)).toThrow(/embedded\.json 已损坏.*请从备份恢复/);
  });

  it('for the application’s role', async () => {
    writeFileSync(join(folder, 'dudao-data'), '');
    damaged('app-role.json');
    const dataDir = folder;
    await expect(ensureAppRole('postgres://u:p@127.0.0.1:9/dudao', { dataDir })).rejects.toThrow(
      /app-role\.json 已损坏.*删除这个文件/,
    );
  });
});

it('the embedded server keeps the data of statements out of its log', async () => {
  const client = new pg.Client({ connectionString: inject('cluster').ownerUrl });
  await client.connect();
  const { rows } = await client.query(
    `select setting from pg_settings where name in ('log_parameter_max_length', 'log_parameter_max_length_on_error')`,
  );
  await client.end();
  expect(rows).toEqual([{ setting: '0' }, { setting: '0' }]);
});
