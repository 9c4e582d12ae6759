import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { effort } from '../support/effort.ts';
import { buildProduct, startProduct } from '../support/product/product-process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('an empty folder', () => {
  let folder: string;
  beforeAll(buildProduct, effort.patience);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dudao-empty-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (words: readonly string[]) => {
    const { DATA_DIR: _, DATABASE_URL: __, ...environment } = process.env;
    return spawnSync(process.execPath, [join(root, 'bin/dudao.mjs'), ...words], {
      ...{ cwd: folder, encoding: 'utf8', env: { ...environment, DUDAO_BUILT: '' } },
    });
  };

  it.each([
    [['audit', 'verify']],
    [['jobs', 'list']],
    [['jobs', 'retry', '--all']],
    [['user', 'create', '--username', 'somebody', '--name', '某人', '--role', 'system-administrator']],
    [['db', 'reset', '--yes']],
    [['seed']],
    [['migrate']],
    [['backup', 'kept.backup']],
  ])('stays empty, and dudao %j says that no data are here', (words) => {
    const told = run(words);
    expect([told.status, told.stdout]).toEqual([1, '']);
    expect(told.stderr).toContain(`数据目录 ${join(folder, 'data')} 里没有督导的数据`);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('stays empty where dudao doctor looks, which names it among the faults', () => {
    const told = run(['doctor']);
    expect(told.status).toBe(1);
    expect(told.stdout).toContain(`✕ 数据目录：${join(folder, 'data')} 不存在。`);
    expect(told.stdout).toContain(`数据目录 ${join(folder, 'data')} 里没有督导的数据`);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('stays empty too where the port of the start is taken', async () => {
    const stranger = createServer();
    stranger.listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as { port: number };
    const start = startProduct({ dataDir: join(folder, 'data'), environment: { PORT: String(port) } });
    await expect(start).rejects.toThrow(
      new RegExp(`ended with 1 .*端口 ${port} 上提供服务：端口已被另一个程序占用`, 's'),
    );
    stranger.close();
    expect(readdirSync(folder)).toEqual([]);
  });
});
