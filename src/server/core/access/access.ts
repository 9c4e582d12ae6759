import type { WholeHandle } from '#platform/db/handle.ts';
import { openPool } from '#platform/db/pool.ts';
import { databaseOfAct, databaseOfPool } from './guest.store.ts';
import { type Guest, openGuest } from './guest.ts';

/** What the process shares for signing in: the secret, and the guest behind a door that opens at first use. */
export interface Access {
  readonly secret: string;
  /** Whether this is the sample city: its sign-ins are printed and no second factor is asked for. */
  readonly sample: boolean;
  guest(): Promise<Guest>;
  /** The guest of one act: it writes in the transaction of `db`, which records the act. */
  guestIn(db: WholeHandle): Promise<Guest>;
  close(): Promise<void>;
}

export interface AccessOptions {
  /** The application role's database; better-auth writes on connections of its own. */
  readonly databaseUrl: string;
  readonly secret: string;
  readonly sample: boolean;
}

/** Nothing is opened before the first sign-in. */
export function createAccess(options: AccessOptions): Access {
  let opened: Promise<{ guest: Guest; end: () => Promise<void> }> | undefined;
  const open = async () => {
    const pool = openPool({
      url: options.databaseUrl,
      max: 4,
      applicationName: 'dudao-access',
      // Signing in is recorded as an act of ours; the audit's triggers tell what else it writes here.
      settings: { 'app.recorded': 'sign-in' },
    });
    return {
      guest: await openGuest({ database: databaseOfPool(pool), secret: options.secret }),
      end: () => pool.end(),
    };
  };
  return {
    secret: options.secret,
    sample: options.sample,
    async guest() {
      opened ??= open();
      // A door that would not open once may open the next time.
      opened.catch(() => {
        opened = undefined;
      });
      return (await opened).guest;
    },
    guestIn: (db) => openGuest({ database: databaseOfAct(db), secret: options.secret }),
    async close() {
      await (await opened?.catch(() => undefined))?.end();
    },
  };
}
