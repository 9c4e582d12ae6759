import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, textOf } from '#test/support/sources.ts';

interface Entry {
  readonly version?: string;
  /** Where a package comes from, if not from the registry in use. */
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}

const { dependencies, optionalDependencies, devDependencies } = JSON.parse(textOf('package.json')) as Record<
  'dependencies' | 'optionalDependencies' | 'devDependencies',
  Readonly<Record<string, string>>
>;
const locked = Object.entries(
  (JSON.parse(textOf('package-lock.json')) as { packages: Record<string, Entry> }).packages,
).filter(([place]) => place !== '');

describe('the list of packages', () => {
  it('names each with its version and the sum of its content; none comes from elsewhere than the registry', () => {
    expect(locked.length).toBeGreaterThan(300);
    const elsewhere = locked.filter(([, { resolved, link }]) => resolved !== undefined || link === true);
    expect(elsewhere.map(([place]) => place)).toEqual([]);
    expect(locked.filter(([, { version }]) => version === undefined)).toEqual([]);
    const unsummed = locked.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? ''));
    // docs/decisions/0007-lockfile.md: binaries of another platform that the registry in use did not carry.
    const known = ([, { optional, os, cpu }]: (typeof locked)[number]) =>
      optional === true && (os ?? cpu) !== undefined;
    expect(unsummed.filter((one) => !known(one)).map(([place]) => place)).toEqual([]);
    expect(unsummed.length).toBeLessThan(40);
  });

  it('is asked for by exact versions: nobody gets another one than was tested', () => {
    const asked = Object.entries({ ...dependencies, ...optionalDependencies, ...devDependencies });
    expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it('has no second lockfile beside it', () => {
    for (const name of ['yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'npm-shrinkwrap.json']) {
      expect(existsSync(path.join(root, name)), name).toBe(false);
    }
  });
});
