import { z } from 'zod';
import { combineRules, evaluationKinds, evaluationSteps, seatParts } from '#domain/evaluation/lists.ts';
import { occurrence } from '#platform/jobs/port.ts';

/** Subjects of one announcement at most; an act on more announces several times. */
export const mostSubjectsAtOnce = 200;

/** The campaign by its key: the unit that opened it, and its number. */
const campaign = z.object({ placeId: z.int(), id: z.uuid() });

const subject = z.object({
  /** The number of the later evaluation, minted when the subject was chosen. */
  id: z.uuid(),
  /** The county where its rows lie from now on. */
  placeId: z.int(),
  unitId: z.int(),
  schoolId: z.int().nullable(),
  name: z.string(),
});

/** Days of a step. */
const step = z.object({
  step: z.enum(evaluationSteps),
  position: z.int(),
  from: z.iso.date(),
  to: z.iso.date(),
});

/** One seat of a panel as it stands. */
const seat = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  name: z.string(),
  /** Comes by the seat alone; otherwise by a post at the place of the campaign. */
  outside: z.boolean(),
  part: z.enum(seatParts),
  scores: z.boolean(),
  /** Codes with all that lies below; `*` is the tree. */
  nodes: z.array(z.string()),
  /** Null: every subject. */
  subjects: z.array(z.uuid()).nullable(),
  endedOn: z.iso.date().nullable(),
});

/** What a campaign is while it runs, as its evaluations keep it. */
const kept = campaign.extend({
  kind: z.enum(evaluationKinds),
  title: z.string(),
  assessmentYear: z.int(),
  decisionYear: z.int(),
  framework: z.object({ key: z.string(), revision: z.int(), hash: z.string() }),
  leadUnitId: z.int(),
  partnerUnitId: z.int().nullable(),
  rules: z.object({
    reviewersPerLeaf: z.int(),
    blind: z.boolean(),
    tolerance: z.string(),
    combine: z.enum(combineRules),
  }),
  /** The letter that was wanted with the opening; null where the office gives notice otherwise. */
  noticeLetterId: z.uuid().nullable(),
});

/** A campaign was opened: whoever keeps evaluations writes one for each of these subjects, whole or not at all. */
export const campaignOpened = occurrence({
  name: 'campaignOpened',
  data: z.object({
    campaign: kept,
    steps: z.array(step),
    seats: z.array(seat),
    subjects: z.array(subject).min(1).max(mostSubjectsAtOnce),
  }),
});

/** The days of an open campaign moved. */
export const campaignExtended = occurrence({
  name: 'campaignExtended',
  data: z.object({
    campaign,
    reason: z.string(),
    /** The days of every step, as they are now. */
    steps: z.array(step),
    /** Null: every evaluation. */
    evaluationIds: z.array(z.uuid()).nullable(),
  }),
});

/** The panel of an open campaign changed: these are all its seats, those that ended too. */
export const campaignSeatsDealt = occurrence({
  name: 'campaignSeatsDealt',
  data: z.object({ campaign, seats: z.array(seat) }),
});

/** The office moves evaluations on that stand at this step; what bars one of them is told to the office. */
export const campaignMoved = occurrence({
  name: 'campaignMoved',
  data: z.object({
    campaign,
    step: z.enum(evaluationSteps),
    evaluationIds: z.array(z.uuid()).nullable(),
    /** Where notice was given otherwise than by the letter. */
    reason: z.string().nullable(),
  }),
});

/** A campaign was cancelled, and every evaluation of it that has not ended. */
export const campaignCancelled = occurrence({
  name: 'campaignCancelled',
  data: z.object({ campaign, reason: z.string() }),
});

/** Whoever has not done the present step is reminded. */
export const campaignReminded = occurrence({
  name: 'campaignReminded',
  data: z.object({ campaign, evaluationIds: z.array(z.uuid()).nullable() }),
});
