import type pg from 'pg';
import { readStandard } from '#domain/balance/read-standard.ts';
import { withLease } from '#platform/db/handle.ts';
import basic2012 from '../../../../reference/standards/basic-2012.json' with { type: 'json' };
import quality2017 from '../../../../reference/standards/quality-2017.json' with { type: 'json' };
import { runCounty } from './balance.compute.ts';
import { insertRevision, newestStandards } from './balance.standard.store.ts';
import { listUnanswered } from './balance.store.ts';

/** Every standard that ships with the product. A new edition is one line here. */
const shipped: readonly unknown[] = [basic2012, quality2017];

/**
 * What balance needs before the first request: the shipped standards as their first revisions, where they are not there
 * yet, and a run for every county's year that has approved figures and none (a new sample, a restored database).
 */
export async function prepareBalance(pool: pg.Pool, now: () => Date): Promise<{ runs: number }> {
  return await withLease(pool, async (held) => {
    const counties = (
      await held.query<{ id: number }>(`select id from org_units where admin_level = 'county' order by id`)
    ).map(({ id }) => id);
    const scope = { counties, schoolId: null };
    const waiting = await held.writing(scope, async (db) => {
      for (const definition of shipped) {
        const standard = readStandard(definition);
        await insertRevision(db, {
          key: standard.key,
          revision: 1,
          name: standard.name,
          document: standard.document.number,
          effectiveFrom: standard.document.effectiveFrom,
          effectiveTo: standard.document.effectiveTo,
          definition: standard,
          source: `${standard.document.title}（${standard.document.number}，${standard.document.issued}）`,
          note: '随产品提供',
          createdAt: now(),
          createdBy: '系统',
        });
      }
      return await listUnanswered(db);
    });
    for (const { county_id: countyId, period_id: periodId } of waiting) {
      await held.writing({ counties: [countyId], schoolId: null }, async (db) => {
        for (const standard of await newestStandards(db)) {
          await runCounty(db, { countyId, periodId, runAt: now(), runBy: '系统（首次测算）' }, standard);
        }
      });
    }
    return { runs: waiting.length };
  });
}
