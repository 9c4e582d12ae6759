import ts from 'typescript';
import { expect, it } from 'vitest';
import { codeOf, nodesOf, placeOf, productFiles, treeOf } from '#test/support/sources.ts';

/** Where statements stand beside the stores, with the reason. */
const technique: readonly (readonly [RegExp, string])[] = [
  [
    /^src\/server\/platform\/db\//,
    'the way to the database: handles, migrations, the catalogue from which types are made',
  ],
  [/^src\/server\/platform\/postgres\//, 'the server itself: its roles and its databases, before there is a table'],
];
const statement =
  /^\s*(select\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|with\s+\w+\s+as\s|set\s+local\s|truncate\s|drop\s+(schema|table)\s)/i;

const isStatement = (node: ts.Node): node is ts.Node =>
  (ts.isStringLiteralLike(node) && statement.test(node.text)) ||
  (ts.isTemplateExpression(node) && statement.test(node.head.text)) ||
  (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'sql') ||
  (ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    /^(query|selectFrom|insertInto|updateTable|deleteFrom)$/.test(node.expression.name.text));

const statementsIn = (file: string, text?: string): string[] =>
  nodesOf(treeOf(file, text), isStatement).map((node) => `${placeOf(node)} ${node.getText().slice(0, 50)}`);

const files = ['src/server/', 'src/sample/']
  .flatMap((room) => productFiles(room, /\.ts$/))
  .map((file) => ({ file, found: statementsIn(file) }));

it('a statement to the database stands in a store', () => {
  const stores = files.filter(({ file, found }) => file.endsWith('.store.ts') && found.length > 0);
  expect(stores.length).toBeGreaterThan(40);
  const others = files.filter(
    ({ file }) => !file.endsWith('.store.ts') && !technique.some(([place]) => place.test(file)),
  );
  expect(others.flatMap(({ found }) => found)).toEqual([]);
});

it('the scan sees every way to write a statement', () => {
  for (const text of [
    "f('select 1');",
    `\`\n  insert into x \${y}\`;`,
    'sql`now()`;',
    'held.query(text);',
    "db.selectFrom('x');",
  ]) {
    expect(statementsIn('x.ts', text).length, text).toBeGreaterThan(0);
  }
  expect(statementsIn('x.ts', "f('select'); ctx.query.year;")).toEqual([]);
});

it('no statement has an empty list of columns: a distributed database refuses to plan some of them', () => {
  const held = [...files.map(({ file }) => file), ...productFiles('migrations/again/')].filter(
    (file) => !technique.some(([place]) => place.test(file)),
  );
  expect(held.length).toBeGreaterThan(250);
  expect(held.filter((file) => /\bselect\s+from\b/i.test(codeOf(file)))).toEqual([]);
});
