import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { trackActionTitles, undoableTrackActions } from '#domain/balance-tracking/flow.ts';
import { filingActionTitles, undoableFilingActions } from '#domain/filing/flow.ts';
import { inspectorActionTitles, undoableInspectorActions } from '#domain/inspection/flow.ts';
import { letterActionTitles, undoableLetterActions } from '#domain/letter/flow.ts';
import { findingActionTitles, undoableFindingActions } from '#domain/rectification/flow.ts';
import { nodesOf, productFiles, treeOf } from '#test/support/sources.ts';

/** What `docs/acts.md` says, by its two tables. */
const [asked = '', takenBack = ''] = readFileSync('docs/acts.md', 'utf8')
  .split('\n## ')
  .slice(1)
  .map((part) => part.slice(part.indexOf('|---')));

/** A button as the desk says it: its fixed parts, between which a number or a word stands. */
type Verb = readonly string[];

/** The words that an expression can become: a text, a template, either side of a choice. */
function verbsIn(expression: ts.Expression): Verb[] {
  if (ts.isStringLiteralLike(expression)) return [[expression.text]];
  if (ts.isTemplateExpression(expression))
    return [[expression.head.text, ...expression.templateSpans.map(({ literal }) => literal.text)]];
  if (ts.isConditionalExpression(expression))
    return [...verbsIn(expression.whenTrue), ...verbsIn(expression.whenFalse)];
  return [];
}

/** The verbs that a name of the file can stand for: its value, or what is passed for it where it is a parameter. */
function verbsOf(tree: ts.SourceFile, name: string): Verb[] {
  const values = nodesOf(tree, ts.isVariableDeclaration).filter((one) => one.name.getText() === name);
  const given = values.flatMap(({ initializer }) => (initializer ? verbsIn(initializer) : []));
  const attributes = nodesOf(tree, ts.isJsxAttribute).filter((one) => one.name.getText() === name);
  const passed = nodesOf(tree, ts.isParameter)
    .filter((one) => one.name.getText() === name)
    .flatMap(({ parent }) => {
      const holder = parent.parent;
      const called = ts.isVariableDeclaration(holder) ? holder.name.getText() : parent.name?.getText();
      const at = parent.parameters.findIndex((one) => one.name.getText() === name);
      const calls = nodesOf(tree, ts.isCallExpression).filter((call) => call.expression.getText() === called);
      return calls.flatMap(({ arguments: all }) => (all[at] ? verbsIn(all[at]) : []));
    });
  const written = attributes.flatMap(({ initializer }) => {
    if (initializer === undefined) return [];
    if (ts.isStringLiteral(initializer)) return [[initializer.text]];
    return ts.isJsxExpression(initializer) && initializer.expression ? verbsIn(initializer.expression) : [];
  });
  return [...given, ...passed, ...written];
}

const trees = productFiles('src/web', /\.tsx$/).map((file) => ({ file, tree: treeOf(file) }));

/** The buttons of every confirmation on the desk, and the confirmations whose button cannot be read. */
function confirmed(): { readonly verbs: readonly Verb[]; readonly unread: readonly string[] } {
  const unread: string[] = [];
  const verbs = trees.flatMap(({ file, tree }) =>
    nodesOf(tree, ts.isCallExpression)
      .filter((call) => call.expression.getText() === 'confirm' && ts.isObjectLiteralExpression(call.arguments[0]!))
      .flatMap((call) => {
        const [question] = call.arguments as unknown as [ts.ObjectLiteralExpression];
        const spread = nodesOf(question, ts.isSpreadAssignment)
          .filter(({ expression }) => ts.isIdentifier(expression))
          .flatMap(({ expression }) =>
            nodesOf(tree, ts.isVariableDeclaration).filter((one) => one.name.getText() === expression.getText()),
          );
        const within = [question, ...spread];
        const written = within
          .flatMap((one) => nodesOf(one, ts.isPropertyAssignment))
          .filter((one) => one.name.getText() === 'verb')
          .flatMap(({ initializer }) =>
            ts.isIdentifier(initializer)
              ? trees.flatMap((other) => verbsOf(other.tree, initializer.text))
              : verbsIn(initializer),
          );
        const short = nodesOf(question, ts.isShorthandPropertyAssignment).some((one) => one.name.text === 'verb');
        const found = [...written, ...(short ? verbsOf(tree, 'verb') : [])];
        if (found.length === 0) unread.push(`${file}: ${question.getText().slice(0, 60)}`);
        return found;
      }),
  );
  return { verbs, unread };
}

/** The buttons of forms and dialogs: the dialog of an act that asks for something may be its second confirmation. */
const inDialogs = trees.flatMap(({ tree }) => [
  ...verbsOf(tree, 'verb'),
  ...nodesOf(tree, ts.isJsxElement)
    .filter(({ openingElement }) => openingElement.tagName.getText() === 'Button')
    .flatMap(({ children }) =>
      children.flatMap((child): Verb[] => {
        if (ts.isJsxText(child)) return child.text.trim() === '' ? [] : [[child.text.trim()]];
        return ts.isJsxExpression(child) && child.expression ? verbsIn(child.expression) : [];
      }),
    ),
]);

/** The buttons that the table names, without what it says beside them. */
const named = asked
  .split('\n')
  .flatMap((line) => line.split('|')[2]?.split(' · ') ?? [])
  .map((cell) => cell.replace(/\s*\([^)]*\)/g, '').trim())
  .filter((cell) => cell !== '' && !/^[-`]/.test(cell));

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const says = (verb: Verb, cell: string) =>
  new RegExp(`^${verb.map((part) => escaped(part.trim())).join('.+')}$`).test(cell);

it('the list of what asks a second time names every button of a confirmation on the desk, and no other', () => {
  const { verbs, unread } = confirmed();
  expect(unread).toEqual([]);
  expect(verbs.length).toBeGreaterThan(30);
  const missing = verbs.filter((verb) => !named.some((cell) => says(verb, cell)));
  const all = [...verbs, ...inDialogs];
  const gone = named.filter((cell) => !all.some((verb) => says(verb, cell)));
  expect({ missing: missing.map((verb) => verb.join('…')), gone }).toEqual({ missing: [], gone: [] });
});

it('the list of what can be taken back names every act of a flow that can', () => {
  const titles = [
    ...undoableFilingActions.map((action) => filingActionTitles[action]),
    ...undoableFindingActions.map((action) => findingActionTitles[action]),
    ...undoableTrackActions.map((action) => trackActionTitles[action]),
    ...undoableLetterActions.map((action) => letterActionTitles[action]),
    ...undoableInspectorActions.map((action) => inspectorActionTitles[action]),
  ];
  expect(titles.filter((title) => !takenBack.includes(title))).toEqual([]);
});
