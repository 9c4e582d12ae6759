import { orderOfDerivation } from '#domain/indicator/dependencies.ts';
import type { Catalogue, FieldValues, FilingSchool } from './catalogue.ts';
import { visibleFields } from './catalogue.ts';
import { compiledFormula } from './rules.ts';

/**
 * The computed fields of a school; null where a value that a formula needs is missing or is no number. A derived field
 * may use another one: they are computed in the order of their dependencies.
 */
export function derive(catalogue: Catalogue, school: FilingSchool, values: FieldValues): Record<string, number | null> {
  const derived: Record<string, number | null> = {};
  const known: Record<string, FieldValues[string]> = { ...values };
  const formulas = new Map(
    visibleFields(catalogue, school).flatMap(({ key, derived: source }) =>
      source === undefined ? [] : [[key, compiledFormula(catalogue, source)] as const],
    ),
  );
  for (const key of orderOfDerivation([...formulas].map(([name, { fields }]) => ({ name, reads: fields })))) {
    const value = formulas.get(key)!.evaluate(known);
    derived[key] = value;
    known[key] = value;
  }
  return derived;
}
