import type { Socket } from 'node:net';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type pg from 'pg';
import type { Scope } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import { databaseProblem, isPoolFull } from './errors.ts';
import { statementName } from './pool.ts';
import type { Database } from './schema.ts';

/**
 * The tables that a feature's store may use: its own tables, then the published views and reference tables that it
 * reads. The compiler refuses every other table.
 */
export type Handle<Own extends keyof Database, Published extends keyof Database = never> = Kysely<
  Pick<Database, Own | Published>
>;

/** The handle of the whole schema; only `core` and composition use it. */
export type WholeHandle = Kysely<Database>;

/** A statement of a store, compiled but not sent: see `Lease.along`. */
export type Statement = Pick<CompiledQuery, 'sql' | 'parameters'>;

/** One connection, held for the length of one request or job. */
export interface Lease {
  /** Runs one parameterised statement outside the query builder; for the few fixed texts of the hot path. */
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /**
   * Runs a statement of the open writing transaction whose answer nobody needs before its end. It travels with the next
   * statements, and the commit fails if it does.
   */
  along(statement: Statement): void;
  /** The database's process behind this connection. */
  readonly process: number | null;
  /** Statements sent so far, `begin` and `commit` not counted. */
  readonly statements: number;
  /** A transaction that can only read. Its end is not awaited, because nothing depends on it. */
  reading<Result>(scope: Scope, work: (db: WholeHandle) => Promise<Result>): Promise<Result>;
  /**
   * A transaction that commits when `work` resolves and rolls back when it rejects. It informs the audit's triggers
   * that `work` itself records the act, with person and address, so that one act leaves one row.
   */
  writing<Result>(scope: Scope, work: (db: WholeHandle) => Promise<Result>): Promise<Result>;
  release(): void;
}

/** Where leases come from, beside the pool itself: the queue before it. */
export interface LeaseSource {
  lease(): Promise<Lease>;
}

/** How many connections of each pool are lent at present. */
const lent = new WeakMap<pg.Pool, number>();

/**
 * Takes a connection of the pool. The caller releases it, in `finally`.
 * @param released called once, when the connection goes back
 * @throws database.busy where all connections are lent, database.unavailable where none can be opened
 */
export async function lease(pool: pg.Pool, released?: () => void): Promise<Lease> {
  let client: pg.PoolClient;
  try {
    client = await pool.connect();
  } catch (error) {
    if (isPoolFull(error) && (lent.get(pool) ?? 0) >= pool.options.max) throw problem('database.busy');
    throw databaseProblem(error);
  }
  lent.set(pool, (lent.get(pool) ?? 0) + 1);
  return new ClientLease(client, () => {
    lent.set(pool, (lent.get(pool) ?? 0) - 1);
    released?.();
  });
}

/** Leases, works, releases: for jobs and start-up, where no request holds the connection. */
export async function withLease<Result>(
  source: pg.Pool | LeaseSource,
  work: (held: Lease) => Promise<Result>,
): Promise<Result> {
  const held = await ('lease' in source ? source.lease() : lease(source));
  try {
    return await work(held);
  } finally {
    held.release();
  }
}

/** One transaction that can only read, on a connection leased for it alone. */
export const withReading = <Result>(
  source: pg.Pool | LeaseSource,
  scope: Scope,
  work: (db: WholeHandle) => Promise<Result>,
): Promise<Result> => withLease(source, (held) => held.reading(scope, work));

/** One writing transaction, on a connection leased for it alone. */
export const withWriting = <Result>(
  source: pg.Pool | LeaseSource,
  scope: Scope,
  work: (db: WholeHandle) => Promise<Result>,
): Promise<Result> => withLease(source, (held) => held.writing(scope, work));

/**
 * The settings that the row policies (the second wall) read. SET takes no parameters, so all values are checked here.
 * It uses `set local` and not `set_config`, and a separate statement for each setting: a distributed PostgreSQL passes
 * only that form on to its workers.
 */
