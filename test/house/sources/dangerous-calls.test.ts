import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { nodesOf, placeOf, productFiles, treeOf } from '#test/support/sources.ts';

/** A way to write something that the product never does, or does in the named files alone. */
interface Danger {
  readonly what: string;
  readonly is: (node: ts.Node) => boolean;
  /** Where it may stand, with the reason. */
  readonly except?: readonly (readonly [RegExp, string])[];
  /** A text in which the scan must see it. */
  readonly example: string;
}

/** Every danger asks the same node in turn, and to spell what it calls takes longer than all the rest. */
let spelled: { readonly node: ts.Node; readonly text: string } | undefined;

function called(node: ts.Node): string {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return '';
  if (spelled?.node !== node) spelled = { node, text: node.expression.getText() };
  return spelled.text;
}
const imported = (node: ts.Node): string => {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    return node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : '';
  }
  const [first] =
    ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments : [];
  return first !== undefined && ts.isStringLiteralLike(first) ? first.text : '';
};
const names = (node: ts.Node, pattern: RegExp) =>
  (ts.isIdentifier(node) || ts.isJsxAttribute(node)) && pattern.test(ts.isIdentifier(node) ? node.text : '');

const dangers: readonly Danger[] = [
  {
    what: 'text is run as a program',
    is: (node) => /^(globalThis\.)?(eval|Function)$/.test(called(node)) || /^node:(vm|repl)$/.test(imported(node)),
    except: [
      [/^bin\/load\.mjs$/, 'the files of the own build, compiled as Node would, with the code kept beside them'],
    ],
    example: "eval('1'); new Function('a', 'b'); import vm from 'node:vm';",
  },
  {
    what: 'a string becomes part of a page',
    is: (node) => names(node, /^(dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|srcdoc|srcDoc)$/),
    example: 'a.innerHTML = b; c = <p dangerouslySetInnerHTML={d} />;',
  },
  {
    what: 'another program is started',
    is: (node) => /^(node:)?(child_process|cluster)$/.test(imported(node)),
    except: [
      [/^bin\//, 'the start of a checkout, with arguments of its own'],
      [
        /^src\/server\/platform\/postgres\//,
        'the embedded server: a list of arguments, no shell, nothing from a request',
      ],
      [
        /^src\/server\/platform\/documents\/letter\/letter-press\.ts$/,
        'the press for letters: a file of the product, no shell; letters come to it as messages',
      ],
      [
        /^src\/server\/platform\/files\/file-processes\.ts$/,
        'what draws pictures: a file of the product, no shell; paths made of hashes come to it as messages',
      ],
    ],
    example: "import { spawn } from 'node:child_process';",
  },
  {
    what: 'a value is taken for a type that it has not',
    is: (node) =>
      ts.isAsExpression(node) &&
      ts.isAsExpression(node.expression) &&
      node.expression.type.kind === ts.SyntaxKind.UnknownKeyword,
    except: [
      [/^src\/server\/platform\//, 'what the types of a library leave out, each said where it stands'],
      [/^src\/server\/core\/access\/holder\.ts$/, 'the handle of a feature, once for all files on subjects'],
      [/^src\/server\/core\/imports\/importing\.act\.ts$/, 'the routes of any table that comes in'],
      [
        /^src\/(contract\/route\.ts$|web\/|sample\/)/,
        'forms, routers and editions, of which a type says less than is known',
      ],
    ],
    example: 'const db = whole as unknown as LetterHandle;',
  },
  {
    what: 'a shell reads a line',
    is: (node) =>
      (/(^|\.)(exec|execSync)$/.test(called(node)) && called(node).startsWith('exec')) ||
      (ts.isPropertyAssignment(node) && node.name.getText() === 'shell'),
    example: "execSync('ls ' + a); spawn('ls', [], { shell: true });",
  },
  {
    what: 'the server calls another host',
    is: (node) =>
      (/^(globalThis\.)?(fetch|WebSocket|EventSource)$/.test(called(node)) ||
        /^(node:)?(https?|http2|tls|dgram|dns)(\/promises)?$/.test(imported(node)) ||
        /^(undici|axios|got|nodemailer)$/.test(imported(node))) &&
      !isOfTypes(node),
    except: [
      [/^src\/web\/shared\/call\/call\.ts$/, 'the desk calls its own server, by a path without a host'],
      [/^src\/web\/shared\/files\/PdfFrame\.tsx$/, 'the bytes of a file, at an address that the server gave'],
      [/^src\/server\/platform\/http\/server\.ts$/, 'the names of states, for an answer before the framework'],
      [/^src\/server\/platform\/outgoing\/address\.ts$/, 'the address of an allowed host, judged before it is used'],
    ],
    example: "fetch(a); import https from 'node:https'; new WebSocket(b);",
  },
  {
    what: 'a connection is opened or awaited',
    is: (node) => /^(node:)?net$/.test(imported(node)) && !isOfTypes(node),
    except: [
      [/^src\/server\/platform\/http\/port\.ts$/, 'whether the port is free'],
      [/^src\/server\/platform\/postgres\/embedded\/port\.ts$/, 'a free port on loopback'],
      [/^src\/server\/platform\/config\/config\.ts$/, 'isIP alone'],
      [/^src\/server\/platform\/files\/clamd\.ts$/, 'the scanner at the address that the operator set'],
      [/^src\/server\/platform\/outgoing\/(address|smtp)\.ts$/, 'isIP and lists of nets alone'],
    ],
    example: "import { connect } from 'node:net';",
  },
  {
    what: 'a file is written',
    is: (node) =>
      /(^|\.)(writeFile|writeFileSync|appendFile|appendFileSync|createWriteStream|copyFile|copyFileSync)$/.test(
        called(node),
      ),
    except: [
      [/^bin\//, 'builds and the list of accepted migrations'],
      [/^src\/server\/platform\/postgres\//, 'the data folder: secrets, the lock, the embedded server'],
      [/^src\/sample\/files\.ts$/, 'the files of the sample, in its data folder'],
      [/^src\/server\/platform\/db\/introspect\/introspect\.ts$/, 'the types of the tables, for a developer'],
      [/^src\/server\/platform\/backup\/backup-file\.ts$/, 'the backup, where the operator asked for it'],
      [/^src\/server\/app\/operations\/backup\/restore-backup\.ts$/, 'files of a backup, in an empty data folder'],
      [/^src\/server\/app\/commands\/letter\.ts$/, 'the letter, where the operator asked for it'],
    ],
    example: 'writeFileSync(a, b); fs.appendFile(a, b); createWriteStream(a);',
  },
  {
    what: 'a window speaks with a window of another page',
    is: (node) =>
      /(^|\.)(window|parent|opener|top)\.postMessage$/.test(called(node)) ||
      (/(^|\.)addEventListener$/.test(called(node)) &&
        ts.isCallExpression(node) &&
        node.arguments[0]?.getText() === "'message'" &&
        /^(window|self|globalThis|addEventListener)/.test(called(node))),
    except: [
      [
        /^src\/web\/shared\/files\/viewer\/pdf-viewer\.ts$/,
        'the frame takes one port, from the page that holds it and from nobody else',
      ],
    ],
    example: "window.parent.postMessage(a, '*'); window.addEventListener('message', b);",
  },
  {
    what: 'chance that can be guessed',
    is: (node) => called(node) === 'Math.random',
    example: 'Math.random();',
  },
  {
    what: 'a hash, a cipher or a key of an old kind',
    is: (node) =>
      (/(^|\.)(createHash|createHmac|createCipheriv|createDecipheriv|createSign)$/.test(called(node)) &&
        ts.isCallExpression(node) &&
        !/^'(sha256|sha384|sha512|aes-256-gcm)'$/.test(node.arguments[0]?.getText() ?? '')) ||
      /(^|\.)(createCipher|createDecipher|generateKeyPair|generateKeyPairSync|publicEncrypt)$/.test(called(node)),
    except: [[/^src\/server\/platform\/db\/pool\.ts$/, 'the name of a prepared statement, which guards nothing']],
    example: "createHash('md5'); createCipheriv('aes-128-ecb', a, b); createHash(a);",
  },
  {
    what: 'values of two kinds are compared as if they were one',
    is: (node) =>
      ts.isBinaryExpression(node) &&
      (node.operatorToken.kind === ts.SyntaxKind.EqualsEqualsToken ||
        node.operatorToken.kind === ts.SyntaxKind.ExclamationEqualsToken) &&
      node.right.kind !== ts.SyntaxKind.NullKeyword,
    example: 'if (a == b) c();',
  },
  {
    what: 'the caller is sent to another address',
    is: (node) => /(^|\.)redirect$/.test(called(node)) && !/^(router|route)\b/.test(called(node)),
    except: [
      [/^src\/web\/shared\/desk\/frame\.routes\.tsx$/, 'the router of the desk, which knows its own pages alone'],
      [/^src\/web\/desk\/router\.tsx$/, 'the address of the desk that was asked for, once its pages are here'],
    ],
    example: 'reply.redirect(a);',
  },
  {
    what: 'the product needs what only tests have',
    is: (node) => /^#test\/|\.test\.tsx?$|^(vitest|playwright|fast-check|autocannon)/.test(imported(node)),
    example: "import { a } from '#test/support/app.ts';",
  },
];

/** An import of types alone opens nothing. */
const isOfTypes = (node: ts.Node) => ts.isImportDeclaration(node) && node.importClause?.isTypeOnly === true;

const seen = (danger: Danger, text: string): string[] =>
  nodesOf(treeOf('x.tsx', text), (node): node is ts.Node => danger.is(node)).map(placeOf);

const files = productFiles('', /\.(ts|tsx|mjs)$/);

/** What stands where: each file is walked once. */
const found = new Map<Danger, Array<{ readonly file: string; readonly place: string }>>(
  dangers.map((one) => [one, []]),
);
for (const file of files) {
  nodesOf(treeOf(file), (node): node is ts.Node => {
    for (const danger of dangers) if (danger.is(node)) found.get(danger)?.push({ file, place: placeOf(node) });
    return false;
  });
}

describe.each(dangers)('$what', (danger) => {
  it('is found where it is written', () => {
    const statements = danger.example.split(/(?<=;) /);
    for (const statement of statements) expect(seen(danger, statement), statement).not.toEqual([]);
  });

  it('nowhere else in the product', () => {
    expect(files.length).toBeGreaterThan(700);
    const places = found.get(danger) ?? [];
    const allowed = (file: string) => (danger.except ?? []).some(([where]) => where.test(file));
    expect(places.filter(({ file }) => !allowed(file)).map(({ place }) => place)).toEqual([]);
    for (const [where, why] of danger.except ?? []) {
      expect(
        places.some(({ file }) => where.test(file)),
        `${why}: no longer needed`,
      ).toBe(true);
    }
  });
});
