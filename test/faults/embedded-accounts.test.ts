import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nobody } from '#platform/postgres/embedded/account.ts';
import { quickPlace } from '#test/support/database/quick-place.ts';
import { distantBase, removeDataFolder } from '../support/database/data-folder.ts';
import {
  type Checkout,
  installedPackage,
  makeCheckout,
  type RunningProgram,
  startProgram,
} from '../support/product/child-program.ts';

const isRoot = process.getuid?.() === 0;
const ordinary = { uid: nobody, gid: nobody };
/** Node itself may lie in a folder that only its owner can enter (a version manager below /root). */
const nodeIsForAll = isRoot && spawnSync(process.execPath, ['--version'], { ...ordinary, cwd: '/' }).status === 0;
const hasSetpriv = isRoot && spawnSync('sh', ['-c', 'command -v setpriv']).status === 0;

let checkout: Checkout;
let folder: string;
let dataDir: string;
const programs: RunningProgram[] = [];

beforeAll(async () => {
  checkout = await makeCheckout();
});
afterAll(() => rmSync(checkout.folder, { recursive: true, force: true }));

beforeEach(() => {
  folder = mkdtempSync(join(quickPlace, 'dudao-accounts-'));
  dataDir = join(folder, 'data');
});
afterEach(async () => {
  for (const program of programs.splice(0)) await program.stop();
  await removeDataFolder(dataDir);
  rmSync(folder, { recursive: true, force: true });
  restorePackage();
  chmodSync(checkout.folder, 0o700);
});

async function started(options: Parameters<typeof startProgram>[2] = {}): Promise<RunningProgram> {
  const program = await startProgram(checkout.program, dataDir, { cwd: '/', quick: true, ...options });
  programs.push(program);
  return program;
}

async function stopped(program: RunningProgram): Promise<void> {
  programs.splice(programs.indexOf(program), 1);
  await program.stop();
}

async function answers(program: RunningProgram): Promise<void> {
  const client = new pg.Client({ connectionString: program.ownerUrl });
  await client.connect();
  await client.query('select 1');
  await client.end();
}

function accountOf(pid: number): number {
  const [, uid] = /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(uid);
}

/** The state that `npm ci --ignore-scripts` leaves: the names of libraries that npm cannot carry are missing. */
function damagePackage(): string {
  unlinkSync(checkout.package);
  cpSync(installedPackage, checkout.package, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith('.a'),
  });
  const libraries = join(checkout.package, 'native/lib');
  for (const name of readdirSync(libraries)) {
    if (lstatSync(join(libraries, name)).isSymbolicLink()) unlinkSync(join(libraries, name));
  }
  return libraries;
}

function restorePackage(): void {
  rmSync(checkout.package, { recursive: true, force: true });
  symlinkSync(installedPackage, checkout.package);
}

/** A folder that the ordinary user owns, below one that he can reach. */
function giveFolder(): void {
  chmodSync(folder, 0o711);
  mkdirSync(dataDir);
  chownSync(dataDir, nobody, nobody);
  chmodSync(checkout.folder, 0o755);
}

describe('an installation without install scripts', () => {
  it('is repaired in place, once', async () => {
    const libraries = damagePackage();
    const program = await started();
    await answers(program);
    expect(lstatSync(join(libraries, 'libicuuc.so.60')).isSymbolicLink()).toBe(true);
    expect(existsSync(join(dataDir, 'binaries'))).toBe(false);
    await stopped(program);
    await answers(await started());
  });
});

describe.runIf(isRoot && process.platform === 'linux')('started by root', () => {
  it.runIf(hasSetpriv)('serves as nobody from a closed folder; only the cluster is his', async () => {
    const program = await started();
    await answers(program);
    expect(accountOf(program.pid)).toBe(nobody);
    expect(statSync(dataDir).uid).toBe(0);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, 'postgres')).uid).toBe(nobody);
    expect(statSync(join(dataDir, 'embedded.json')).uid).toBe(0);
  });

  it('without setpriv keeps cluster and binaries where nobody can reach them, and stays there', async () => {
    // A checkout that nobody can enter; only the programs on the PATH are available.
    damagePackage();
    const env = { ...process.env, PATH: join(folder, 'nothing-here') };
    const program = await started({ env });
    await answers(program);
    const base = distantBase(dataDir) ?? '';
    expect(base).toMatch(/^\/var\/lib\/dudao\/[0-9a-f]{16}$/);
    expect(accountOf(program.pid)).toBe(nobody);
    expect(statSync(join(base, 'postgres')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(base, 'binaries'))).toHaveLength(1);
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
    await stopped(program);
    const again = await started({ env: { ...process.env, PATH: `/usr/bin${delimiter}/bin` } });
    await answers(again);
    expect(distantBase(dataDir)).toBe(base);
    await stopped(again);
    // A new data folder in the old place: the remains of the old one are neither used nor deleted.
    rmSync(dataDir, { recursive: true });
    await answers(await started({ env }));
    expect(readdirSync(base).filter((name) => name.startsWith('postgres.unclaimed-'))).toHaveLength(1);
  });

  it.runIf(hasSetpriv)('runs copies of binaries that were installed for root alone (umask 077)', async () => {
    damagePackage();
    for (const name of readdirSync(join(checkout.package, 'native/bin'))) {
      chmodSync(join(checkout.package, 'native/bin', name), 0o700);
    }
    const program = await started();
    await answers(program);
    expect(readdirSync(join(dataDir, 'binaries'))).toHaveLength(1);
  });

  it.runIf(hasSetpriv)('moves a cluster of the data folder when it can no longer be reached there', async () => {
    const first = await started();
    const client = new pg.Client({ connectionString: first.ownerUrl });
    await client.connect();
    await client.query('create table kept as select 42 as n');
    await client.end();
    await stopped(first);
    const moved = await started({ env: { ...process.env, PATH: join(folder, 'nothing-here') } });
    expect(distantBase(dataDir)).not.toBeNull();
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
    const later = new pg.Client({ connectionString: moved.ownerUrl });
    await later.connect();
    expect((await later.query('select n from kept')).rows).toEqual([{ n: 42 }]);
    await later.end();
  });
});

describe.runIf(nodeIsForAll && process.platform === 'linux')('started by an ordinary user', () => {
  it('repairs a copy in the data folder where the installation belongs to somebody else', async () => {
    giveFolder();
    const libraries = damagePackage();
    const program = await started(ordinary);
    await answers(program);
    expect(existsSync(join(libraries, 'libicuuc.so.60'))).toBe(false);
    expect(readdirSync(join(dataDir, 'binaries'))).toHaveLength(1);
  });

  it('serves as that user, can be followed by root, and goes on afterwards', async () => {
    giveFolder();
    damagePackage();
    for (const options of [ordinary, {}, ordinary]) {
      const program = await started(options);
      await answers(program);
      expect(accountOf(program.pid)).toBe(nobody);
      await stopped(program);
    }
  });

  it('reports a folder that belongs to somebody else', async () => {
    chmodSync(folder, 0o711);
    mkdirSync(dataDir, { mode: 0o700 });
    chmodSync(checkout.folder, 0o755);
    await expect(started(ordinary)).rejects.toThrow(`数据目录 ${dataDir} 无法使用（没有权限）`);
  });
});