export function scopeStatements({ places, schools, campaigns, person, post }: Scope): string[] {
  const numbers = (ids: readonly number[], what: string) => {
    for (const id of ids) if (!Number.isSafeInteger(id)) throw new TypeError(`the id of a ${what} must be an integer`);
    return `{${ids.join(',')}}`;
  };
  const uuids = (ids: readonly string[], what: string) => {
    for (const id of ids) if (!/^[0-9a-f-]{36}$/.test(id)) throw new TypeError(`the id of a ${what} must be a UUID`);
    return ids.join(',');
  };
  return [
    `set local app.places = '${numbers(places, 'place')}'`,
    `set local app.schools = '${schools === null ? '*' : numbers(schools, 'school')}'`,
    // Missing settings reach nothing, so empty values need not be sent.
    ...(campaigns.length === 0 ? [] : [`set local app.campaigns = '{${uuids(campaigns, 'campaign')}}'`]),
    ...(person === null ? [] : [`set local app.person = '${uuids([person], 'person')}'`]),
    ...(post === null ? [] : [`set local app.post = '${uuids([post], 'post')}'`]),
  ];
}

/**
 * Packets cost more than statements, because each packet wakes the database's process. Statements that nobody waits for
 * (the begin of a transaction, the end of one that only read) are held back until the connection's next statement takes
 * them along. They are held for a millisecond at most, so that no connection idles in a transaction; one timer serves
 * all connections.
 */
const heldBack = new Set<pg.PoolClient>();
const holdBackMilliseconds = 1;
let letsAllGo = false;

function streamOf(client: pg.PoolClient): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream;
}

function holdBack(client: pg.PoolClient): void {
  if (heldBack.has(client)) return;
  streamOf(client).cork();
  heldBack.add(client);
  if (!letsAllGo) setTimeout(letAllGo, holdBackMilliseconds);
  letsAllGo = true;
}

function letGo(client: pg.PoolClient): void {
  if (heldBack.delete(client)) streamOf(client).uncork();
}

function letAllGo(): void {
  letsAllGo = false;
  for (const client of heldBack) letGo(client);
}

/**
 * The driver's own promises cost three for each statement, of which a request sends a dozen; a callback costs none. Where a
 * statement fails, its error names who sent it and not the socket that brought the answer.
 */
function answer<Result>(resolve: (result: Result) => void, reject: (error: unknown) => void) {
  return (error: Error | undefined, result: Result) => (error ? reject(error) : resolve(result));
}

/** PostgreSQL's answer to every statement of a transaction in which one has failed. */
const transactionFailed = '25P02';

class ClientLease implements Lease {
  readonly #client: pg.PoolClient;
  #broken: Error | undefined;
  /** Why the open transaction failed: whatever is sent after it is refused for no reason of its own. */
  #cause: unknown;
  #statements = 0;
  #along: Promise<unknown>[] = [];
  /** The unawaited `rollback` of a writing transaction; the connection goes back only after it. */
  #ending: Promise<unknown> | undefined;

  readonly #released: () => void;

  constructor(client: pg.PoolClient, released: () => void) {
    this.#client = client;
    this.#released = released;
  }

