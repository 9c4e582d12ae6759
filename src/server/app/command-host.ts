import type { CommandHost } from '#core/access/feature.ts';
import { consoleLog } from './terminal.ts';

/** The services that commands of features use. The database code is loaded only by commands that need it. */
export const commandHost: CommandHost = {
  async withDatabase(work) {
    const { loadConfig } = await import('#platform/config/config.ts');
    const { reachDatabase } = await import('./reach-database.ts');
    const { openPool } = await import('#platform/db/pool.ts');
    const database = await reachDatabase(loadConfig(process.env), consoleLog);
    const pool = openPool({ url: database.appUrl, max: 1, applicationName: 'dudao-command' });
    try {
      await work(pool);
    } finally {
      await pool.end();
      await database.close();
    }
  },
};
