import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { exportedFunctions, productFiles, root, treeOf } from '#test/support/sources.ts';

function optionsOf(project: string): ts.CompilerOptions {
  const file = path.join(root, project);
  const parsed = ts.parseJsonConfigFileContent(ts.readConfigFile(file, ts.sys.readFile).config, ts.sys, root);
  return { ...parsed.options, incremental: false };
}

/** Compiles one made-up file as if it lay in the domain. */
function complaints(text: string): string[] {
  const compilerOptions = optionsOf('tsconfig.domain.json');
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

it.each(['src/domain/', 'src/contract/'])('every exported function of %s says what it does', (room) => {
  const files = productFiles(room, /\.ts$/);
  expect(files.length).toBeGreaterThan(10);
  const found = files.flatMap((file) => {
    const said = new Set<string>();
    return exportedFunctions(treeOf(file)).flatMap(({ name, node }) => {
      // A constant carries its docstring on its statement. Only the first of several overloads carries one.
      const stated = ts.isFunctionDeclaration(node) ? node : node.parent.parent.parent;
      if (ts.getJSDocCommentsAndTags(stated).length > 0) said.add(name);
      return [{ silent: !said.has(name), at: `${file} ${name}` }];
    });
  });
  expect(found.length).toBeGreaterThan(room === 'src/domain/' ? 100 : 3);
  expect(found.filter(({ silent }) => silent).map(({ at }) => at)).toEqual([]);
});

it('only the kit looks inside an exact number', () => {
  const inside = /\.[nds] (===|<|>) -?\d+n|\.(ceil|floor)\(0\)|\.toFraction\(|\)\.(div|mul|sub|neg)\(/;
  expect('max.n === 0n; exact(a).div(exact(b)); steps.ceil(0)').toMatch(inside);
  const found = productFiles('src/', /\.tsx?$/).filter((file) => inside.test(treeOf(file).text));
  expect(found.map((file) => path.basename(file))).toEqual(['decimal.ts']);
});
