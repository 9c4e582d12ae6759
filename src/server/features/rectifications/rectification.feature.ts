import type { Feature } from '#core/access/feature.ts';
import { problemCodes } from '#domain/kit/problem.ts';
import { rectificationProblems } from '#domain/kit/problems/rectification.ts';
import { findingNoticeTitles } from '#domain/rectification/notice.ts';
import { findingRevised } from './finding.act.ts';
import { findingReadRoutes } from './finding.routes.ts';
import { findingImportRoutes } from './import/import.routes.ts';
import { findingKindRoutes } from './kind.routes.ts';
import { kindRevised } from './kind.store.ts';
import { findingPasses, passFollows, passJobs } from './pass-work/pass-work.job.ts';
import { findingHolder } from './proof.act.ts';
import { reproofRoutes } from './reproof/reproof.routes.ts';
import { findingStepRoutes } from './step/steps.routes.ts';
import { findingFollows, findingJobs } from './watch/watch.job.ts';
import { findingFulfilment } from './work/finding.fulfilment.store.ts';
import { findingQuotes } from './work/finding.quote.store.ts';
import {
  awaitedFindings,
  findingDeadlines,
  findingFigures,
  findingHandedKinds,
  findingHandedOver,
  findingWork,
  findingWorkKinds,
} from './work/finding.work.store.ts';

/** 整改台账: see README.md beside. */
export const rectificationFeature: Feature = {
  name: 'rectifications',
  auditWords: () => import('#contract/rectifications/audit.words.ts'),
  routes: [...findingReadRoutes, ...findingKindRoutes, ...findingStepRoutes, ...reproofRoutes, ...findingImportRoutes],
  holders: { finding: findingHolder },
  jobs: [...findingJobs, ...passJobs],
  follows: [...findingFollows, ...passFollows],
  passesWork: findingPasses,
  tables: [
    'finding_kinds',
    'findings',
    'finding_measures',
    'finding_extensions',
    'finding_escalations',
    'finding_acknowledgements',
    'reproof_draws',
    'reproofs',
    'finding_passes',
  ],
  revised: [findingRevised, kindRevised],
  views: ['finding_standings', 'finding_recurrences', 'finding_facts', 'finding_kind_names'],
  facts: ['finding_facts'],
  work: { kinds: findingWorkKinds, of: findingWork },
  handedOver: { kinds: findingHandedKinds, of: findingHandedOver },
  deadlines: { kinds: ['rectifications.due'], of: findingDeadlines },
  figures: {
    kinds: ['rectifications.found', 'rectifications.closed', 'rectifications.late'],
    of: findingFigures,
  },
  awaited: awaitedFindings,
  notices: findingNoticeTitles,
  problems: problemCodes(rectificationProblems),
  fulfils: { kinds: { 'rectifications.ledger': '问题整改（全部销号）' }, of: findingFulfilment },
  quotes: findingQuotes,
  sample: () => import('#sample/rectifications/rectifications.sample.ts'),
};
