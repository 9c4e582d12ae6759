import { fieldsOfSchools } from '#domain/formula/formula-fields.ts';
import type { FrameworkWords } from '#domain/framework/edition/words.ts';
import resource2025 from '../../../../reference/catalogues/resource-2025.json' with { type: 'json' };
import names from '../../../../reference/frameworks/names.json' with { type: 'json' };

let words: FrameworkWords | undefined;

/** What formulas of editions may name: the fields of schools, and the names with a source. They are read at first use. */
export function frameworkWords(): FrameworkWords {
  words ??= { fields: fieldsOfSchools([resource2025.fields]), names: names as FrameworkWords['names'] };
  return words;
}
