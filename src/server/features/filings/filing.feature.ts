import type { Feature } from '#core/access/feature.ts';
import { filingCountyRoutes } from './filing.county.routes.ts';
import { filingFillRoutes } from './filing.fill.routes.ts';
import { filingImportRoutes } from './filing.import.routes.ts';
import { filingJobs } from './filing.jobs.ts';
import { filingPeriodRoutes } from './filing.period.routes.ts';
import { filingPrintRoutes } from './filing.print.routes.ts';
import { filingReadRoutes } from './filing.read.routes.ts';
import { filingReviewRoutes } from './filing.review.routes.ts';
import { tidyImports } from './filing.tidy.ts';

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
