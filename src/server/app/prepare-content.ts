import type pg from 'pg';
import { prepareCalendar } from '#core/calendar/announced-years.act.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Config } from '#platform/config/config.ts';
import { StartError, type StartLog } from '#platform/config/start-error.ts';
import { openPool } from '#platform/db/pool.ts';
import { openThread } from '#platform/threads/thread.ts';
import type { SampleSize } from '#sample/city.ts';
import type { SampleSummary } from '#sample/seed/seed.ts';
import type { Content } from './content.store.ts';
import { features } from './features.ts';
import type { OpenDatabase } from './open-database.ts';

type Addresses = Pick<OpenDatabase, 'ownerUrl' | 'appUrl'>;

/** The order to the thread that loads the sample, and its answer. */
export interface SeedOrder extends Addresses {
  readonly dataDir: string;
  readonly now: Date;
  readonly day?: Day | undefined;
  readonly size: SampleSize;
}
export type SeedAnswer =
  | { readonly kind: 'log'; readonly level: keyof StartLog; readonly message: string }
  | { readonly kind: 'done'; readonly summary: SampleSummary }
  | { readonly kind: 'refused'; readonly sentences: readonly string[] };

/**
 * Prepares the database before the first request. A new one receives the sample city, unless `SAMPLE=off`. Every other
 * one receives the data that each feature writes in its `prepare`, and the announced years.
 */
export async function prepareContent(
  database: Addresses & Pick<OpenDatabase, 'content' | 'pool'>,
  config: Config,
  log: StartLog,
): Promise<Content> {
  const { content } = database;
  if (content === 'empty' && config.sample) {
    await loadSample(database, config, log);
    return 'sample';
  }
  await prepareOn(database.pool, () => new Date());
  return content;
}

/** What a start prepares, on a connection of its own: for a thread or a command. */
export async function prepareFeatures(appUrl: string, now: () => Date): Promise<void> {
  const pool = openPool({ url: appUrl, max: 1 });
  try {
    await prepareOn(pool, now);
  } finally {
    await pool.end();
  }
}

/** The calendar comes last: its years belong to the city, which a sample brings and a person chooses otherwise. */
async function prepareOn(pool: pg.Pool, now: () => Date): Promise<void> {
  for (const feature of features) await feature.prepare?.(pool, now);
  await prepareCalendar(pool);
}

/**
 * Loads the sample city and its first balance runs in a thread of its own: the memory for three years of 1,700 schools
 * is freed with the thread and does not stay with the server.
 * @throws StartError where the database is not empty
 */
export function loadSample(
  database: Addresses,
  config: Pick<Config, 'dataDir' | 'sampleSize'>,
  log: StartLog,
  day?: Day,
): Promise<SampleSummary> {
  const order: SeedOrder = {
    ownerUrl: database.ownerUrl,
    appUrl: database.appUrl,
    dataDir: config.dataDir,
    now: new Date(),
    day,
    size: config.sampleSize,
  };
  return new Promise((resolve, reject) => {
    const thread = openThread(import.meta.dirname, 'seed', order);
    thread.on('message', (answer: SeedAnswer) => {
      if (answer.kind === 'log') log[answer.level](answer.message);
      else if (answer.kind === 'done') resolve(answer.summary);
      else reject(new StartError(answer.sentences));
    });
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`the thread that loads the sample ended with ${code}`)));
  });
}
