/** A value as the protocol carries it: text, bytes, or null. */
export type WireValue = string | Buffer | null;

/** What a connection has still to learn of a statement before it can run it. */
interface Unknowns {
  /** The name may or may not be taken: it is given back first. */
  readonly close: boolean;
  readonly parse: boolean;
  readonly describe: boolean;
}

const sizeAtFirst = 16 * 1024;
/** A buffer that one large statement has made longer is not kept. */
const keptSize = 256 * 1024;
const [closeCode, parseCode, bindCode, describeCode, executeCode, syncCode] = Buffer.from('CPBDES');
const [ofPortal, ofStatement] = Buffer.from('PS');

/**
 * Writes messages of PostgreSQL's extended query protocol one behind the other (chapter 53.7 of its manual), so that any
 * number of statements is one packet with one `Sync`, and the server answers all of them with one packet.
 */
export class MessageWriter {
  #buffer = Buffer.allocUnsafe(sizeAtFirst);
  #at = 0;

  /** One statement: told apart by its name, or unnamed. */
  statement(name: string, text: string, values: readonly WireValue[], { close, parse, describe }: Unknowns): void {
    if (close) {
      const start = this.#begin(closeCode!);
      this.#byte(ofStatement!);
      this.#text(name);
      this.#end(start);
    }
    if (parse) {
      const start = this.#begin(parseCode!);
      this.#text(name);
      this.#text(text);
      // The server finds the types of the parameters by itself.
      this.#short(0);
      this.#end(start);
    }
    this.#bind(name, values);
    if (describe) {
      const start = this.#begin(describeCode!);
      this.#byte(ofPortal!);
      this.#text('');
      this.#end(start);
    }
    const start = this.#begin(executeCode!);
    this.#text('');
    // All rows.
    this.#long(0);
    this.#end(start);
  }

  /** The end of the packet: what was written since the last one, as bytes of its own. */
  packet(): Buffer {
    const start = this.#begin(syncCode!);
    this.#end(start);
    const written = Buffer.from(this.#buffer.subarray(0, this.#at));
    this.#at = 0;
    if (this.#buffer.length > keptSize) this.#buffer = Buffer.allocUnsafe(sizeAtFirst);
    return written;
  }

  /** Forgets what was written of a packet that cannot be sent. */
  clear(): void {
    this.#at = 0;
  }

  #bind(name: string, values: readonly WireValue[]): void {
    const start = this.#begin(bindCode!);
    this.#text('');
    this.#text(name);
    if (values.some((value) => typeof value === 'object' && value !== null)) {
      this.#short(values.length);
      for (const value of values) this.#short(typeof value === 'object' && value !== null ? 1 : 0);
    } else {
      // No format is named: all are text.
      this.#short(0);
    }
    this.#short(values.length);
    for (const value of values) this.#value(value);
    // All columns of the answer are text.
    this.#short(0);
    this.#end(start);
  }

  #value(value: WireValue): void {
    if (value === null) {
      this.#long(-1);
      return;
    }
    const start = this.#at;
    this.#long(0);
    if (typeof value === 'string') {
      this.#room(value.length * 3);
      this.#at += this.#buffer.write(value, this.#at);
    } else {
      this.#room(value.length);
      this.#at += value.copy(this.#buffer, this.#at);
    }
    this.#buffer.writeInt32BE(this.#at - start - 4, start);
  }

  #begin(code: number): number {
    this.#byte(code);
    this.#long(0);
    return this.#at - 4;
  }

  /** The length of a message counts itself and not the code before it. */
  #end(start: number): void {
    this.#buffer.writeInt32BE(this.#at - start, start);
  }

  #text(text: string): void {
    // No character takes more than three bytes for each of its units.
    this.#room(text.length * 3 + 1);
    this.#at += this.#buffer.write(text, this.#at);
    this.#buffer[this.#at] = 0;
    this.#at += 1;
  }

  #byte(value: number): void {
    this.#room(1);
    this.#buffer[this.#at] = value;
    this.#at += 1;
  }

  #short(value: number): void {
    this.#room(2);
    this.#at = this.#buffer.writeUInt16BE(value, this.#at);
  }

  #long(value: number): void {
    this.#room(4);
    this.#at = this.#buffer.writeInt32BE(value, this.#at);
  }

  #room(size: number): void {
    if (this.#at + size <= this.#buffer.length) return;
    const longer = Buffer.allocUnsafe(Math.max(this.#at + size, this.#buffer.length * 2));
    this.#buffer.copy(longer, 0, 0, this.#at);
    this.#buffer = longer;
  }
}
