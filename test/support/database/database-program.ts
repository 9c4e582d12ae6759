import { migrate } from '#platform/db/migrate.ts';
import { startEmbedded } from '#platform/postgres/embedded/embedded.ts';
import { holdDataFolder } from '#platform/postgres/lock.ts';

/**
 * Runs as a process of its own, so that it can be killed: `hold FOLDER`, `start FOLDER`, `start-quick FOLDER` (without
 * waiting for the disk) or `migrate URL DIRECTORY`. It reports to its parent when it is ready, and ends on a message or
 * a signal.
 */
const [verb, target = '', directory = ''] = process.argv.slice(2);
const log = { info() {}, warn: (message: string) => process.stderr.write(`${message}\n`) };

try {
  if (verb === 'migrate') {
    process.send?.(await migrate(target, { directory }));
    process.disconnect?.();
  } else {
    const hold = await holdDataFolder(target);
    const durable = verb === 'start';
    const server = verb === 'hold' ? null : await startEmbedded({ dataDir: target, log, durable });
    process.send?.({ ownerUrl: server?.ownerUrl, pid: server?.pid });
    const stay = setInterval(() => {}, 60_000);
    process.on('SIGINT', () => {});
    process.on('message', async () => {
      await server?.stop();
      hold.release();
      clearInterval(stay);
      process.disconnect?.();
    });
  }
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
  process.disconnect?.();
}
