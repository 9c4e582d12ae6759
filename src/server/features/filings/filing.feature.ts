import type { Feature } from '#core/access/feature.ts';
import { filingCountyRoutes } from './county/county.routes.ts';
import { filingReadRoutes } from './filing.routes.ts';
import { filingFillRoutes } from './fill/fill.routes.ts';
import { filingImportRoutes } from './import/import.routes.ts';
import { tidyImports } from './import/import-expiry.job.ts';
import { filingPeriodRoutes } from './period/period.routes.ts';
import { filingJobs } from './period/register.job.ts';
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
    ...filingPeriodRoutes,
  ],
  jobs: [...filingJobs, tidyImports],
  tables: [
    'periods',
    'period_schools',
    'filings',
    'filing_steps',
    'filing_comments',
    'filing_reminders',
    'filing_imports',
  ],
  views: ['approved_filing_values'],
};
