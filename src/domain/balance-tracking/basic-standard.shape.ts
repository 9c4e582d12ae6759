import { z } from 'zod';
import { readDefinition } from '../kit/read-definition.shape.ts';

const threshold = z.number().positive();

const shape = z
  .strictObject({
    key: z.string(),
    name: z.string().min(2),
    edition: z.string(),
    /** The standard of balance whose indicators the items name. */
    standard: z.string(),
    sample: z.boolean(),
    source: z.string().min(2),
    mostMissed: z.int().min(0),
    items: z
      .array(
        z.strictObject({
          indicator: z.string(),
          name: z.string().min(2),
          unit: z.string().min(1),
          decimals: z.int().min(0).max(4),
          thresholds: z.strictObject({ primary: threshold, junior: threshold }),
        }),
      )
      .min(1),
  })
  .refine(({ items, mostMissed }) => mostMissed < items.length, '允许未达标的项数应少于项目数')
  .refine(({ items }) => new Set(items.map(({ indicator }) => indicator)).size === items.length, '同一项目不能列两次');

/** A basic standard as an edition of the product or of a province gives it. */
export type BasicStandardEdition = z.output<typeof shape>;

/**
 * Reads a basic standard.
 * @throws Problem `definition.invalid` with every fault
 */
export function readBasicStandard(json: unknown): BasicStandardEdition {
  return readDefinition(shape, json, '省级办学基本标准');
}
