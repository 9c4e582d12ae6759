import type pg from 'pg';
import { recordAudit, systemName, systemSource } from '#core/audit/audit.store.ts';
import { digestOf } from '#core/evidence/digest.ts';
import { preparedEdition } from '#core/facts/prepared-edition.shape.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { type WholeHandle, withLease } from '#platform/db/handle.ts';
import { rowOf } from './framework.shape.ts';
import { findCity, insertEdition, listShippedHashes } from './framework.store.ts';
import { readShipped, shippedHashes, shippedKeys } from './shipped-editions.shape.ts';

/** An edition as it is given: whatever has no such shape is refused before it is written. */
type GivenEdition = Readonly<Record<string, unknown>> & { readonly key: string };

/**
 * Adds the shipped editions that are new here or differ from what was shipped before, before the first request. Those whose
 * points are known are ready to be used; the others are shown as to be completed. What a city completed stands under its
 * own key and is never touched.
 */
export async function prepareFrameworks(
  pool: pg.Pool,
  now: () => Date,
  given?: readonly GivenEdition[],
): Promise<{ added: number }> {
  return await withLease(pool, async (held) => {
    const standing = await held.reading(atPlaces([]), (db: WholeHandle) => listShippedHashes(db));
    // An edition is read and checked only where it differs from what stands: every other start would do it for nothing.
    const changed =
      given?.filter((one) => standing.get(one.key) !== digestOf(one)) ??
      (await readAll(shippedKeys.filter((key) => standing.get(key) !== shippedHashes[key])));
    if (changed.length === 0) return { added: 0 };
    return await held.writing(atPlaces([]), async (db: WholeHandle) => {
      const city = await findCity(db);
      let added = 0;
      for (const one of changed) if (await bringEdition(db, one, { at: now(), placeId: city?.id })) added += 1;
      return { added };
    });
  });
}

async function readAll(keys: readonly string[]): Promise<GivenEdition[]> {
  return (await Promise.all(keys.map(readShipped))) as GivenEdition[];
}

/** Lays one shipped edition as the next revision of its key; false where another server was faster. */
async function bringEdition(
  db: WholeHandle,
  given: GivenEdition,
  { at, placeId }: { readonly at: Date; readonly placeId: number | undefined },
): Promise<boolean> {
  const prepared = preparedEdition(given);
  const note = '随产品提供';
  const laid = await insertEdition(db, {
    ...{ ...rowOf(prepared), shipped: true, basedOn: null, note, createdAt: at, createdBy: systemName },
  });
  if (!laid.added) return false;
  // A first installation lays them all at once, and nobody had others before.
  if (laid.revision > 1) {
    await recordAudit(db, systemSource, {
      ...{ action: 'framework.shipped', objectType: 'framework', objectId: `${given.key} ${laid.revision}` },
      ...(placeId === undefined ? {} : { placeId }),
      after: { title: prepared.edition.title, editionHash: prepared.hash, open: prepared.open.length },
    });
  }
  return true;
}
