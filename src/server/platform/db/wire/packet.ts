import type { Duplex } from 'node:stream';
import pg from 'pg';
import { MessageWriter, type WireValue } from './message-writer.ts';

/*
 * The driver ends every statement with a `Sync`, and the server answers each `Sync` with a packet of its own: a request of
 * a dozen statements wakes both sides a dozen times. Here any number of statements share one. The driver has no word for
 * that, so this file alone relies on how it works inside: on `Query`, which it asks to submit itself and then hands each
 * message of the answer, and on `utils.prepareValue`. `packet.test.ts` holds each of these on a real server.
 */

/** A statement with its parameters; one with a name is parsed once on each connection. */
export interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
  readonly name?: string | undefined;
}

export interface Answer<Row = unknown> {
  readonly rows: Row[];
  /** Null for a statement that counts no rows. */
  readonly rowCount: number | null;
  /** The first word of what the server says was done, such as `COMMIT`. */
  readonly command: string;
}

/** Hears why a statement failed, or why it was never run: one before it in the packet failed. */
type Failed = (error: Error) => void;
type Answered<Row> = (error: Error | undefined, answer: Answer<Row>) => void;

/** How the driver reads the columns of an answer. */
interface Columns {
  readonly names: readonly string[];
  readonly parsers: readonly ((text: string) => unknown)[];
  readonly empty: Readonly<Record<string, null>>;
}

/** What a connection knows of a named statement. */
interface Known {
  /** False: it was on its way when something failed, so the server may have it or not. */
  sure: boolean;
  /** Undefined: not described yet; null: it answers with no rows. */
  columns: Columns | null | undefined;
}

interface Part {
  readonly text: string;
  readonly values: readonly WireValue[];
  readonly name: string;
  readonly failed: Failed;
}

/** What the driver calls of a query, as far as a packet answers otherwise. */
interface QueryInsides {
  callback: ((error: unknown, result?: unknown) => void) | undefined;
  submit(connection: { readonly stream: Duplex }): Error | null;
  handleRowDescription(message: { readonly fields: readonly { name: string; dataTypeID: number }[] }): void;
  handleDataRow(message: { readonly fields: readonly (string | null)[] }): void;
  handleCommandComplete(message: { readonly text: string }): void;
  handleEmptyQuery(): void;
  handleError(error: Error): void;
  handleReadyForQuery(): void;
}
const Query = pg.Query as unknown as new (text: string) => QueryInsides;
const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): WireValue } }).utils;

const writer = new MessageWriter();
const noValues: readonly WireValue[] = [];
/** The plan of a statement, or the statement itself, is not what the connection remembers of it. */
const outdated = new Set(['0A000', '26000']);

function partOf({ text, values, name }: Statement, failed: Failed): Part {
  return {
    text,
    // Read now: what the caller changes afterwards is not sent, and a value that cannot be written is the caller's error.
    values: values === undefined || values.length === 0 ? noValues : values.map(prepareValue),
    name: name ?? '',
    failed,
  };
}

/** Statements of which the last one's answer is wanted. */
class Packet<Row> extends Query {
  readonly #parts: readonly Part[];
  readonly #known: Map<string, Known>;
  readonly #answered: Answered<Row>;
  /** How many of the parts the server has answered. */
  #done = 0;
  #over = false;
  /** Those names that this packet was the first to send, by the position of their part. */
  #fresh: Map<number, string> | undefined;
  #described = false;
  #columns: Columns | null = null;
  #rows: Row[] = [];
  #tag = '';
  #unread: Error | undefined;

  constructor(parts: readonly Part[], known: Map<string, Known>, answered: Answered<Row>) {
    super('');
    this.#parts = parts;
    this.#known = known;
    this.#answered = answered;
  }

  override submit({ stream }: { readonly stream: Duplex }): Error | null {
    try {
      for (const [position, part] of this.#parts.entries()) this.#write(position, part);
      const packet = writer.packet();
      if (stream.writable) stream.write(packet);
      return null;
    } catch (error) {
      writer.clear();
      this.#doubt(0);
      return error as Error;
    }
  }

  #write(position: number, { name, text, values }: Part): void {
    const known = name === '' ? undefined : this.#known.get(name);
    const parse = known === undefined || !known.sure;
    const columns = parse ? undefined : known.columns;
    const wanted = position === this.#parts.length - 1;
    const describe = wanted && columns === undefined;
    writer.statement(name, text, values, { close: known !== undefined && parse, parse, describe });
    if (parse && name !== '') {
      this.#known.set(name, { sure: true, columns: undefined });
      this.#fresh ??= new Map();
      this.#fresh.set(position, name);
    }
    if (!wanted) return;
    this.#described = describe;
    this.#columns = columns ?? null;
  }

