import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dataFolderHolder } from '#platform/postgres/lock.ts';
import { processStart } from '#platform/postgres/running-process.ts';
import { findCurrentBuild } from '../../../bin/builds.mjs';
import { removeDataFolder } from '../database/data-folder.ts';
import { madeFolders, quickPlace } from '../database/quick-place.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const prefix = 'dudao-product-';

/** The product as it ships, running as a process of its own. */
export interface ProductProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Where it serves, read from what it printed. */
  readonly address: string;
  /** Everything that it has printed so far on both streams. */
  said(): string;
  /** Resolves when it has ended: exit code, or null after a signal. */
  readonly ended: Promise<number | null>;
  /** Sends SIGTERM and waits for the end. */
  stop(): Promise<number | null>;
  /** Ends it as a power cut would; an embedded database is left running. */
  kill(): Promise<void>;
}

export interface ProductOptions {
  readonly dataDir: string;
  /** Added to the environment, which is otherwise free of the developer's own settings. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Program and arguments; `node bin/dudao.mjs serve` unless given. */
  readonly command?: readonly [string, ...string[]];
  /** The checkout that runs; this one unless given. */
  readonly folder?: string;
  /** In a process group of its own, like a terminal's. */
  readonly detached?: boolean;
  readonly user?: { readonly uid: number; readonly gid: number };
}

let built = '';

/**
 * Makes the build of the present sources once before anything starts. All processes under test run this build, even
 * when a source is edited meanwhile.
 */
export async function buildProduct(): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'bin/dudao.mjs'), '--version'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said = hear(child);
  const code = await end(child);
  if (code !== 0) throw new Error(`the product could not be built:\n${said()}`);
  built = basename(findCurrentBuild(join(root, 'dist')) ?? '');
}

/** Starts the built product and waits until it prints its address. Rejects with its output when it ends before that. */
export async function startProduct(options: ProductOptions): Promise<ProductProcess> {
  const [program, ...args] = options.command ?? [process.execPath, 'bin/dudao.mjs', 'serve'];
  const child = spawn(program, args, {
    cwd: options.folder ?? root,
    env: {
      ...process.env,
      DATABASE_URL: '',
      DATABASE_APP_URL: '',
      AUTH_SECRET: '',
      HOST: '127.0.0.1',
      PORT: '0',
      SAMPLE: 'off',
      LOG_LEVEL: 'warn',
      NODE_ENV: 'production',
      DUDAO_BUILT: built,
      DATA_DIR: options.dataDir,
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: options.detached ?? false,
    ...(options.user ?? {}),
  });
  const said = hear(child);
  const ended = end(child);
  const address = await Promise.race([announced(child, said), ended.then(() => null)]);
  if (address === null) throw new Error(`the product ended with ${await ended} before it served:\n${said()}`);
  const signalAndWait = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  return {
    child,
    pid: child.pid as number,
    address,
    said,
    ended,
    stop: () => signalAndWait('SIGTERM'),
    async kill() {
      await signalAndWait('SIGKILL');
    },
  };
}

/** A data folder, beside a mark of the run that made it (see `sweepProducts`). */
export function makeDataFolder(): string {
  const folder = mkdtempSync(join(quickPlace, prefix));
  // Other accounts may pass through, so that a database that runs as another account can lie where the data lie.
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'run.json'), JSON.stringify({ pid: process.pid, start: processStart(process.pid) }));
  return join(folder, 'data');
}

/** Ends and removes what a killed run left behind: its product may still be serving. */
export async function sweepProducts(): Promise<void> {
  for (const folder of madeFolders(prefix)) {
    try {
      const run = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as { pid: number; start: string };
      if (processStart(run.pid) === run.start) continue;
      const holder = await dataFolderHolder(join(folder, 'data'));
      if (holder) process.kill(holder.pid, 'SIGKILL');
      await discardDataFolder(join(folder, 'data'));
    } catch {
      // It is just being made, or another run is removing it.
    }
  }
}

/** Ends the database that may still run on the folder, and removes everything that `makeDataFolder` made. */
export async function discardDataFolder(dataDir: string): Promise<void> {
  await removeDataFolder(dataDir);
  rmSync(dirname(dataDir), { recursive: true, force: true });
}

function hear(child: ChildProcess): () => string {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      said += chunk;
    });
  }
  return () => said;
}

function end(child: ChildProcess): Promise<number | null> {
  // `close` and not `exit`: by then its last output has been read. A process that it left behind may hold the streams
  // open.
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      const give = () => resolve(code);
      child.once('close', give);
      setTimeout(give, 1_000).unref();
    });
  });
}

function announced(child: ChildProcess, said: () => string): Promise<string> {
  return new Promise((resolve) => {
    const look = () => {
      const address = /督导已启动：(http:\/\/\S+)/.exec(said())?.[1];
      if (address === undefined) return;
      child.stdout?.off('data', look);
      resolve(address);
    };
    child.stdout?.on('data', look);
  });
}
