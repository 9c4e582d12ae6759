import ts from 'typescript';
import { expect, it } from 'vitest';
import { nodesOf, productFiles, textOf, treeOf } from '#test/support/sources.ts';
import { coreTables, coreViews } from '#test/support/statements/distribution.ts';
import { features } from '../../../src/server/app/features.ts';

interface Declared {
  readonly file: string;
  readonly feature: string;
  readonly own: readonly string[];
  readonly read: readonly string[];
}

const isHandle = (node: ts.Node): node is ts.TypeReferenceNode =>
  ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) && node.typeName.text === 'Handle';

/** Every `Handle<own, read>` in a feature, from the syntax tree of its file. */
const declared: readonly Declared[] = productFiles('src/server/features/', /\.ts$/)
  .filter((file) => textOf(file).includes('Handle<'))
  .flatMap((file) =>
    nodesOf(treeOf(file), isHandle).map(({ typeArguments: [own, read] = [] as never }) => ({
      ...{ file, feature: file.split('/')[3]! },
      ...{ own: namesIn(own), read: namesIn(read) },
    })),
  );

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
