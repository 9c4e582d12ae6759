import type { CommandHost } from '#core/access/feature.ts';
import { consoleLog } from './terminal.ts';

/** What the commands of features stand on. The way to the database is loaded by those alone that go it. */
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
