import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const style = readFileSync(path.join(root, 'docs/STYLE.md'), 'utf8');

/** The verbs that docs/STYLE.md lists for stores: those of every store, and those of the domain. */
const listed = (opening: string) =>
  [
    ...style
      .slice(style.indexOf(opening))
      .split('\n- ')[0]!
      .matchAll(/`([a-z]+)`/g),
  ].map(([, verb]) => verb!);
const verbs = new Set([...listed('Verbs of stores and services:'), ...listed('Verbs of the domain in stores:')]);

/** Exported functions of a store that do something later than at once: a promise. A noun returns a part of a statement. */
function actingIn(file: string, text: string): string[] {
  return ts
    .createSourceFile(file, text, ts.ScriptTarget.Latest, true)
    .statements.filter(ts.isFunctionDeclaration)
    .filter((one) => one.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
    .filter(
      (one) =>
        one.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ||
        one.type?.getText().startsWith('Promise<'),
    )
    .map((one) => one.name!.text);
}

const firstWord = (name: string) => /^[a-z]+/.exec(name)![0];

const stores = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.store.ts'),
);

it('a function of a store begins with a verb of the rules of style', () => {
  const named = stores.flatMap((file) =>
    actingIn(file, readFileSync(path.join(root, 'src', file), 'utf8')).map((name) => ({ file, name })),
  );
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
    async function inner() {}`;
  expect(actingIn('x.ts', text)).toEqual(['makeRow', 'makeRows']);
});
