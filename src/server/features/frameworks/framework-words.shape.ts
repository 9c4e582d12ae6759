import type { FrameworkWords } from '#domain/framework/edition/words.ts';
import resource2025 from '../../../../reference/catalogues/resource-2025.json' with { type: 'json' };
import names from '../../../../reference/frameworks/names.json' with { type: 'json' };

let words: FrameworkWords | undefined;

/** An item of the catalogue, as its file has it. */
interface CatalogueItem {
  readonly key: string;
  readonly type: string;
  readonly unit?: string;
  readonly directory?: string;
}

/**
 * What formulas of editions may name: the items that schools file or that the register knows of them, and the names with
 * a source. The county is the same for all schools of a unit, so formulas do not need it.
 */
export function frameworkWords(): FrameworkWords {
  const items = resource2025.fields as readonly CatalogueItem[];
  words ??= {
    fields: items
      .filter(({ directory }) => directory !== 'county')
      .map(({ key, type, unit }) => ({
        name: key,
        type: type === 'integer' || type === 'decimal' ? ('number' as const) : ('text' as const),
        ...(unit === undefined ? {} : { unit }),
      })),
    names: names as FrameworkWords['names'],
  };
  return words;
}
