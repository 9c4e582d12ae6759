import { nowhere } from '#domain/access/actor.ts';
import { withWriting } from '#platform/db/handle.ts';
import type { FeatureJob } from '../access/feature.ts';
import { deleteExpiredImports } from './imports.store.ts';

/** Every night: deletes checked tables that nobody can take any more, with all their content. */
export const tidyImports: FeatureJob = {
  name: 'imports.tidy',
  title: '清理过期的导入',
  retries: 2,
  schedule: '30 3 * * *',
  run: ({ pool, now }) => withWriting(pool, nowhere, (db) => deleteExpiredImports(db, now())),
};
