import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { findBuild, findCurrentBuild, isWritable, makeBuild, removeOldBuilds, setCurrentBuild } from './builds.mjs';
import { files, fingerprintOf } from './fingerprint.mjs';

export const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');

/** Everything that the built product is made of: sources, data shipped inside the bundle, exact versions, this file. */
const ingredients = [
  'src',
  'reference',
  'bin/build.mjs',
  'bin/builds.mjs',
  'bin/fingerprint.mjs',
  'bin/load.mjs',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
];

/** The fingerprint of the present sources; another version of Node makes another build. */
export const fingerprint = () => fingerprintOf(root, ingredients, path.join(dist, 'files.json'));

/**
 * The folder of the build of the present sources, which is made where there is none. The bundlers run in a process of
 * their own: their hundreds of megabytes go away with it and do not stay with a server that starts afterwards.
 */
export function buildWhenStale() {
  const found = findBuild(dist, fingerprint());
  if (found !== null) {
    setCurrentBuild(dist, path.basename(found));
    return found;
  }
  if (!isWritable(dist)) throw new Error(notWritable());
  const child = spawnSync(process.execPath, [import.meta.filename], { stdio: ['ignore', 'pipe', 2], encoding: 'utf8' });
  if (child.status !== 0) throw new Error(child.signal ? `被信号 ${child.signal} 中断` : '原因见上');
  // A bundler may have written lines of its own before it.
  return child.stdout.trim().split('\n').at(-1);
}

function notWritable() {
  const state = findCurrentBuild(dist) === null ? '程序还没有构建过' : '源码在上次构建以后有改动';
  return `${state}，而目录 ${dist} 不可写。请用能写入该目录的账户运行一次 node bin/dudao.mjs --version 完成构建，再启动。`;
}

async function build() {
  const say = (line) => process.stderr.write(`${line}\n`);
  say('首次启动或程序有更新，正在构建（约十几秒）……');
  const folder = await makeBuild(dist, fingerprint, async (target) => {
    await buildServer(path.join(target, 'server'));
    await buildDesk(path.join(target, 'web'));
    await buildViewer(path.join(target, 'viewer'));
  });
  setCurrentBuild(dist, path.basename(folder));
  removeOldBuilds(dist);
  say('构建完成。');
  process.stdout.write(`${folder}\n`);
}

/**
 * Packages of many small files that every start needs go into the bundle with all that they need themselves: one file is
 * read many times faster than five hundred. Packages that are loaded late, are native, or look for files beside
 * themselves stay where npm put them.
 */
const inlined =
  /^(fastify|@fastify\/(cookie|multipart|static)|fast-json-stringify|croner|kysely|zod|uuid|commander|fraction\.js|pg|pg-copy-streams)(\/|$)/;

/** What an inlined package asks for if it is there: a native driver, another platform, a thread that we do not use. */
const notInlined = /^(pg-native|pg-cloudflare|thread-stream|pino-pretty)(\/|$)/;

function isExternal(id, importer) {
  if (id.startsWith('.') || id.startsWith('#') || path.isAbsolute(id)) return false;
  if (isBuiltin(id)) return true;
  const ofPackage = importer?.includes(`${path.sep}node_modules${path.sep}`) ?? false;
  return ofPackage ? notInlined.test(id) : !inlined.test(id);
}

async function buildServer(outDir) {
  const threads = {};
  // Work that runs beside the main thread has a file of its own, which is found next to the bundle by name.
  for (const file of files(path.join(root, 'src/server'))) {
    if (file.endsWith('.worker.ts')) threads[path.basename(file, '.ts')] = file;
  }
  await bundle({ main: path.join(root, 'src/server/app/cli.ts') }, outDir, 'cjs');
  await bundle(threads, outDir, 'esm');
}

/**
 * V8 keeps the source of a script for as long as it runs, and one Chinese character makes it keep the whole file in two
 * bytes a letter. The sentences, written as escapes, cost far less than they save.
 */
const inOneByte = {
  name: 'in-one-byte',
  generateBundle(_options, made) {
    for (const chunk of Object.values(made)) {
      if (chunk.type === 'chunk') chunk.code = chunk.code.replaceAll(/[\u0080-\uffff]/g, escaped);
    }
  },
};

