import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readOrCreateSecret } from '#core/access/session/secret.ts';
import { migrate } from '#platform/db/migrate.ts';
import { withClient } from '#platform/db/owner-client.ts';
import { startEmbedded } from '#platform/postgres/embedded/embedded.ts';
import { holdDataFolder } from '#platform/postgres/lock.ts';
import { ensureAppRole } from '#platform/postgres/roles.ts';
import { migrationsFolder, productRoot } from '../src/server/app/root.ts';

/**
 * A migrated, empty database for the measurements; the embedded server runs with the settings that the product ships.
 */
export interface Ground {
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** Data folder of the product under measurement. */
  readonly dataDir: string;
  readonly secret: string;
  close(): Promise<void>;
}

const quiet = { info() {}, warn: (line: string) => void process.stderr.write(`${line}\n`) };

/** @param server the address of an existing server, as a role that may create databases; absent: the embedded one */
export async function openGround(server?: string): Promise<Ground> {
  const folder = mkdtempSync(path.join(tmpdir(), 'dudao-bench-'));
  const dataDir = path.join(folder, 'data');
  const database = server === undefined ? await embedded(path.join(folder, 'cluster')) : await madeOn(server);
  const { ownerUrl } = database;
  await migrate(ownerUrl, { directory: migrationsFolder });
  const appUrl = await ensureAppRole(ownerUrl, { dataDir });
  return {
    ownerUrl,
    appUrl,
    dataDir,
    secret: readOrCreateSecret(dataDir),
    async close() {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Database = Pick<Ground, 'ownerUrl' | 'close'>;

async function embedded(cluster: string): Promise<Database> {
  const hold = await holdDataFolder(cluster);
  const server = await startEmbedded({ dataDir: cluster, log: quiet });
  return {
    ownerUrl: server.ownerUrl,
    async close() {
      await server.stop();
      hold.release();
    },
  };
}

/** A database for the measurements on the given server, removed afterwards. */
async function madeOn(server: string): Promise<Database> {
  const name = `dudao_bench_${randomBytes(4).toString('hex')}`;
  const asOwner = (text: string) => withClient(server, async (client) => void (await client.query(text)));
  await asOwner(`create database ${name}`);
  const ownerUrl = new URL(server);
  ownerUrl.pathname = `/${name}`;
  return { ownerUrl: ownerUrl.href, close: () => asOwner(`drop database ${name} with (force)`) };
}

export interface Process {
  readonly address: string;
  readonly pid: number;
  /** Milliseconds from the start of the process until it printed its address. */
  readonly listeningAfter: number;
  stop(): Promise<void>;
}

/** The product as it ships: what `npm start` runs, on the given database, with jobs and sealer running. */
export function startProduct(ground: Ground): Promise<Process> {
  return startShipped({ DATABASE_URL: ground.ownerUrl, DATA_DIR: ground.dataDir });
}

/** The same in a data folder of its own, with the PostgreSQL that it brings. */
export function startWithDatabase(dataDir: string, sample: 'on' | 'off' = 'off'): Promise<Process> {
  return startShipped({ DATA_DIR: dataDir }, sample);
}

function startShipped(environment: Record<string, string>, sample = 'off'): Promise<Process> {
  const { scripts } = JSON.parse(readFileSync(path.join(productRoot, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  const [, ...args] = scripts.start.split(' ');
  return start(args, { ...environment, PORT: '0', SAMPLE: sample, LOG_LEVEL: 'warn', NODE_ENV: 'production' });
}

/** The bare server, compiled by the same bundler so that neither pays for compiling at start. */
export function startBare(ground: Ground, bundle: string): Promise<Process> {
  return start([bundle, ground.ownerUrl, ground.secret], { NODE_ENV: 'production' });
}

/** Another server of the measurements. */
export function startOther(args: readonly string[]): Promise<Process> {
  return start(args, { NODE_ENV: 'production' });
}

async function start(args: readonly string[], environment: Record<string, string>): Promise<Process> {
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: productRoot,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const address = await listening(child);
  return {
    address,
    pid: child.pid as number,
    listeningAfter: performance.now() - began,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (address) resolve(address);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${said}`)));
  });
}
