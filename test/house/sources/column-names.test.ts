import ts from 'typescript';
import { expect, it } from 'vitest';
import { nodesOf, placeOf, productFiles, textOf, treeOf } from '#test/support/sources.ts';

const snakeCase = /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/;

/** Where a name is somebody else's and cannot be ours, with the reason. */
const foreign: readonly (readonly [RegExp, string])[] = [
  [/\.store\.ts$/, 'a store speaks to the database and renames its columns'],
  [
    /^src\/server\/platform\/db\//,
    'the way to the database: generated types, the catalogue of PostgreSQL, options of pg',
  ],
  [/^src\/server\/platform\/postgres\/embedded\/settings\.ts$/, 'parameters of PostgreSQL'],
  [/^src\/server\/platform\/files\/(tus-store|tus)\.ts$/, 'names of the library for uploads'],
  [/^src\/server\/app\/commands\/serve\.ts$/, 'npm sets npm_lifecycle_event'],
  [/^src\/contract\/\w+\/audit\.words\.ts$/, 'what audit rows hold for good: the columns of the rows they tell of'],
];

/** The names of properties and the names that a pattern takes out of an object. */
function namesOf(node: ts.Node): ts.Node | undefined {
  if (ts.isPropertyAccessExpression(node)) return node.name;
  if (ts.isElementAccessExpression(node)) return node.argumentExpression;
  if (ts.isBindingElement(node)) return node.propertyName ?? node.name;
  return ts.isPropertySignature(node) || ts.isPropertyDeclaration(node) || ts.isObjectLiteralElementLike(node)
    ? node.name
    : undefined;
}

function columnNames(file: string, text?: string): string[] {
  return nodesOf(treeOf(file, text), (node): node is ts.Node => {
    const name = namesOf(node);
    return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) && snakeCase.test(name.text);
  }).map((node) => {
    const name = namesOf(node) as ts.Identifier | ts.StringLiteral;
    return `${placeOf(name)} ${name.text}`;
  });
}

const written = productFiles('src/', /\.tsx?$/);
// A file without such a word names no column; most of them need no tree.
const files = written
  .filter((file) => /\b[a-z][a-z0-9]*_[a-z0-9_]+\b/.test(textOf(file)))
  .map((file) => ({ file, found: columnNames(file) }));

it('no column of the database is named above a store', () => {
  expect(written.length).toBeGreaterThan(600);
  expect(files.length).toBeGreaterThan(80);
  const ours = files.filter(({ file }) => !foreign.some(([place]) => place.test(file)));
  expect(ours.flatMap(({ found }) => found)).toEqual([]);
});

it('every exception is still needed', () => {
  for (const [place, reason] of foreign) {
    expect(
      files.some(({ file, found }) => place.test(file) && found.length > 0),
      reason,
    ).toBe(true);
  }
});

it('the scan sees every way to name a column', () => {
  const ways = ['row.run_at;', "row['run_at'];", 'const { run_at } = row;', 'const x = { run_at: 1 };'];
  for (const way of [...ways, 'const { run_at: at } = row;', 'interface Row { run_at: Date }', 'f({ run_at });']) {
    expect(columnNames('x.ts', way), way).toEqual(['x.ts:1 run_at']);
  }
});
