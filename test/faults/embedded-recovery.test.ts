import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nobody } from '#platform/postgres/embedded/account.ts';
import { type EmbeddedServer, startEmbedded } from '#platform/postgres/embedded/embedded.ts';
import { pause, processStart } from '#platform/postgres/running-process.ts';
import { quickPlace } from '#test/support/database/quick-place.ts';
import { removeDataFolder } from '../support/database/data-folder.ts';
import { momentsOf } from '../support/effort.ts';
import { type Checkout, makeCheckout, startProgram } from '../support/product/child-program.ts';

let checkout: Checkout;
let folder: string;
let dataDir: string;
const isRoot = process.getuid?.() === 0;
const said: string[] = [];
const log = { info: (message: string) => said.push(message), warn: (message: string) => said.push(message) };
const cleanups: Array<() => unknown> = [];

beforeAll(async () => {
  checkout = await makeCheckout();
  folder = mkdtempSync(join(quickPlace, 'dudao-faults-'));
  // Most tests damage the same cluster: the next start must find it in order, whatever was done to it.
  dataDir = join(folder, 'shared');
});
afterAll(async () => {
  for (const name of readdirSync(folder)) await removeDataFolder(join(folder, name));
  for (const path of [checkout.folder, folder]) rmSync(path, { recursive: true, force: true });
});

