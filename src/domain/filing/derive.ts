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
  const waiting = visibleFields(catalogue, school).filter((field) => field.derived !== undefined);
  // The catalogue's check has refused cycles, so each round computes at least one field.
  for (let left = waiting; left.length > 0; ) {
    const names = new Set(left.map((field) => field.key));
    const ready = left.filter((field) => !formulaOf(field.derived!).fields.some((name) => names.has(name)));
    if (ready.length === 0) throw new Error(`derived fields in a cycle: ${[...names].join(', ')}`);
    for (const field of ready) {
      derived[field.key] = formulaOf(field.derived!).evaluate(known);
      known[field.key] = derived[field.key] ?? null;
    }
    left = left.filter((field) => !ready.includes(field));
  }
  return derived;

  function formulaOf(source: string) {
    return compiledFormula(catalogue, source);
  }
}
