import ts from 'typescript';
import { expect, it } from 'vitest';
import { nodesOf, productFiles, textOf, treeOf } from '#test/support/sources.ts';

/** Where a name is declared: the part of the file that knows it, and what it stands for. */
interface Declared {
  readonly within: ts.Node;
  readonly name: string;
  /** What the name was made of; undefined for what comes from outside: an import, or a parameter. */
  readonly made: ts.Expression | undefined;
  /** For a name out of a pattern, the first property that leads to it. */
  readonly property: string | undefined;
  /** The context itself. A name with a property is a part of it. */
  readonly isContext: boolean;
}

type Names = ReadonlyMap<string, readonly Declared[]>;

const isScope = (node: ts.Node) =>
  ts.isBlock(node) || ts.isSourceFile(node) || ts.isFunctionLike(node) || ts.isForOfStatement(node);

function scopeOf(node: ts.Node): ts.Node {
  let at = node.parent;
  while (!isScope(at)) at = at.parent;
  return at;
}

/** The names in a pattern or a single name, each with the first property that leads to it. */
function namesIn(name: ts.BindingName, property?: string): { name: string; property: string | undefined }[] {
  if (ts.isIdentifier(name)) return [{ name: name.text, property }];
  return name.elements.flatMap((element) => {
    if (ts.isOmittedExpression(element)) return [];
    return namesIn(element.name, property ?? (element.propertyName ?? element.name).getText());
  });
}

/** `holds` and the like by which the items of a list are looked at: the function stands for an item of the list. */
function listOf(declaration: ts.ParameterDeclaration): ts.Expression | undefined {
  const call = declaration.parent.parent;
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return undefined;
  return /^(some|every|filter|find|map|flatMap)$/.test(call.expression.name.text)
    ? call.expression.expression
    : undefined;
}

function declaredIn(tree: ts.SourceFile): Names {
  const found = new Map<string, Declared[]>();
  const isDeclaration = (node: ts.Node): node is ts.VariableDeclaration | ts.ParameterDeclaration =>
    ts.isVariableDeclaration(node) || ts.isParameter(node);
  for (const declaration of nodesOf(tree, isDeclaration)) {
    const names = namesIn(declaration.name);
    const loop = declaration.parent.parent;
    const given = ts.isParameter(declaration)
      ? listOf(declaration)
      : (declaration.initializer ?? (ts.isForOfStatement(loop) ? loop.expression : undefined));
    const isContext =
      ts.isParameter(declaration) &&
      (names.some(({ name, property }) => (property === undefined ? name === 'ctx' : property === 'authorize')) ||
        /^(\w*Ctx|Context)\b/.test(declaration.type?.getText() ?? ''));
    for (const { name, property } of names) {
      const one = { within: scopeOf(declaration), name, made: given, property, isContext };
      found.set(name, [...(found.get(name) ?? []), one]);
    }
  }
  return found;
}

