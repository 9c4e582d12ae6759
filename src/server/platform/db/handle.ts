import {
  type CompiledQuery,
  type DatabaseConnection,
  DefaultQueryExecutor,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryId,
  type QueryResult,
  type RootOperationNode,
} from 'kysely';
import type pg from 'pg';
import type { Scope } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import { compileTemplate } from './compile/template-compiler.ts';
import { databaseProblem, isPoolFull } from './errors.ts';
import { statementName } from './pool.ts';
import type { Database } from './schema.ts';
import { type Answer, PacketClient } from './wire/packet.ts';

/**
 * The tables that a feature's store may use: its own tables, then the published views and reference tables that it
 * reads. The compiler refuses every other table.
 */
export type Handle<Own extends keyof Database, Published extends keyof Database = never> = Kysely<
  Pick<Database, Own | Published>
>;

/** The handle of the whole schema; only `core` and composition use it. */
export type WholeHandle = Kysely<Database>;

/**
 * Any handle, for what names no table of a feature: the audit, the queue, figures that a feature reads by statements of its own.
 * It runs statements and builds none.
 */
export type AnyHandle = Pick<WholeHandle, 'executeQuery' | 'getExecutor'>;

/** A statement of a store, compiled but not sent: see `Lease.along`. */
export type Statement = Pick<CompiledQuery, 'sql' | 'parameters'>;

/** One connection, held for the length of one request or job. */
export interface Lease {
  /** Runs one parameterised statement outside the query builder; for the few fixed texts of the hot path. */
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /**
   * Runs a statement of the open writing transaction whose answer nobody needs before its end. It travels with the next
   * statement or with the commit, which fails if it does.
   */
  along(statement: Statement): void;
  /**
   * What follows in the open transaction is planned once for all values, and not for each execution. For a statement of many parts
   * whose plan hangs on no value: PostgreSQL compares its own guesses of two plans, and never counts what planning costs.
   */
  planOnce(): void;
  /** The database's process behind this connection. */
  readonly process: number | null;
  /** Statements sent so far, `begin` and `commit` not counted. */
  readonly statements: number;
  /**
   * A transaction that can only read. Its end is not awaited, because nothing depends on it. The work names the handle that it
   * takes, as a route does; without a name it is the whole schema.
   */
  reading<Result, H extends AnyHandle = WholeHandle>(scope: Scope, work: (db: H) => Promise<Result>): Promise<Result>;
  /**
   * A transaction that commits when `work` resolves and rolls back when it rejects. It informs the audit's triggers
   * that `work` itself records the act, with person and address, so that one act leaves one row.
   */
  writing<Result, H extends AnyHandle = WholeHandle>(scope: Scope, work: (db: H) => Promise<Result>): Promise<Result>;
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
  if (!(client instanceof PacketClient)) throw new TypeError('the pool of a lease is opened by openPool');
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
export const withReading = <Result, H extends AnyHandle = WholeHandle>(
  source: pg.Pool | LeaseSource,
  scope: Scope,
  work: (db: H) => Promise<Result>,
): Promise<Result> => withLease(source, (held) => held.reading(scope, work));

/** One writing transaction, on a connection leased for it alone. */
export const withWriting = <Result, H extends AnyHandle = WholeHandle>(
  source: pg.Pool | LeaseSource,
  scope: Scope,
  work: (db: H) => Promise<Result>,
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
    // Where no index serves, a policy finds its place here as a text: it parses no list for each row.
    `set local app.schools = '${schools === null ? ['', ...places, ''].join('*') : numbers(schools, 'school')}'`,
    // Missing settings reach nothing, so empty values need not be sent.
    ...(campaigns.length === 0 ? [] : [`set local app.campaigns = '{${uuids(campaigns, 'campaign')}}'`]),
    ...(person === null ? [] : [`set local app.person = '${uuids([person], 'person')}'`]),
    ...(post === null ? [] : [`set local app.post = '${uuids([post], 'post')}'`]),
  ];
}

type LeasedClient = pg.PoolClient & PacketClient;

const begin = { text: 'begin', name: 'begin' };
const beginReading = { text: 'begin read only', name: 'begin read only' };
const recorded = { text: `set local app.recorded = 'on'`, name: 'recorded' };
const plannedOnce = { text: `set local plan_cache_mode = 'force_generic_plan'`, name: 'planned once' };
const commit = { text: 'commit', name: 'commit' };
const rollback = { text: 'rollback', name: 'rollback' };

/**
 * PostgreSQL's answers to a statement of a transaction in which one has failed: it is refused, or it cannot be found,
 * because the packet that would have brought it was not read to its end.
 */
const refusedUnread: ReadonlySet<unknown> = new Set(['25P02', '26000']);

/**
 * Packets cost more than statements, because each packet wakes the database's process. The begin of a transaction and its
 * settings travel with its first statement, writes of which nobody needs the answer with the commit, and the end of a
 * transaction that only read with whatever the connection sends next.
 */
