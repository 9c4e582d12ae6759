import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { signIn } from '#contract/session/session.ts';
import { nobody } from '#platform/postgres/embedded/account.ts';
import { readPostmasterFile } from '#platform/postgres/embedded/postmaster.ts';
import { dataFolderHolder } from '#platform/postgres/lock.ts';
import { pause, processStart } from '#platform/postgres/running-process.ts';
import { readSignIns } from '#sample/sign-ins.ts';
import { findCurrentBuild } from '../../bin/builds.mjs';
import { distantBase } from '../support/database/data-folder.ts';
import { effort, momentsOf } from '../support/effort.ts';
import { httpPerson } from '../support/http-person.ts';
import {
  buildProduct,
  discardDataFolder,
  makeDataFolder,
  type ProductOptions,
  type ProductProcess,
  startProduct,
} from '../support/product/product-process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The build of the present sources and the file that names it; older builds stay where they are. */
function presentBuild(): string[] {
  const build = findCurrentBuild(join(root, 'dist'));
  if (build === null) throw new Error('the product has not been built');
  return ['dist/current', relative(root, build)];
}

function copyInto(folder: string, parts: readonly string[]): void {
  for (const part of parts) cpSync(join(root, part), join(folder, part), { recursive: true });
}

const isRoot = process.getuid?.() === 0;
const undo: Array<() => unknown> = [];
afterEach(async () => {
  for (const act of undo.splice(0).reverse()) await act();
});

/** A product that the test need not stop; any remaining process of it is killed at the end. */
async function started(options: ProductOptions): Promise<ProductProcess> {
  const product = await startProduct(options);
  undo.push(async () => {
    const holder = await dataFolderHolder(options.dataDir);
    if (holder) process.kill(holder.pid, 'SIGKILL');
    product.child.kill('SIGKILL');
  });
  return product;
}

const isWell = async (product: ProductProcess) => {
  const response = await fetch(`${product.address}/api/health`, { headers: { connection: 'close' } });
  return response.status === 200 && (await response.text()) === '{"status":"ok"}';
};

const postmasterOf = (dataDir: string) =>
  readPostmasterFile(join(distantBase(dataDir) ?? dataDir, 'postgres'))?.pid ?? null;

/** Every process has ended and reported it, and no file waits to be cleared away. */
async function expectEnded(product: ProductProcess, dataDir: string, postmaster: number | null): Promise<void> {
  await expect.poll(() => product.said(), { timeout: 20_000 }).toContain('已停止。');
  await expect.poll(() => dataFolderHolder(dataDir), { timeout: 20_000 }).toBeNull();
  if (postmaster !== null) expect(processStart(postmaster)).toBeNull();
  expect(postmasterOf(dataDir)).toBeNull();
  expect(existsSync(join(dataDir, 'lock'))).toBe(false);
  // The log has no complaint about a requested end.
  expect(product.said()).not.toMatch(/"level":[456]0/);
}

const npmStart = ['npm', 'start', '--no-update-notifier'] as const;

describe('npm start', () => {
  // All tests use one folder: the next start must find it in order, whatever was done to it before.
  let dataDir: string;
  beforeAll(async () => {
    await buildProduct();
    dataDir = makeDataFolder();
  }, effort.patience);
  afterAll(() => discardDataFolder(dataDir));

  it('serves programs in plain ASCII, whose source V8 keeps in one byte a letter', () => {
    const [, build] = presentBuild();
    const folder = join(root, build as string, 'server');
    const programs = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.c?js$/.test(name));
    expect(programs.length).toBeGreaterThan(10);
    for (const name of programs) expect(readFileSync(join(folder, name), 'utf8'), name).not.toMatch(/[\u0080-\uffff]/);
  });

  it(
    'ends in order by SIGTERM to npm itself, by Ctrl-C to the whole group, and comes up after a kill of everything',
    async () => {
      const options = { dataDir, command: npmStart, detached: true } as const;

      const first = await started(options);
      expect(await isWell(first)).toBe(true);
      const firstPostmaster = postmasterOf(dataDir);
      expect(firstPostmaster).not.toBeNull();
      // npm ends at the signal, together with the shell to which it passed the signal. The processes that they had
      // started end later.
      await first.stop();
      await expectEnded(first, dataDir, firstPostmaster);

      const second = await started(options);
      const secondPostmaster = postmasterOf(dataDir);
      process.kill(-second.pid, 'SIGINT');
      await second.ended;
      await expectEnded(second, dataDir, secondPostmaster);

      const third = await started(options);
      process.kill(postmasterOf(dataDir) as number, 'SIGKILL');
      process.kill(-third.pid, 'SIGKILL');
      await third.ended;
    },
    effort.patience,
  );

  it(
    'a second one on the same folder names the first, ends with 1 and leaves it alone',
    async () => {
      const first = await started({ dataDir });
      const again = startProduct({ dataDir });
      await expect(again).rejects.toThrow(new RegExp(`ended with 1 .*进程号 ${first.pid}.*${first.address}`, 's'));
      expect(await isWell(first)).toBe(true);

      // The stop does not wait for ever for a client that never finishes its request.
      const { hostname, port } = new URL(first.address);
      const client = connect(Number(port), hostname);
      client.on('error', () => {});
      client.write(
        'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a',
      );
      // What comes on another connection afterwards is answered after the beginning of this request was read.
      await once(client, 'connect');
      for (let time = 0; time < 3; time += 1) expect(await isWell(first)).toBe(true);
      const postmaster = postmasterOf(dataDir);
      expect(await first.stop()).toBe(0);
      client.destroy();
      await expectEnded(first, dataDir, postmaster);
    },
    effort.patience,
  );
});

