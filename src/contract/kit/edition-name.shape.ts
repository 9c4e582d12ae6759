import { z } from 'zod';
import { frameworkKeyLength, frameworkKeyPattern } from '#domain/framework/lists.ts';

export const frameworkKey = z.string().max(frameworkKeyLength).regex(frameworkKeyPattern);
export const editionRevision = z.number().int().min(1);

/** Which published edition: its key, the revision and the digest by which whatever uses it is pinned. */
export const editionName = z.object({ key: frameworkKey, revision: editionRevision, hash: z.string() });
