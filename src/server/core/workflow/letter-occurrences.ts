import { z } from 'zod';
import { letterBounds, letterShape } from '#domain/letter/letter.shape.ts';
import { letterKinds } from '#domain/letter/state.ts';
import { occurrence } from '#platform/jobs/port.ts';

/** Things that one letter is about, and its addressees, at most. */
const most = 200;

/**
 * A feature wants a letter. Whoever keeps letters drafts it once, in a job of the same transaction, and the people of the
 * office write, check and sign it as any other; the feature reads back where it stands through the view `raised_letters`.
 */
export const letterWanted = occurrence({
  name: 'letterWanted',
  data: z.object({
    /** Minted by the feature, which knows its letter by it before it is drafted. */
    letterId: z.uuid(),
    /** The unit that writes it. */
    placeId: z.int(),
    kind: z.enum(letterKinds),
    title: z.string().min(2).max(letterBounds.title),
    addressees: letterShape.shape.addressees,
    body: letterShape.shape.body,
    /** The figures that the text names, as the feature has just read them. */
    figures: letterShape.shape.figures,
    /** The unit that signs it beside the one that writes, where two hold the work together. */
    cosignerUnitId: z.int().nullable().optional(),
    /** Units and schools that receive it on the platform. */
    recipients: z.array(z.object({ unitId: z.int(), schoolId: z.int().nullable() })).max(most),
    /** What it is about. */
    ties: z
      .array(
        z.object({ subjectType: z.string(), subjectPlaceId: z.int(), subjectId: z.uuid(), title: z.string().max(200) }),
      )
      .max(most),
    /** `rectifications`: the feature, what of it wants the letter, and both in Chinese. The same is drafted once. */
    sourceType: z.string().min(1).max(40),
    sourceId: z.string().min(1).max(200),
    sourceLabel: z.string().min(1).max(200),
  }),
});
