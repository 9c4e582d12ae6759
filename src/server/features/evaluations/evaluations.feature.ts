import type { Feature } from '#core/access/feature.ts';
import { evaluationNoticeTitles } from '#domain/evaluation/notice.ts';
import { problemCodes } from '#domain/kit/problem.ts';
import { evaluationProblems, evidenceProblems } from '#domain/kit/problems/evaluation.ts';
import { judgingProblems } from '#domain/kit/problems/judging.ts';
import { evaluationRevised } from './evaluation.act.ts';
import { evidenceHolder, evidenceRevised } from './evidence/evidence.act.ts';
import { evidenceRoutes } from './evidence/evidence.routes.ts';
import { resemblanceJobs } from './evidence/resemblance.job.ts';
import { judgingRoutes } from './judging/judging.routes.ts';
import { roundJobs } from './judging/round.job.ts';
import { talkJobs } from './judging/talk.job.ts';
import { voidedJobs } from './judging/voided.job.ts';
import { leafRoutes } from './leaf/leaf.routes.ts';
import { evaluationFollows, followingJobs } from './opening/following.job.ts';
import { evaluationQuotes } from './opinion/opinion.quote.store.ts';
import { opinionRoutes } from './opinion/opinion.routes.ts';
import { provinceHolder } from './province/province.act.ts';
import { provinceRoutes } from './province/province.routes.ts';
import { readingRoutes } from './reading/reading.routes.ts';
import { manyJobs } from './round/many.job.ts';
import { manyRoutes } from './round/many.routes.ts';
import { roundRoutes } from './round/round.routes.ts';
import { selfStepRoutes } from './step/step.routes.ts';
import {
  awaitedEvaluations,
  evaluationDeadlines,
  evaluationFigures,
  evaluationHandedKinds,
  evaluationHandedOver,
  evaluationWork,
  evaluationWorkKinds,
} from './work/evaluation.work.store.ts';
import { evaluationPasses, passFollows, passJobs } from './work/pass-work.job.ts';

/** 督导评估 of one subject: self-evaluation, evidence, judging, result. See README.md beside. */
export const evaluationsFeature: Feature = {
  name: 'evaluations',
  auditWords: () => import('#contract/evaluations/audit.words.ts'),
  routes: [
    ...readingRoutes,
    ...leafRoutes,
    ...selfStepRoutes,
    ...evidenceRoutes,
    ...judgingRoutes,
    ...opinionRoutes,
    ...provinceRoutes,
    ...roundRoutes,
    ...manyRoutes,
  ],
  jobs: [...followingJobs, ...talkJobs, ...voidedJobs, ...roundJobs, ...resemblanceJobs, ...passJobs, ...manyJobs],
  follows: [...evaluationFollows, ...passFollows],
  passesWork: evaluationPasses,
  holders: { evidence: evidenceHolder, 'province-score': provinceHolder },
  tables: [
    'evaluations',
    'evaluation_steps',
    'evaluation_leaves',
    'evaluation_handins',
    'evaluation_reviewers',
    'evaluation_points',
    'evaluation_scores',
    'evaluation_totals',
    'evaluation_talks',
    'evaluation_remarks',
    'evaluation_opinions',
    'evaluation_releases',
    'evaluation_statements',
    'evaluation_findings',
    'evaluation_province_scores',
    'evaluation_ties',
    'evaluation_asked_acts',
    'evidence_items',
    'evidence_links',
    'evidence_prints',
    'evidence_resemblances',
  ],
  views: [
    'evaluation_standings',
    'evaluation_step_days',
    'evaluation_leaf_points',
    'evaluation_leaves_out',
    'evaluation_given_scores',
    'evaluation_rounds',
    'evaluation_kept_leaves',
    'evaluation_facts',
  ],
  facts: ['evaluation_facts'],
  revised: [evaluationRevised, evidenceRevised],
  work: { kinds: evaluationWorkKinds, of: evaluationWork },
  handedOver: { kinds: evaluationHandedKinds, of: evaluationHandedOver },
  deadlines: { kinds: ['evaluations.step'], of: evaluationDeadlines },
  figures: { kinds: ['evaluations.open', 'evaluations.late', 'evaluations.confirmed'], of: evaluationFigures },
  awaited: awaitedEvaluations,
  notices: evaluationNoticeTitles,
  quotes: evaluationQuotes,
  sample: () => import('#sample/evaluations/evaluations.sample.ts'),
  problems: problemCodes(evaluationProblems, evidenceProblems, judgingProblems),
};
