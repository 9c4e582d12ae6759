import type { FeatureJob } from '#core/access/feature.ts';
import { deleteExpiredImports } from '#core/imports/imports.store.ts';
import { nowhere } from '#domain/access/actor.ts';
import { withLease } from '#platform/db/handle.ts';

/** At night: checked workbooks that nobody can confirm any more go, with everything that stood in them. */
export const tidyImports: FeatureJob = {
  name: 'filings.tidyImports',
  retries: 2,
  schedule: '30 3 * * *',
  run: ({ pool, now }) => withLease(pool, (held) => held.writing(nowhere, (db) => deleteExpiredImports(db, now()))),
};
