import { z } from 'zod';
import { combineRules, evaluationKinds, evaluationSteps } from '#domain/evaluation/lists.ts';
import { inspectorKinds } from '#domain/inspection/inspector.ts';
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

/**
 * A campaign was opened: whoever keeps evaluations writes one for each of these subjects, whole or not at all. Days and seats
 * are read when they are written (`campaign_days`, `campaign_slots`, `campaign_panel`), because both go on meanwhile.
 */
export const campaignOpened = occurrence({
  name: 'campaignOpened',
  data: z.object({
    campaign: kept,
    subjects: z.array(subject).min(1).max(mostSubjectsAtOnce),
  }),
});

/** A step of an open campaign was made longer. Each evaluation counts from its own days: one that has longer ones keeps them. */
export const campaignExtended = occurrence({
  name: 'campaignExtended',
  data: z.object({
    campaign,
    reason: z.string(),
    step: z.enum(evaluationSteps),
    /** The last day of the step. */
    to: z.iso.date(),
    // A job that was asked for before this was said has no first day.
    /** The first day, where subjects got other days in the step that goes in slots. */
    from: z.iso.date().nullable().default(null),
    /** Null: every evaluation. */
    evaluationIds: z.array(z.uuid()).nullable(),
  }),
});

/** The panel of an open campaign changed: `campaign_panel` says how it stands, so that a later change is never overtaken. */
export const campaignSeatsDealt = occurrence({
  name: 'campaignSeatsDealt',
  data: z.object({ campaign }),
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
    // A job that was asked for before these were said has neither the ends of terms nor who keeps away.
    /** Who of the panel serves today, and as what: the register of inspectors may lie at places that no job of a subject reads. */
    inspectors: z.array(
      z.object({ personId: z.uuid(), kind: z.enum(inspectorKinds), termTo: z.string().nullable().default(null) }),
    ),
    /** Who must keep away from which evaluations, as the registers say today. */
    shutOut: z.array(z.object({ personId: z.uuid(), evaluationId: z.uuid() })).default([]),
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

/** The unit that held a campaign beside the one that leads is out of it: letters are of the lead alone. */
export const campaignPartnerLeft = occurrence({
  name: 'campaignPartnerLeft',
  data: z.object({ campaign, reason: z.string() }),
});
