import { z } from 'zod';
import { route } from './route.ts';

/** For load balancers and watchdogs: reports only that the server is alive and reaches the database. */
export const health = route({
  name: 'health.read',
  method: 'GET',
  path: '/api/health',
  access: 'public',
  summary: '服务是否正常',
  output: z.object({ status: z.literal('ok') }),
});
