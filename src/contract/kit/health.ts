import { z } from 'zod';
import { route } from '../route.ts';

/**
 * What can be wrong while the server still answers: the database has no room, all its connections are taken, or
 * requests wait for a turn.
 */
export const healthReason = z.enum(['database.full', 'database.busy', 'requests.waiting']);

/**
 * For load balancers and watchdogs: whether the server is alive and reaches the database. A server that is degraded
 * still serves, so its answer is a 200. The reasons are for those who may set up the system, and for nobody else.
 */
export const health = route({
  name: 'health.read',
  method: 'GET',
  path: '/api/health',
  access: 'public',
  summary: '服务是否正常',
  output: z.object({ status: z.enum(['ok', 'degraded']), reasons: z.array(healthReason).optional() }),
});
