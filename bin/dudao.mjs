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

// A packaged installation carries only `dist`; a checkout builds when its sources have changed.
if (existsSync(path.join(root, 'src')) && process.env.DUDAO_BUILT !== 'yes') {
  const { buildWhenStale } = await import('./build.mjs');
  try {
    buildWhenStale();
  } catch (error) {
    process.stderr.write(`构建失败：${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  }
}
const { main } = await import(path.join(root, 'dist/server/main.js'));
await main(process.argv.slice(2));
