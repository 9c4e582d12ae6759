import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');

function options(project: string): { files: string[]; options: ts.CompilerOptions } {
  const file = path.join(root, project);
  const parsed = ts.parseJsonConfigFileContent(ts.readConfigFile(file, ts.sys.readFile).config, ts.sys, root);
  return { files: parsed.fileNames, options: { ...parsed.options, incremental: false } };
}

/** Compiles one made-up file as if it lay in the domain. */
function complaints(text: string): string[] {
  const { options: compilerOptions } = options('tsconfig.domain.json');
  const name = path.join(root, 'src/domain/kit/made-up.ts');
  const host = ts.createCompilerHost(compilerOptions);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (file) => file === name || fileExists(file);
  host.readFile = (file) => (file === name ? text : readFile(file));
  host.getSourceFile = (file, version) =>
    file === name ? ts.createSourceFile(file, text, version) : getSourceFile.call(host, file, version);
  const program = ts.createProgram([name], compilerOptions, host);
  return ts.getPreEmitDiagnostics(program).map((one) => ts.flattenDiagnosticMessageText(one.messageText, ' '));
}

describe('the domain is pure by its compiler', () => {
  it('compiles what is pure', () => {
    expect(complaints('export const one: number = Math.max(1, 0);')).toEqual([]);
  });

  it.each(['fetch("x")', 'process.env', 'document.title', 'console.log(1)', 'setTimeout(() => 1)', 'require("fs")'])(
    'refuses %s',
    (outside) => {
      expect(complaints(`export const out = ${outside};`).join()).toMatch(/Cannot find name/);
    },
  );
});

it('every exported function of domain and contract says what it does', () => {
  const silent: string[] = [];
  for (const project of ['tsconfig.domain.json', 'tsconfig.contract.json']) {
    const { files } = options(project);
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) {
      const source = ts.createSourceFile(file, ts.sys.readFile(file) ?? '', ts.ScriptTarget.Latest, true);
      for (const statement of source.statements) {
        if (!ts.isFunctionDeclaration(statement)) continue;
        if (!statement.modifiers?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword)) continue;
        // Only the first of several overloads carries the docstring.
        const documented = ts.getJSDocCommentsAndTags(statement).length > 0;
        const earlier = source.statements.some(
          (other) =>
            other !== statement && ts.isFunctionDeclaration(other) && other.name?.text === statement.name?.text,
        );
        if (!documented && !earlier) silent.push(`${path.relative(root, file)} ${statement.name?.text}`);
      }
    }
  }
  expect(silent).toEqual([]);
});