beforeEach(() => {
  said.length = 0;
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const freshTable = 'drop table if exists written; create table written (n int primary key)';

async function started(): Promise<EmbeddedServer> {
  const server = await startEmbedded({ dataDir, log });
  cleanups.push(() => server.stop());
  return server;
}

async function ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Inserts 1, 2, 3 … each in its own transaction, and counts the acknowledged ones. */
function writer(url: string): { acknowledged: () => number; ended: Promise<void> } {
  let acknowledged = 0;
  async function write(): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    await client.connect();
    try {
      for (;;) {
        await client.query('insert into written values ($1)', [acknowledged + 1]);
        acknowledged += 1;
      }
    } catch {
      await client.end().catch(() => {});
    }
  }
  return { acknowledged: () => acknowledged, ended: write() };
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(holds, { timeout: 60_000 }).toBe(true);
}

/** Every acknowledged row is there; at most the one row under way is there without an acknowledgement. */
async function expectNothingLost(url: string, acknowledged: number): Promise<void> {
  const [row] = await ask<{ rows: number; last: number }>(
    url,
    'select count(*)::int as rows, max(n) as last from written',
  );
  expect(row?.rows).toBe(row?.last);
  expect(row?.rows).toBeGreaterThanOrEqual(acknowledged);
  expect(row?.rows).toBeLessThanOrEqual(acknowledged + 1);
}

describe('the embedded server', () => {
  it('lies in closed folders, listens on loopback only, asks for a password, and waits for the disk', async () => {
    const server = await started();
    const mode = (path: string) => statSync(join(dataDir, path)).mode & 0o777;
    expect([mode('.'), mode('postgres'), mode('embedded.json')]).toEqual([0o700, 0o700, 0o600]);
    const settings = await ask<{ name: string; setting: string }>(
      server.ownerUrl,
      `select name, setting from pg_settings where name in ('listen_addresses', 'fsync', 'full_page_writes',
        'synchronous_commit', 'unix_socket_directories') order by name collate "C"`,
    );
    expect(settings.map((row) => `${row.name}=${row.setting}`)).toEqual([
      'fsync=on',
      'full_page_writes=on',
      'listen_addresses=127.0.0.1',
      'synchronous_commit=on',
      'unix_socket_directories=',
    ]);
    const wrong = new URL(server.ownerUrl);
    wrong.password = 'wrong';
    await expect(ask(wrong.href, 'select 1')).rejects.toThrow('password authentication failed');
    const [sorted] = await ask<{ names: string }>(
      server.ownerUrl,
      `select string_agg(name, ',' order by name) as names from unnest(array['晋江', '安溪', '泉港', '德化', '丰泽']) name`,
    );
    expect(sorted?.names).toBe('安溪,德化,丰泽,晋江,泉港');
    await server.stop();
    expect(processStart(server.pid)).toBeNull();
  });

  it('is started again on the same address when it is killed, and loses nothing acknowledged', async () => {
    const server = await started();
    const downs: unknown[] = [];
    server.onDown((down) => downs.push(down));
    await ask(server.ownerUrl, freshTable);
    for (let round = 1; round <= 2; round += 1) {
      await ask(server.ownerUrl, 'truncate written');
      const writing = writer(server.ownerUrl);
      await until(() => writing.acknowledged() > 50);
      const killed = server.pid;
      process.kill(killed, 'SIGKILL');
      await writing.ended;
      await until(() => server.pid !== killed);
      await expectNothingLost(server.ownerUrl, writing.acknowledged());
      expect(downs).toHaveLength(round);
    }
  });

  it('does not come back after it was stopped, also when it had just died', async () => {
    const server = await started();
    process.kill(server.pid, 'SIGKILL');
    await until(() => said.some((line) => line.includes('意外结束')));
    await server.stop();
    await expect(ask(server.ownerUrl, 'select 1')).rejects.toThrow('ECONNREFUSED');
  });

  it('that outlived its killed program is stopped by the next, and nothing acknowledged is lost', async () => {
    const program = await startProgram(checkout.program, dataDir);
    await ask(program.ownerUrl, freshTable);
    const writing = writer(program.ownerUrl);
    await until(() => writing.acknowledged() > 20);
    await program.kill();
    expect(processStart(program.pid)).not.toBeNull();
    const next = await startProgram(checkout.program, dataDir);
    cleanups.push(() => next.stop());
    await writing.ended;
    expect(next.pid).not.toBe(program.pid);
    expect(next.ownerUrl).toBe(program.ownerUrl);
    await expectNothingLost(next.ownerUrl, writing.acknowledged());
  });

  it('comes up after everything was killed at once, with a stale pid file and children still dying', async () => {
    const program = await startProgram(checkout.program, dataDir);
    await ask(program.ownerUrl, freshTable);
    const writing = writer(program.ownerUrl);
    await until(() => writing.acknowledged() > 20);
    process.kill(program.pid, 'SIGKILL');
    await program.kill();
    expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(true);
    const server = await started();
    await writing.ended;
    await expectNothingLost(server.ownerUrl, writing.acknowledged());
  });

  it.runIf(process.platform === 'linux')(
    'comes up although a child of the killed one is deep in a computation',
    async () => {
      const server = await started();
      const busy = ask(server.ownerUrl, 'select count(*) from generate_series(1, 1e12::bigint) n').catch(() => 'ended');
      const running = `select count(*)::int as n from pg_stat_activity where state = 'active' and query like 'select count(*) from gen%'`;
      await until(async () => (await ask<{ n: number }>(server.ownerUrl, running))[0]?.n === 1);
      const killed = server.pid;
      process.kill(killed, 'SIGKILL');
      await until(() => server.pid !== killed);
      expect(await busy).toBe('ended');
      await ask(server.ownerUrl, 'select 1');
    },
  );

  it('is not kept out by a stranger who was given the pid of the old one, and leaves him alone', async () => {
    await (await started()).stop();
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore', ...(isRoot ? { uid: nobody, gid: nobody } : {}) });
    cleanups.push(() => stranger.kill());
    const pidFile = join(dataDir, 'postgres/postmaster.pid');
    writeFileSync(pidFile, `${stranger.pid}\n${join(dataDir, 'postgres')}\n1\n5432\n\n127.0.0.1\n  1 1\nready   \n`);
    const server = await started();
    await ask(server.ownerUrl, 'select 1');
    expect(stranger.exitCode).toBeNull();
    expect(stranger.signalCode).toBeNull();
  });

  it('is not stopped by Ctrl-C, which reaches the whole group of the terminal', async () => {
    const program = await startProgram(checkout.program, dataDir, { detached: true });
    cleanups.push(() => program.stop());
    process.kill(-(program.child.pid ?? 0), 'SIGINT');
    // A fast stop, as the signal would bring, ends connections at once and takes no others.
    for (let time = 0; time < 20; time += 1) await ask(program.ownerUrl, 'select 1');
    expect(processStart(program.pid)).not.toBeNull();
  });

  it('is refused to a second program, which names the first', async () => {
    const program = await startProgram(checkout.program, dataDir);
    cleanups.push(() => program.stop());
    await expect(startProgram(checkout.program, dataDir)).rejects.toThrow(`进程号 ${program.child.pid}`);
    await ask(program.ownerUrl, 'select 1');
  });
});

it('gives the folder to exactly one of many programs that find the lock of a dead one at once', async () => {
  const contested = mkdtempSync(join(folder, 'contested-'));
  for (let round = 0; round < 3; round += 1) {
    const children = Array.from({ length: 6 }, () => fork(checkout.program, ['hold', contested], { stdio: 'ignore' }));
    const got = await Promise.all(
      children.map((child) =>
        Promise.race([once(child, 'message').then(() => true), once(child, 'exit').then(() => false)]),
      ),
    );
    expect(got.filter(Boolean)).toHaveLength(1);
    // The winner dies without releasing his lock, and the next round finds it.
    const winner = children[got.indexOf(true)];
    winner?.kill('SIGKILL');
    await until(() => winner?.signalCode !== null);
  }
});

describe('making the cluster', () => {
  beforeEach(() => {
    dataDir = mkdtempSync(join(folder, 'own-'));
  });

  it('begins again where it was killed half-way, at any moment', async () => {
    const isMade = () => existsSync(join(dataDir, 'postgres'));
    const moments = momentsOf('cluster');
    let interrupted = 0;
    for (let attempt = 0; attempt < 6 && !isMade(); attempt += 1) {
      const child = fork(checkout.program, ['start', dataDir], { stdio: 'ignore' });
      const ended = once(child, 'exit');
      await until(() => readdirSync(dataDir).some((name) => name.startsWith('postgres.new-')));
      await pause(attempt === 0 ? 0 : moments.between(0, 400));
      child.kill('SIGKILL');
      await ended;
      if (!isMade()) interrupted += 1;
    }
    expect(interrupted).toBeGreaterThan(0);
    const server = await started();
    await ask(server.ownerUrl, 'select 1');
    expect(readdirSync(dataDir).filter((name) => name.startsWith('postgres.new-'))).toEqual([]);
  });

  it('is never done twice: a cluster that has gone missing is reported', async () => {
    await (await started()).stop();
    rmSync(join(dataDir, 'postgres'), { recursive: true });
    await expect(startEmbedded({ dataDir, log })).rejects.toThrow('不见了；请从备份恢复它');
  });

  it('refuses a cluster of another major version', async () => {
    await (await started()).stop();
    writeFileSync(join(dataDir, 'postgres/PG_VERSION'), '16\n');
    await expect(startEmbedded({ dataDir, log })).rejects.toThrow('属于 PostgreSQL 16，本程序内置的是 PostgreSQL 17');
  });

  it('reports the message of the server when it cannot start', async () => {
    await (await started()).stop();
    rmSync(join(dataDir, 'postgres/global/pg_control'));
    await expect(startEmbedded({ dataDir, log })).rejects.toThrow(/内置数据库未能启动：.*pg_control/);
    expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).toContain('pg_control');
  });
});
