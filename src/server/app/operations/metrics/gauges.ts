import type { Services } from '#core/access/serve.ts';
import { nowhere } from '#domain/access/actor.ts';
import { jobStates } from '#domain/flow/job-state.ts';
import { withReading } from '#platform/db/handle.ts';
import type { Gauge } from '#platform/http/metrics.ts';
import { getWaitingFacts } from './metrics.store.ts';

/** How the process stands now. Where the database does not answer, its numbers are absent and `dudao_database_up` is 0. */
export async function readGauges({ pool, files, now }: Services): Promise<Gauge[]> {
  const facts = await withReading(pool, nowhere, getWaitingFacts).catch(() => null);
  const uploads = (await files.store.pendingIds()).length;
  const one = (name: string, help: string, value: number): Gauge => ({ name, help, values: [{ value }] });
  const connections = { open: pool.totalCount, idle: pool.idleCount, awaited: pool.waitingCount };
  return [
    one('dudao_database_up', 'Whether the database answers.', facts === null ? 0 : 1),
    {
      name: 'dudao_pool_connections',
      help: 'Connections of the pool that are open or idle, and requests that wait for one.',
      values: Object.entries(connections).map(([state, value]) => ({ label: ['state', state] as const, value })),
    },
    one('dudao_uploads_pending', 'Files that are coming in or are not yet attached.', uploads),
    one('dudao_process_resident_bytes', 'Memory of the process.', process.memoryUsage.rss()),
    one('dudao_process_uptime_seconds', 'Seconds since the process started.', Math.round(process.uptime())),
    ...(facts === null
      ? []
      : [
          {
            name: 'dudao_jobs',
            help: 'Jobs of the queue by state.',
            values: jobStates.map((state) => ({
              label: ['state', state] as const,
              value: facts.jobs.find((found) => found.state === state)?.count ?? 0,
            })),
          },
          one(
            'dudao_audit_unsealed_seconds',
            'Age of the oldest audit row that no seal covers.',
            facts.oldestUnsealed === null ? 0 : Math.max(0, (now().getTime() - facts.oldestUnsealed.getTime()) / 1_000),
          ),
        ]),
  ];
}
