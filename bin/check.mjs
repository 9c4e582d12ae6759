import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { commitFaults } from './commits.mjs';
import { acceptMigrations, migrationFaults } from './migrations.mjs';

/**
 * `npm run check`: types of the five projects, format and lint, boundaries (with a minimum number of modules, because a
 * checker that sees nothing reports nothing), unused code, accepted migrations that must not change, drift between
 * migrations and generated types, subjects of commits. `--accept-migrations` adds new migrations to the list instead and checks nothing.
 */
const root = path.resolve(import.meta.dirname, '..');
const migrations = path.join(root, 'migrations');

if (process.argv.includes('--accept-migrations')) {
  const added = acceptMigrations(migrations);
  process.stdout.write(added.length === 0 ? '没有新的升级文件。\n' : `已列入：${added.join('、')}\n`);
  process.exit();
}
const floor = 900;

const run = (command, args, options = {}) =>
  spawnSync(path.join(root, 'node_modules/.bin', command), args, { cwd: root, encoding: 'utf8', ...options });

const steps = [
  ...['domain', 'contract', 'server', 'web', 'test'].map((name) => ({
    name: `类型 ${name}`,
    act: () => run('tsc', ['-p', `tsconfig.${name}.json`]),
  })),
  { name: '格式与静态检查', act: () => run('biome', ['check', '--error-on-warnings', '.']) },
  { name: '依赖边界', act: boundaries },
  { name: '无用代码', act: () => run('knip', []) },
  { name: '升级文件', act: () => told(migrationFaults(migrations)) },
  { name: '提交标题', act: () => told(commitFaults(root)) },
  { name: '表结构与类型一致', act: () => run('tsx', ['src/server/app/main.ts', 'db', 'types', '--check']) },
];

function told(faults) {
  return { status: faults.length === 0 ? 0 : 1, stdout: faults.map((fault) => `${fault}\n`).join('') };
}

function boundaries() {
  const result = run('depcruise', ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src'], {
    maxBuffer: 256 * 1024 * 1024,
  });
  if (!result.stdout) return result;
  const { modules, summary } = JSON.parse(result.stdout);
  const own = modules.filter((module) => module.source.startsWith('src/')).length;
  const lines = summary.violations.map((v) => `${v.rule.severity} ${v.rule.name}: ${v.from} → ${v.to}`);
  if (own < floor) lines.push(`只看到 ${own} 个模块，少于下限 ${floor}：检查器可能没有读懂源码`);
  const failed = own < floor || summary.error > 0;
  return { status: failed ? 1 : 0, stdout: lines.join('\n'), stderr: '' };
}

let failed = 0;
for (const step of steps) {
  const started = Date.now();
  const result = step.act();
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const ok = result.status === 0;
  process.stdout.write(`${ok ? '✓' : '✕'} ${step.name}  ${seconds}s\n`);
  if (!ok) {
    failed += 1;
    process.stdout.write(`${result.stdout ?? ''}${result.stderr ?? ''}${result.error ? `${result.error}\n` : ''}`);
  }
}
process.stdout.write(failed === 0 ? '检查通过\n' : `${failed} 项检查未通过\n`);
process.exitCode = failed === 0 ? 0 : 1;
