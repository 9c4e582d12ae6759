import type { Feature } from '#core/access/feature.ts';
import { filingNoticeTitles } from '#domain/filing/reminder.ts';
import { problemCodes } from '#domain/kit/problem.ts';
import { filingProblems } from '#domain/kit/problems/filing.ts';
import { filingArchiveRoutes } from './collection/archive.routes.ts';
import { unfinishedFilings } from './collection/archive.store.ts';
import { filingCollectionRoutes } from './collection/collection.routes.ts';
import { filingFollows, filingJobs } from './collection/list-change.job.ts';
import { filingSupplementRoutes } from './collection/supplement.routes.ts';
import { filingCountyRoutes } from './county/county.routes.ts';
import { filingRevised } from './filing.act.ts';
import { filingStepKinds, filingSteps } from './filing.beginning.store.ts';
import { filingReadRoutes } from './filing.routes.ts';
import { filingHolder } from './fill/evidence.act.ts';
import { filingFillRoutes } from './fill/fill.routes.ts';
import { filingImportRoutes } from './import/import.routes.ts';
import { filingPrintRoutes } from './print/print.routes.ts';
import { filingCallRoutes } from './review/call.routes.ts';
import { filingRemindRoutes } from './review/remind.routes.ts';
import { filingReviewRoutes } from './review/review.routes.ts';
import { filingTimelineRoutes } from './review/timeline.routes.ts';
import { filingFulfilment } from './work/filing.fulfilment.store.ts';
import { filingHandedKinds, filingWorkKinds, filingWorkWithin } from './work/filing.lines.store.ts';
import { filingQuotes } from './work/filing.quote.store.ts';
import {
  awaitedFilings,
  filingDeadlines,
  filingFigures,
  filingHandedOver,
  filingWork,
  filingYears,
} from './work/filing.work.store.ts';

/** 资源数据填报: see README.md beside. `features` say what of a year is not ended when it is archived. */
export const filingFeature = (features: () => readonly Feature[]): Feature => ({
  name: 'filings',
  auditWords: () => import('#contract/filings/audit.words.ts'),
  routes: [
    ...filingReadRoutes,
    ...filingTimelineRoutes,
    ...filingFillRoutes,
    ...filingReviewRoutes,
    ...filingRemindRoutes,
    ...filingCallRoutes,
    ...filingCountyRoutes,
    ...filingImportRoutes,
    ...filingPrintRoutes,
    ...filingCollectionRoutes,
    ...filingArchiveRoutes(features),
    ...filingSupplementRoutes,
  ],
  holders: { filing: filingHolder },
  jobs: filingJobs,
  follows: filingFollows,
  tables: ['collections', 'collection_subjects', 'filings'],
  revised: [filingRevised],
  views: [
    'approved_filing_values',
    'open_filings',
    'filing_duties',
    'filing_standings',
    'collection_standings',
    'reminder_standings',
    'school_accounts',
    'filing_facts',
  ],
  facts: ['filing_facts'],
  work: { kinds: filingWorkKinds, of: filingWork, within: filingWorkWithin },
  handedOver: { kinds: filingHandedKinds, of: filingHandedOver },
  deadlines: { kinds: ['filings.filing', 'filings.acceptance'], of: filingDeadlines },
  figures: {
    kinds: ['filings.owed', 'filings.submitted', 'filings.approved', 'filings.accepted', 'filings.cityManaged'],
    of: filingFigures,
  },
  years: filingYears,
  awaited: awaitedFilings,
  notices: filingNoticeTitles,
  problems: problemCodes(filingProblems),
  quotes: filingQuotes,
  fulfils: { kinds: { 'filings.collection': '资源数据填报（县级单位的填报已全部接收）' }, of: filingFulfilment },
  unfinished: { kinds: { 'filings.unaccepted': { title: '份填报没有接收', way: null } }, of: unfinishedFilings },
  beginning: { kinds: filingStepKinds, of: filingSteps },
  sample: () => import('#sample/filings/filings.sample.ts'),
});