  get process(): number | null {
    return (this.#client as unknown as { readonly processID: number | null }).processID;
  }

  get statements(): number {
    return this.#statements;
  }

  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.run<Row>(text, values)).rows;
  }

  along({ sql, parameters }: Statement): void {
    const sent = this.run(sql, parameters, true);
    sent.catch(() => {});
    this.#along.push(sent);
  }

  async run<Row extends object>(text: string, values: readonly unknown[], held = false): Promise<pg.QueryResult<Row>> {
    this.#statements += 1;
    const name = statementName(text);
    try {
      if (held) holdBack(this.#client);
      const sent = new Promise<pg.QueryResult<Row>>((resolve, reject) => {
        this.#client.query<Row>(
          { text, values: values as unknown[], ...(name === undefined ? {} : { name }) },
          answer(resolve, reject),
        );
      });
      if (!held) letGo(this.#client);
      return await sent;
    } catch (error) {
      if (error instanceof Error) Error.captureStackTrace(error);
      throw this.#failed(error);
    }
  }

  async reading<Result>(scope: Scope, work: (db: WholeHandle) => Promise<Result>): Promise<Result> {
    const begun = this.#begin(['begin read only', ...scopeStatements(scope)]);
    try {
      const result = await work(builder(this));
      await begun;
      return result;
    } finally {
      // Nobody waits for the end of a reading transaction: it travels with the connection's next statement.
      holdBack(this.#client);
      this.#send('commit');
    }
  }

  async writing<Result>(scope: Scope, work: (db: WholeHandle) => Promise<Result>): Promise<Result> {
    const begun = this.#begin(['begin', ...scopeStatements(scope), `set local app.recorded = 'on'`]);
    try {
      const result = await work(builder(this));
      await begun;
      const commit = this.#send('commit');
      letGo(this.#client);
      await Promise.all(this.#along);
      const ended = (await commit) as pg.QueryResult;
      // PostgreSQL answers the commit of a failed transaction with a rollback and no error, so this case is checked
      // here.
      if (ended.command !== 'COMMIT') throw new Error('the transaction had failed before and was rolled back');
      return result;
    } catch (error) {
      this.#ending = this.#send('rollback');
      this.#ending.catch(() => {});
      throw error;
    }
  }

  release(): void {
    const give = () => {
      this.#client.release(this.#broken);
      this.#released();
    };
    if (this.#ending) this.#ending.then(give, give);
    else give();
  }

  /** Opens the transaction in the same packet as its first statement, which `work` sends before it first waits. */
  #begin(texts: readonly string[]): Promise<unknown> {
    holdBack(this.#client);
    this.#cause = undefined;
    this.#along = [];
    let unanswered = texts.length;
    const sent = new Promise<void>((resolve, reject) => {
      const heard = (error: Error | undefined) => {
        unanswered -= 1;
        if (error) reject(this.#failed(error));
        else if (unanswered === 0) resolve();
      };
      for (const text of texts) this.#client.query(text, heard);
    });
    sent.catch(() => {});
    return sent;
  }

  /** Sends a statement whose caller need not wait. A rejection is kept for a later await, and never left unhandled. */
  #send(text: string): Promise<unknown> {
    const sent = new Promise<pg.QueryResult>((resolve, reject) => {
      this.#client.query(
        text,
        answer(resolve, (error) => reject(this.#failed(error))),
      );
    });
    sent.catch(() => {});
    return sent;
  }

  /** A broken connection is not given back to the pool. */
  #failed(error: unknown): unknown {
    if (this.#cause !== undefined && (error as { code?: unknown }).code === transactionFailed) return this.#cause;
    const translated = databaseProblem(error);
    this.#cause ??= translated;
    if (translated !== error && (translated as { code?: string }).code === 'database.unavailable') {
      this.#broken = error instanceof Error ? error : new Error(String(error));
    }
    return translated;
  }
}

const adapter = new PostgresAdapter();
const compiler = new PostgresQueryCompiler();

/** The query builder over one held connection. Nested transactions are refused: the request is the transaction. */
function builder(held: ClientLease): WholeHandle {
  const connection: DatabaseConnection = {
    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
      const result = await held.run<Row & object>(query.sql, query.parameters);
      return { rows: result.rows, numAffectedRows: BigInt(result.rowCount ?? 0) };
    },
    // biome-ignore lint/correctness/useYield: the interface asks for a generator; streaming is refused.
    async *streamQuery() {
      throw new Error('the handle of a request does not support streaming');
    },
  };
  const refuse = async () => {
    throw new Error('a request is one transaction and cannot open a second one');
  };
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    destroy: async () => {},
  };
  const dialect: Dialect = {
    createAdapter: () => adapter,
    createDriver: () => driver,
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => compiler,
  };
  return new Kysely<Database>({ dialect });
}
