import type { Feature } from '#core/access/feature.ts';
import { trackNoticeTitles } from '#domain/balance-tracking/notice.ts';
import { problemCodes } from '#domain/kit/problem.ts';
import { balanceTrackingProblems } from '#domain/kit/problems/balance-tracking.ts';
import { trackCommands } from './balance-tracking.commands.ts';
import { trackFigureRoutes } from './figures/figures.routes.ts';
import { trackQuotes } from './quote/track.quote.store.ts';
import { trackReportRoutes } from './report/report.routes.ts';
import { trackStepRoutes } from './step.routes.ts';
import { trackRevised } from './track.act.ts';
import { trackRoutes } from './track.routes.ts';
import {
  trackDeadlines,
  trackFigures,
  trackFulfilment,
  trackWork,
  trackWorkKinds,
  unfinishedTracks,
} from './track.work.store.ts';

/** 均衡跟踪: see README.md beside. */
export const balanceTrackingFeature: Feature = {
  name: 'balance-tracking',
  auditWords: () => import('#contract/balance-tracking/audit.words.ts'),
  routes: [...trackRoutes, ...trackStepRoutes, ...trackFigureRoutes, ...trackReportRoutes],
  tables: [
    'province_publications',
    'province_publication_figures',
    'province_publication_schools',
    'balance_tracks',
    'balance_track_terms',
    'balance_track_reports',
    'balance_track_report_figures',
    'balance_track_causes',
    'balance_track_issues',
    'balance_plan_years',
    'basic_standards',
  ],
  commands: trackCommands,
  revised: [trackRevised.track, trackRevised.report],
  views: ['track_standings', 'tracking_facts'],
  facts: ['tracking_facts'],
  work: { kinds: trackWorkKinds, of: trackWork },
  deadlines: { kinds: ['balance-tracking.due', 'balance-tracking.planned'], of: trackDeadlines },
  figures: { kinds: ['balance-tracking.tracked', 'balance-tracking.closed'], of: trackFigures },
  notices: trackNoticeTitles,
  problems: problemCodes(balanceTrackingProblems),
  quotes: trackQuotes,
  fulfils: { kinds: { 'balance-tracking.year': '均衡监测年度跟踪（已办结）' }, of: trackFulfilment },
  unfinished: {
    kinds: {
      'balance-tracking.open': { title: '个县（市、区）的均衡跟踪没有办结', way: '请先办结或取消' },
      'balance-tracking.missing': { title: '个县（市、区）没有开启均衡跟踪', way: null },
    },
    of: unfinishedTracks,
  },
  sample: () => import('#sample/balance-tracking/balance-tracking.sample.ts'),
};