/** @param unit one UTF-16 unit: a letter beyond the first plane comes as its two halves, as an escape needs it */
const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** @param format `cjs` for what `load.mjs` loads with the code kept beside it, `esm` for what a thread runs by itself */
async function bundle(input, dir, format) {
  const { rolldown } = await import('rolldown');
  const made = await rolldown({
    input,
    cwd: root,
    platform: 'node',
    external: isExternal,
    // The driver asks at its start on which platform it runs, and before Node 21 asks it of `Response`: that alone loads
    // all of Node's HTTP client.
    transform: { define: { navigator: '{"userAgent":"Node.js"}' } },
    plugins: [inOneByte],
    logLevel: 'warn',
  });
  const ending = format === 'cjs' ? 'cjs' : 'js';
  await made.write({
    dir,
    format,
    // A script that is compiled from kept code may require packages and may not import them.
    dynamicImportInCjs: false,
    entryFileNames: `[name].${ending}`,
    chunkFileNames: `chunks/[name]-[hash].${ending}`,
    // Names stay, for stack traces; blanks and comments would be read and kept in memory by each start.
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
  });
  await made.close();
}

async function buildDesk(outDir) {
  // Vite takes a NODE_ENV that it finds (from a test run or a developer's shell). It would then ship React's
  // development build, which is half as large again and slower, to an office.
  process.env.NODE_ENV = 'production';
  const { build } = await import('vite');
  await build({
    root: path.join(root, 'src/web/desk'),
    configFile: path.join(root, 'vite.config.ts'),
    // The other config loaders write into node_modules, which may belong to another user.
    configLoader: 'runner',
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true },
  });
}

/** Tables of the character sets in which Chinese documents without fonts of their own are written. */
const characterMaps = /^(?:Adobe-GB1-UCS2|(?:GB|GBK|GBKp|GBpc)-EUC-[HV]|GBK2K-[HV]|UniGB-(?:UCS2|UTF16)-[HV])\.bcmap$/;

/**
 * The page in which a PDF is drawn, with all that it needs in it: a frame without an origin may fetch nothing. Only the last
 * script runs; the others are texts of which it makes a thread, and tables.
 */
async function buildViewer(outDir) {
  const folder = path.join(root, 'src/web/shared/files/viewer');
  const library = path.join(root, 'node_modules/pdfjs-dist');
  const maps = readdirSync(path.join(library, 'cmaps')).filter((name) => characterMaps.test(name));
  const packed = maps.map((name) => [
    path.basename(name, '.bcmap'),
    readFileSync(path.join(library, 'cmaps', name)).toString('base64'),
  ]);
  const scripts = [
    `<script type="text/plain" id="worker">${await script(path.join(library, 'legacy/build/pdf.worker.mjs'))}</script>`,
    `<script type="application/json" id="maps">${JSON.stringify(Object.fromEntries(packed))}</script>`,
    `<script id="viewer">${await script(path.join(folder, 'pdf-viewer.ts'))}</script>`,
  ];
  const [before, behind] = readFileSync(path.join(folder, 'viewer.html'), 'utf8').split(
    '<script src="./pdf-viewer.ts"></script>',
  );
  const page = [before, ...scripts, behind].join('\n');
  mkdirSync(outDir, { recursive: true });
  writeFileSync(path.join(outDir, 'viewer.html'), page);
  writeFileSync(path.join(outDir, 'viewer.html.gz'), gzipSync(page, { level: 9 }));
}

/** A program as one text that may stand in a page. */
async function script(input) {
  const { rolldown } = await import('rolldown');
  const made = await rolldown({
    input,
    cwd: root,
    platform: 'browser',
    // The same browsers as in vite.config.ts.
    transform: { target: ['chrome109', 'firefox115', 'safari16'] },
    logLevel: 'silent',
  });
  const { output } = await made.generate({ format: 'iife', minify: true, codeSplitting: false });
  await made.close();
  return output[0].code.replaceAll(/<(?=\/script|!--)/gi, '<\\');
}

if (process.argv[1] === import.meta.filename) await build();
