import { createHash } from 'node:crypto';
import pg from 'pg';
import { PacketClient } from './wire/packet.ts';

/**
 * How PostgreSQL's types are converted, set once for the whole process: int8 to number (none of our counts exceeds
 * 2^53), dates to text (a date has no time zone), numeric to text (exact). Timestamps stay `Date`.
 */
const int8 = 20;
const date = 1082;
pg.types.setTypeParser(int8, Number);
pg.types.setTypeParser(date, (text) => text);

export interface PoolOptions {
  readonly url: string;
  readonly max: number;
  readonly applicationName?: string;
  /** Settings that apply to every connection from the start, such as `app.recorded`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Milliseconds for which a statement waits for a lock; absent: as long as a statement may take. */
  readonly lockLimit?: number;
}

/** No statement of a request or job takes this long; a statement that does waits for a lock that is never released. */
export const statementLimit = 60_000;

/**
 * A request that waits for a row, and a job beside it, give way after this time and are sent or tried again. What holds
 * a lock for longer is an act on thousands of rows, or another program; everybody who waits holds a connection.
 */
export const lockLimit = 4_000;

/** A pool whose connections pipeline: statements sent without waiting travel in one round trip. */
export function openPool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: statementLimit,
    idle_in_transaction_session_timeout: statementLimit,
    // Longer than the server's own limit, so it applies only where the server itself no longer answers.
    query_timeout: statementLimit + 10_000,
    ...(options.lockLimit === undefined ? {} : { lock_timeout: options.lockLimit }),
    keepAlive: true,
    application_name: options.applicationName ?? 'dudao',
    ...(options.settings === undefined
      ? {}
      : {
          options: Object.entries(options.settings)
            .map(([name, value]) => `-c ${name}=${value}`)
            .join(' '),
        }),
    pipeline: true,
    Client: PacketClient as new () => pg.ClientBase,
  } as pg.PoolConfig);
  // A broken idle connection is replaced automatically; the next statement will show whether the database is gone.
  pool.on('error', () => {});
  // The holder of a broken connection learns it from the statement. The break is also an event, which would end the
  // process if it had no listener.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/**
 * Statements have one name per text, so that each connection parses and plans a text once. Texts that vary without end
 * (long `in` lists) must not fill the server's memory: above the limit a text gets no name.
 */
const named = new Map<string, string>();
const namedLimit = 400;

export function statementName(text: string): string | undefined {
  const known = named.get(text);
  if (known !== undefined) return known;
  if (named.size >= namedLimit || text.length > 20_000) return undefined;
  const name = `s${createHash('sha1').update(text).digest('hex').slice(0, 20)}`;
  named.set(text, name);
  return name;
}
