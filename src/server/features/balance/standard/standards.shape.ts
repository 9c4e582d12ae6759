import type { Edition } from '#domain/balance/standard/edition.ts';
import { type PreparedStandard, prepareStandard } from '#domain/balance/standard/prepared-standard.ts';
import { readNewStandard, readStandard } from '#domain/balance/standard/read-standard.ts';
import type { BalanceStandard } from '#domain/balance/standard/standard.shape.ts';
import { readCatalogue } from '#domain/filing/read-catalogue.ts';
import { fieldsOfSchools } from '#domain/formula/formula-fields.ts';
import type { FormulaField } from '#domain/formula/vocabulary.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import resource2025 from '../../../../../reference/catalogues/resource-2025.json' with { type: 'json' };

/**
 * Every edition of the field catalogue. If several editions have a field, the newest counts. A new edition is one line.
 */
const editions: readonly unknown[] = [resource2025];

let fieldsOfEditions: readonly FormulaField[] | undefined;

/**
 * The fields that formulas of a standard may name: every field that schools file or that the register knows of them. They
 * are read at first use: a start at which no standard changes names none.
 */
export function standardFields(): readonly FormulaField[] {
  fieldsOfEditions ??= fieldsOfSchools(editions.map((one) => readCatalogue(one).fields));
  return fieldsOfEditions;
}

/**
 * A standard from its stored definition.
 * @throws Problem `standard.invalid` with every fault, each a Chinese sentence with its place
 */
export function readDefinition(definition: unknown): BalanceStandard {
  return readStandard(definition, standardFields());
}

/**
 * A standard that is about to be added, shipped or revised by the city.
 * @throws Problem `standard.invalid` as `readDefinition`, also for the checks of new standards only
 */
export function readNewDefinition(definition: unknown): BalanceStandard {
  return readNewStandard(definition, standardFields());
}

/** How people name a stored revision. */
export function editionOf({ shipped, ordinal }: { readonly shipped: boolean; readonly ordinal: number }): Edition {
  return { kind: shipped ? 'original' : 'own', number: ordinal };
}

/**
 * Cache of parsed standards by content. A revision never changes, so an entry stays valid for the life of the process.
 * There are few editions, so the cache needs no limit.
 */
const known = new Map<string, PreparedStandard>();

/**
 * The standard of a stored or given definition, checked and ready to run.
 * @throws Problem `standard.invalid` as `readDefinition`
 */
export function preparedStandard(definition: unknown): PreparedStandard {
  const text = canonicalJson(definition);
  const found = known.get(text);
  if (found) return found;
  const prepared = prepareStandard(readDefinition(definition), standardFields());
  known.set(text, prepared);
  return prepared;
}
