import { z } from 'zod';
import { problem } from '../kit/problem.ts';
import { readDefinition } from '../kit/read-definition.shape.ts';

const threshold = z.number().positive();

const shape = z
  .strictObject({
    key: z.string(),
    name: z.string().min(2),
    edition: z.string().min(1).max(40),
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

/** A standard of balance, as far as a basic standard depends on it. */
interface IndicatedStandard {
  readonly key: string;
  readonly indicators: readonly { readonly key: string }[];
}

/**
 * Reads a basic standard for tracks by this standard of balance. One that named another, or an indicator that no run
 * computes, would find no school below it and say nothing.
 * @param tracked the key of the standard by which the rules of tracking compute
 * @throws Problem `definition.invalid` with every fault
 */
export function readBasicStandardFor(
  json: unknown,
  { tracked, balance }: { readonly tracked: string; readonly balance: IndicatedStandard },
): BasicStandardEdition {
  const basic = readBasicStandard(json);
  const known = new Set(balance.indicators.map(({ key }) => key));
  const issues = [
    ...(basic.standard === tracked && balance.key === tracked
      ? []
      : [
          {
            path: 'standard',
            message: `均衡标准是 ${basic.standard}，均衡跟踪按 ${tracked} 测算，指标取自 ${balance.key}，三者应相同`,
          },
        ]),
    ...basic.items.flatMap(({ name, indicator }) =>
      known.has(indicator) ? [] : [{ path: name, message: `${balance.key} 没有指标 ${indicator}` }],
    ),
  ];
  if (issues.length > 0) throw problem('definition.invalid', { what: '省级办学基本标准', issues });
  return basic;
}
