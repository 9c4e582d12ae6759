import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { coreTables, coreViews } from '#test/support/statements/distribution.ts';
import { features } from '../../../src/server/app/features.ts';

const folder = path.resolve(import.meta.dirname, '../../../src/server/features');

interface Declared {
  readonly file: string;
  readonly feature: string;
  readonly own: readonly string[];
  readonly read: readonly string[];
}

/** Every `Handle<own, read>` in a feature, from the syntax tree of its file. */
const declared: readonly Declared[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .flatMap((file) => {
    const tree = ts.createSourceFile(file, readFileSync(path.join(folder, file), 'utf8'), ts.ScriptTarget.Latest);
    return referencesTo('Handle', tree).map(({ typeArguments: [own, read] = [] as never }) => ({
      ...{ file, feature: file.split('/')[0]! },
      ...{ own: namesIn(own), read: namesIn(read) },
    }));
  });

function referencesTo(name: string, node: ts.Node): ts.TypeReferenceNode[] {
  const found: ts.TypeReferenceNode[] = [];
  const walk = (one: ts.Node): void => {
    if (ts.isTypeReferenceNode(one) && ts.isIdentifier(one.typeName) && one.typeName.text === name) found.push(one);
    ts.forEachChild(one, walk);
  };
  walk(node);
  return found;
}

/** The members of a union of names; `never` is none of them. */
function namesIn(type: ts.TypeNode | undefined): string[] {
  if (type === undefined || type.kind === ts.SyntaxKind.NeverKeyword) return [];
  if (ts.isUnionTypeNode(type)) return type.types.flatMap(namesIn);
  if (ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal)) return [type.literal.text];
  throw new Error('a handle names its tables one by one');
}

/** What every statement may name: the tables of the core, registers, and published views. */
const open = new Set([
  ...coreTables,
  ...coreViews,
  ...features.flatMap(({ registers = [], views = [] }) => [...registers, ...views]),
]);

it('is declared by every feature that has tables', () => {
  const declaring = new Set(declared.map(({ feature }) => feature));
  const owning = features.filter(({ tables, registers }) => tables.some((table) => !registers?.includes(table)));
  expect(owning.length).toBeGreaterThan(2);
  for (const { name } of owning) expect(declaring).toContain(name);
});

it('the handle of a feature gives its own tables, and of others what is open to all', () => {
  for (const { file, feature, own, read } of declared) {
    const { tables } = features.find(({ name }) => name === feature)!;
    expect(
      own.filter((table) => !tables.includes(table)),
      file,
    ).toEqual([]);
    expect(
      read.filter((name) => !open.has(name)),
      file,
    ).toEqual([]);
    expect(
      read.filter((name) => tables.includes(name)),
      `${file} reads as another's what is its own`,
    ).toEqual([]);
  }
});
