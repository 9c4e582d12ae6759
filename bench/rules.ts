import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbedded } from '#platform/postgres/embedded/embedded.ts';
import { holdDataFolder } from '#platform/postgres/lock.ts';
import { pairs } from './rule-pairs.ts';
import { analyzed, clear, lay } from './rule-tables.ts';

/**
 * Measures what the rules that keep the schema fit for a distributed database cost on a plain one. Each rule is
 * measured against what the schema would have without it. The two sides take turns, so that a busy machine slows both
 * alike. The result is the median of the ratios of the turns. `tsx bench/rules.ts` uses the embedded server. `tsx
 * bench/rules.ts URL` uses another one, whose user may create roles and whose database may be written to.
 */
const turns = 80;

async function main(given: string | undefined): Promise<void> {
  if (given !== undefined) return measure(given);
  const folder = mkdtempSync(path.join(tmpdir(), 'dudao-rules-'));
  const hold = await holdDataFolder(folder);
  const server = await startEmbedded({ dataDir: folder, log: { info() {}, warn() {} } });
  try {
    await measure(server.ownerUrl);
  } finally {
    await server.stop();
    hold.release();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(url: string): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const { rows: version } = await owner.query<{ server_version: string }>('show server_version');
  await owner.query(lay);
  for (const name of analyzed) await owner.query(`vacuum analyze ${name}`);
  const client = new pg.Client({ connectionString: url, pipeline: true } as pg.ClientConfig);
  await client.connect();
  await client.query('set role rule_app');
  process.stdout.write(`PostgreSQL ${version[0]!.server_version}\n`);
  for (const pair of pairs) {
    await pair.kept(client);
    await pair.without(client);
    const ratios: number[] = [];
    const kept: number[] = [];
    const without: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      // The sides take turns to go first, so that neither always finds the caches warmed by the other.
      const first = turn % 2 === 0;
      const one = await timed(client, first ? pair.kept : pair.without, pair.times);
      const two = await timed(client, first ? pair.without : pair.kept, pair.times);
      kept.push(first ? one : two);
      without.push(first ? two : one);
      ratios.push(first ? one / two : two / one);
    }
    process.stdout.write(
      `${pair.rule}: ${median(ratios).toFixed(3)} (with ${median(kept).toFixed(3)} ms, without ${median(without).toFixed(3)} ms)\n`,
    );
  }
  await client.end();
  await owner.query(clear);
  await owner.end();
}

async function timed(client: pg.Client, act: (client: pg.Client) => Promise<unknown>, times: number): Promise<number> {
  const start = performance.now();
  for (let time = 0; time < times; time += 1) await act(client);
  return (performance.now() - start) / times;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)]!;
}

await main(process.argv[2]);
