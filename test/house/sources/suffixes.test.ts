import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');

/** The suffixes of the table in docs/STYLE.md: `.routes`, `.act`, … */
const suffixes = readFileSync(path.join(root, 'docs/STYLE.md'), 'utf8')
  .split('\n')
  .flatMap((line) => (line.startsWith('| `.') ? [...(line.split('|')[1] ?? '').matchAll(/`(\.\w+)\.ts`/g)] : []))
  .map(([, suffix]) => suffix!);

/** The role that a file claims: `.store` of `filing.list.store.ts`; undefined for a plain noun. */
const roleOf = (file: string) => /^[^.]+(?:\.[a-z-]+)*?(\.[a-z]+)?\.ts$/.exec(path.basename(file))?.[1];

const filesIn = (place: string) =>
  readdirSync(path.join(root, 'src', place), { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.tsx?$/.test(file),
  );

describe('every file has one role, by the table of the rules of style', () => {
  it('the table is read', () => {
    expect(suffixes.length).toBeGreaterThan(12);
    expect(suffixes).toContain('.store');
    expect(['a.ts', 'a.store.ts', 'a.work.store.ts', 'a-b.job.ts'].map(roleOf)).toEqual([
      ...[undefined, '.store', '.store', '.job'],
    ]);
  });

  it('in a feature each file says its role', () => {
    const files = filesIn('server/features');
    expect(files.length).toBeGreaterThan(130);
    expect(files.filter((file) => !suffixes.includes(roleOf(file) ?? ''))).toEqual([]);
  });

  it.each(['server/core', 'contract'])('in %s a file is a plain noun, or says a role of the table', (place) => {
    const files = filesIn(place);
    expect(files.length).toBeGreaterThan(30);
    expect(files.filter((file) => roleOf(file) !== undefined && !suffixes.includes(roleOf(file)!))).toEqual([]);
  });

  it('a plain noun of the contract is a chapter of routes, but for the three that say what a route is', () => {
    const plain = filesIn('contract').filter((file) => roleOf(file) === undefined);
    const chapters = plain.filter((file) =>
      /\b(route|importRoutes)\(/.test(readFileSync(path.join(root, 'src/contract', file), 'utf8')),
    );
    expect(plain.filter((file) => !chapters.includes(file)).sort()).toEqual(['index.ts', 'openapi.ts', 'route.ts']);
  });
});
