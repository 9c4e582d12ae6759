import { z } from 'zod';
import { job } from '#platform/jobs/port.ts';

/** The schools of an inspector pass to another, and both learn what passed. */
export const passPost = job({
  name: 'people.passPost',
  title: '移交岗位上没有办完的工作',
  data: z.object({
    placeId: z.int(),
    schoolId: z.int().nullable(),
    kinds: z.array(z.string()),
    what: z.string(),
    from: z.object({ id: z.uuid(), name: z.string(), postId: z.uuid() }),
    to: z.object({ id: z.uuid(), name: z.string(), postId: z.uuid() }),
  }),
  retries: 5,
});
