import { z } from 'zod';
import { level, verdict } from './balance.shape.ts';
import { movedSchool } from './comparison.shape.ts';

const pass = z.boolean().nullable();

/** What a revision would change in one county: the same approved figures by the edition in force and by the draft. */
export const triedCounty = z.object({
  countyId: z.number().int(),
  name: z.string(),
  verdicts: z.tuple([verdict, verdict]),
  /** The verdicts in the words of their editions. */
  verdictTexts: z.tuple([z.string(), z.string()]),
  /** Schools that lack a figure which the edition needs. */
  missing: z.tuple([z.number().int(), z.number().int()]),
  levels: z.array(
    z.object({
      level,
      levelName: z.string(),
      verdicts: z.tuple([verdict, verdict]),
      schools: z.tuple([z.number().int(), z.number().int()]),
      joined: z.array(movedSchool),
      left: z.array(movedSchool),
      /** Schools of both sets that are judged otherwise. */
      flipped: z.array(movedSchool.omit({ reason: true }).extend({ pass: z.tuple([pass, pass]) })),
    }),
  ),
});

export const revisionTrial = z.object({
  /** The year under way, whose runs the revision would replace; null where no year is open. */
  year: z.number().int().nullable(),
  /** Stands for the draft and all its effects; publishing asks for it. */
  digest: z.string(),
  counties: z.array(triedCounty),
  /** Places of the assumptions that the draft's exclusions rule out. */
  contradicted: z.array(z.number().int()),
});
