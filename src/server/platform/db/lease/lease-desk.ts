import type pg from 'pg';
import { problem } from '#domain/kit/problem.ts';
import { type Claim, type Turn, type TurnedAway, Turns, type TurnsLimits } from '../../threads/turns.ts';
import { type Lease, type LeaseSource, lease } from '../handle.ts';

export type LeaseLimits = Omit<TurnsLimits, 'atOnce'>;

/** These connections of the pool are never lent to requests: jobs, the sealer and the clock need some at any time. */
const kept = 2;

const megabyte = 1024 * 1024;

/**
 * Four requests of one person at once are more than a page sends, and one write at a time per thing loses nothing: the
 * second would wait for the row's lock, with a connection in its hand. The waiting time is shorter than the patience of
 * proxies and of people.
 */
export const leaseLimits: LeaseLimits = {
  waiting: 2000,
  ofOne: { atOnce: 4, waiting: 400 },
  ofThing: 1,
  waitingBytes: { all: 32 * megabyte, ofOne: 4 * megabyte },
  patience: 15_000,
};

/**
 * The queue before the pool. Whoever waits here holds no connection, so one person's requests, or a crowd at one row,
 * cannot take the connections of all others. A request never asks here for a lease while it holds one.
 */
export class LeaseDesk {
  readonly #pool: pg.Pool;
  readonly #turns: Turns;

  constructor(pool: pg.Pool, limits: LeaseLimits = leaseLimits) {
    this.#pool = pool;
    this.#turns = new Turns({ ...limits, atOnce: Math.max(1, pool.options.max - kept) });
  }

  /** How many requests wait for their turn now. */
  get waiting(): number {
    return this.#turns.waiting;
  }

  /**
   * Waits for the turn and takes a connection; the caller releases it, which ends the turn.
   * @throws request.tooManyOwn, request.busy, and what the pool refuses
   */
  async lease(claim: Claim): Promise<{ readonly held: Lease; readonly waited: boolean }> {
    const begun = this.#turns.begin(refusal, claim);
    const turn: Turn = begun instanceof Promise ? await begun : begun;
    try {
      return { held: await lease(this.#pool, turn.end), waited: turn.waited };
    } catch (error) {
      turn.end();
      throw error;
    }
  }

  /**
   * Stops what this connection is doing at the database. The lease is released only afterwards, or the connection's next
   * holder would be stopped.
   */
  async stop({ process }: Lease): Promise<void> {
    // Where this fails, the statement goes on to its own limit.
    if (process !== null) await this.#pool.query('select pg_cancel_backend($1)', [process]).catch(() => {});
  }

  /** The source of several leases, one after another, for the same party. */
  of(claim: Claim): LeaseSource {
    return { lease: async () => (await this.lease(claim)).held };
  }
}

function refusal(why: TurnedAway): Error {
  return problem(why === 'own' ? 'request.tooManyOwn' : 'request.busy');
}
