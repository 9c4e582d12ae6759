import { z } from 'zod';
import { day, instant } from '../kit/kit.shape.ts';
import { writtenReason } from '../kit/texts.shape.ts';
import { route } from '../route.ts';

/** The subjects of a campaign beside each other: who stands equal at the line of a quota, and what the office rules about it. */

/** Subjects of one campaign, at most. */
const mostSubjects = 4000;
const mostTied = 200;

const ofCity = { access: 'evaluation.conclude', reach: 'city' } as const;
const tiedSubject = z.object({ evaluationId: z.uuid(), name: z.string(), releasedAt: instant.nullable() });

export const tieRuling = z.object({
  id: z.uuid(),
  table: z.string(),
  grade: z.string(),
  tied: z.array(tiedSubject.extend({ chosen: z.boolean() })).max(mostTied),
  reason: z.string(),
  ruledOn: day,
  ruledBy: z.string(),
  /** Whether it counts now: exactly these stand equal. */
  counts: z.boolean(),
  endedOn: instant.nullable(),
  endedBy: z.string().nullable(),
  endedReason: z.string().nullable(),
});

export const ties = route({
  ...ofCity,
  name: 'evaluations.ties',
  method: 'GET',
  path: '/api/evaluation-ties',
  scoped: true,
  summary: '名额上并列的对象，和督导机构已作出的认定',
  query: z.object({ campaignId: z.uuid() }),
  output: z.object({
    /** Whether the edition has a grade with a quota. */
    hasQuota: z.boolean(),
    /** Subjects that are not settled: places are drawn when all are. */
    waits: z.array(z.string()).max(mostSubjects),
    /** Nobody has ruled about these yet. */
    open: z
      .array(
        z.object({
          table: z.string(),
          grade: z.string(),
          places: z.number().int(),
          tied: z.array(tiedSubject).max(mostSubjects),
        }),
      )
      .max(200),
    rulings: z.array(tieRuling).max(400),
  }),
});

export const ruleTie = route({
  ...ofCity,
  name: 'evaluations.ruleTie',
  method: 'POST',
  path: '/api/evaluation-ties',
  touches: ['campaigns'],
  summary: '就并列作出认定：选出占名额的对象，写明理由',
  body: z.object({
    campaignId: z.uuid(),
    table: z.string().min(1).max(100),
    /** All who stood equal as it was seen. */
    tied: z.array(z.uuid()).min(2).max(mostTied),
    chosen: z.array(z.uuid()).min(1).max(mostTied),
    reason: writtenReason(500),
  }),
  output: z.object({ id: z.uuid() }),
});

export const endTie = route({
  ...ofCity,
  name: 'evaluations.endTie',
  method: 'POST',
  path: '/api/evaluation-ties/:tieId/end',
  touches: ['campaigns'],
  summary: '撤回就并列作出的认定，写明原因：并列的对象都还没有反馈',
  params: z.object({ tieId: z.uuid() }),
  body: z.object({ reason: writtenReason(500) }),
  output: z.object({ id: z.uuid() }),
});
