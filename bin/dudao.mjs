#!/usr/bin/env node
import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`督导需要 Node 20.19 或更新的版本，当前是 ${process.version}。\n`);
  process.exit(1);
}
if (!existsSync(path.join(root, 'node_modules'))) {
  process.stderr.write(`尚未安装依赖，请先在 ${root} 运行 npm ci。\n`);
  process.exit(1);
}

// Finds out who started us before a build takes its time: see `whenNpmEnds` in the command serve.
process.env.DUDAO_PARENT = String(process.ppid);

const { findBuild, findCurrentBuild, holdBuild } = await import('./builds.mjs');
const dist = path.join(root, 'dist');
const wanted = process.env.DUDAO_BUILT ?? '';

/** A packaged installation carries only its build; a checkout builds when its sources have changed. */
async function findOrMakeBuild() {
  if (wanted !== '') return findBuild(dist, wanted);
  if (!existsSync(path.join(root, 'src'))) return findCurrentBuild(dist);
  const { buildWhenStale } = await import('./build.mjs');
  return buildWhenStale();
}

let build;
try {
  build = await findOrMakeBuild();
  if (build === null) throw new Error(`${dist} 里没有构建好的程序，请重新安装。`);
} catch (error) {
  process.stderr.write(`构建失败：${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
holdBuild(build);
const { load, keepCode } = await import('./load.mjs');
const { main } = load(path.join(build, 'server/main.cjs'));
// A server that has been up for a while keeps its code for the next start; a short command ends before.
setTimeout(keepCode, 5_000).unref();
await main(process.argv.slice(2));
