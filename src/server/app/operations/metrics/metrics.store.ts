import { sql } from 'kysely';
import { findOldestUnsealed, writeSealingSetting } from '#core/audit/seal.store.ts';
import type { Handle } from '#platform/db/handle.ts';

export interface WaitingFacts {
  readonly jobs: ReadonlyArray<{ readonly state: string; readonly count: number }>;
  /** When the oldest row that no seal covers was written. */
  readonly oldestUnsealed: Date | null;
}

export async function getWaitingFacts(db: Handle<'jobs' | 'audit_events' | 'audit_seals'>): Promise<WaitingFacts> {
  await writeSealingSetting(db);
  const jobs = await db
    .selectFrom('jobs')
    .select(['state', sql<number>`count(*)::int`.as('count')])
    .groupBy('state')
    .execute();
  return { jobs, oldestUnsealed: await findOldestUnsealed(db) };
}
