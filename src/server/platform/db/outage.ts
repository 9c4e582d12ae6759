import type { Log } from '../http/endpoint.ts';
import { type Trouble, troubleOf } from './errors.ts';

/**
 * Reports from all parts of one process about the database, so that an outage is two lines of the log and not
 * thousands.
 */
export interface Outage {
  /** A statement or connection failed. `what` names the failed work, for errors that are not a trouble of the whole. */
  failed(error: unknown, what: string): void;
  /** The database answered. */
  worked(): void;
  /** The database kept something: it has room. */
  wrote(): void;
  /** What is wrong at present. */
  readonly troubles: readonly Trouble[];
}

const begun: Readonly<Record<Trouble, string>> = {
  'database.unavailable': 'the database cannot be reached; requests are refused until it is back',
  'database.busy': 'all connections to the database are taken; requests and jobs are refused until one is free',
  'database.full': 'the database has no room on its disk or in its memory; nothing can be saved until it has',
};

const over: Readonly<Record<Trouble, string>> = {
  'database.unavailable': 'the database is back',
  'database.busy': 'connections to the database are free again',
  'database.full': 'the database has room again',
};

/** `log` is called for each line, because the server's log is opened after the pool. */
export function watchOutage(log: () => Log, now: () => number = Date.now): Outage {
  const since = new Map<Trouble, number>();
  function ended(trouble: Trouble): void {
    const from = since.get(trouble);
    if (from === undefined) return;
    since.delete(trouble);
    log().warn({ seconds: Math.round((now() - from) / 1000) }, over[trouble]);
  }
  const worked = () => {
    if (since.size === 0) return;
    ended('database.unavailable');
    ended('database.busy');
  };
  return {
    failed(error, what) {
      const trouble = troubleOf(error);
      if (trouble === null) {
        log().warn({ err: error }, what);
      } else if (!since.has(trouble)) {
        since.set(trouble, now());
        log().warn({ err: error }, begun[trouble]);
      }
    },
    worked,
    wrote() {
      worked();
      ended('database.full');
    },
    get troubles() {
      return [...since.keys()];
    },
  };
}
