import { z } from 'zod';

/** What a page of imports keeps in the address: the preview that is open, so that a reload keeps it. */
export const importSearch = z.object({
  preview: z.uuid().optional().catch(undefined),
});
