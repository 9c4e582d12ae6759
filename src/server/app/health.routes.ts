import { health } from '#contract/health.ts';
import { serveRaw } from '#core/access/serve.ts';
import { withLease } from '#platform/db/handle.ts';
import { getAnswer } from './health.store.ts';

/** Alive means: this process answers and the database answers it. */
export const healthRoutes = [
  serveRaw(health, async ({ services }) => {
    await withLease(services.pool, getAnswer);
    return { status: 'ok' as const };
  }),
];
