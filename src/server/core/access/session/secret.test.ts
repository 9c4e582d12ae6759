import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { StartError } from '#platform/config/start-error.ts';
import { readOrCreateSecret } from './secret.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dudao-secret-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('the secret of the sessions is made once, and a damaged one is reported in a sentence', () => {
  const secret = readOrCreateSecret(folder);
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  expect(readOrCreateSecret(folder)).toBe(secret);
  writeFileSync(join(folder, 'auth-secret'), secret.slice(0, 10));
  expect(() => readOrCreateSecret(folder)).toThrow(StartError);
});
