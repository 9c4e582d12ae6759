import { readdirSync } from 'node:fs';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { nodesOf, placeOf, productFiles, root, textOf, treeOf } from '#test/support/sources.ts';

/**
 * The oldest browsers are Chromium 109, Firefox 115 and Safari 16 (decision 5, `vite.config.ts`). The build lowers syntax
 * and nothing else.
 */

/** What one of them does not know, and without which the page would look wrong. */
const unknown: Readonly<Record<string, RegExp>> = {
  ':has()': /:has\(/,
  nesting: /(?:^|[;{}\n])\s*&/,
  'light-dark()': /light-dark\(/,
  'colours mixed or wide': /\b(?:color-mix|oklch|oklab|lch)\(/,
  '@starting-style, @scope, @property': /@(?:starting-style|scope|property)\b/,
  'a range in a media query': /@media[^{]*[<>]=?/,
  ':popover-open': /:popover-open/,
  'anchor positioning': /(?:anchor-name|position-area|position-anchor)\s*:|\banchor(?:-size)?\(/,
  'field-sizing, interpolate-size': /(?:field-sizing|interpolate-size)\s*:/,
  'subgrid, heights of lines': /\bsubgrid\b|\d(?:r?lh)\b/,
  'steps of mathematics': /\b(?:round|mod|rem|sin|cos|tan|pow|sqrt|abs|sign)\(/,
};

/** What is asked for under `@supports` is an improvement; what stands before it holds for everybody. */
const apart = /\/\*[\s\S]*?\*\/|@supports[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g;

function faultsOfStyles(css: string): string[] {
  const text = css.replaceAll(apart, '');
  return Object.entries(unknown).flatMap(([name, sign]) => (sign.test(text) ? [name] : []));
}

/** Methods and classes that one of them lacks. */
const missing =
  /^(?:toSorted|toSpliced|toReversed|groupBy|fromAsync|withResolvers|isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference|canParse|checkVisibility|startViewTransition|isWellFormed|toWellFormed)$/;

function faultsOfProgram(file: string, text?: string): string[] {
  const tree = treeOf(file, text);
  const called = nodesOf(tree, ts.isPropertyAccessExpression).filter(
    ({ name, expression }) =>
      missing.test(name.text) || (name.text === 'any' && expression.getText(tree) === 'AbortSignal'),
  );
  const segmenters = nodesOf(tree, ts.isNewExpression).filter(
    (node) =>
      /Intl\.Segmenter$/.test(node.expression.getText(tree)) &&
      !(ts.isConditionalExpression(node.parent) && /'Segmenter' in Intl/.test(node.parent.condition.getText(tree))),
  );
  return [...called, ...segmenters].map((node) => `${placeOf(node)} ${node.getText(tree)}`);
}

it('no style asks for what the oldest browsers do not draw', () => {
  const files = readdirSync(`${root}/src/web`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.css'))
    .map((file) => `src/web/${file}`);
  expect(files.length).toBeGreaterThan(50);
  expect(files.flatMap((file) => faultsOfStyles(textOf(file)).map((fault) => `${file}: ${fault}`))).toEqual([]);
});

it('no program of the desk calls what they do not have', () => {
  const files = ['src/web/', 'src/domain/', 'src/contract/'].flatMap((folder) => productFiles(folder, /\.tsx?$/));
  expect(files.length).toBeGreaterThan(300);
  expect(files.flatMap((file) => faultsOfProgram(file))).toEqual([]);
});

it('the scan sees what it looks for', () => {
  const styles = ['.a:has(b) { c: d }', '.a {\n  &:hover { c: d }\n}', '.a { color: light-dark(red, blue) }'];
  styles.push('.a { grid-template-rows: subgrid }', '.a { height: 2lh }', '@media (width < 5rem) { a { b: c } }');
  for (const css of styles) expect(faultsOfStyles(css), css).not.toEqual([]);
  const sound = [
    '.a { b: c } @supports (height: 2lh) { .a { height: 2lh } }',
    '/* :has() */ .a > b { c: d }',
    '@media (max-width: 5rem) { a { b: c } }',
  ];
  for (const css of sound) expect(faultsOfStyles(css), css).toEqual([]);
  const program = (text: string) => faultsOfProgram('src/web/example.ts', text);
  for (const text of ['list.toSorted()', 'AbortSignal.any([])', "new Intl.Segmenter('zh')"])
    expect(program(text), text).not.toEqual([]);
  expect(program("const a = 'Segmenter' in Intl ? new Intl.Segmenter('zh') : null; z.any(); list.sort()")).toEqual([]);
});
