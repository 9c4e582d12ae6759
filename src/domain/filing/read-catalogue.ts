import { problem } from '../kit/problem.ts';
import { readDefinition } from '../kit/read-definition.shape.ts';
import { type Catalogue, catalogue } from './catalogue.shape.ts';
import { validateCatalogue } from './catalogue-check.ts';

const what = '数据项目录';

/**
 * Reads an edition of the field catalogue from parsed JSON and checks all of it: shape, names, ranges, formulas.
 * @throws Problem `definition.invalid` with every fault, each a Chinese sentence with its place
 */
export function readCatalogue(json: unknown): Catalogue {
  const edition = readDefinition(catalogue, json, what);
  const faults = validateCatalogue(edition);
  if (faults.length === 0) return edition;
  throw problem('definition.invalid', {
    what,
    issues: faults.map((message) => ({ path: edition.edition, message })),
  });
}
