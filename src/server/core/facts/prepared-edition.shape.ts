import { digestOfBytes } from '#core/evidence/digest.ts';
import { prepareEdition } from '#domain/framework/edition/prepare-edition.ts';
import type { Prepared } from '#domain/framework/result.ts';
import { frameworkWords } from './framework-words.shape.ts';

const hash = (text: string) => digestOfBytes(text);

/** Published editions that are ready, by their digest: an edition never changes, and there are few. */
const known = new Map<string, Prepared>();

/** An edition that this process has prepared before, by its digest. */
export function knownEdition(digest: string): Prepared | undefined {
  return known.get(digest);
}

/**
 * An edition that is ready to score.
 * @param digest of a stored edition, under which it is kept; without one it is read anew
 * @throws framework.invalid with every fault
 */
export function preparedEdition(definition: unknown, digest?: string): Prepared {
  const found = digest === undefined ? undefined : known.get(digest);
  if (found) return found;
  const prepared = prepareEdition(definition, { words: frameworkWords(), hash });
  // A draft is another edition after each saving, so its states are not kept.
  if (digest !== undefined) known.set(digest, prepared);
  return prepared;
}
