/// <reference path="./pg-utils.d.ts" />
import type { Socket } from 'node:net';
import pg from 'pg';
import pgUtils from 'pg/lib/utils.js';

/** What a connection of `pg` offers to whoever writes to it: the messages of the extended protocol, one by one. */
interface Wire {
  readonly stream: Socket;
  readonly parsedStatements: Record<string, string>;
  readonly submittedNamedStatements: Record<string, string>;
  parse(message: { text: string; name: string | undefined }): void;
  bind(message: { statement: string | undefined; values: ReadonlyArray<string | Buffer | null> }): void;
  describe(message: { type: 'P'; name: string }): void;
  execute(message: { portal: string }): void;
  sync(): void;
}

type Columns = pg.FieldDef[];

/** What `pg` does to a result while its messages come in. */
interface Filling extends pg.QueryResult {
  addFields(columns: Columns): void;
  parseRow(values: readonly unknown[]): unknown;
  addRow(row: unknown): void;
  addCommandComplete(message: object): void;
}

/** The columns of named statements by connection; what a name stands for never changes, so they are told once. */
const knownColumns = new WeakMap<Wire, Map<string, Columns>>();

function columnsOf(wire: Wire): Map<string, Columns> {
  const known = knownColumns.get(wire) ?? new Map<string, Columns>();
  knownColumns.set(wire, known);
  return known;
}

/** One statement on its way, and the promise of its answer. */
export class Sending {
  readonly text: string;
  /** A statement with a name is parsed and planned once on a connection. */
  readonly name: string | undefined;
  readonly answer: Promise<pg.QueryResult>;
  readonly #values: ReadonlyArray<string | Buffer | null>;
  readonly #isRead: boolean;
  readonly #result = new pg.Result('', pg.types) as unknown as Filling;
  #failure: unknown;
  #resolve: (result: pg.QueryResult) => void = () => {};
  #reject: (error: unknown) => void = () => {};

  /** @param options `isRead`: somebody reads the rows; otherwise nobody asks which columns they have. */
  constructor(text: string, values: readonly unknown[], options: { name?: string | undefined; isRead: boolean }) {
    this.text = text;
    this.name = options.name;
    this.#isRead = options.isRead;
    // A value that cannot be written is refused here, before half a packet has been sent.
    this.#values = values.map((value) => pgUtils.prepareValue(value));
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Whoever waits learns of a failure by waiting; what nobody waits for must not end the process.
    this.answer.catch(() => {});
  }

  write(wire: Wire): void {
    const { name, text } = this;
    if (name === undefined || (wire.parsedStatements[name] ?? wire.submittedNamedStatements[name]) === undefined) {
      wire.parse({ text, name });
      if (name !== undefined) wire.submittedNamedStatements[name] = text;
    }
    wire.bind({ statement: name, values: this.#values });
    if (this.#isRead) {
      const columns = name === undefined ? undefined : columnsOf(wire).get(name);
      if (columns === undefined) wire.describe({ type: 'P', name: '' });
      else this.#result.addFields(columns);
    }
    wire.execute({ portal: '' });
  }

  describe(columns: Columns, wire: Wire | undefined): void {
    this.#result.addFields(columns);
    if (wire && this.name !== undefined) columnsOf(wire).set(this.name, columns);
  }

  row(values: readonly unknown[]): void {
    if (!this.#isRead || this.#failure !== undefined) return;
    try {
      this.#result.addRow(this.#result.parseRow(values));
    } catch (error) {
      this.#failure = error;
    }
  }

  complete(message: object): void {
    this.#result.addCommandComplete(message);
  }

  /** Once settled it stays so. */
  settle(): void {
    if (this.#failure === undefined) this.#resolve(this.#result);
    else this.#reject(this.#failure);
  }

  fail(error: unknown): void {
    this.#reject(error);
  }
}

/**
 * Statements that the database takes in one message and answers in one: each stands for itself, as the extended protocol
 * sends it, and one Sync ends them all. With a Sync each, PostgreSQL would send as many answers, and Node wake as often.
 * After one that fails the database passes over the others, which fail with it.
 */
export class Packet extends pg.Query {
  readonly #sendings: readonly Sending[];
  /** Which statement the database is answering. */
  #at = 0;
  #wire: Wire | undefined;
  /** Where `pg` listens to stop the clock of a statement that is never answered. */
  callback: () => void = () => {};

  constructor(sendings: readonly Sending[]) {
    super('');
    this.#sendings = sendings;
  }

  // Of whichever statement is being answered `pg` keeps by these two that it has been parsed.
  get name(): string | undefined {
    return this.#sendings[this.#at]?.name;
  }

  set name(_: string | undefined) {}

  get text(): string | undefined {
    return this.#sendings[this.#at]?.text;
  }

  set text(_: string | undefined) {}

  override submit = (connection: unknown): void => {
    const wire = connection as Wire;
    this.#wire = wire;
    wire.stream.cork();
    for (const sending of this.#sendings) sending.write(wire);
    wire.sync();
    wire.stream.uncork();
  };

  handleRowDescription({ fields }: { fields: Columns }): void {
    this.#sendings[this.#at]?.describe(fields, this.#wire);
  }

  handleDataRow({ fields }: { fields: readonly unknown[] }): void {
    this.#sendings[this.#at]?.row(fields);
  }

  handleCommandComplete(message: object): void {
    this.#sendings[this.#at]?.complete(message);
    this.#at += 1;
  }

  handleEmptyQuery(): void {
    this.#at += 1;
  }

  handleError(error: unknown): void {
    for (const [index, sending] of this.#sendings.entries()) {
      if (index < this.#at) {
        sending.settle();
      } else {
        if (sending.name !== undefined) delete this.#wire?.submittedNamedStatements[sending.name];
        sending.fail(error);
      }
    }
    this.callback();
  }

  handleReadyForQuery(): void {
    for (const sending of this.#sendings) sending.settle();
    this.callback();
  }
}
