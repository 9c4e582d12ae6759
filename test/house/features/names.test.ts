import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { routes } from '#contract/index.ts';
import type { Services } from '#core/access/serve.ts';
import { productFiles, root, textOf } from '#test/support/sources.ts';
import { features } from '../../../src/server/app/features.ts';

const foldersIn = (place: string) =>
  readdirSync(path.join(root, place), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

it('a feature has one name: its folder, its manifest, its contract and its pages', () => {
  const names = features.map((feature) => feature.name).sort();
  expect(foldersIn('src/server/features')).toEqual(names);
  // What the chapters of all features share lies in `kit`.
  expect(foldersIn('src/contract').filter((folder) => folder !== 'kit')).toEqual(names);
  expect(foldersIn('src/web/features')).toEqual(names);
});

it('a feature serves the routes of its own chapters of the contract', async () => {
  for (const feature of features) {
    const chapters = productFiles(`src/contract/${feature.name}/`);
    const promised = new Set<string>();
    for (const chapter of chapters) {
      const values: object = await import(path.join(root, chapter));
      for (const value of Object.values(values)) {
        if (routes.includes(value)) promised.add(value.name);
      }
    }
    const served = feature.routes.map((one) => one({} as Services));
    expect(served.map(({ route }) => route.name).sort(), feature.name).toEqual([...promised].sort());
  }
});

it('a *.routes.ts exports its list of routes and nothing else', async () => {
  const files = productFiles('src/server/', /\.routes\.ts$/);
  expect(files.length).toBeGreaterThan(15);
  for (const file of files) {
    const exported = [...textOf(file).matchAll(/^export .*/gm)].map(([line]) => line);
    expect(exported, file).toHaveLength(1);
    expect(exported[0], file).toMatch(/^export (const \w+Routes = \[|function \w+Routes\()/);
  }
});

it('every route is named once, and its path leads to one handler', () => {
  const names = routes.map((route) => route.name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  const doors = routes.map((route) => `${route.method} ${route.path.replaceAll(/:\w+/g, ':')}`);
  expect(doors.filter((door, index) => doors.indexOf(door) !== index)).toEqual([]);
});
