import { z } from 'zod';
import { opinionCommentKinds, opinionStates } from '#domain/evaluation/lists.ts';
import { findingStates } from '#domain/flow/finding.ts';
import { day, instant } from '../kit/kit.shape.ts';
import { obstacle } from '../kit/steps.shape.ts';
import { writtenLine, writtenText } from '../kit/texts.shape.ts';
import { mostLeaves, points } from './evaluations.shape.ts';

const count = z.number().int();

export const opinionComment = z.object({
  kind: z.enum(opinionCommentKinds),
  code: z.string().max(80).nullable(),
  text: writtenText(1000).min(2),
});

/** A finding that goes into the ledger when the result is confirmed. */
export const opinionFinding = z.object({
  id: z.uuid(),
  code: z.string().max(80).nullable(),
  kind: z.string().max(80),
  title: writtenLine(200).min(2),
  body: writtenText(2000),
  dutySchoolId: z.number().int().nullable(),
  dutyUnitId: z.number().int().nullable(),
  dueOn: day.nullable(),
  raisedAt: instant.nullable(),
});

/** A finding with where it stands in the ledger; null before it is there, and for whoever does not read it there. */
export const shownFinding = opinionFinding.extend({
  ledger: z.object({ state: z.enum(findingStates), dueOn: day.nullable(), closedOn: day.nullable() }).nullable(),
});

export const statementRow = z.object({
  id: z.uuid(),
  text: z.string(),
  madeBy: z.string(),
  madeOn: day,
  answer: z.string().nullable(),
  accepted: z.boolean().nullable(),
  answeredBy: z.string().nullable(),
  answeredOn: day.nullable(),
});

export const opinionDetail = z.object({
  state: z.enum(opinionStates),
  total: points.nullable(),
  max: points.nullable(),
  /** `from` is null where the edition has no points. */
  provisional: z
    .object({ from: points.nullable(), to: points.nullable(), unanswered: z.array(z.string()).max(mostLeaves) })
    .nullable(),
  /** `open`: what is in the way of a conclusion that is not decided, by its name. */
  conclusions: z
    .array(z.object({ table: z.string(), name: z.string(), by: z.string(), open: z.array(z.string()).max(mostLeaves) }))
    .max(40),
  /** Vetoes, caps and downgrades: whether each holds, with what nobody has said yet. For the office alone. */
  rules: z
    .array(
      z.object({
        kind: z.enum(['veto', 'cap', 'downgrade']),
        code: z.string(),
        text: z.string(),
        holds: z.enum(['yes', 'no', 'open']),
        lacks: z.array(z.string()).max(200),
      }),
    )
    .max(200),
  conclusion: z.string().nullable(),
  /** What the office ruled where the subject stood equal with others at the line of a quota. */
  ruling: z.string().nullable(),
  /** What is concluded otherwise than it was fed back; for the office alone. */
  moved: z
    .array(z.object({ table: z.string(), was: z.string(), now: z.string(), because: z.array(z.string()).max(20) }))
    .max(40),
  mayReleaseAgain: z.boolean(),
  comments: z.array(opinionComment).max(200),
  findings: z.array(shownFinding).max(200),
  /** What bars the next act; `ahead`: what only the opinion letter will want. */
  lacks: z.array(obstacle.extend({ ahead: z.boolean() })).max(400),
  indices: z.object({
    /** How much the unit claimed beyond what was judged, as a decimal. */
    overClaim: z.string().nullable(),
    /** `severity` is over the whole campaign, by `compared` scores; `scores` is how many leaves of this evaluation he judged. */
    reviewers: z
      .array(z.object({ name: z.string(), severity: z.string().nullable(), compared: count, scores: count }))
      .max(100),
  }),
  differences: z
    .array(
      z.object({
        code: z.string(),
        title: z.string().nullable(),
        self: points.nullable(),
        city: points.nullable(),
        difference: points.nullable(),
        reason: z.string().nullable(),
      }),
    )
    .max(mostLeaves),
  statements: z.array(statementRow).max(20),
  /** Who said for the subject that it states nothing (more), and on which day; null while nobody has since it was fed back. */
  waiver: z.object({ madeBy: z.string(), madeOn: day }).nullable(),
  certificate: z.object({ hash: z.string(), engine: z.string(), on: day }).nullable(),
  revision: z.number().int(),
});
