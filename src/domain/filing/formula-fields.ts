import type { FormulaField } from '#domain/formula/vocabulary.ts';
import type { CatalogueField } from './catalogue.shape.ts';

/** Fields of an edition as formulas name them: by key, with their unit; choices and texts are texts. */
export function formulaFields(fields: readonly CatalogueField[]): FormulaField[] {
  return fields.map(({ key, type, unit }) => ({
    name: key,
    type: type === 'integer' || type === 'decimal' ? 'number' : 'text',
    unit,
  }));
}
