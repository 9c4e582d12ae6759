import type { Catalogue } from '#domain/filing/catalogue.shape.ts';
import { readCatalogue } from '#domain/filing/read-catalogue.ts';
import { problem } from '#domain/kit/problem.ts';
import resource2025 from '../../../../reference/catalogues/resource-2025.json' with { type: 'json' };

/** Every edition of the field catalogue that ships with the product, oldest first. A new edition is one line here. */
const editions: readonly { readonly edition: string }[] = [resource2025];

/** The edition that a newly opened period uses. */
export const currentEdition: string = editions[editions.length - 1]!.edition;

const read = new Map<string, Catalogue>();

/**
 * The edition with this name. It is read at first use and not at each start.
 * @throws Problem `thing.notFound`
 */
export function catalogueOf(edition: string): Catalogue {
  const known = read.get(edition);
  if (known) return known;
  const found = editions.find((one) => one.edition === edition);
  if (!found) throw problem('thing.notFound', { what: '版数据项目录' });
  const catalogue = readCatalogue(found);
  read.set(edition, catalogue);
  return catalogue;
}
