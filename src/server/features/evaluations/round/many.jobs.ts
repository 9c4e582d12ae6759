import { z } from 'zod';
import { job } from '#platform/jobs/port.ts';

/** What somebody asked for on many evaluations; which they are, and how far each is, stands in `evaluation_asked_acts`. */
export const actOnMany = job({
  name: 'evaluations.actOnMany',
  title: '对选定的评估对象逐个办理同一件事，不能办的写明原因',
  data: z.object({
    placeId: z.int(),
    askingId: z.uuid(),
    act: z.string(),
    statementDue: z.iso.date().nullable(),
    /** With which the person asked: a token may hold less than its post. */
    permissions: z.array(z.string()),
    /** The token that asked for the person; null: none did. */
    tokenId: z.uuid().nullable().default(null),
    campaign: z.object({ id: z.uuid(), title: z.string() }),
  }),
  keyOf: ({ askingId }) => askingId,
  retries: 5,
});
