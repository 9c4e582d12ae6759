import { z } from 'zod';
import { evaluationStates, mostSubjects } from '#domain/evaluation/lists.ts';
import { day, instant } from '../kit/kit.shape.ts';
import { writtenLine, writtenReason } from '../kit/texts.shape.ts';
import { file, listOutput, listQuery, route, workbookType } from '../route.ts';
import { points } from './evaluations.shape.ts';

/** The subjects of a campaign beside each other: who stands equal at the line of a quota, and what the office rules about it. */

const ofCity = { access: 'evaluation.conclude', reach: 'city' } as const;
const tiedSubject = z.object({ evaluationId: z.uuid(), name: z.string(), releasedAt: instant.nullable() });

export const tieRuling = z.object({
  id: z.uuid(),
  table: z.string(),
  grade: z.string(),
  tied: z.array(tiedSubject.extend({ chosen: z.boolean() })).max(mostSubjects),
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
    /** The newest. */
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
    table: writtenLine(100).min(1),
    /** All who stood equal as it was seen: as many as are shown as open. */
    tied: z.array(z.uuid()).min(2).max(mostSubjects),
    chosen: z.array(z.uuid()).min(1).max(mostSubjects),
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

const resultFilter = {
  campaignId: z.uuid(),
  state: z.enum(evaluationStates).optional(),
  /** As it was released. */
  conclusion: z.string().max(100).optional(),
};
const ofResults = { access: 'evaluation.read', reach: 'city', method: 'GET', scoped: true } as const;

export const resultRow = z.object({
  evaluationId: z.uuid(),
  name: z.string(),
  unitName: z.string(),
  state: z.enum(evaluationStates),
  self: points.nullable(),
  /** While leaves have no points: between which ends the total of the self-evaluation lies by the others. */
  selfBetween: z.object({ from: points, to: points.nullable() }).nullable(),
  /** Null while leaves are open, and where the edition has no points. */
  city: points.nullable(),
  conclusion: z.string().nullable(),
  /** Its place by the city's total; null where the edition does not allow a ranking, and while the total is open. */
  rank: z.number().int().nullable(),
});

/** Sort columns: `total` (default, the best first), `name`, `self`, `state`. */
export const results = route({
  ...ofResults,
  name: 'evaluations.results',
  path: '/api/evaluation-results',
  summary: '一个项目的结果：自评、评定、结论；指标体系允许排名的，写明名次',
  query: listQuery.extend(resultFilter),
  output: listOutput(resultRow).extend({
    max: points.nullable(),
    /** Whether the edition allows a ranking, and how many have a place. */
    ranks: z.boolean(),
    ranked: z.number().int(),
    conclusions: z.array(z.string()).max(200),
  }),
});

export const resultsWorkbook = route({
  ...ofResults,
  name: 'evaluations.resultsWorkbook',
  path: '/api/evaluation-results/workbook',
  summary: '按筛选下载一个项目的结果（Excel）',
  query: z.object({ ...resultFilter, search: listQuery.shape.search, sort: listQuery.shape.sort }),
  output: file(workbookType),
});

/** How much each unit claimed beyond what was judged, over all of its subjects in a campaign. */
export const claims = route({
  ...ofResults,
  name: 'evaluations.claims',
  path: '/api/evaluation-claims',
  summary: '各单位自评比评定偏高多少：本项目全部对象两层都有得分的指标',
  query: z.object({ campaignId: z.uuid() }),
  output: z.object({
    rows: z
      .array(
        z.object({
          unitId: z.number().int(),
          name: z.string(),
          subjects: z.number().int(),
          /** Leaves at which both layers have points. */
          leaves: z.number().int(),
          /** A decimal: 0.05 are five points of a hundred too many. */
          index: z.string().nullable(),
        }),
      )
      .max(400),
  }),
});
