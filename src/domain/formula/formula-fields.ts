import type { FormulaField } from './vocabulary.ts';

/** An item of a catalogue, as far as formulas ask. */
export interface CatalogueItem {
  readonly key: string;
  readonly type: string;
  /** As people write it; empty or absent where there is none. */
  readonly unit?: string | undefined;
  /** The fact of the register of schools that it shows. */
  readonly directory?: string | undefined;
}

/** Fields of an edition of a catalogue as formulas name them: by key, with their unit; choices and texts are texts. */
export function formulaFields(fields: readonly CatalogueItem[]): FormulaField[] {
  return fields.map(({ key, type, unit }) => ({
    name: key,
    type: type === 'integer' || type === 'decimal' ? 'number' : 'text',
    unit,
  }));
}

/**
 * What formulas over schools may name: every field that schools file or that the register knows of them. If several
 * editions of the catalogue have a field, the newest counts. The county is the same for all schools of a formula's set, so
 * none needs it.
 * @param editions the fields of each edition of the catalogue, the newest last
 */
export function fieldsOfSchools(editions: ReadonlyArray<readonly CatalogueItem[]>): readonly FormulaField[] {
  const fields = editions.flatMap((edition) =>
    formulaFields(edition.filter(({ directory }) => directory !== 'county')),
  );
  return [...new Map(fields.map((field) => [field.name, field] as const)).values()];
}
