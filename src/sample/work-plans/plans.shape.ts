import { z } from 'zod';

const note = z.object({ number: z.string(), day: z.string(), body: z.string(), settles: z.boolean() });

/** The plans of the sample. `{year}` is the calendar year of the sample's day. */
export const samplePlansShape = z.object({
  source: z.string(),
  plans: z.array(
    z.object({
      /** Null for the year of the sample's day. */
      year: z.number().int().nullable(),
      title: z.string(),
      documentNumber: z.string(),
      issuedOn: z.string(),
      closedOn: z.string().nullable(),
      text: z.string(),
      /** Points whose progress is counted, by work of the newest school year. */
      ties: z.array(z.object({ number: z.string(), kind: z.string() })),
      notes: z.array(note),
    }),
  ),
  meeting: z.object({
    heldOn: z.string(),
    title: z.string(),
    agenda: z.string(),
    minutes: z.string(),
    decision: z.string(),
  }),
  /** Counties that have made their plan from the city's, with an item of their own. */
  counties: z.array(
    z.object({ unitCode: z.string(), title: z.string(), state: z.enum(['draft', 'issued']), own: z.string() }),
  ),
});