class ClientLease implements Lease {
  readonly #client: LeasedClient;
  #broken: Error | undefined;
  /** `held`: begun, and no statement of it was sent. */
  #transaction: 'none' | 'held' | 'open' = 'none';
  #writes = false;
  /** Why the open transaction failed: whatever is sent after it is refused for no reason of its own. */
  #cause: unknown;
  #statements = 0;
  /** The unawaited `rollback` of a writing transaction; the connection goes back only after it. */
  #ending: Promise<unknown> | undefined;

  readonly #released: () => void;
  readonly #failsAlong = (error: Error) => void this.#failed(error);

  constructor(client: LeasedClient, released: () => void) {
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
    // Nothing would send the statement, and nobody would hear of it.
    if (!this.#writes) throw new Error('no writing transaction is open whose commit could take the statement along');
    this.#statements += 1;
    this.#client.hold({ text: sql, values: parameters, name: statementName(sql) }, this.#failsAlong);
  }

  planOnce(): void {
    if (this.#transaction === 'none') throw new Error('no transaction is open whose statements could be planned once');
    this.#client.hold(plannedOnce, this.#failsAlong);
  }

  async run<Row extends object>(text: string, values: readonly unknown[]): Promise<Answer<Row>> {
    this.#statements += 1;
    if (this.#transaction === 'held') this.#transaction = 'open';
    try {
      return await this.#send<Row>({ text, values, name: statementName(text) });
    } catch (error) {
      if (error instanceof Error) Error.captureStackTrace(error);
      throw this.#failed(error);
    }
  }

  async reading<Result, H extends AnyHandle = WholeHandle>(
    scope: Scope,
    work: (db: H) => Promise<Result>,
  ): Promise<Result> {
    this.#begin(beginReading, scope);
    try {
      return await work(builder<H>(this));
    } finally {
      // Nobody waits for the end of a reading transaction: it travels with the connection's next statement.
      if (this.#transaction === 'open') this.#client.endSoon(commit);
      this.#close();
    }
  }

  async writing<Result, H extends AnyHandle = WholeHandle>(
    scope: Scope,
    work: (db: H) => Promise<Result>,
  ): Promise<Result> {
    this.#begin(begin, scope);
    this.#client.hold(recorded, this.#failsAlong);
    this.#writes = true;
    try {
      const result = await work(builder<H>(this));
      this.#transaction = 'open';
      const ended = await this.#send(commit).catch((error) => {
        throw this.#failed(error);
      });
      // PostgreSQL answers the commit of a failed transaction with a rollback and no error, so this case is checked
      // here.
      if (ended.command !== 'COMMIT') throw new Error('the transaction had failed before and was rolled back');
      this.#close();
      return result;
    } catch (error) {
      // What was kept for the commit is not sent any more.
      const sent = this.#transaction === 'open';
      this.#close();
      if (sent) this.#ending = this.#send(rollback).catch((failure) => void this.#failed(failure));
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

  /** The transaction is opened in the same packet as its first statement. */
  #begin(opening: Pick<pg.QueryConfig, 'text' | 'name'>, scope: Scope): void {
    const settings = scopeStatements(scope);
    this.#cause = undefined;
    this.#client.hold(opening, this.#failsAlong);
    for (const text of settings) this.#client.hold({ text }, this.#failsAlong);
    this.#transaction = 'held';
  }

  #close(): void {
    this.#client.drop();
    this.#transaction = 'none';
    this.#writes = false;
  }

  /**
   * The driver's own promises cost three for each statement, of which a request sends a dozen; a callback costs none.
   * Where a statement fails, its error names who sent it and not the socket that brought the answer.
   */
  #send<Row extends object>(statement: Pick<pg.QueryConfig, 'text' | 'name'> & { values?: readonly unknown[] }) {
    return new Promise<Answer<Row>>((resolve, reject) => {
      this.#client.send<Row>(statement, (error, answer) => (error ? reject(error) : resolve(answer)));
    });
  }

  /** A broken connection is not given back to the pool. */
  #failed(error: unknown): unknown {
    if (this.#cause !== undefined && refusedUnread.has((error as { code?: unknown }).code)) return this.#cause;
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
const refuse = async () => {
  throw new Error('a request is one transaction and cannot open a second one');
};
const driver: Driver = {
  init: async () => {},
  acquireConnection: refuse,
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

/** Sends each statement on the held connection at once, where the usual executor would ask a pool for one each time. */
class HeldExecutor extends DefaultQueryExecutor {
  readonly #connection: DatabaseConnection;

  constructor(connection: DatabaseConnection) {
    super(compiler, adapter, { provideConnection: (consumer) => consumer(connection) });
    this.#connection = connection;
  }

  override compileQuery(node: RootOperationNode, queryId: QueryId): CompiledQuery {
    const compiled = compileTemplate(node);
    return compiled === undefined ? super.compileQuery(node, queryId) : { query: node, queryId, ...compiled };
  }

  override executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return this.#connection.executeQuery<Row>(query);
  }
}

/**
 * The query builder over one held connection, as the handle that the work names: it narrows the whole schema to the tables of a
 * feature, which the compiler cannot see. Nested transactions are refused: the request is the transaction.
 */
function builder<H extends AnyHandle>(held: ClientLease): H {
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
  const whole = new Kysely<Database>({ config: { dialect }, dialect, driver, executor: new HeldExecutor(connection) });
  return whole as AnyHandle as H;
}
