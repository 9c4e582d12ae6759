import type { z } from 'zod';
import { health, type healthReason } from '#contract/kit/health.ts';
import { serveRaw } from '#core/access/serve.ts';
import { holds } from '#domain/access/actor.ts';
import { watchesJobs } from '#domain/access/permissions.ts';
import { withLease } from '#platform/db/handle.ts';
import { getAnswer } from './health.store.ts';

/** Milliseconds after which a turn that a question of nothing waits for counts as trouble. */
const longWait = 1_000;

/** Alive means: this process answers and the database answers it. */
export const healthRoutes = [
  serveRaw(health, async ({ services, signed }) => {
    const begun = performance.now();
    await withLease(services.pool, getAnswer);
    const reasons: Array<z.infer<typeof healthReason>> = services.outage.troubles.filter(
      (trouble) => trouble !== 'database.unavailable',
    );
    if (performance.now() - begun > longWait) reasons.push('requests.waiting');
    if (reasons.length === 0) return { status: 'ok' as const };
    const mayRead = signed !== null && holds(signed.actor, watchesJobs);
    return { status: 'degraded' as const, ...(mayRead ? { reasons } : {}) };
  }),
];
