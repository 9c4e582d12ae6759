import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** The folder of the product. */
export const root = path.resolve(import.meta.dirname, '../..');

let product: readonly string[] | undefined;

/**
 * The files of the product, named from its root: sources, programs, and the SQL of views and published functions; no
 * tests. The numbered migrations are left out, because an accepted file never changes. `below` is the start of the names,
 * `ending` what they must match.
 */
export function productFiles(below = '', ending = /$/): string[] {
  product ??= ['src', 'bin', 'migrations/again'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((file) => `${folder}/${file}`)
      .filter((file) => /\.(ts|tsx|mjs|sql)$/.test(file) && !/\.test\.tsx?$/.test(file)),
  );
  return product.filter((file) => file.startsWith(below) && ending.test(file));
}

const texts = new Map<string, string>();

/** The text of a file that is named from the root. */
export function textOf(file: string): string {
  const known = texts.get(file);
  if (known !== undefined) return known;
  const text = readFileSync(path.join(root, file), 'utf8');
  texts.set(file, text);
  return text;
}

const codes = new Map<string, string>();

/** The text of a program or of SQL without its comments. */
export function codeOf(file: string): string {
  const known = codes.get(file);
  if (known !== undefined) return known;
  const code = withoutComments(file);
  codes.set(file, code);
  return code;
}

function withoutComments(file: string): string {
  const comment = file.endsWith('.sql') ? /\/\*[\s\S]*?\*\/|--[^\n]*/g : /\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/[^\n]*/g;
  return textOf(file).replaceAll(comment, '');
}

/** The syntax tree of a file, or of a text that is read as if it stood in that file. */
export function treeOf(file: string, text = textOf(file)): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

/** Every node of a kind below a node, the node itself included, in the order of the text. */
export function nodesOf<Kind extends ts.Node>(top: ts.Node, is: (node: ts.Node) => node is Kind): Kind[] {
  const found: Kind[] = [];
  const walk = (node: ts.Node): void => {
    if (is(node)) found.push(node);
    ts.forEachChild(node, walk);
  };
  walk(top);
  return found;
}

export interface ExportedFunction {
  readonly name: string;
  readonly node: ts.FunctionDeclaration | ts.ArrowFunction | ts.FunctionExpression;
}

/** The functions that a file exports under a name: declarations, and constants whose value is a function. */
export function exportedFunctions(tree: ts.SourceFile): ExportedFunction[] {
  const isExported = (node: ts.FunctionDeclaration | ts.VariableStatement) =>
    node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
  return tree.statements.flatMap((statement): readonly ExportedFunction[] => {
    if (ts.isFunctionDeclaration(statement) && isExported(statement)) {
      return statement.name === undefined ? [] : [{ name: statement.name.text, node: statement }];
    }
    if (!ts.isVariableStatement(statement) || !isExported(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
      ts.isIdentifier(name) && initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
        ? [{ name: name.text, node: initializer }]
        : [],
    );
  });
}

/** Where a node stands: file and line. */
export function placeOf(node: ts.Node): string {
  const tree = node.getSourceFile();
  return `${tree.fileName}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}
