import { z } from 'zod';
import { job } from '#platform/jobs/port.ts';

/** A piece of evidence came to a leaf, or its file changed: it is compared with what the city has. */
export const comparePrints = job({
  name: 'evaluations.comparePrints',
  title: '比对证据材料：同一文件、相近的图片和文字',
  data: z.object({ placeId: z.int(), evidenceId: z.uuid() }),
  keyOf: ({ placeId, evidenceId }) => `${placeId} ${evidenceId}`,
  retries: 3,
});
