import type { Catalogue } from '#domain/filing/catalogue.shape.ts';
import { readCatalogue } from '#domain/filing/read-catalogue.ts';
import { problem } from '#domain/kit/problem.ts';
import resource2025 from '../../../../reference/catalogues/resource-2025.json' with { type: 'json' };

/** Every edition of the field catalogue that ships with the product, oldest first. A new edition is one line here. */
const editions: readonly Catalogue[] = [resource2025].map(readCatalogue);

/** The edition that a newly opened period uses. */
export const currentEdition: string = editions[editions.length - 1]!.edition;

/**
 * The edition with this name.
 * @throws Problem `thing.notFound`
 */
export function catalogueOf(edition: string): Catalogue {
  const found = editions.find((one) => one.edition === edition);
  if (!found) throw problem('thing.notFound', { what: '版数据项目录' });
  return found;
}
