import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, textOf } from '#test/support/sources.ts';

/** The suffixes of the table in docs/STYLE.md: `.routes`, `.act`, … */
const suffixes = textOf('docs/STYLE.md')
  .split('\n')
  .flatMap((line) => (line.startsWith('| `.') ? [...(line.split('|')[1] ?? '').matchAll(/`(\.\w+)\.tsx?`/g)] : []))
  .map(([, suffix]) => suffix!);

/** The role that a file claims: `.store` of `filing.list.store.ts`; undefined for a plain noun. */
const roleOf = (file: string) => /^[^.]+(?:\.[a-z-]+)*?(\.[a-z]+)?\.tsx?$/.exec(path.basename(file))?.[1];

const namesIn = (place: string) => readdirSync(path.join(root, place), { recursive: true, encoding: 'utf8' });
const filesIn = (place: string) => namesIn(`src/${place}`).filter((file) => /\.tsx?$/.test(file));

describe('every file has one role, by the table of the rules of style', () => {
  it('the table is read', () => {
    expect(suffixes.length).toBeGreaterThan(17);
    expect(suffixes).toContain('.store');
    expect(
      ['a.ts', 'a.store.ts', 'a.work.store.ts', 'a-b.job.ts', 'A.view.tsx', 'A.browser.test.tsx'].map(roleOf),
    ).toEqual([undefined, '.store', '.store', '.job', '.view', '.test']);
  });

  it('the table has no suffix that no file carries', () => {
    const carried = new Set(filesIn('').map(roleOf));
    expect(suffixes.filter((suffix) => !carried.has(suffix))).toEqual([]);
  });

  it('in a feature each file says its role', () => {
    const files = filesIn('server/features');
    expect(files.length).toBeGreaterThan(130);
    expect(files.filter((file) => !suffixes.includes(roleOf(file) ?? ''))).toEqual([]);
  });

  it.each(['server/core', 'server/platform', 'server/app', 'contract', 'domain', 'sample', 'web'])(
    'in %s a file is a plain noun, or says a role of the table',
    (place) => {
      const files = filesIn(place);
      expect(files.length).toBeGreaterThan(15);
      expect(files.filter((file) => roleOf(file) !== undefined && !suffixes.includes(roleOf(file)!))).toEqual([]);
    },
  );

  it('a plain noun of the contract is a chapter of routes, but for the three that say what a route is', () => {
    const plain = filesIn('contract').filter((file) => roleOf(file) === undefined);
    const chapters = plain.filter((file) => /\b(route|importRoutes)\(/.test(textOf(`src/contract/${file}`)));
    expect(plain.filter((file) => !chapters.includes(file)).sort()).toEqual(['index.ts', 'openapi.ts', 'route.ts']);
  });
});

describe('a folder is parted before it has 25 entries', () => {
  it('in the sources and in the tests', () => {
    const counts = new Map<string, number>();
    for (const place of ['src', 'test']) {
      for (const name of namesIn(place)) {
        const folder = path.dirname(path.join(place, name));
        counts.set(folder, (counts.get(folder) ?? 0) + 1);
      }
    }
    expect(counts.size).toBeGreaterThan(100);
    expect([...counts].filter(([, count]) => count >= 25).map(([folder]) => folder)).toEqual([]);
  });
});
