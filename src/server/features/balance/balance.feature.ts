import type { Feature } from '#core/access/feature.ts';
import { problemCodes } from '#domain/kit/problem.ts';
import { balanceProblems } from '#domain/kit/problems/balance.ts';
import { standardProblems } from '#domain/kit/problems/standard.ts';
import { balanceCommands } from './balance.commands.ts';
import { balanceFulfilment } from './balance.fulfilment.store.ts';
import { balanceQuotes } from './balance.quote.store.ts';
import { balanceRoutes } from './balance.routes.ts';
import { balanceFigures, unfinishedRuns } from './balance.work.store.ts';
import { balanceExportRoutes } from './print/export.routes.ts';
import { balanceReportRoutes } from './print/report.routes.ts';
import { balanceJobs } from './run/recompute.job.ts';
import { balanceRunRoutes } from './run/run.routes.ts';
import { balanceSchoolRoutes } from './run/school.routes.ts';
import { prepareBalance } from './standard/shipped-standards.act.ts';
import { balanceStandardRoutes } from './standard/standard.routes.ts';

export const balanceFeature: Feature = {
  name: 'balance',
  auditWords: () => import('#contract/balance/audit.words.ts'),
  routes: [
    ...balanceRoutes,
    ...balanceSchoolRoutes,
    ...balanceRunRoutes,
    ...balanceStandardRoutes,
    ...balanceExportRoutes,
    ...balanceReportRoutes,
  ],
  jobs: balanceJobs,
  tables: ['balance_standards', 'balance_runs', 'balance_run_details', 'balance_run_schools'],
  views: ['balance_standings', 'balance_facts', 'balance_run_figures', 'balance_run_members', 'balance_indicators'],
  facts: ['balance_facts'],
  figures: { kinds: ['balance.available', 'balance.provisional', 'balance.unavailable'], of: balanceFigures },
  quotes: balanceQuotes,
  fulfils: { kinds: { 'balance.run': '均衡测算（县级单位已有结论）' }, of: balanceFulfilment },
  unfinished: {
    kinds: { 'balance.recomputing': { title: '个县（市、区）的均衡测算还在排队', way: '请等它做完' } },
    of: unfinishedRuns,
  },
  commands: balanceCommands,
  problems: problemCodes(balanceProblems, standardProblems),
  sample: () => import('#sample/balance/balance.sample.ts'),
  prepare: async (pool, now) => void (await prepareBalance(pool, now)),
};
