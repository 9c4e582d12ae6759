import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { routes } from '#contract/index.ts';
import { features } from '../../src/server/app/features.ts';

const root = path.resolve(import.meta.dirname, '../..');

it('a feature has one name: its folder, its manifest, its routes and its pages', () => {
  const folders = readdirSync(path.join(root, 'src/server/features'));
  expect(features.map((feature) => feature.name).sort()).toEqual(folders.sort());
  const pages = readdirSync(path.join(root, 'src/web/features'));
  const contracts = new Set(routes.map((route) => route.name.split('.')[0]));
  for (const folder of pages) {
    const known = contracts.has(folder) || existsSync(path.join(root, 'src/server/features', folder));
    expect(known, `src/web/features/${folder} has neither routes nor a server feature of its name`).toBe(true);
  }
});

it('every route is named once, and its path leads to one handler', () => {
  const names = routes.map((route) => route.name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  const doors = routes.map((route) => `${route.method} ${route.path.replaceAll(/:\w+/g, ':')}`);
  expect(doors.filter((door, index) => doors.indexOf(door) !== index)).toEqual([]);
});
