import { z } from 'zod';
import { day } from '../kit/kit.shape.ts';
import { writtenLine, writtenText } from '../kit/texts.shape.ts';
import { route } from '../route.ts';
import { leafAnswer, writtenNumber } from './answer.shape.ts';
import {
  evaluationParams,
  leafCode,
  leafParams,
  mostAtLeaf,
  mostLeaves,
  reason,
  version,
} from './evaluations.shape.ts';
import { leafWritten, shownRemark } from './leaf.shape.ts';

/** Scores of reviewers, their talks, and what the panel has read. */

const judge = { access: 'evaluation.judge', touches: ['campaigns'] } as const;

/** There is no default verdict: points or an answer are given, with a reason where the edition asks for one. */
export const score = route({
  ...judge,
  name: 'evaluations.score',
  method: 'PUT',
  path: '/api/evaluations/:evaluationId/leaves/:code/score',
  summary: '给一个指标评分；两人同时评同一处的，后到的看到双方的分数',
  params: leafParams,
  body: version.extend({
    /** The version of the leaf that was read: a later change of it voids the score. */
    leafVersion: z.number().int(),
    /** Null: as the data give, at a leaf that data fill; nobody has to type a figure again. */
    answer: leafAnswer.nullable(),
    reason: writtenText(1000),
  }),
  output: leafWritten,
});

/** Takes over the self-evaluation at the leaves of this reviewer that have no score yet. The act names how many. */
export const adoptSelf = route({
  ...judge,
  name: 'evaluations.adoptSelf',
  method: 'POST',
  path: '/api/evaluations/:evaluationId/adoption',
  summary: '其余各项同意自评：把本人还没有评分的指标按自评分计入，写明理由',
  params: evaluationParams,
  body: z.object({ codes: z.array(leafCode).min(1).max(mostLeaves), reason }),
  output: z.object({
    adopted: z.number().int(),
    refused: z.array(z.object({ code: leafCode, sentence: z.string() })).max(mostLeaves),
  }),
});

export const openScores = route({
  ...judge,
  name: 'evaluations.openScores',
  method: 'POST',
  path: '/api/evaluations/:evaluationId/leaves/:code/opening',
  summary: '组长提前公开一个指标的评分，写明原因',
  params: leafParams,
  body: z.object({ reason }),
  output: z.object({ opened: z.number().int() }),
});

export const settleTalk = route({
  ...judge,
  name: 'evaluations.settleTalk',
  method: 'POST',
  path: '/api/evaluations/:evaluationId/leaves/:code/talk',
  summary: '合议：记录讨论并写定分数、等级、是否达到或不适用，各人原来的评分保留',
  params: leafParams,
  /** `version` is that of the points that were seen at the leaf, 0 where none stood. */
  body: version.extend({
    /** For the panel alone. */
    minutes: writtenText(2000).min(2, '请记录合议的情况'),
    /** Why, in words for the subject: it reads them with the points that are released. */
    reason,
    /** What the talk found, in one of the ways in which a reviewer scores the leaf. */
    answer: leafAnswer,
  }),
  output: leafWritten,
});

/** What the panel says among itself at a leaf: a question, what to look at on the visit. The subject reads none of it. */
export const remark = route({
  ...judge,
  name: 'evaluations.remark',
  method: 'POST',
  path: '/api/evaluations/:evaluationId/leaves/:code/remarks',
  summary: '督导组在一个指标下留言，供组内商量；被督导单位看不到',
  params: leafParams,
  body: z.object({ id: z.uuid(), text: writtenText(1000).min(2, '请写明留言的内容') }),
  output: z.object({ remarks: z.array(shownRemark).max(mostAtLeaf) }),
});

export const readEdition = route({
  ...judge,
  name: 'evaluations.readEdition',
  method: 'POST',
  path: '/api/evaluations/:evaluationId/edition-read',
  summary: '记下本人已学习本次使用的指标体系',
  params: evaluationParams,
  output: z.object({ done: z.literal(true) }),
});

/** What the province gave, per leaf or to the whole: entered with its document, corrected or taken back, and never computed. */
export const enterProvince = route({
  name: 'evaluations.enterProvince',
  access: 'evaluation.conclude',
  touches: ['campaigns'],
  method: 'PUT',
  path: '/api/evaluations/:evaluationId/province',
  summary: '录入省级得分：一项指标的或总的，附文件和日期；更正和撤下都留痕',
  params: evaluationParams,
  body: z
    .object({
      /** Null: the whole. */
      code: leafCode.nullable(),
      points: writtenNumber.nullable(),
      words: writtenLine(100).nullable(),
      document: writtenLine(200).min(2, '请写明省里的文件'),
      on: day,
      reason: writtenText(500),
      /** The entry that the person has seen as standing; null where none does. */
      replaces: z.uuid().nullable(),
      /** Takes back what stands. */
      withdraws: z.boolean(),
    })
    .refine(({ points, words, withdraws }) => withdraws !== (points !== null || words !== null), '请填写得分或等级'),
  output: z.object({ id: z.uuid() }),
});
