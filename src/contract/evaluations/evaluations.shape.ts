import { z } from 'zod';
import { evaluationStates, layers } from '#domain/evaluation/lists.ts';
import { day, instant } from '../kit/kit.shape.ts';
import { steppedTo } from '../kit/steps.shape.ts';
import { writtenReason } from '../kit/texts.shape.ts';

const count = z.number().int();

export const evaluationParams = z.object({ evaluationId: z.uuid() });
export const leafCode = z.string().min(1).max(80);
export const leafParams = evaluationParams.extend({ code: leafCode });
export const version = z.object({ version: z.number().int().min(0) });
export const reason = writtenReason(500);

/** Points as an exact text: `4.5`, `2/3`. */
export const points = z.string();

/** Leaves of one edition, pieces of evidence at one leaf, and scores at one leaf, at most. */
export const mostLeaves = 1000;
export const mostAtLeaf = 200;

export const layerTotal = z.object({
  layer: z.enum(layers),
  total: points.nullable(),
  from: points.nullable(),
  to: points.nullable(),
  unanswered: count,
});

/** What the province gave, as the city entered it from a document. */
export const provinceEntry = z.object({
  id: z.uuid(),
  points: points.nullable(),
  /** A grade, or that it does not apply. */
  words: z.string().nullable(),
  document: z.string(),
  on: day,
  /** Why it differs from what the city gave. */
  reason: z.string(),
  enteredBy: z.string(),
  enteredAt: instant,
  /** A later one stands in its place, or it was taken back. */
  replacedAt: instant.nullable(),
});

/** Corrections of one figure that a page shows. */
export const mostProvinceEntries = 50;

/** A finding of the last round, and where it stood when the evaluation was opened. */
export const lastFinding = z.object({
  title: z.string(),
  state: z.string(),
  year: z.number().int(),
  closedOn: day.nullable(),
});

/** A leaf, or the whole, shows at most as many findings of the last round. */
export const mostLastFindings = 40;

export const traceStep = z.object({ words: z.string(), value: z.string().nullable() });

export const stepped = steppedTo(z.enum(evaluationStates));
