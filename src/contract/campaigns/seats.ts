import { z } from 'zod';
import { mostSubjects } from '#domain/evaluation/lists.ts';
import { setDay } from '../kit/kit.shape.ts';
import { obstacle, revision } from '../kit/steps.shape.ts';
import { writtenReason } from '../kit/texts.shape.ts';
import { listQuery, route } from '../route.ts';
import { campaignParams, candidate, newSeat, seat } from './campaigns.shape.ts';

/** The panel of a campaign: who judges which branches of which subjects, from when to when. */

const seatParams = campaignParams.extend({ seatId: z.uuid() });
const given = z.object({ id: z.uuid(), revision: z.number().int() });
/** Whoever comes from outside reaches a campaign by the seat alone. */
const act = {
  reach: 'unit',
  access: 'campaign.manage',
  touches: ['evaluations', 'people'],
  output: given,
  changesRights: true,
} as const;

export const seats = route({
  name: 'campaigns.seats',
  method: 'GET',
  path: '/api/campaigns/:campaignId/seats',
  access: 'campaign.read',
  reach: 'unit',
  scoped: true,
  summary: '督导组：组长、成员、专家，各自的分支和对象、进度、是否学过指标体系',
  params: campaignParams,
  output: z.object({
    rows: z.array(seat).max(400),
    /** What the panel lacks: members, a leader, leaves without enough reviewers. */
    lacks: z.array(obstacle).max(200),
    branches: z.array(z.object({ code: z.string(), title: z.string().nullable(), leaves: z.number().int() })).max(1000),
    subjects: z.array(z.object({ evaluationId: z.uuid(), name: z.string() })).max(mostSubjects),
    can: z.object({ give: z.boolean() }),
  }),
});

export const candidates = route({
  name: 'campaigns.candidates',
  method: 'GET',
  path: '/api/campaigns/:campaignId/candidates',
  access: 'campaign.manage',
  reach: 'unit',
  scoped: true,
  summary: '可以进入督导组的督学、专家和干部，带回避和同期任务',
  params: campaignParams,
  query: z.object({ search: listQuery.shape.search, inspectors: z.stringbool().optional() }),
  output: z.object({ rows: z.array(candidate).max(50) }),
});

export const proposeSeats = route({
  name: 'campaigns.proposeSeats',
  method: 'GET',
  path: '/api/campaigns/:campaignId/seat-proposal',
  access: 'campaign.manage',
  reach: 'unit',
  scoped: true,
  summary: '按分支均匀分工的建议，不保存',
  params: campaignParams,
  output: z.object({
    rows: z.array(z.object({ seatId: z.uuid(), nodes: z.array(z.string()).max(1000) })).max(400),
  }),
});

export const giveSeat = route({
  ...act,
  name: 'campaigns.giveSeat',
  method: 'POST',
  path: '/api/campaigns/:campaignId/seats',
  summary: '安排一名成员；有必须回避情形的不能安排，需要认定的写明认定理由',
  params: campaignParams,
  body: newSeat,
});

export const changeSeat = route({
  ...act,
  name: 'campaigns.changeSeat',
  method: 'PUT',
  path: '/api/campaigns/:campaignId/seats/:seatId',
  summary: '调整一名成员的分支、对象和日期',
  params: seatParams,
  body: newSeat.omit({ personId: true, inspectorId: true }).extend(revision.shape),
});

export const endSeat = route({
  ...act,
  name: 'campaigns.endSeat',
  method: 'POST',
  path: '/api/campaigns/:campaignId/seats/:seatId/end',
  summary: '结束一名成员的工作，写明原因；已给的分数保留',
  params: seatParams,
  body: revision.extend({ on: setDay, reason: writtenReason(300) }),
});
