import { z } from 'zod';
import type { Edition } from '#domain/framework/edition.ts';
import { authorities, factKinds, frameworkSubjects, textParts, wholeCode } from '#domain/framework/lists.ts';
import { editionName, editionRevision, frameworkKey } from '../kit/edition-name.shape.ts';
import { instant } from '../kit/kit.shape.ts';
import { writtenLine } from '../kit/texts.shape.ts';

/**
 * An edition as its file has it. The server checks it by its own shape when it is stored and when it is read
 * (`domain/framework/edition`); a serializer made of that shape takes a second to build.
 */
export const wholeEdition = z.custom<Edition>((value) => typeof value === 'object' && value !== null);

/** What is typed for one leaf in a trial: one of the ways in which `dudao score` takes an answer. */
export const trialAnswer = z.object({
  code: z.string().min(1).max(80),
  points: z.number().optional(),
  value: z.union([z.number(), z.string().max(40)]).optional(),
  level: writtenLine(80).optional(),
  option: writtenLine(80).optional(),
  met: z.boolean().optional(),
  series: z.array(z.number().nullable()).max(20).optional(),
  missing: z.number().int().optional(),
  occurrences: z.number().int().optional(),
  notApplicable: z.literal(true).optional(),
});

export { authorities, factKinds, frameworkSubjects, textParts, wholeCode };

/** `ready` can be used; `incomplete` waits for points that nobody knows; `withdrawn` is used no more. */
export const editionStates = ['ready', 'incomplete', 'withdrawn'] as const;

export { editionName, editionRevision, frameworkKey };

/** One published edition as the list shows it. */
export const editionRow = editionName.extend({
  title: z.string(),
  edition: z.string(),
  authority: z.enum(authorities),
  /** The city that completed it; null for what came with the product. */
  completedBy: z.string().nullable(),
  subject: z.enum(frameworkSubjects),
  documents: z.string(),
  /** Indicators that are judged. */
  leaves: z.number().int(),
  /** How many places of it nobody knows. */
  open: z.number().int(),
  state: z.enum(editionStates),
  shipped: z.boolean(),
  note: z.string(),
  createdAt: instant,
  createdBy: z.string(),
});

export const draftRow = z.object({
  id: z.uuid(),
  key: frameworkKey,
  title: z.string(),
  /** Null for a draft that began with nothing or came in as a workbook. */
  basedOn: editionName.nullable(),
  leaves: z.number().int(),
  open: z.number().int(),
  revision: z.number().int(),
  createdBy: z.string(),
  updatedAt: instant,
  updatedBy: z.string(),
});

export const withdrawal = z.object({ reason: z.string(), at: instant, by: z.string() });

/** Points as an edition has them: `none` where a document judges without, null where nobody knows. */
export const editionPoints = z.union([z.number(), z.literal('none'), z.null()]);

export const issue = z.object({ path: z.string(), code: z.string().nullable(), message: z.string() });

/** A subject by whose facts an edition is tried. */
export const trialSubject = z.object({ type: z.enum(['unit', 'school']), id: z.number().int() });

const step = z.object({ words: z.string(), value: z.string().nullable() });
/** Whether it was reached; null where it is only counted in points. */
const verdict = z.enum(['yes', 'no', 'open']).nullable();
const held = z.object({
  code: z.string(),
  text: z.string(),
  holds: z.enum(['yes', 'no', 'open']),
  open: z.array(z.string()),
});

/** A round that was decided, by whose answers and points a draft can be tried. */
export const earlierRound = z.object({
  id: z.uuid(),
  title: z.string(),
  subjectName: z.string(),
  /** The year that was assessed. */
  year: z.number().int(),
  decidedOn: z.iso.date(),
  edition: editionName.extend({ title: z.string(), edition: z.string() }),
  total: z.string().nullable(),
  conclusion: z.string().nullable(),
});

/** How a leaf came by what it has; `facts`: nothing was carried, and data of the subject fill it. */
export const carriedWays = [
  'points',
  'answer',
  'facts',
  'otherScale',
  'otherMethod',
  'nothingSaid',
  'unmatched',
] as const;

const leafStates = ['scored', 'unanswered', 'notApplicable', 'unknownMax'] as const;
const totalsBoth = z.object({
  before: z.string().nullable(),
  /** The total, or the ends between which it still lies. */
  now: z.object({ total: z.string().nullable(), from: z.string().nullable(), to: z.string().nullable() }),
});
const leafBoth = z.object({
  before: z.string().nullable(),
  now: z.string().nullable(),
  state: z.enum(leafStates),
  way: z.enum(carriedWays),
});

/** A draft by what was answered and scored in an earlier round, beside what that round came to. */
export const earlierTrial = earlierRound.extend({
  /** What the subject said, and what the city decided. */
  self: totalsBoth,
  city: totalsBoth,
  max: z.object({ before: z.number().nullable(), now: z.number().nullable() }),
  concluded: z.object({ before: z.string().nullable(), now: z.string().nullable() }),
  leaves: z
    .array(
      z.object({
        code: z.string(),
        title: z.string().nullable(),
        /** The earlier leaf that corresponds; null: none does. */
        from: z.object({ code: z.string(), title: z.string().nullable() }).nullable(),
        max: z.object({ before: z.string().nullable(), now: z.string().nullable() }),
        self: leafBoth,
        city: leafBoth,
      }),
    )
    .max(5000),
  /** Earlier leaves that correspond to none of the draft: what was scored there counts no more. */
  left: z
    .array(
      z.object({
        code: z.string(),
        title: z.string().nullable(),
        max: z.string().nullable(),
        self: z.string().nullable(),
        city: z.string().nullable(),
      }),
    )
    .max(5000),
});

/** A result in exact texts: what was computed, and nothing that a screen has rounded. */
export const trialResult = z.object({
  total: z.string().nullable(),
  max: z.string().nullable(),
  base: z.string().nullable(),
  bonus: z.string(),
  provisional: z.object({ from: z.string(), to: z.string().nullable(), unanswered: z.array(z.string()) }).nullable(),
  nodes: z.array(
    z.object({
      code: z.string(),
      points: z.string().nullable(),
      max: z.string().nullable(),
      rate: z.string().nullable(),
      verdict,
      steps: z.array(step),
    }),
  ),
  leaves: z.array(
    z.object({
      code: z.string(),
      state: z.enum(leafStates),
      points: z.string().nullable(),
      max: z.string().nullable(),
      by: z.enum(['person', 'facts', 'given']),
      grade: z.string().nullable(),
      verdict,
      /** What conditions of its notes ask and nobody has said: they were taken as not holding. */
      open: z.array(z.string()),
      steps: z.array(step),
    }),
  ),
  conclusions: z.array(z.object({ name: z.string(), by: z.string(), table: z.string(), open: z.array(z.string()) })),
  vetoes: z.array(held),
  caps: z.array(held),
  downgrades: z.array(held),
  actions: z.array(z.string()),
  /** What was read of the subject, and what nobody has said. */
  facts: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(factKinds),
      value: z.string().nullable(),
      /** Why there is none. */
      reason: z.string().nullable(),
      source: z.string().nullable(),
      /** The document and the day of what somebody entered; null where it comes from elsewhere. */
      evidence: z.string().nullable(),
      /** It comes from data that are not final. */
      provisional: z.boolean(),
    }),
  ),
});