it.runIf(effort.thorough)(
  'a first start with the sample city, killed at random moments, is finished by the next',
  async () => {
    const dataDir = makeDataFolder();
    undo.push(() => discardDataFolder(dataDir));
    const options = { dataDir, environment: { SAMPLE: 'on' } };
    let interrupted = 0;
    const moments = momentsOf('start');
    for (let round = 0; round < effort.kills; round += 1) {
      const ended = started(options).then(
        (product) => product.ended,
        () => null,
      );
      await expect.poll(() => dataFolderHolder(dataDir), { timeout: 20_000 }).not.toBeNull();
      await pause(moments.between(0, 9_000));
      const holder = await dataFolderHolder(dataDir);
      const postmaster = postmasterOf(dataDir);
      if (round % 2 === 0 && postmaster !== null) process.kill(postmaster, 'SIGKILL');
      if (holder) process.kill(holder.pid, 'SIGKILL');
      await ended;
      if (holder?.address === null) interrupted += 1;
    }
    expect(interrupted).toBeGreaterThan(0);
    const product = await started(options);
    const [city] = readSignIns(dataDir).filter((one) => one.role === 'city-officer');
    const { username, password } = city!;
    const answer = await httpPerson(() => product.address, '').ask(signIn, { body: { username, password } });
    expect(answer.status).toBe(200);
    expect(await product.stop()).toBe(0);
  },
  effort.patience,
);

/** Node, npm and the packages may lie in folders that only root can enter. */
const ordinary = { uid: nobody, gid: nobody };
const everyoneComesHere =
  isRoot &&
  spawnSync(process.execPath, ['-e', `require(${JSON.stringify(join(root, 'node_modules/pg/package.json'))})`], {
    ...ordinary,
    cwd: '/',
  }).status === 0;

describe.runIf(everyoneComesHere)('an ordinary user', () => {
  /** A folder that belongs to that user, with the packages of this checkout. */
  function hisCheckout(): string {
    const folder = mkdtempSync(join(tmpdir(), 'dudao-clone-'));
    undo.push(() => rmSync(folder, { recursive: true, force: true }));
    chmodSync(folder, 0o755);
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    return folder;
  }

  const hand = (path: string) => spawnSync('chown', ['-R', '-h', `${nobody}:${nobody}`, path]);

  async function servesHim(folder: string, environment: Record<string, string>): Promise<ProductProcess> {
    const home = join(folder, 'home');
    mkdirSync(home);
    chownSync(home, nobody, nobody);
    const dataDir = join(home, 'data');
    undo.push(() => discardDataFolder(dataDir));
    const product = await started({
      dataDir,
      folder,
      command: npmStart,
      detached: true,
      user: ordinary,
      environment: { HOME: home, npm_config_cache: join(home, '.npm'), ...environment },
    });
    expect(await isWell(product)).toBe(true);
    // The database runs as that user, in the folder of his data.
    expect(distantBase(dataDir)).toBeNull();
    process.kill(-product.pid, 'SIGINT');
    await expectEnded(product, dataDir, postmasterOf(dataDir));
    return product;
  }

  it(
    'starts what was built by somebody else',
    async () => {
      const folder = hisCheckout();
      copyInto(folder, ['bin', ...presentBuild(), 'migrations', 'reference', 'package.json']);
      await servesHim(folder, {});
    },
    effort.patience,
  );

  it('says that a checkout which it may not write has changed since its build', () => {
    const folder = hisCheckout();
    copyInto(folder, ['bin', ...presentBuild(), 'package.json']);
    mkdirSync(join(folder, 'src'));
    const start = () =>
      spawnSync(process.execPath, ['bin/dudao.mjs', '--version'], { cwd: folder, ...ordinary, encoding: 'utf8' });
    const changed = start();
    expect(changed.status).toBe(1);
    expect(changed.stderr).toMatch(/源码在上次构建以后有改动，而目录 \S+dist 不可写。请用能写入该目录的账户运行/);
    rmSync(join(folder, 'dist'), { recursive: true });
    expect(start().stderr).toContain('程序还没有构建过，而目录');
  });

  it.runIf(effort.thorough)(
    'builds and starts a fresh clone, twice at once',
    async () => {
      const folder = hisCheckout();
      const files = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
      for (const file of files.stdout.toString().split('\0').filter(Boolean)) {
        if (!existsSync(join(root, file))) continue;
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        cpSync(join(root, file), join(folder, file));
      }
      hand(folder);
      // Another process starts at the same moment: each makes a build of its own, and the one that is whole first stays.
      const other = spawn(process.execPath, ['bin/dudao.mjs', '--version'], {
        cwd: folder,
        ...ordinary,
        stdio: 'ignore',
      });
      const otherEnded = once(other, 'exit');
      const product = await servesHim(folder, { DUDAO_BUILT: '' });
      expect((await otherEnded)[0]).toBe(0);
      expect(product.said().match(/正在构建/g)?.length ?? 0).toBeLessThanOrEqual(1);
    },
    effort.patience,
  );
});
