import { health } from '#contract/health.ts';
import { serveRaw } from '#core/access/serve.ts';
import { withLease } from '#platform/db/handle.ts';

/** Alive means: this process answers and the database answers it. */
export const healthRoutes = [
  serveRaw(health, async ({ services }) => {
    await withLease(services.pool, (held) => held.query('select 1'));
    return { status: 'ok' as const };
  }),
];
