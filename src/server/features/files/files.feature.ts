import type { Feature } from '#core/access/feature.ts';
import { fileNoticeTitles } from '#domain/file/notice.ts';
import { attachmentRoutes } from './attachment.routes.ts';
import { endingRoutes } from './ending.routes.ts';
import { endingWork, endingWorkKinds } from './ending.work.store.ts';
import { holdersOf } from './holding.act.ts';
import { uploadStreams } from './receive.act.ts';
import { fileStreams } from './send.act.ts';
import { scanFiles, tellEnding, tidyFiles } from './tidy.job.ts';
import { uploadRoutes } from './upload.routes.ts';

/** Files that come in, hang on subjects and are opened: see README.md beside. */
export function filesFeature(features: () => readonly Feature[]): Feature {
  const holders = () => holdersOf(features());
  return {
    name: 'files',
    routes: [...attachmentRoutes(holders), ...endingRoutes(holders), ...uploadRoutes],
    streams: [...uploadStreams, ...fileStreams(holders)],
    jobs: [tidyFiles, scanFiles, tellEnding],
    notices: fileNoticeTitles,
    work: { kinds: endingWorkKinds, of: endingWork(holders) },
    tables: [],
    auditWords: () => import('#contract/files/audit.words.ts'),
  };
}
