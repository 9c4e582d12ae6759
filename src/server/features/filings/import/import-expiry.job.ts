import type { FeatureJob } from '#core/access/feature.ts';
import { nowhere } from '#domain/access/actor.ts';
import { withLease } from '#platform/db/handle.ts';
import type { FilingHandle } from '../filing.store.ts';
import { deleteExpiredImports } from './import.store.ts';

/** At night: checked workbooks that nobody can confirm any more go, with everything that stood in them. */
export const tidyImports: FeatureJob = {
  name: 'filings.tidyImports',
  retries: 2,
  schedule: '30 3 * * *',
  run: ({ pool, now }) =>
    withLease(pool, (held) =>
      held.writing(nowhere, (db) => deleteExpiredImports(db as unknown as FilingHandle, now())),
    ),
};
