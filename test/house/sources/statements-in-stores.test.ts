import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const source = path.resolve(import.meta.dirname, '../../../src');

/** Where statements stand beside the stores, with the reason. */
const technique: readonly (readonly [RegExp, string])[] = [
  [/^server\/platform\/db\//, 'the way to the database: handles, migrations, the catalogue from which types are made'],
  [/^server\/platform\/postgres\//, 'the server itself: its roles and its databases, before there is a table'],
];
const statement =
  /^\s*(select\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|with\s+\w+\s+as\s|set\s+local\s|truncate\s|drop\s+(schema|table)\s)/i;

function statementsIn(file: string, text: string): string[] {
  const found: string[] = [];
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const see = (node: ts.Node) =>
    found.push(
      `${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${node.getText().slice(0, 50)}`,
    );
  const walk = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && statement.test(node.text)) see(node);
    if (ts.isTemplateExpression(node) && statement.test(node.head.text)) see(node);
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'sql') see(node);
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      if (/^(query|selectFrom|insertInto|updateTable|deleteFrom)$/.test(node.expression.name.text)) see(node);
    }
    ts.forEachChild(node, walk);
  };
  walk(tree);
  return found;
}

const files = ['server', 'sample'].flatMap((room) =>
  readdirSync(path.join(source, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => {
      const text = readFileSync(path.join(source, room, name), 'utf8');
      return { file: `${room}/${name}`, text, found: statementsIn(`${room}/${name}`, text) };
    }),
);

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
  const held = files.filter(({ file }) => !technique.some(([place]) => place.test(file)));
  expect(held.length).toBeGreaterThan(250);
  const empty = held.filter(({ text }) => /\bselect from\b/i.test(text));
  expect(empty.map(({ file }) => file)).toEqual([]);
});
