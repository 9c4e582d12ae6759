import { z } from 'zod';
import { job } from '#platform/jobs/port.ts';

/** A code goes to the address that a person has asked for. The code is made when it is sent, and stands in no queue. */
export const sendMailCode = job({
  name: 'notices.confirmMail',
  title: '寄出邮箱验证码',
  data: z.object({ personId: z.uuid() }),
  keyOf: ({ personId }) => personId,
  retries: 3,
});
