import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');
const stamp = path.join(root, 'dist', 'build.json');

/** Everything that the built product is made of: sources, data shipped inside the bundle, exact versions, this file. */
const ingredients = ['src', 'reference', 'bin/build.mjs', 'vite.config.ts', 'package.json', 'package-lock.json'];

function* files(target) {
  if (!existsSync(target)) return;
  const entries = readdirSync(target, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const full = path.join(target, entry.name);
    if (entry.isDirectory()) yield* files(full);
    else if (!/\.test\.tsx?$/.test(entry.name)) yield full;
  }
}

/** A fingerprint of the sources by content. The file times of a checkout do not show what was built from it. */
export function fingerprint() {
  const hash = createHash('sha256').update(process.version.split('.')[0]);
  for (const ingredient of ingredients) {
    const full = path.join(root, ingredient);
    const list = existsSync(full) && !/\.\w+$/.test(ingredient) ? files(full) : [full];
    for (const file of list) {
      if (!existsSync(file)) continue;
      hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

export function isFresh(current = fingerprint()) {
  if (!existsSync(stamp)) return false;
  try {
    return JSON.parse(readFileSync(stamp, 'utf8')).fingerprint === current;
  } catch {
    // A stamp that cannot be read was cut off while it was being written: build again.
    return false;
  }
}

/**
 * Builds server and desk into `dist/` when the sources have changed since the last build. The bundlers run in a process
 * of their own: their hundreds of megabytes go away with it and do not stay with a server that starts afterwards.
 */
export function buildWhenStale() {
  if (isFresh()) return;
  const { status, signal } = spawnSync(process.execPath, [import.meta.filename], { stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(signal ? `被信号 ${signal} 中断` : '原因见上');
}

async function build() {
  const isStillMine = await waitForTurn();
  const current = fingerprint();
  if (isFresh(current)) return rmSync(turn, { force: true });
  const say = (line) => process.stderr.write(`${line}\n`);
  say('首次启动或程序有更新，正在构建（约十几秒）……');
  rmSync(stamp, { force: true });
  await buildServer();
  await buildDesk();
  // Another program that thought our lock was abandoned has written into the same folder: the next start builds again.
  if (isStillMine()) {
    writeFileSync(stamp, `${JSON.stringify({ fingerprint: current, node: process.version })}\n`);
    rmSync(turn, { force: true });
  }
  say('构建完成。');
}

const turn = path.join(root, 'dist', 'building');
const abandonedAfter = 60_000;

/** Two programs started at once must not write the same files. The second waits, and then finds the work done. */
async function waitForTurn() {
  mkdirSync(path.dirname(turn), { recursive: true });
  for (;;) {
    try {
      writeFileSync(turn, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isAbandoned()) rmSync(turn, { force: true });
    else await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const isStillMine = () => existsSync(turn) && readFileSync(turn, 'utf8') === String(process.pid);
  setInterval(() => isStillMine() && utimesSync(turn, new Date(), new Date()), 1_000).unref();
  return isStillMine;
}

function isAbandoned() {
  try {
    if (Date.now() - statSync(turn).mtimeMs > abandonedAfter) return true;
    const pid = Number(readFileSync(turn, 'utf8'));
    // Zero: the file is just being written.
    if (pid > 0) process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

/**
 * Packages of many small files that every start needs go into the bundle: one file is read many times faster than five
 * hundred. Packages that are loaded late, are native, or look for files beside themselves stay where npm put them.
 */
const inlined =
  /^(kysely|zod|uuid|commander|fraction\.js|pg|pg-(boss|pool|protocol|types|connection-string|int8|copy-streams)|postgres-\w+|pgpass|split2|xtend|serialize-error|cron-parser|luxon|type-fest)(\/|$)/;

async function buildServer() {
  const { rolldown } = await import('rolldown');
  const outDir = path.join(root, 'dist', 'server');
  rmSync(outDir, { recursive: true, force: true });
  const input = { main: path.join(root, 'src/server/app/main.ts') };
  // Work that runs beside the main thread has a file of its own, which is found next to the bundle by name.
  for (const file of files(path.join(root, 'src/server'))) {
    if (file.endsWith('.worker.ts')) input[path.basename(file, '.ts')] = file;
  }
  const bundle = await rolldown({
    input,
    cwd: root,
    platform: 'node',
    external: (id) => !id.startsWith('.') && !id.startsWith('#') && !path.isAbsolute(id) && !inlined.test(id),
    logLevel: 'warn',
  });
  await bundle.write({
    dir: outDir,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  });
  await bundle.close();
}

async function buildDesk() {
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
  });
}

if (process.argv[1] === import.meta.filename) await build();
