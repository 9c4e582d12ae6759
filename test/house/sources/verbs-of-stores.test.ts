import ts from 'typescript';
import { expect, it } from 'vitest';
import {
  type ExportedFunction,
  exportedFunctions,
  nodesOf,
  productFiles,
  textOf,
  treeOf,
} from '#test/support/sources.ts';

const style = textOf('docs/STYLE.md');

/** The verbs that docs/STYLE.md lists for stores: those of every store, and those of the domain. */
const listed = (opening: string) =>
  [
    ...style
      .slice(style.indexOf(opening))
      .split('\n- ')[0]!
      .matchAll(/`([a-z]+)`/g),
  ].map(([, verb]) => verb!);
const verbs = new Set([...listed('Verbs of stores and services:'), ...listed('Verbs of the domain in stores:')]);

/** The calls by which a handle, a lease or a finished statement goes to the database. */
const sending = /^(query|execute\w*|stream|along)$/;

/**
 * The exported functions of a store that send something or wait for it, also where their type is inferred. A noun
 * returns a part of a statement.
 */
function actingIn(file: string, text?: string): string[] {
  const tree = treeOf(file, text);
  const sends = (node: ts.Node) =>
    nodesOf(node, ts.isCallExpression).some(
      ({ expression }) => ts.isPropertyAccessExpression(expression) && sending.test(expression.name.text),
    );
  const acts = ({ node }: ExportedFunction) =>
    node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ||
    node.type?.getText().startsWith('Promise<') ||
    // A function with any other type promises nothing: it makes what sends later.
    (/^(void)?$/.test(node.type?.getText() ?? '') && node.body !== undefined && sends(node.body));
  const functions = exportedFunctions(tree);
  const acting = new Set(functions.filter(acts).map(({ name }) => name));
  const passesOn = ({ node }: ExportedFunction) =>
    node.type === undefined &&
    node.body !== undefined &&
    nodesOf(node.body, ts.isCallExpression).some(({ expression }) => acting.has(expression.getText()));
  return functions.filter((one) => acting.has(one.name) || passesOn(one)).map(({ name }) => name);
}

const firstWord = (name: string) => /^[a-z]+/.exec(name)![0];

const stores = productFiles('src/', /\.store\.ts$/);

it('a function of a store begins with a verb of the rules of style', () => {
  const named = stores.flatMap((file) => actingIn(file).map((name) => ({ file, name })));
  expect(named.length).toBeGreaterThan(150);
  expect(named.filter(({ name }) => !verbs.has(firstWord(name)))).toEqual([]);
  // A verb that no store uses any more leaves the list.
  const used = new Set(named.map(({ name }) => firstWord(name)));
  expect([...verbs].filter((verb) => !used.has(verb))).toEqual([]);
});

it('the scan sees functions that act, and leaves parts of statements', () => {
  const text = `
    export async function makeRow() {}
    export function makeRows(): Promise<void> { return makeRow(); }
    export function rowColumns() { return 1; }
    export function makeLists(held) { return held.query('select 1'); }
    export function makeNothing(): void { held.along(statement); }
    export const makeList = (db) => db.selectFrom('x').execute();
    export function sender(held): Sending { return () => held.query('select 1'); }
    export function makeMore(db) { return makeList(db); }
    async function inner() {}`;
  expect(actingIn('x.ts', text)).toEqual(['makeRow', 'makeRows', 'makeLists', 'makeNothing', 'makeList', 'makeMore']);
});
