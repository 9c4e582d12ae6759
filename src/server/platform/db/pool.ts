import { createHash } from 'node:crypto';
import pg from 'pg';

/**
 * How PostgreSQL's types become ours, set once for the whole process: int8 as number (no count of ours passes 2^53),
 * dates as the text they are (a date has no time zone), numeric as text (exact). Timestamps stay `Date`.
 */
const int8 = 20;
const date = 1082;
pg.types.setTypeParser(int8, Number);
pg.types.setTypeParser(date, (text) => text);

export interface PoolOptions {
  readonly url: string;
  readonly max: number;
  readonly applicationName?: string;
  /** Settings that hold on every connection from its first moment, such as `app.recorded`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** No statement of a request or job takes this long; one that does has met a lock that nobody gives back. */
export const statementLimit = 60_000;

/** A pool whose connections pipeline: what is sent without waiting travels in one round trip. */
export function openPool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: statementLimit,
    idle_in_transaction_session_timeout: statementLimit,
    // Longer than the server's own limit: it is met only where the server itself has gone silent.
    query_timeout: statementLimit + 10_000,
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
  } as pg.PoolConfig);
  // An idle connection that breaks is replaced by itself; whether the database is gone, the next statement will say.
  pool.on('error', () => {});
  // Whoever holds a connection that breaks learns it from the statement; without a listener the break, which is also
  // an event, would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/**
 * Statements keep a name per text, so that each connection parses and plans a text once. Texts that vary without end
 * (long `in` lists) must not fill the server's memory: past the limit a text goes unnamed.
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
