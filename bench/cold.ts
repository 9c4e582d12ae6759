import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readOrCreateSecret } from '#core/access/session/secret.ts';
import { migrate } from '#platform/db/migrate.ts';
import { startEmbedded } from '#platform/postgres/embedded/embedded.ts';
import { holdDataFolder } from '#platform/postgres/lock.ts';
import { ensureAppRole } from '#platform/postgres/roles.ts';
import { migrationsFolder } from '../src/server/app/root.ts';
import { layBenchCity } from './city.ts';
import { against, median, type Result } from './result.ts';
import { startWithDatabase } from './serve.ts';

const quiet = { info() {}, warn: (line: string) => void process.stderr.write(`${line}\n`) };

/** What the trial of 2026-11-28 saw, in milliseconds. */
const seenBefore = 2_100;

/**
 * A whole start in a data folder that is there already, as after a stop in the night: from the start of the process, its
 * own PostgreSQL included, to the first answer to somebody who is signed in.
 */
export async function measureCold(rounds: number): Promise<Result> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'dudao-bench-cold-'));
  try {
    const city = await layFolder(dataDir);
    const [officer] = city.people;
    const times: { listening: number; answered: number }[] = [];
    // The first start after the laying makes what an installation has made long ago, so it is not counted.
    for (let turn = -1; turn < rounds; turn += 1) {
      const began = performance.now();
      const server = await startWithDatabase(dataDir);
      const answer = await fetch(`${server.address}/api/directory/schools?page=1`, {
        headers: { cookie: officer!.cookie },
      });
      if (answer.status !== 200) throw new Error(`the first answer was ${answer.status}`);
      await answer.arrayBuffer();
      const answered = performance.now() - began;
      await server.stop();
      if (turn >= 0) times.push({ listening: server.listeningAfter, answered });
    }
    return {
      ...against(
        { name: 'cold', what: 'process start with its own PostgreSQL to the first authenticated answer', unit: 'ms' },
        median(times.map(({ answered }) => answered)),
        seenBefore,
      ),
      figures: { 'until it listens ms': median(times.map(({ listening }) => listening)) },
    };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function layFolder(dataDir: string) {
  const hold = await holdDataFolder(dataDir);
  const server = await startEmbedded({ dataDir, log: quiet });
  try {
    await migrate(server.ownerUrl, { directory: migrationsFolder });
    await ensureAppRole(server.ownerUrl, { dataDir });
    return await layBenchCity(server.ownerUrl, readOrCreateSecret(dataDir));
  } finally {
    await server.stop();
    hold.release();
  }
}
