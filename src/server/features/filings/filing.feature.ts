import type { Feature } from '#core/access/feature.ts';
import { tidyImports } from '#core/imports/import-expiry.job.ts';
import { filingCollectionRoutes } from './collection/collection.routes.ts';
import { filingJobs } from './collection/list-change.job.ts';
import { filingCountyRoutes } from './county/county.routes.ts';
import { filingReadRoutes } from './filing.routes.ts';
import { filingFillRoutes } from './fill/fill.routes.ts';
import { filingImportRoutes } from './import/import.routes.ts';
import { filingPrintRoutes } from './print/print.routes.ts';
import { filingReviewRoutes } from './review/review.routes.ts';

/** 资源数据填报: see README.md beside. */
export const filingFeature: Feature = {
  name: 'filings',
  routes: [
    ...filingReadRoutes,
    ...filingFillRoutes,
    ...filingReviewRoutes,
    ...filingCountyRoutes,
    ...filingImportRoutes,
    ...filingPrintRoutes,
    ...filingCollectionRoutes,
  ],
  jobs: [...filingJobs, tidyImports],
  tables: ['collections', 'collection_subjects', 'filings'],
  views: ['approved_filing_values', 'filing_duties', 'filing_standings', 'collection_standings'],
};
