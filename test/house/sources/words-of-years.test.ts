import ts from 'typescript';
import { expect, it } from 'vitest';
import { codeOf, nodesOf, placeOf, productFiles, treeOf } from '#test/support/sources.ts';

/** Words of those who wrote the program, which mean nothing to whoever reads the screen. */
const wordsOfDevelopers = /完整编号|启动时测算|依据 ?\d/;

/** The date input of the browser, which is drawn in the language of the machine. */
const dateOfBrowser = /type=["'{]+date\b/;

/** A school year that a template spells out: `${year} 学年`. */
function spelledOut(file: string, text?: string): string[] {
  const tree = treeOf(file, text);
  return nodesOf(tree, ts.isTemplateSpan)
    .filter(({ expression, literal }) => {
      const said = expression.getText(tree);
      return /year/i.test(said) && !said.startsWith('schoolYearName(') && /^(?:[—–-]\d{4})? ?学年/.test(literal.text);
    })
    .map((span) => `${placeOf(span)} ${span.getText(tree)}`);
}

it('a school year has the name that schoolYearName gives it, on screen and on paper', () => {
  expect(spelledOut('src/some.ts', `const one = \`\${unit} \${year} 学年均衡跟踪\`;`)).toHaveLength(1);
  expect(spelledOut('src/some.ts', `const one = \`\${schoolYearName(year)}均衡跟踪\`;`)).toEqual([]);
  const files = productFiles('src/', /\.tsx?$/).filter((file) => file !== 'src/domain/kit/school-year.ts');
  expect(files.filter((file) => codeOf(file).includes('学年')).flatMap((file) => spelledOut(file))).toEqual([]);
});

it('no page has a date input of the browser, or words of developers', () => {
  expect(dateOfBrowser.test('<input type="date" />')).toBe(true);
  expect(wordsOfDevelopers.test('依据 1')).toBe(true);
  const pages = productFiles('src/web/', /\.tsx?$/);
  expect(pages.length).toBeGreaterThan(300);
  expect(pages.filter((file) => dateOfBrowser.test(codeOf(file)))).toEqual([]);
  const shown = productFiles('src/', /\.tsx?$/);
  expect(shown.filter((file) => wordsOfDevelopers.test(codeOf(file)))).toEqual([]);
});

it('of the template of an import only its button speaks of the download', () => {
  const pages = productFiles('src/web/', /Import\.tsx$/).filter((file) => codeOf(file).includes('<ImportPage'));
  expect(pages.length).toBeGreaterThan(3);
  const said = pages.flatMap((file) => {
    const tree = treeOf(file);
    return nodesOf(tree, ts.isPropertyAssignment)
      .filter(({ name }) => /^(?:advice|note)$/.test(name.getText(tree)))
      .filter(({ initializer }) => initializer.getText(tree).includes('下载'))
      .map((node) => `${placeOf(node)} ${node.getText(tree)}`);
  });
  expect(said).toEqual([]);
});
