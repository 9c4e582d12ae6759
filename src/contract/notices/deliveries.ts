import { z } from 'zod';
import { watchesJobs } from '#domain/access/permissions.ts';
import { deliveryStates } from '#domain/notice/delivery.ts';
import { instant } from '../kit/kit.shape.ts';
import { listOutput, listQuery, route } from '../route.ts';

export const deliveryState = z.enum(deliveryStates);

/** A mail as an operator sees it: what it is about is left out, because an operator sees no business. */
export const delivery = z.object({
  id: z.uuid(),
  placeId: z.number().int(),
  /** The kind of the notice, in Chinese. */
  title: z.string(),
  person: z.string(),
  /** The address of now, without the middle of the name; null where the person has none any more. */
  address: z.string().nullable(),
  state: deliveryState,
  attempts: z.number().int(),
  /** Whether an uncertain mail was sent once more, so that two may have arrived. */
  repeated: z.boolean(),
  messageId: z.string(),
  /** What the last try met. */
  sentence: z.string().nullable(),
  createdAt: instant,
  /** When the next try begins at the earliest; null where there is none. */
  dueAt: instant.nullable(),
  sentAt: instant.nullable(),
  /** When the person read the notice in the inbox. */
  readAt: instant.nullable(),
  can: z.object({ retry: z.boolean() }),
});

export const listDeliveries = route({
  name: 'notices.deliveries',
  method: 'GET',
  path: '/api/deliveries',
  access: watchesJobs,
  scoped: true,
  summary: '邮件投递：每封的状态，未送出和不确定的说明原因',
  query: listQuery.pick({ page: true, pageSize: true }).extend({ state: deliveryState.optional() }),
  output: listOutput(delivery).extend({
    counts: z.array(z.object({ state: deliveryState, count: z.number().int() })),
    /** Codes by which people confirm an address and that have not come back, those that failed first; the code stays secret. */
    codes: z
      .array(
        z.object({
          person: z.string(),
          address: z.string(),
          askedAt: instant,
          sent: z.boolean(),
          fault: z.string().nullable(),
        }),
      )
      .max(50),
    /** The mail server, and whether the list of outside addresses lets it be reached; null where no mail is sent. */
    server: z.object({ target: z.string(), allowed: z.boolean() }).nullable(),
  }),
});

export const retryDelivery = route({
  name: 'notices.retryDelivery',
  method: 'POST',
  path: '/api/deliveries/:deliveryId/retry',
  access: watchesJobs,
  scoped: true,
  summary: '再次发送一封未送出的邮件',
  params: z.object({ deliveryId: z.uuid() }),
  body: z.object({ placeId: z.number().int() }),
  output: z.object({}),
});
