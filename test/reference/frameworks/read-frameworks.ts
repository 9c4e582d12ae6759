import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { type CatalogueItem, fieldsOfSchools } from '#domain/formula/formula-fields.ts';
import { prepareEdition, readEdition } from '#domain/framework/edition/prepare-edition.ts';
import type { FrameworkWords } from '#domain/framework/edition/words.ts';
import type { Edition } from '#domain/framework/edition.ts';
import type { Prepared } from '#domain/framework/result.ts';

const folder = new URL('../../../reference/', import.meta.url);
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, folder), 'utf8'));

/** Keys of all shipped editions, sorted. */
export const frameworkKeys: readonly string[] = readdirSync(new URL('frameworks/', folder))
  .map((name) => name.replace(/\.json$/, ''))
  .filter((key) => key !== 'names' && key !== 'hashes')
  .sort();

/** What formulas of the shipped editions may name. */
export const frameworkWords: FrameworkWords = {
  fields: fieldsOfSchools([(json('catalogues/resource-2025.json') as { fields: CatalogueItem[] }).fields]),
  names: json('frameworks/names.json') as FrameworkWords['names'],
};

/** The JSON of a shipped edition as it lies there. */
export function frameworkJson(key: string): unknown {
  return json(`frameworks/${key}.json`);
}

export function shippedEdition(key: string): Edition {
  return readEdition(frameworkJson(key));
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** An edition, prepared against the catalogue and the names. */
export function prepare(edition: unknown): Prepared {
  return prepareEdition(edition, { words: frameworkWords, hash });
}

export function preparedFramework(key: string): Prepared {
  return prepare(frameworkJson(key));
}
