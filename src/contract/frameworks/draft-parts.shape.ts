import { z } from 'zod';
import type { Edition, Indicator } from '#domain/framework/edition.ts';
import { frameworkSubjects } from '#domain/framework/lists.ts';
import { writtenLine, writtenText } from '../kit/texts.shape.ts';

/** Texts of an indicator that a city writes. */
export const lineFields = ['responsible', 'unit'] as const;
export const textFields = ['text', 'evidence', 'basis', 'threshold', 'note'] as const;
/** A formula and the condition of applicability, each in the formula language. */
export const formulaFields = ['formula', 'applies'] as const;
/** Parts of an indicator with a structure of their own: how it is scored. */
export const partFields = ['method', 'must', 'rollUp', 'adjust'] as const;

/** The parts of an indicator that a city writes in its own edition. */
export const cellFields = [
  'title',
  'points',
  'weight',
  ...lineFields,
  ...textFields,
  ...formulaFields,
  ...partFields,
  'generatedFrom',
  'photos',
] as const;

/** The parts of an edition beside its tree that a city writes. */
export const wholeFields = [
  'title',
  'points',
  'edition',
  'subject',
  'notApplicable',
  'decimals',
  'bonus',
  'rollUp',
  'documents',
  'preconditions',
  'vetoes',
  'caps',
  'downgrades',
  'conclusions',
  'actions',
  'applies',
  'attributes',
  'facts',
  'reads',
  'raters',
  'gradeConversion',
  'relaxations',
  'flags',
] as const;

/** Points as people write them. */
export const figure = z.number().min(0, '分值不能小于 0').max(10_000, '分值不能大于 10000');

/** A structure that the server checks by the shape of an edition, with the place of each fault. */
const structure = <Part>() => z.custom<Part>((value) => typeof value === 'object').nullable();

/**
 * One cell of a draft as somebody writes it, with the version that was seen. `points`: a decimal of the document's own
 * kind, `none` for what is judged without points, null for what nobody knows.
 */
export const writtenCell = z.discriminatedUnion('field', [
  z.object({ field: z.literal('title'), value: writtenLine(200).nullable() }),
  z.object({ field: z.literal('points'), value: z.union([figure, z.literal('none'), z.null()]) }),
  z.object({
    field: z.literal('weight'),
    value: z.number().positive('权重应大于 0').max(10_000, '权重不能大于 10000').nullable(),
  }),
  z.object({ field: z.literal('text'), value: writtenText(4000) }),
  z.object({ field: z.literal('evidence'), value: writtenText(2000) }),
  z.object({ field: z.enum(['basis', 'threshold', 'note']), value: writtenText(2000) }),
  z.object({ field: z.enum(lineFields), value: writtenLine(200) }),
  z.object({ field: z.enum(formulaFields), value: writtenText(2000) }),
  z.object({ field: z.literal('method'), value: structure<NonNullable<Indicator['method']>>() }),
  z.object({ field: z.literal('must'), value: structure<NonNullable<Indicator['must']>>() }),
  z.object({ field: z.literal('rollUp'), value: structure<NonNullable<Indicator['rollUp']>>() }),
  z.object({ field: z.literal('adjust'), value: structure<NonNullable<Indicator['adjust']>>() }),
  /** A branch that each subject fills with the problems of its last round; null: judged as it stands. */
  z.object({ field: z.literal('generatedFrom'), value: z.literal('earlier-findings').nullable() }),
  /** How many photographs prove the indicator at least; null: none are asked. */
  z.object({
    field: z.literal('photos'),
    value: z.number().int('照片应是整数张').min(1, '照片至少 1 张').max(100, '照片最多 100 张').nullable(),
  }),
  z.object({ field: z.literal('edition'), value: writtenLine(60).min(1, '请填写版本') }),
  z.object({ field: z.literal('subject'), value: z.enum(frameworkSubjects) }),
  z.object({ field: z.literal('notApplicable'), value: z.enum(['rebase', 'full', 'zero']) }),
  z.object({ field: z.literal('decimals'), value: z.number().int().min(0).max(4) }),
  z.object({ field: z.literal('bonus'), value: structure<NonNullable<Edition['bonus']>>() }),
  z.object({ field: z.literal('documents'), value: structure<Edition['documents']>() }),
  z.object({ field: z.literal('preconditions'), value: structure<NonNullable<Edition['preconditions']>>() }),
  z.object({ field: z.enum(['vetoes', 'caps', 'downgrades']), value: structure<Edition['vetoes']>() }),
  z.object({ field: z.literal('conclusions'), value: structure<Edition['conclusions']>() }),
  z.object({ field: z.literal('actions'), value: structure<NonNullable<Edition['actions']>>() }),
  z.object({ field: z.literal('attributes'), value: structure<NonNullable<Edition['attributes']>>() }),
  z.object({ field: z.literal('facts'), value: structure<NonNullable<Edition['facts']>>() }),
  z.object({ field: z.literal('reads'), value: structure<NonNullable<Edition['reads']>>() }),
  z.object({ field: z.literal('raters'), value: structure<NonNullable<Edition['raters']>>() }),
  z.object({ field: z.literal('gradeConversion'), value: structure<NonNullable<Edition['gradeConversion']>>() }),
  z.object({ field: z.literal('relaxations'), value: structure<NonNullable<Edition['relaxations']>>() }),
  z.object({ field: z.literal('flags'), value: structure<NonNullable<Edition['flags']>>() }),
]);

const isIn = (list: readonly string[], field: string) => list.includes(field);

/** Whether the edition itself may be written so: its full mark is above zero and its title is not empty. */
export function isOfWhole({ field, value }: z.output<typeof writtenCell>): boolean {
  if (field === 'points') return typeof value === 'number' && value > 0;
  if (field === 'title') return typeof value === 'string' && value !== '';
  return isIn(wholeFields, field);
}

/** Whether the cell is one of an indicator. */
export function isOfIndicator({ field }: z.output<typeof writtenCell>): boolean {
  return isIn(cellFields, field);
}

export const indicatorCode = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9.-]{1,20}$/, '编号只用字母、数字、点和短横，最多 20 位');

const code = writtenLine(80).min(1);
const place = { parent: code.nullable(), before: code.nullable() };
const version = z.number().int().min(0);

/**
 * One change of the tree of a draft. `before`: the sibling in front of which it goes, null: behind the last. `version` counts
 * how often the place of the indicator was changed; `written` how often anything of a branch was, so that nobody takes out
 * what somebody else has just written.
 */
export const treeChange = z.discriminatedUnion('act', [
  z.object({
    ...{ act: z.literal('add'), ...place, code: indicatorCode },
    title: writtenLine(200).min(1, '请填写指标名称'),
    points: z.union([figure, z.literal('none'), z.null()]),
  }),
  z.object({ act: z.literal('move'), code, version, ...place }),
  z.object({ act: z.literal('rename'), code, version, to: indicatorCode }),
  z.object({ act: z.literal('copy'), code, ...place }),
  z.object({ act: z.literal('remove'), code, written: version }),
]);

export type TreeChange = z.input<typeof treeChange>;