/** What a name means where it is used: the declaration of the innermost part that knows it. */
function meaningOf(use: ts.Identifier, names: Names): Declared | undefined {
  const candidates = names.get(use.text) ?? [];
  for (let at: ts.Node | undefined = use.parent; at !== undefined; at = at.parent) {
    const found = candidates.find(({ within }) => within === at);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The calls of `authorize` that ask for no subject: what they look at is the person alone, by the context or by a
 * constant that was made of it. Such a right stands on the route, as `access` or `reach`, where everybody can read it.
 */
function subjectless(file: string, text?: string): string[] {
  const tree = treeOf(file, text);
  const names = declaredIn(tree);
  return nodesOf(tree, ts.isCallExpression)
    .filter(({ expression }) => /(^|\.)authorize$/.test(expression.getText()))
    .filter(({ arguments: [allowed] }) => allowed !== undefined && !asksForSubject(allowed, names, new Set()))
    .map((call) => `${file}: ${call.getText()}`);
}

/** Reading from the database is the way to a subject. */
const leadsToSubject = (property: string | undefined) => property === 'db';

function isTheContext(node: ts.Expression, names: Names): boolean {
  if (!ts.isIdentifier(node)) return false;
  const meaning = meaningOf(node, names);
  return meaning === undefined ? node.text === 'ctx' : meaning.isContext && meaning.property === undefined;
}

function asksForSubject(node: ts.Node, names: Names, seen: Set<Declared>): boolean {
  if (ts.isIdentifier(node)) {
    if (node.text === 'undefined' || isTheContext(node, names)) return false;
    const meaning = meaningOf(node, names);
    if (meaning === undefined) return true;
    if (seen.has(meaning)) return false;
    seen.add(meaning);
    if (meaning.isContext) return leadsToSubject(meaning.property);
    if (meaning.made === undefined) return true;
    if (isTheContext(meaning.made, names)) return leadsToSubject(meaning.property);
    return asksForSubject(meaning.made, names, seen);
  }
  if (ts.isPropertyAccessExpression(node)) {
    if (isTheContext(node.expression, names)) return leadsToSubject(node.name.text);
    return asksForSubject(node.expression, names, seen);
  }
  if (ts.isCallExpression(node)) {
    const called = ts.isIdentifier(node.expression) ? [] : [node.expression];
    return [...called, ...node.arguments].some((part) => asksForSubject(part, names, seen));
  }
  // The names of parameters and of properties ask for nothing; what a function looks at stands in its body.
  if (ts.isArrowFunction(node)) return asksForSubject(node.body, names, seen);
  if (ts.isPropertyAssignment(node)) return asksForSubject(node.initializer, names, seen);
  if (ts.isTypeNode(node)) return false;
  return ts.forEachChild(node, (child) => asksForSubject(child, names, seen) || undefined) ?? false;
}

it('authorize is asked only with a subject in hand; level and reach alone stand on the route', () => {
  const files = productFiles('src/server/', /\.ts$/).filter((file) => textOf(file).includes('authorize('));
  expect(files.length).toBeGreaterThan(8);
  expect(files.flatMap((file) => subjectless(file))).toEqual([]);
});

it('the scan sees a right without a subject also behind a constant, a pattern or a function', () => {
  const refused = [
    'ctx.authorize(true);',
    'ctx.authorize(ctx.scope.schools === null);',
    "ctx.authorize(ctx.actor.level === 'city', problem('flow.notYours'));",
    'const officer = ctx.scope.schools === null; ctx.authorize(officer);',
    "ctx.authorize(holds(ctx.actor, 'balance.run'));",
    "const { actor } = ctx; ctx.authorize(holds(actor, 'balance.run'));",
    'const { scope: { schools } } = ctx; ctx.authorize(schools === null);',
    "const { actor: who } = ctx; const city = who.level === 'city'; ctx.authorize(city);",
    "async ({ authorize, actor }) => authorize(actor.level === 'city');",
    "function ask({ actor, ...ctx }: Ctx) { ctx.authorize(actor.level === 'city'); }",
    "const ask = (context: Context<Handle>) => context.authorize(context.actor.level === 'city');",
    // The same name is something else in another function.
    'function one(unit) { return unit; } function two(ctx) { const unit = ctx.actor.unitId; ctx.authorize(unit !== null); }',
    "ctx.authorize(ctx.actor.posts.some((post) => post.role === 'city-officer'));",
  ];
  for (const text of refused) expect(subjectless('x.ts', text), text).toHaveLength(1);
  const allowed = [
    'ctx.authorize(person.id !== ctx.actor.userId);',
    'const own = ctx.scope.schools; ctx.authorize(own === null || own.includes(params.schoolId));',
    'const unit = await findUnit(ctx.db, 3); ctx.authorize(mayNameContact(ctx, unit));',
    'const { actor, db } = ctx; const unit = await findUnit(db, 3); ctx.authorize(mayNameContact(actor, unit));',
    'async (ctx, { params }) => ctx.authorize(params.personId !== ctx.actor.userId);',
    'async ({ authorize, actor, db }) => authorize(holds(actor, await findUnit(db)));',
    'for (const row of rows) ctx.authorize(row.open);',
    'function one(unit) { ctx.authorize(unit.open); } const unit = ctx.actor.unitId;',
  ];
  for (const text of allowed) expect(subjectless('x.ts', text), text).toEqual([]);
});
