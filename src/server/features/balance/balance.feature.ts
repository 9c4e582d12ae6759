import type { Feature } from '#core/access/feature.ts';
import { balanceExportRoutes } from './balance.export.routes.ts';
import { balanceJobs } from './balance.jobs.ts';
import { balanceRoutes } from './balance.routes.ts';
import { balanceRunRoutes } from './balance.run.routes.ts';
import { balanceSchoolRoutes } from './balance.school.routes.ts';
import { balanceStandardRoutes } from './balance.standard.routes.ts';

export const balanceFeature: Feature = {
  name: 'balance',
  routes: [
    ...balanceRoutes,
    ...balanceSchoolRoutes,
    ...balanceRunRoutes,
    ...balanceStandardRoutes,
    ...balanceExportRoutes,
  ],
  jobs: balanceJobs,
  tables: ['balance_standards', 'balance_runs', 'balance_run_details', 'balance_run_schools'],
};
