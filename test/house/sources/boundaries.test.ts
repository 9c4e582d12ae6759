import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser';
import { afterAll, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const { options, ...ruleSet } = createRequire(import.meta.url)(path.join(root, '.dependency-cruiser.cjs')) as {
  options: ICruiseOptions;
} & IFlattenedRuleSet;

const folder = mkdtempSync(path.join(tmpdir(), 'boundaries-'));
symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The rules that these made-up files break, each with the file that breaks it. */
async function broken(files: Readonly<Record<string, string>>): Promise<string[]> {
  rmSync(path.join(folder, 'src'), { recursive: true, force: true });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  const { tsConfig: _ours, ...how } = options;
  const { output } = await cruise(['src'], { ...how, ruleSet, validate: true, baseDir: folder });
  const { modules, summary } = output as ICruiseResult;
  expect(modules.map(({ source }) => source)).toEqual(expect.arrayContaining(Object.keys(files)));
  return summary.violations.map(({ rule, from }) => `${rule.name} ${from}`).sort();
}

const shape = `import { z } from 'zod';\nexport const one = z.string();\n`;

it('the domain uses zod in its shapes and nowhere else', async () => {
  const found = await broken({
    'src/domain/tree/tree.shape.ts': shape,
    'src/domain/tree/tree.ts': shape,
    'src/domain/tree/type.ts': `import type { z } from 'zod';\nexport type One = z.ZodString;\n`,
    'src/domain/tree/leaf.ts': `export { one } from './tree.shape.ts';\n`,
    'src/domain/tree/tree.test.ts': shape,
  });
  expect(found).toEqual(['2-domain-is-pure src/domain/tree/tree.ts', '2-domain-is-pure src/domain/tree/type.ts']);
});

it('in the domain the kit knows no other room, and stats knows the kit alone', async () => {
  const room = (name: string, imports: readonly string[]) => [
    `src/domain/${name}/${name}.ts`,
    imports.map((other) => `import { ${other} } from '../${other}/${other}.ts';\n`).join('') +
      `export const ${name} = [${imports.join(', ')}];\n`,
  ];
  const rooms = (kit: readonly string[], stats: readonly string[], balance: readonly string[]) =>
    broken(Object.fromEntries([room('org', []), room('kit', kit), room('stats', stats), room('balance', balance)]));
  expect(await rooms([], ['kit'], ['kit', 'stats', 'org'])).toEqual([]);
  expect(await rooms(['org'], ['org'], ['kit', 'stats'])).toEqual([
    '2-domain-order src/domain/kit/kit.ts',
    '2-domain-order src/domain/stats/stats.ts',
  ]);
  expect(await rooms(['stats'], [], ['kit', 'stats'])).toEqual(['2-domain-order src/domain/kit/kit.ts']);
});

it('a shape of the domain takes zod and nothing else from outside', async () => {
  const found = await broken({
    'src/domain/tree/tree.shape.ts': `import { readFileSync } from 'node:fs';\nimport { route } from '../../contract/tree.ts';\nexport const read = [readFileSync, route];\n`,
    'src/contract/tree.ts': shape,
  });
  expect(found).toEqual([
    '2-domain-shapes src/domain/tree/tree.shape.ts',
    '2-domain-shapes src/domain/tree/tree.shape.ts',
  ]);
});
