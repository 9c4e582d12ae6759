import ts from 'typescript';
import { expect, it } from 'vitest';
import { nodesOf, placeOf, productFiles, textOf, treeOf } from '#test/support/sources.ts';

/** What is counted. A place in a sentence that one of these follows is filled with a number. */
const measures = '所|项|份|条|个|天|人(?![员民])|格|校|行|年|次|处|步|分钟|小时|秒|张|类|位|列|学年';
const chinese = '[\\u4e00-\\u9fff]';
/** Stands where a value is filled in. */
const filled = '\u0001';
/** One space stands between a Chinese word and a number or a Latin word: `59 所学校`, `2025 学年`, `导入 Excel`. */
const joined = [
  new RegExp(`[0-9A-Za-z%]${chinese}|${chinese}[0-9A-Za-z]`),
  new RegExp(`${filled}(?:${measures})`),
  new RegExp(`${chinese}${filled} ?(?:${measures})(?!${chinese}|${filled})`),
];
/** Sentences in which a word is filled in, and not a number. */
const words: readonly string[] = [
  `“${filled}”${filled}有损坏的文字（不是完整的 ${filled} 字符），请在文本编辑器中打开，改正这${filled}行后重新保存`,
];

interface Sentence {
  readonly place: string;
  readonly text: string;
}

function childText(child: ts.JsxChild): string {
  if (ts.isJsxText(child))
    return child.text
      .replaceAll(/\s*\n\s*/g, '\n')
      .replaceAll(/^\n|\n$/g, '')
      .replaceAll('\n', ' ');
  if (!ts.isJsxExpression(child) || !child.expression) return ' ';
  return ts.isStringLiteral(child.expression) ? child.expression.text : filled;
}

/** The sentences of a file: of literals, templates and elements, which is all that screen, file and paper are made of. */
function sentencesIn(file: string, text?: string): Sentence[] {
  const tree = treeOf(file, text);
  const of = (node: ts.Node, sentence: string) => ({ place: placeOf(node), text: sentence });
  return [
    ...nodesOf(tree, ts.isStringLiteral).map((node) => of(node, node.text)),
    ...nodesOf(tree, ts.isNoSubstitutionTemplateLiteral).map((node) => of(node, node.text)),
    ...nodesOf(tree, ts.isTemplateExpression).map((node) =>
      of(node, node.head.text + node.templateSpans.map(({ literal }) => filled + literal.text).join('')),
    ),
    ...nodesOf(tree, (node) => ts.isJsxElement(node) || ts.isJsxFragment(node)).map((node) =>
      of(node, (node as ts.JsxElement).children.map(childText).join('')),
    ),
  ];
}

const isJoined = ({ text }: Sentence) => !words.includes(text) && joined.some((rule) => rule.test(text));

it('one space stands between numbers or Latin words and Chinese words, on the screen, in files and on paper', () => {
  const sentences = productFiles('src', /\.tsx?$/).flatMap((file) => sentencesIn(file));
  expect(sentences.filter(({ text }) => /[\u4e00-\u9fff]/.test(text)).length).toBeGreaterThan(2000);
  const wrong = sentences.filter(isJoined).map(({ place, text }) => `${place} ${text.replaceAll(filled, '…')}`);
  expect(wrong).toEqual([]);
});

/** A wide space at an end of a line is white space to the compiler, which drops it: words run together. */
const dropped = (text: string): string[] => text.split('\n').filter((line) => /^\s*\u3000|\u3000\s*$/.test(line));

it('a wide space stands inside a text, where the compiler keeps it', () => {
  const files = productFiles('src/web', /\.tsx$/);
  expect(files.length).toBeGreaterThan(300);
  expect(files.flatMap((file) => dropped(textOf(file)).map((line) => `${file} ${line.trim()}`))).toEqual([]);
  expect(dropped('  \u3000{state}\u3000\n{`\u3000@{state}`}\n{"\u3000"}')).toHaveLength(1);
});

it('the scan sees what it looks for', () => {
  // `@` stands for `$`, so that the examples are plain texts.
  const seen = (text: string) =>
    sentencesIn('src/web/example.tsx', `export const said = ${text.replaceAll('@', '$')};`).some(isJoined);
  const wrong = ["'前5 所'", "'前 5所'", '`@{count}所学校`', '`共@{count} 所`', '<p>共 {count}所</p>', "'导入Excel'"];
  for (const text of wrong) expect(seen(text), text).toBe(true);
  const right = ["'前 5 所'", '`共 @{count} 所学校`', '<p>共 {count} 所</p>', '`@{name}的学校`', "'表Ⅱ'"];
  for (const text of right) expect(seen(text), text).toBe(false);
});
