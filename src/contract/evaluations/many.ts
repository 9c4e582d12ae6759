import { z } from 'zod';
import { actsOnMany } from '#domain/evaluation/flow/acts-on-many.ts';
import { mostSubjects } from '#domain/evaluation/lists.ts';
import { instant, setDay } from '../kit/kit.shape.ts';
import { route } from '../route.ts';

/** One act of the flow on many evaluations of a campaign: each by the rules of the single act, by a job that says how far it is. */

/** Whoever reads a campaign; the right of the single act is asked when it is known which. */
const asking = { access: ['evaluation.judge', 'evaluation.conclude'], reach: 'city' } as const;

/**
 * Every evaluation is acted on by itself, in the post that asks, with its own record; one that is refused stays as it is, and its
 * sentence is listed.
 */
export const actOnMany = route({
  ...asking,
  name: 'evaluations.actOnMany',
  method: 'POST',
  path: '/api/evaluation-acts',
  scoped: true,
  touches: ['campaigns', 'notices', 'official-documents', 'rectifications'],
  summary: '对一个项目中选定的评估对象办理同一件事：逐个按单个办理的规则办，不能办的逐个写明原因',
  body: z
    .object({
      campaignId: z.uuid(),
      act: z.enum(actsOnMany),
      /** What was read of each: one that has changed since is refused. */
      evaluations: z
        .array(z.object({ id: z.uuid().toLowerCase(), revision: z.number().int().min(1) }))
        .min(1)
        .max(mostSubjects)
        .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, '同一对象只能列一次'),
      /** The last day for a statement; of a release alone. */
      statementDue: setDay.nullable().default(null),
    })
    .refine(({ act, statementDue }) => (act === 'release') === (statementDue !== null), {
      path: ['statementDue'],
      message: '反馈初步意见请填写申辩截止日，其他事项不填',
    }),
  output: z.object({ id: z.uuid(), asked: z.number().int() }),
});

/** What this person asked for last in a campaign: how far it is, and who was refused; null where nothing was asked in the last days. */
export const newestActOnMany = route({
  ...asking,
  name: 'evaluations.newestActOnMany',
  method: 'GET',
  path: '/api/evaluation-acts',
  scoped: true,
  summary: '本人在一个项目中最近一次批量办理：办到哪里，哪些没有办、为什么',
  query: z.object({ campaignId: z.uuid() }),
  output: z.object({
    asking: z
      .object({
        id: z.uuid(),
        act: z.enum(actsOnMany),
        askedAt: instant,
        asked: z.number().int(),
        done: z.number().int(),
        /** Neither done nor refused yet. */
        left: z.number().int(),
        /** Named when none is left: until then it is asked every few seconds. */
        refused: z
          .array(z.object({ evaluationId: z.uuid(), name: z.string(), sentence: z.string() }))
          .max(mostSubjects),
      })
      .nullable(),
  }),
});
