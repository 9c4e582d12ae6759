import type { Log } from '../http/endpoint.ts';
import { isUnreachable } from './errors.ts';

/**
 * Reports from all parts of one process about the database, so that an outage is two lines of the log and not
 * thousands.
 */
export interface Outage {
  /** A statement or connection failed. `what` names the failed work, for errors that are not an outage. */
  failed(error: unknown, what: string): void;
  /** The database answered. */
  worked(): void;
}

/** `log` is called for each line, because the server's log is opened after the pool. */
export function watchOutage(log: () => Log, now: () => number = Date.now): Outage {
  let since: number | null = null;
  return {
    failed(error, what) {
      if (!isUnreachable(error)) {
        log().warn({ err: error }, what);
      } else if (since === null) {
        since = now();
        log().warn({ err: error }, 'the database cannot be reached; requests are refused until it is back');
      }
    },
    worked() {
      if (since === null) return;
      log().warn({ seconds: Math.round((now() - since) / 1000) }, 'the database is back');
      since = null;
    },
  };
}
