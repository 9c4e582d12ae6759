import type { z } from 'zod';
import { issuesOf } from './definition.shape.ts';
import { problem } from './problem.ts';

/**
 * Reads parsed JSON by a shape.
 * @param what the name of such a definition in the refusal: 节假日安排, 单位名录
 * @throws Problem `definition.invalid` with every fault, each a Chinese sentence with its place
 */
export function readDefinition<Shape extends z.ZodType>(shape: Shape, json: unknown, what: string): z.output<Shape> {
  const found = shape.safeParse(json);
  if (!found.success) throw problem('definition.invalid', { what, issues: issuesOf(found.error) });
  return found.data;
}
