import pg from 'pg';
import { Packet, type Sending } from './packet.ts';

/** The event that tells of each statement, in the turn of whoever asks for it. */
export const statementEvent = 'statement';

const holdBackMilliseconds = 1;

/**
 * A connection of the pool. Packets cost more than statements: each one wakes the database's process, and its answer wakes
 * this one. What nobody waits for (the begin of a transaction, the end of one that only read) is held back until the next
 * statement takes it along, and a millisecond at most, so that no connection idles in a transaction.
 */
export class Connection extends pg.Client {
  #held: Sending[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** Keeps a statement for the next packet. */
  hold(sending: Sending): void {
    this.emit(statementEvent, sending.text);
    this.#held.push(sending);
    this.#timer ??= setTimeout(() => this.flush(), holdBackMilliseconds);
  }

  /** Sends a statement together with what was held back. */
  send(sending: Sending): void {
    this.emit(statementEvent, sending.text);
    this.#held.push(sending);
    this.flush();
  }

  /** Sends what was held back. */
  flush(): void {
    if (this.#held.length === 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const sendings = this.#held;
    this.#held = [];
    super.query(new Packet(sendings));
  }

  /** Whoever asks without a packet comes after what was held back. */
  // biome-ignore lint/suspicious/noExplicitAny: it hands on whatever the overloads of `pg` take and give.
  override query(...given: any[]): any {
    this.flush();
    return Reflect.apply(super.query, this, given);
  }
}
