import { doing, type FeatureJob } from '#core/access/feature.ts';
import type { JobServices } from '#core/access/job-services.ts';
import { listPlaces } from '#core/directory/places.store.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { type WholeHandle, withReading, withWriting } from '#platform/db/handle.ts';
import type { EvaluationHandle } from '../evaluation.store.ts';
import * as jobs from './resemblance.jobs.ts';
import { insertResemblances, listProving, listSameFiles } from './resemblance.store.ts';

/** How many other pieces are noted beside one file. */
const mostNoted = 20;

const handleOf = (db: WholeHandle) => db as unknown as EvaluationHandle;

/** Looks in all places of the city for what has the same content as the files of a piece: a hint, and no verdict. */
async function compare(
  services: JobServices,
  { placeId, evidenceId }: { readonly placeId: number; readonly evidenceId: string },
): Promise<void> {
  const places = await withReading(services.pool, atPlaces([]), (db) => listPlaces(db));
  await withWriting(services.pool, atPlaces(places), async (whole) => {
    const db = handleOf(whole);
    const found: Parameters<typeof insertResemblances>[1][number][] = [];
    for (const proving of await listProving(db, { placeId, evidenceId })) {
      const others = await listSameFiles(db, places, { hash: proving.hash, evidenceId }, mostNoted);
      found.push(...others.map((other) => ({ proving, evidenceId, other, kind: 'same-file' as const, closeness: 1 })));
    }
    await insertResemblances(db, found, services.now());
  });
}

export const resemblanceJobs: readonly FeatureJob[] = [doing(jobs.comparePrints, compare)];
