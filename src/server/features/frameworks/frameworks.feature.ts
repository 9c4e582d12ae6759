import type { Feature } from '#core/access/feature.ts';
import { problemCodes } from '#domain/kit/problem.ts';
import { frameworkProblems } from '#domain/kit/problems/framework.ts';
import { draftRevised } from './draft.act.ts';
import { frameworkRoutes } from './framework.routes.ts';
import { frameworkCommands } from './frameworks.commands.ts';
import { mappingRevised } from './mapping/mapping.act.ts';
import { frameworkMappingRoutes } from './mapping/mapping.routes.ts';
import { frameworkQuestionRoutes } from './questions/question.routes.ts';
import { prepareFrameworks } from './shipped-editions.act.ts';
import { frameworkWorkbookRoutes } from './workbook/workbook.routes.ts';

/** Frameworks (指标体系) as data: see README.md beside. */
export const frameworksFeature: Feature = {
  name: 'frameworks',
  auditWords: () => import('#contract/frameworks/audit.words.ts'),
  routes: [...frameworkRoutes, ...frameworkWorkbookRoutes, ...frameworkQuestionRoutes, ...frameworkMappingRoutes],
  tables: [
    'framework_editions',
    'framework_withdrawals',
    'framework_facts',
    'framework_drafts',
    'framework_draft_copies',
    'framework_mappings',
  ],
  views: ['leaf_mappings'],
  // What is judged by an edition names it and reads it, whatever feature judges.
  registers: ['framework_editions', 'framework_facts', 'framework_withdrawals'],
  revised: [draftRevised, mappingRevised],
  commands: frameworkCommands,
  problems: problemCodes(frameworkProblems),
  sample: () => import('#sample/frameworks/frameworks.sample.ts'),
  prepare: async (pool, now) => void (await prepareFrameworks(pool, now)),
};
