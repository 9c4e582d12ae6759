import { z } from 'zod';
import { day, instant, newestEntries } from '../kit/kit.shape.ts';
import { writtenText } from '../kit/texts.shape.ts';
import { route } from '../route.ts';
import { newDraw, reason } from './rectifications.shape.ts';

/** A random tenth of what was closed is proved again by somebody who had no part in it. */

const drawParams = z.object({ drawId: z.uuid() });

const draw = z.object({
  id: z.uuid(),
  unitId: z.number().int(),
  unitName: z.string(),
  closedFrom: day,
  closedTo: day,
  /** How many were closed in these days, and how many of them were drawn. */
  frameSize: z.number().int(),
  size: z.number().int(),
  /** Whoever has these and the closed findings can repeat the draw. */
  frameHash: z.string(),
  /** Null until a result stands: while it can draw again, nobody is to know the ranks of what is closed later. */
  seed: z.string().nullable(),
  algorithm: z.string(),
  drawnBy: z.string(),
  drawnAt: instant,
  proved: z.number().int(),
  failed: z.number().int(),
  /** Who took the draw back, and why; null where it holds. */
  cancelled: z.object({ by: z.string(), at: instant, reason: z.string() }).nullable(),
});

export const reproofDraws = route({
  name: 'rectifications.reproofDraws',
  method: 'GET',
  path: '/api/finding-reproofs',
  access: 'rectification.read',
  reach: 'unit',
  scoped: true,
  summary: '销号复查：历次抽取的时段、范围、种子和进度',
  query: z.object({ unitId: z.coerce.number().int().optional() }),
  output: z.object({ rows: z.array(draw).max(newestEntries), canDraw: z.boolean() }),
});

export const readReproofDraw = route({
  name: 'rectifications.reproofDraw',
  method: 'GET',
  path: '/api/finding-reproofs/:drawId',
  access: 'rectification.read',
  reach: 'unit',
  scoped: true,
  summary: '一次抽取：抽中的问题和复查结果，以及按种子重算是否一致',
  params: drawParams,
  output: draw.extend({
    /** The draw made again from what stands now; false where a finding was changed into or out of the frame since. */
    repeats: z.boolean(),
    mayCancel: z.boolean(),
    rows: z.array(
      z.object({
        findingId: z.uuid(),
        title: z.string(),
        dutyName: z.string(),
        closedOn: day.nullable(),
        result: z.enum(['held', 'failed']).nullable(),
        provedBy: z.string().nullable(),
        provedAt: instant.nullable(),
        note: z.string().nullable(),
        /** Why this person may not prove it; null where the person may. */
        obstacle: z.string().nullable(),
      }),
    ),
  }),
});

export const drawReproof = route({
  name: 'rectifications.drawReproof',
  method: 'POST',
  path: '/api/finding-reproofs',
  access: 'rectification.prove',
  reach: 'unit',
  summary: '从一个时段的已销号问题中随机抽取十分之一（进一取整，至少一个）',
  body: newDraw,
  output: draw,
});

export const cancelReproof = route({
  name: 'rectifications.cancelReproof',
  method: 'POST',
  path: '/api/finding-reproofs/:drawId/cancellation',
  access: 'rectification.prove',
  reach: 'unit',
  summary: '撤销一次还没有复查的抽取，须写原因；记录保留，时段重叠的重新抽取沿用原种子',
  params: drawParams,
  body: z.object({ reason }),
  output: draw,
});

export const recordReproof = route({
  name: 'rectifications.recordReproof',
  method: 'POST',
  path: '/api/finding-reproofs/:drawId/findings/:findingId',
  access: 'rectification.prove',
  reach: 'unit',
  summary: '记录复查结果；不合格的重新整改。报告、核查、销号过的人员不能复查',
  params: drawParams.extend({ findingId: z.uuid() }),
  body: z.discriminatedUnion('result', [
    z.object({ result: z.literal('held'), note: writtenText(500).default('') }),
    z.object({ result: z.literal('failed'), note: writtenText(500).min(2, '请写明不合格的情况') }),
  ]),
  output: z.object({ result: z.enum(['held', 'failed']) }),
});
