import { formulaFields } from '#domain/filing/formula-fields.ts';
import { readCatalogue } from '#domain/filing/read-catalogue.ts';
import type { FrameworkWords } from '#domain/framework/edition/words.ts';
import resource2025 from '../../../../reference/catalogues/resource-2025.json' with { type: 'json' };
import names from '../../../../reference/frameworks/names.json' with { type: 'json' };

let words: FrameworkWords | undefined;

/**
 * What formulas of editions may name: the fields that schools file or that the register knows of them, and the names with
 * a source. They are read at first use.
 */
export function frameworkWords(): FrameworkWords {
  words ??= {
    fields: formulaFields(readCatalogue(resource2025).fields.filter(({ directory }) => directory !== 'county')),
    names: names as FrameworkWords['names'],
  };
  return words;
}
