import pg from 'pg';
import { problem } from '#domain/kit/problem.ts';
import { statementLimit, statementName } from './pool.ts';

export interface Listening {
  /** False while no notification can arrive: then nothing that depends on notifications is reliable. */
  readonly hears: boolean;
  /**
   * Sends one statement over the listening connection.
   * @throws the refusal `database.unavailable` while the connection does not stand
   */
  query<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
}

const retryMilliseconds = 1_000;

/**
 * Receives the notifications of one channel on a separate connection, which is opened again when it breaks. `heard` is
 * also called after each new connection, because notifications sent meanwhile are lost. `first` is sent on each new
 * connection before the connection counts as open.
 */
export function hearNotifications(options: {
  url: string;
  channel: string;
  heard: () => void;
  first?: { readonly text: string; readonly values: readonly unknown[] };
}): Listening {
  let client: pg.Client | undefined;
  let hears = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const again = () => {
    hears = false;
    client = undefined;
    if (!stopped) timer = setTimeout(connect, retryMilliseconds);
    timer?.unref();
  };
  const connect = async () => {
    const next = new pg.Client({
      connectionString: options.url,
      application_name: 'dudao-listen',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      statement_timeout: statementLimit,
      query_timeout: statementLimit + 10_000,
    });
    client = next;
    let ended = false;
    const end = () => {
      if (ended) return;
      ended = true;
      again();
    };
    next.on('error', end);
    next.on('end', end);
    next.on('notification', options.heard);
    try {
      await next.connect();
      if (options.first) await next.query(options.first.text, [...options.first.values]);
      await next.query(`listen ${pg.escapeIdentifier(options.channel)}`);
      options.heard();
      hears = !stopped;
    } catch {
      next.end().catch(() => {});
      end();
    }
  };
  const first = connect();
  return {
    get hears() {
      return hears;
    },
    async query<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[]) {
      if (client === undefined || !hears) throw problem('database.unavailable');
      const name = statementName(text);
      return (await client.query<Row>({ text, values: [...values], ...(name === undefined ? {} : { name }) })).rows;
    },
    async stop() {
      stopped = true;
      hears = false;
      clearTimeout(timer);
      await first;
      await client?.end().catch(() => {});
    },
  };
}
