import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { nobody } from '#platform/postgres/embedded/account.ts';

/** The loader where another account reaches it, wherever the checkout lies. */
const place = mkdtempSync(join(tmpdir(), 'dudao-loader-'));
const loader = join(place, 'load.mjs');
copyFileSync(join(import.meta.dirname, '../../../bin/load.mjs'), loader);
chmodSync(place, 0o755);
afterAll(() => rmSync(place, { recursive: true, force: true }));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dudao-load-'));
  write('main.cjs', `exports.say = () => require('./part.cjs').word + require('node:path').sep;`);
  write('part.cjs', `exports.word = 'one';`);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const kept = () => readdirSync(folder).filter((name) => name.endsWith('.code'));
const ages = () => kept().map((name) => statSync(join(folder, name)).ino);

/** What a process says that loads the program and then keeps its code. */
function start(flags: readonly string[] = [], account: { uid?: number; gid?: number } = {}): string {
  const text = `
    const { load, keepCode } = await import(${JSON.stringify(loader)});
    process.stdout.write(String(await load(${JSON.stringify(join(folder, 'main.cjs'))}).say()));
    keepCode();`;
  const child = spawnSync(process.execPath, [...flags, '--input-type=module', '-e', text], {
    encoding: 'utf8',
    ...account,
  });
  expect(child.stderr).toBe('');
  return child.stdout;
}

it('the first start keeps the code of every file, and the next one takes it', () => {
  expect(start()).toBe('one/');
  const first = ages();
  expect(first).toHaveLength(2);
  expect(start()).toBe('one/');
  expect(ages()).toEqual(first);
});

it('code serves its own text alone, also beside another one of the same length', () => {
  start();
  write('part.cjs', `exports.word = 'two';`);
  expect(start()).toBe('two/');
  expect(kept()).toHaveLength(3);
});

it('each Node keeps code of its own, also where two have one V8', () => {
  start();
  expect(kept().filter((name) => !name.includes(`-${process.version}-${process.arch}-`))).toEqual([]);
});

it('other flags keep code of their own', () => {
  start();
  expect(start(['--expose-gc'])).toBe('one/');
  expect(kept()).toHaveLength(4);
});

it.each([
  ['is no code', () => Buffer.from('x')],
  ['lost its end', (whole: Buffer) => whole.subarray(0, whole.length >> 1)],
  ['has a hole', (whole: Buffer) => Buffer.concat([whole.subarray(0, 200), Buffer.alloc(whole.length - 200)])],
] as const)('a kept file that %s stops nobody, and is replaced', (_, damaged) => {
  start();
  const whole = new Map(kept().map((name) => [name, readFileSync(join(folder, name))]));
  for (const [name, bytes] of whole) writeFileSync(join(folder, name), damaged(bytes));
  expect(start()).toBe('one/');
  for (const [name, bytes] of whole) expect(statSync(join(folder, name)).size).toBe(bytes.length);
  expect(start()).toBe('one/');
});

it('a package is found from where the file lies, one of the newer kind too', () => {
  mkdirSync(join(folder, 'node_modules', 'late'), { recursive: true });
  write('node_modules/late/package.json', '{ "name": "late", "type": "module", "exports": "./late.js" }');
  write('node_modules/late/late.js', `export const word = 'late';`);
  write('main.cjs', `exports.say = () => require('late').word;`);
  expect(start()).toBe('late');
  expect(start()).toBe('late');
});

it.skipIf(process.getuid?.() !== 0)('an account that may not write there starts and leaves nothing', () => {
  chmodSync(folder, 0o755);
  expect(start([], { uid: nobody, gid: nobody })).toBe('one/');
  expect(readdirSync(folder).sort()).toEqual(['main.cjs', 'part.cjs']);
});
