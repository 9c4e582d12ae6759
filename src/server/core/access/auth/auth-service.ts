import type { WholeHandle } from '#platform/db/handle.ts';
import { openPool } from '#platform/db/pool.ts';
import { databaseOfAct, databaseOfPool } from './auth.store.ts';
import { type Auth, openAuth } from './auth.ts';

/** The parts of sign-in that the whole process shares: the secret, and better-auth, which is loaded at first use. */
export interface AuthService {
  readonly secret: string;
  /** Whether this is the sample city: its sign-ins are printed and no second factor is asked for. */
  readonly sample: boolean;
  open(): Promise<Auth>;
  /** The same for one act: better-auth writes in the transaction of `db`, which records the act. */
  openIn(db: WholeHandle): Promise<Auth>;
  close(): Promise<void>;
}

export interface AuthOptions {
  /** The application role's database; better-auth writes on connections of its own. */
  readonly databaseUrl: string;
  readonly secret: string;
  readonly sample: boolean;
}

/** Opens nothing before the first sign-in. */
export function createAuthService(options: AuthOptions): AuthService {
  let opened: Promise<{ auth: Auth; end: () => Promise<void> }> | undefined;
  const start = async () => {
    const pool = openPool({
      url: options.databaseUrl,
      max: 4,
      applicationName: 'dudao-access',
      // We record signing in as an act of our own. The audit's triggers report what else better-auth writes here.
      settings: { 'app.recorded': 'sign-in' },
    });
    return {
      auth: await openAuth({ database: databaseOfPool(pool), secret: options.secret }),
      end: () => pool.end(),
    };
  };
  return {
    secret: options.secret,
    sample: options.sample,
    async open() {
      opened ??= start();
      // If opening failed once, the next attempt may succeed.
      opened.catch(() => {
        opened = undefined;
      });
      return (await opened).auth;
    },
    openIn: (db) => openAuth({ database: databaseOfAct(db), secret: options.secret }),
    async close() {
      await (await opened?.catch(() => undefined))?.end();
    },
  };
}
