import { realpathSync } from 'node:fs';
import pg from 'pg';
import type { StartLog } from '../../config/start-error.ts';
import { prepareDataFolder } from '../data-folder.ts';
import { databaseName, makeCluster, ownerRole } from './cluster.ts';
import { freePort } from './port.ts';
import { clearOrphan } from './postmaster.ts';
import { chooseSite, clusterOf, existingBase } from './site.ts';
import { readState, writeState } from './state.ts';
import { type Down, supervise } from './supervise.ts';

export interface EmbeddedOptions {
  dataDir: string;
  log: StartLog;
  /** False only for throw-away clusters of tests: then no write waits for the disk. */
  durable?: boolean;
}

export interface EmbeddedServer {
  /**
   * Address of the database for its owner (a superuser: to migrate, never to serve). It stays the same for the whole
   * run.
   */
  readonly ownerUrl: string;
  /** The postmaster's pid; changes when the server had to be started again. */
  readonly pid: number;
  /** Called each time the server ends unexpectedly; the server is then started again on the same port. */
  onDown(callback: (down: Down) => void): void;
  /** Fast shutdown, awaited. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that npm installed, on a cluster in the data folder. It makes the cluster at the first start
 * and recovers it after any kill. The caller holds the data folder (`holdDataFolder`), so a server that still runs on
 * the cluster is an orphan.
 * @throws StartError
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { log, durable = true } = options;
  prepareDataFolder(options.dataDir);
  // The server reports real paths, which are compared with ours.
  const dataDir = realpathSync(options.dataDir);
  const state = readState(dataDir);
  const base = existingBase(dataDir, state);
  if (base !== null) await clearOrphan(clusterOf(base), log);
  const site = await chooseSite(dataDir, state, log);
  writeState(dataDir, state);
  makeCluster(site, state.password, durable, log);
  state.port = await freePort(state.port);
  state.made = true;
  writeState(dataDir, state);
  const server = await supervise(site, state.port, durable, log);
  const address = (database: string) => `postgres://${ownerRole}:${state.password}@127.0.0.1:${state.port}/${database}`;
  try {
    await makeDatabase(address('postgres'));
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    ownerUrl: address(databaseName),
    get pid() {
      return server.pid;
    },
    onDown: server.onDown,
    stop: server.stop,
  };
}

async function makeDatabase(maintenanceUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: maintenanceUrl });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [databaseName]);
    if (found.rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
}
