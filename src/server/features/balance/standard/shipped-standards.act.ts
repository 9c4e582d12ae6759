import type pg from 'pg';
import { recordAudit, systemSource } from '#core/audit/audit.store.ts';
import { readToday } from '#core/calendar/today.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { formulaVersion } from '#domain/balance/run/run.ts';
import { editionText } from '#domain/balance/standard/edition.ts';
import { withClaims } from '#domain/balance/standard/with-claims.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { type WholeHandle, withLease } from '#platform/db/handle.ts';
import { listUnanswered, listUnitsAtStart } from '../balance.store.ts';
import { runCounty } from '../run/compute.act.ts';
import { systemSignature } from '../run/occasion.words.ts';
import { shippedStandards } from './shipped-standards.shape.ts';
import { findNewestStandards, findShipped, findStandard, insertRevision } from './standard.store.ts';
import { editionOf, readDefinition, readNewDefinition } from './standards.shape.ts';

/** A standard as it is given: whatever has no such shape is refused before it is written. */
type GivenStandard = Readonly<Record<string, unknown>> & { readonly key: string };

/**
 * Prepares balance before the first request. It adds shipped standards that are new or corrected, and the missing runs
 * (after a new sample, a restored database, a new standard or a new formula).
 */
export async function prepareBalance(
  pool: pg.Pool,
  now: () => Date,
  shipped: readonly GivenStandard[] = shippedStandards,
): Promise<{ runs: number }> {
  return await withLease(pool, async (held) => {
    const units = await listUnitsAtStart(held);
    const counties = units.filter((unit) => unit.kind === 'county').map(({ id }) => id);
    const cityId = units.find((unit) => unit.kind === 'city')?.id;
    const today = await readToday(held, now());
    const { standards, wanted } = await held.writing(atPlaces(counties), async (db) => {
      for (const definition of shipped) await bringStandard(db, definition, now(), cityId);
      return {
        standards: await findNewestStandards(db),
        wanted: await listUnanswered(db, { formulaVersion, today }),
      };
    });
    for (const { countyId, periodId, standardKey: key } of wanted) {
      const standard = standards.find((one) => one.key === key)!;
      const occasion = { countyId, periodId, runAt: now(), runBy: null };
      await held.writing(atPlaces([countyId]), (db) => runCounty(db, occasion, standard));
    }
    return { runs: wanted.length };
  });
}

/**
 * Adds a shipped standard that is new here or differs from the last shipped one. If the city has revised the standard,
 * its own revision stays in force: it is added again on top, and the corrected one stays readable below it.
 */
async function bringStandard(
  db: WholeHandle,
  given: GivenStandard,
  createdAt: Date,
  cityId: number | undefined,
): Promise<void> {
  const { key } = given;
  const before = await findShipped(db, key);
  const stands = (content: unknown) => before && canonicalJson(before.definition) === canonicalJson(content);
  // A standard is read only where it differs from what stands: every other start would check it for nothing.
  if (stands(given)) return;
  const standard = readNewDefinition(given);
  if (stands(standard)) return;
  const { document } = standard;
  const inForce = await findStandard(db, key);
  const revision = (inForce?.revision ?? 0) + 1;
  const system = { key, createdAt, createdBy: systemSignature };
  const added = await insertRevision(db, {
    ...{ ...system, revision, definition: standard, shipped: true },
    source: `${document.title}（${document.number}，${document.issued}）`,
    note: before ? '随产品更新' : '随产品提供',
  });
  // Another server that started at the same time was faster: it adds the city's own revision again and records it.
  if (!added || !inForce) return;
  if (!inForce.shipped) {
    const own = editionText(editionOf(inForce));
    const shipped = editionText({ kind: 'original', number: (before?.ordinal ?? 0) + 1 });
    await insertRevision(db, {
      ...{
        ...system,
        revision: revision + 1,
        definition: withClaims(readDefinition(inForce.definition), standard),
        shipped: false,
      },
      source: own,
      note: `沿用${own}；产品更正后的${shipped}另存，如需采用请另行修订`,
    });
  }
  await recordAudit(db, systemSource, {
    action: 'standard.revised',
    objectType: 'balance-standard',
    objectId: `${key} ${revision}`,
    // Standards are the city's; the start acts in no post.
    ...(cityId === undefined ? {} : { placeId: cityId }),
    before: { definition: before?.definition ?? null },
    after: { definition: standard, inForce: inForce.shipped ? revision : revision + 1 },
  });
}
