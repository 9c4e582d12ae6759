import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fingerprintOf } from '../../../bin/fingerprint.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'dudao-fingerprint-'));
  mkdirSync(join(root, 'src/part'), { recursive: true });
  mkdirSync(join(root, 'dist'));
  write('src/one.ts', 'one');
  write('src/part/two.ts', 'two');
  write('package.json', '{}');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(root, name), text);
const ledger = () => join(root, 'dist/files.json');
/** Milliseconds within which a file is not noted yet. */
const young = 100;
const fingerprint = () => fingerprintOf(root, ['src', 'package.json', 'absent.ts'], ledger(), young);
const noted = () => Object.keys(JSON.parse(readFileSync(ledger(), 'utf8'))).sort();

it('names the content: another text, another file, another name; tests do not count', () => {
  const first = fingerprint();
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(fingerprint()).toBe(first);
  write('src/one.test.ts', 'a test');
  expect(fingerprint()).toBe(first);
  write('src/three.ts', '');
  const second = fingerprint();
  expect(second).not.toBe(first);
  rmSync(join(root, 'src/three.ts'));
  expect(fingerprint()).toBe(first);
});

it('a file that was noted is read again when only its content has changed, at the same size and time', async () => {
  const first = fingerprint();
  const { atime, mtime } = statSync(join(root, 'src/one.ts'));
  await pause(2 * young);
  expect(fingerprint()).toBe(first);
  expect(noted()).toEqual(['package.json', 'src/one.ts', 'src/part/two.ts']);
  write('src/one.ts', 'eno');
  utimesSync(join(root, 'src/one.ts'), atime, mtime);
  const second = fingerprint();
  expect(second).not.toBe(first);
  // It changed a moment ago, and could change again within the clock's step.
  expect(noted()).toEqual(['package.json', 'src/part/two.ts']);
  write('src/one.ts', 'one');
  expect(fingerprint()).toBe(first);
});

it('believes its notes, and works without them', async () => {
  await pause(2 * young);
  const first = fingerprint();
  const notes = JSON.parse(readFileSync(ledger(), 'utf8'));
  notes['src/one.ts'].content = 'another';
  writeFileSync(ledger(), JSON.stringify(notes));
  expect(fingerprint()).not.toBe(first);
  writeFileSync(ledger(), '{ broken');
  expect(fingerprint()).toBe(first);
  rmSync(join(root, 'dist'), { recursive: true });
  expect(fingerprint()).toBe(first);
  expect(existsSync(ledger())).toBe(false);
});
