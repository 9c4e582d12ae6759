import { issuesOf } from '../kit/definition.shape.ts';
import { problem } from '../kit/problem.ts';
import { type Catalogue, catalogue } from './catalogue.shape.ts';
import { validateCatalogue } from './catalogue-check.ts';

/**
 * Reads an edition of the field catalogue from parsed JSON and checks all of it: shape, names, ranges, formulas.
 * @throws Problem `definition.invalid` with every fault, each a Chinese sentence with its place
 */
export function readCatalogue(json: unknown): Catalogue {
  const found = catalogue.safeParse(json);
  if (!found.success) throw problem('definition.invalid', { what: '数据项目录', issues: issuesOf(found.error) });
  const faults = validateCatalogue(found.data);
  if (faults.length === 0) return found.data;
  const issues = faults.map((message) => ({ path: found.data.edition, message }));
  throw problem('definition.invalid', { what: '数据项目录', issues });
}
