import { orderOfDerivation } from '#domain/formula/dependencies.ts';
import type { Catalogue } from './catalogue.shape.ts';
import type { FieldValues, FilingSchool } from './catalogue.ts';
import { rememberedByKind, visibleFields } from './catalogue.ts';
import { compiledFormula } from './rules.ts';

/** The formulas of a school's computed fields, each after the ones it depends on. */
const derivations = rememberedByKind((catalogue, school) => {
  const formulas = new Map(
    visibleFields(catalogue, school).flatMap(({ key, derived: source }) =>
      source === undefined ? [] : [[key, compiledFormula(catalogue, source)] as const],
    ),
  );
  return orderOfDerivation([...formulas].map(([name, { fields }]) => ({ name, reads: fields }))).map((key) => ({
    key,
    formula: formulas.get(key)!,
  }));
});

/**
 * The computed fields of a school; null if a value that a formula needs is missing or is not a number. A derived field
 * may use another one.
 */
export function derive(catalogue: Catalogue, school: FilingSchool, values: FieldValues): Record<string, number | null> {
  const derived: Record<string, number | null> = {};
  const known: Record<string, FieldValues[string]> = { ...values };
  for (const { key, formula } of derivations(catalogue, school)) {
    const value = formula.evaluate(known);
    derived[key] = value;
    known[key] = value;
  }
  return derived;
}
