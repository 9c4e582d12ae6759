import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { join } from 'node:path';
import { StartError, type StartLog } from '../../config/start-error.ts';
import { pause } from '../running-process.ts';
import { clearOrphan, endLeftChildren, readPostmasterFile, stopPostmaster } from './postmaster.ts';
import { type ServerLog, serverLog } from './server-log.ts';
import { serverSettings } from './settings.ts';
import type { Site } from './site.ts';

/** How a server ended unexpectedly. */
export interface Down {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface SupervisedServer {
  /** The postmaster's pid; changes when the server is started again. */
  readonly pid: number;
  onDown(callback: (down: Down) => void): void;
  /** Fast shutdown, awaited; ends the supervision. A second call waits for the same shutdown. */
  stop(): Promise<void>;
}

type Attempt = { ok: true; child: ChildProcess } | { ok: false; reason: string; retry: boolean };

const backOff = [200, 500, 1_000, 2_000, 5_000, 10_000];
/** After a run of this length, the next restart is quick again. */
const healthyAfter = 60_000;
const startPatience = 30_000;

/**
 * Runs the server in a session of its own, because Ctrl-C reaches the whole terminal group and the database must end
 * last. Waits until it accepts connections, and starts it again whenever it ends unexpectedly.
 * @throws StartError where the first start fails
 */
export async function supervise(site: Site, port: number, durable: boolean, log: StartLog): Promise<SupervisedServer> {
  const written = serverLog(site.base);
  const callbacks: Array<(down: Down) => void> = [];
  let stopping: Promise<void> | null = null;
  let child = await startPatiently();
  let restarting: Promise<void> = Promise.resolve();
  const tidying = setInterval(written.tidy, 3_600_000);
  tidying.unref();
  watch();

  async function startPatiently(): Promise<ChildProcess> {
    const end = Date.now() + startPatience;
    for (let round = 0; ; round += 1) {
      const attempt = await startOnce(site, serverSettings(port, durable), written, log);
      if (attempt.ok) return attempt.child;
      if (!attempt.retry || Date.now() > end) {
        throw new StartError(`内置数据库未能启动：${attempt.reason}（日志：${written.file}）`);
      }
      // After a kill, the old server's children need a second or so to notice; those in a long computation get a
      // signal.
      if (round >= 5) endLeftChildren(site.cluster);
      await pause(300);
    }
  }

  function watch(): void {
    const startedAt = Date.now();
    child.once('exit', (code, signal) => {
      if (stopping) return;
      log.warn(`内置数据库意外结束（${signal ?? `退出码 ${code}`}），正在重新启动。`);
      for (const callback of callbacks) callback({ code, signal });
      restarting = restart(Date.now() - startedAt > healthyAfter ? 0 : 1);
    });
  }

  async function restart(round: number): Promise<void> {
    for (let attempt = round; !stopping; attempt += 1) {
      await pause(backOff[Math.min(attempt, backOff.length - 1)] ?? 0);
      if (stopping) return;
      try {
        await clearOrphan(site.cluster, log);
        child = await startPatiently();
        if (!stopping) watch();
        log.info(`内置数据库已重新启动（进程号 ${child.pid}）。`);
        return;
      } catch (error) {
        log.warn(error instanceof Error ? error.message : String(error));
      }
    }
  }

  async function end(): Promise<void> {
    clearInterval(tidying);
    await restarting;
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
      await stopPostmaster(child.pid, 60_000);
    }
  }

  return {
    get pid() {
      return child.pid ?? 0;
    },
    onDown: (callback) => {
      callbacks.push(callback);
    },
    stop: () => {
      stopping ??= Promise.resolve().then(end);
      return stopping;
    },
  };
}

async function startOnce(site: Site, settings: string[], written: ServerLog, log: StartLog): Promise<Attempt> {
  const postgres = join(site.binaries.root, 'bin', 'postgres');
  const command = site.account.command(postgres, ['-D', site.cluster, ...settings]);
  const output = written.open();
  const child = spawn(command.file, command.args, {
    ...command.options,
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  let failure: Error | null = null;
  child.once('error', (error) => {
    failure = error;
  });
  const hasEnded = () => failure !== null || child.exitCode !== null || child.signalCode !== null;
  const begun = Date.now();
  let told = begun;
  while (!hasEnded()) {
    const file = readPostmasterFile(site.cluster);
    if (file?.pid === child.pid && file?.status === 'ready') return { ok: true, child };
    if (Date.now() - told > 10_000) {
      // After a crash the log is replayed. This takes as long as it needs; killing it would only start the replay
      // again.
      log.info(`数据库正在恢复，已用 ${Math.round((Date.now() - begun) / 1000)} 秒，请稍候。`);
      told = Date.now();
    }
    await pause(15);
  }
  const said = failure ? (failure as Error).message : written.said();
  const retry = /lock file .* already exists|shared memory block .* is still in use|Address already in use/s.test(said);
  const reason = said.split('\n').findLast((line) => /FATAL|ERROR|error/.test(line)) ?? said.trim().split('\n').at(-1);
  return { ok: false, retry, reason: reason?.replace(/^.*?(FATAL|ERROR):\s*/, '') || '没有说明' };
}
