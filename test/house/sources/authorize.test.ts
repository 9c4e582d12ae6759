import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const server = path.resolve(import.meta.dirname, '../../../src/server');

/**
 * The calls of `authorize` that ask for no subject: what they look at is the person alone, by the context or by a
 * constant that was made of it. Such a right stands on the route, as `access` or `reach`, where everybody can read it.
 */
function subjectless(file: string, text: string): string[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const constants = new Map<string, ts.Expression>();
  const calls: ts.CallExpression[] = [];
  const walk = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
      constants.set(node.name.text, node.initializer);
    }
    if (ts.isCallExpression(node) && /(^|\.)authorize$/.test(node.expression.getText())) calls.push(node);
    ts.forEachChild(node, walk);
  };
  walk(tree);
  return calls
    .filter(({ arguments: [allowed] }) => allowed !== undefined && !asksForSubject(allowed, constants, new Set()))
    .map((call) => `${file}: ${call.getText()}`);
}

function asksForSubject(node: ts.Node, constants: ReadonlyMap<string, ts.Expression>, seen: Set<string>): boolean {
  if (ts.isIdentifier(node)) {
    if (node.text === 'ctx' || node.text === 'undefined' || seen.has(node.text)) return false;
    seen.add(node.text);
    const made = constants.get(node.text);
    return made === undefined || asksForSubject(made, constants, seen);
  }
  if (ts.isPropertyAccessExpression(node)) {
    // Reading from the database is the way to a subject.
    return node.getText() === 'ctx.db' || asksForSubject(node.expression, constants, seen);
  }
  if (ts.isCallExpression(node)) {
    const called = ts.isIdentifier(node.expression) ? [] : [node.expression];
    return [...called, ...node.arguments].some((part) => asksForSubject(part, constants, seen));
  }
  return ts.forEachChild(node, (child) => asksForSubject(child, constants, seen) || undefined) ?? false;
}

it('authorize is asked only with a subject in hand; level and reach alone stand on the route', () => {
  const files = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const texts = files.map((file) => [file, readFileSync(path.join(server, file), 'utf8')] as const);
  expect(texts.filter(([, text]) => text.includes('ctx.authorize(')).length).toBeGreaterThan(8);
  expect(texts.flatMap(([file, text]) => subjectless(file, text))).toEqual([]);
});

it('the scan sees a right without a subject also behind a constant or a function', () => {
  const refused = [
    'ctx.authorize(true);',
    'ctx.authorize(ctx.scope.schools === null);',
    "ctx.authorize(ctx.actor.level === 'city', problem('flow.notYours'));",
    'const officer = ctx.scope.schools === null; ctx.authorize(officer);',
    "ctx.authorize(holds(ctx.actor, 'balance.run'));",
  ];
  for (const text of refused) expect(subjectless('x.ts', text), text).toHaveLength(1);
  const allowed = [
    'ctx.authorize(person.id !== ctx.actor.userId);',
    'const own = ctx.scope.schools; ctx.authorize(own === null || own.includes(params.schoolId));',
    'const unit = await findUnit(ctx.db, 3); ctx.authorize(mayNameContact(ctx, unit));',
  ];
  for (const text of allowed) expect(subjectless('x.ts', text), text).toEqual([]);
});
