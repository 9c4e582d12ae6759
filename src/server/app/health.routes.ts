import { health } from '#contract/health.ts';
import { serveRaw } from '#core/access/serve.ts';

/** Alive means: this process answers and the database answers it. */
export const healthRoutes = [
  serveRaw(health, async ({ held }) => {
    await held.query('select 1');
    return { status: 'ok' as const };
  }),
];
