import { z } from 'zod';

/** The search of an import page: the open preview, so that a reload keeps it. */
export const importSearch = z.object({
  preview: z.uuid().optional().catch(undefined),
});
