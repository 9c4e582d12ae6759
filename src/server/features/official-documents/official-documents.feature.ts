import type { Feature } from '#core/access/feature.ts';
import { problemCodes } from '#domain/kit/problem.ts';
import { officialDocumentProblems } from '#domain/kit/problems/official-document.ts';
import { letterNoticeTitles } from '#domain/letter/notice.ts';
import { Figures } from './figure/figure.act.ts';
import { letterHolder, receiptHolder } from './files-of-letters.act.ts';
import { letterRevised } from './letter.act.ts';
import { letterReadRoutes } from './letter.routes.ts';
import { letterJobs } from './print/print.job.ts';
import { letterReceiptRoutes } from './receipt/receipt.routes.ts';
import { letterSeriesRoutes } from './series/series.routes.ts';
import { seriesRevised } from './series/series.store.ts';
import { letterStepRoutes } from './step.routes.ts';
import { partnerFollows, partnerJobs } from './wanted/partner-left.job.ts';
import { wantedFollows, wantedJobs } from './wanted/wanted.job.ts';
import { letterWork, letterWorkKinds } from './work/letter.work.store.ts';
import { letterPasses, passFollows, passJobs } from './work/pass-work/pass-work.job.ts';

/** 公文; these features give the figures that letters quote. See README.md beside. */
export function officialDocumentsFeature(features: () => readonly Feature[]): Feature {
  const quoted = new Figures(features);
  return {
    name: 'official-documents',
    auditWords: () => import('#contract/official-documents/audit.words.ts'),
    routes: [...letterReadRoutes(quoted), ...letterStepRoutes(quoted), ...letterSeriesRoutes, ...letterReceiptRoutes],
    holders: { letter: letterHolder, 'letter-receipt': receiptHolder },
    jobs: [...letterJobs, ...wantedJobs, ...partnerJobs, ...passJobs],
    follows: [...wantedFollows, ...partnerFollows, ...passFollows],
    passesWork: letterPasses,
    tables: [
      'letter_series',
      'letter_counters',
      'letters',
      'letter_recipients',
      'letter_ties',
      'letter_prints',
      'letter_print_fonts',
      'letter_receipts',
      'letter_texts',
    ],
    revised: [letterRevised, seriesRevised],
    views: ['letter_standings'],
    work: { kinds: letterWorkKinds, of: letterWork },
    notices: letterNoticeTitles,
    problems: problemCodes(officialDocumentProblems),
    sample: () => import('#sample/official-documents/official-documents.sample.ts'),
  };
}
