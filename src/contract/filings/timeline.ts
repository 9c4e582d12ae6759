import { z } from 'zod';
import { timelineKinds } from '#domain/filing/review/timeline.ts';
import { instant } from '../kit/kit.shape.ts';
import { listOutput, listQuery, route } from '../route.ts';
import { cellValue, fieldKey, filingParams } from './filings.shape.ts';

const kind = z.enum(timelineKinds);

const fieldChange = z.object({
  field: fieldKey,
  before: cellValue,
  after: cellValue,
  /** Where only this was written, the value before is the value after. */
  explanation: z.string().nullable(),
});

const timelineEntry = z.object({
  id: z.string(),
  at: instant,
  /** When the last of several saves was that are shown as one; else `at`. */
  until: instant,
  kind,
  /** 提交, 退回, 填写 …: what happened in one word. */
  title: z.string(),
  by: z.string().nullable(),
  /** Key of the role; null where it is not known. */
  role: z.string().nullable(),
  /** The reason, the comment, the note. */
  text: z.string().nullable(),
  /** The fields that it is about: those of a return, or the one of a comment; null: the whole filing. */
  fields: z.array(fieldKey).nullable(),
  /** How many saves it is made of. */
  saves: z.number().int(),
  changes: z.array(fieldChange),
});

/** What the school changed after its filing was sent back. */
const sinceReturn = z.object({
  at: instant,
  title: z.string(),
  by: z.string(),
  reason: z.string().nullable(),
  /** Each field once, with its value at the return and its value now, and who wrote it last. */
  changes: z.array(fieldChange.extend({ by: z.string().nullable(), at: instant })),
  /** Fields that were sent back by name and hold what they held then. */
  left: z.array(fieldKey),
});

export const timeline = route({
  name: 'filings.timeline',
  method: 'GET',
  path: '/api/filings/:filingId/timeline',
  access: 'filing.read',
  scoped: true,
  summary:
    '一份填报的全部经过，新的在前：填写和导入（由何值改为何值）、提交、退回、批准、批注、催报、延期；另列自上次退回以来的修改',
  params: filingParams,
  query: listQuery.pick({ page: true, pageSize: true }).extend({ kind: kind.optional() }),
  output: listOutput(timelineEntry).extend({
    /** How many entries of each kind there are, whatever kind was asked for; kinds without any are left out. */
    kinds: z.array(z.object({ kind, entries: z.number().int() })),
    /** False where so much was saved that the oldest saves are not read. */
    whole: z.boolean(),
    /** Null where nothing was sent back since the last approval. */
    sinceReturn: sinceReturn.nullable(),
  }),
});
