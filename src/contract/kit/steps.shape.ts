import { z } from 'zod';
import { instant } from './kit.shape.ts';

/** The revision that the person has read: an act on a thing that changed meanwhile is refused. */
export const revision = z.object({ revision: z.number().int() });

/** Where a thing stands after an act: its id, its state, and the revision for the next act. */
export const steppedTo = <S extends z.ZodType<string>>(state: S) =>
  z.object({ id: z.uuid(), state, ...revision.shape });

/** A step in the history of a thing: who took it, when and why. */
export const stepEntry = z.object({
  id: z.uuid(),
  action: z.string(),
  title: z.string(),
  actorName: z.string(),
  at: instant,
  reason: z.string().nullable(),
});

/** A step with the states between which it led, by their names. */
export const moveEntry = stepEntry.extend({ from: z.string(), to: z.string() });

/** One thing that is in the way of an act: the place that lacks it, and a sentence with the way out. */
export const obstacle = z.object({ code: z.string(), sentence: z.string() });
