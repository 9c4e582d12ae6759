import { z } from 'zod';
import { authorities, frameworkKeyLength, frameworkKeyPattern } from '#domain/framework/lists.ts';

export const frameworkKey = z.string().max(frameworkKeyLength).regex(frameworkKeyPattern);
export const editionRevision = z.number().int().min(1);

/** Which published edition: its key, the revision and the digest by which whatever uses it is pinned. */
export const editionName = z.object({ key: frameworkKey, revision: editionRevision, hash: z.string() });

/** An edition as it stands beside what was judged by it: with its mark, which every screen and print shows. */
export const markedEdition = editionName.extend({
  title: z.string(),
  authority: z.enum(authorities),
  /** Whose numbers stand beside those of the document. */
  completedBy: z.string().nullable(),
});