  override handleRowDescription({
    fields,
  }: {
    readonly fields: readonly { name: string; dataTypeID: number }[];
  }): void {
    this.#columns = {
      names: fields.map(({ name }) => name),
      parsers: fields.map(({ dataTypeID }) => pg.types.getTypeParser(dataTypeID, 'text')),
      empty: Object.fromEntries(fields.map(({ name }) => [name, null])),
    };
  }

  override handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    if (this.#done < this.#parts.length - 1) return;
    if (this.#columns === null) {
      this.#unread ??= new Error('a statement that was known to answer with no rows answered with some');
      return;
    }
    const { names, parsers, empty } = this.#columns;
    const row: Record<string, unknown> = { ...empty };
    try {
      for (let at = 0; at < fields.length; at += 1) {
        const value = fields[at]!;
        if (value !== null) row[names[at]!] = parsers[at]!(value);
      }
    } catch (error) {
      this.#unread ??= error as Error;
    }
    this.#rows.push(row as Row);
  }

  override handleCommandComplete({ text }: { readonly text: string }): void {
    this.#done += 1;
    this.#tag = text;
  }

  override handleEmptyQuery(): void {
    this.#done += 1;
    this.#tag = '';
  }

  /** The server passes over everything behind the statement that failed, up to the end of the packet. */
  override handleError(error: Error): void {
    if (this.#over) return;
    this.#over = true;
    // What fails behind the last statement is the end of a transaction that was never begun by name.
    const failing = Math.min(this.#done, this.#parts.length - 1);
    this.#doubt(failing);
    const { name } = this.#parts[failing]!;
    const known = this.#known.get(name);
    if (known && outdated.has(String((error as { code?: unknown }).code))) known.sure = false;
    for (const { failed } of this.#parts.slice(failing)) failed(error);
    // The driver stops its watch over the time of an answer by this.
    this.callback?.(error);
  }

  override handleReadyForQuery(): void {
    if (this.#over) return;
    if (this.#done !== this.#parts.length) {
      this.handleError(new Error(`${this.#done} of ${this.#parts.length} statements of a packet were answered`));
      return;
    }
    this.#over = true;
    const last = this.#parts[this.#parts.length - 1]!;
    if (this.#described && last.name !== '') {
      const known = this.#known.get(last.name);
      if (known) known.columns = this.#columns;
    }
    this.callback?.(null);
    const [command = '', ...counts] = this.#tag.split(' ');
    const count = counts.at(-1);
    const rowCount = count === undefined || !/^\d+$/.test(count) ? null : Number(count);
    if (this.#unread) last.failed(this.#unread);
    else this.#answered(undefined, { rows: this.#rows, rowCount, command });
  }

  /** Whether the server has parsed the names from this part on is not known. */
  #doubt(from: number): void {
    if (this.#fresh === undefined) return;
    for (const [position, name] of this.#fresh) {
      const known = position < from ? undefined : this.#known.get(name);
      if (known) known.sure = false;
    }
  }
}

const noAnswer: Answer<never> = { rows: [], rowCount: null, command: '' };

/** The end of a transaction that nobody waits for is kept at most so long, so that no connection idles in one. */
const endMilliseconds = 1;
/** The connections that keep an end; one timer serves them all. */
const ending = new Set<PacketClient>();
let isTimed = false;

function endAll(): void {
  isTimed = false;
  for (const client of ending) client.sendEnd();
}

/** A connection that sends statements together; the pools of `openPool` consist of these. */
export class PacketClient extends pg.Client {
  readonly #known = new Map<string, Known>();
  /** The end of a transaction whose holder has gone on. */
  #end: Part | undefined;
  #held: Part[] = [];

  /** Keeps the statement until the next one is sent. */
  hold(statement: Statement, failed: Failed): void {
    this.#held.push(partOf(statement, failed));
  }

  /** Forgets what was kept and not sent. */
  drop(): void {
    this.#held = [];
  }

  /** Sends the statement in one packet with all that was kept. */
  send<Row>(statement: Statement, answered: Answered<Row>): void {
    const last = partOf(statement, (error) => answered(error, noAnswer));
    const held = this.#held;
    this.#held = [];
    this.#post(held, last, answered);
  }

  /** Ends a transaction with the connection's next packet, or within a millisecond. */
  endSoon(statement: Statement): void {
    this.#end = partOf(statement, () => {});
    ending.add(this);
    if (!isTimed) setTimeout(endAll, endMilliseconds);
    isTimed = true;
  }

  /** Sends now the end that is kept. What a transaction behind it keeps stays, because it may still be given up. */
  sendEnd(): void {
    if (this.#end !== undefined) this.#post([], this.#end, () => {});
  }

  #post<Row>(parts: Part[], last: Part, answered: Answered<Row>): void {
    if (this.#end !== undefined) {
      if (this.#end !== last) parts.unshift(this.#end);
      this.#end = undefined;
      ending.delete(this);
    }
    parts.push(last);
    super.query(new Packet(parts, this.#known, answered) as unknown as pg.Query);
  }

  /** What others send on the connection comes after the end of the transaction before it. */
  override query(...given: never[]): never {
    this.sendEnd();
    return super.query(...(given as unknown as [string])) as never;
  }

  override end(...given: never[]): never {
    this.sendEnd();
    return super.end(...(given as unknown as [])) as never;
  }
}
