import { z } from 'zod';
import { layers, settledWays } from '#domain/evaluation/lists.ts';
import type { Indicator } from '#domain/framework/edition.ts';
import { day, instant } from '../kit/kit.shape.ts';
import { leafAnswer } from './answer.shape.ts';
import {
  lastFinding,
  layerTotal,
  mostAtLeaf,
  mostLastFindings,
  mostProvinceEntries,
  points,
  provinceEntry,
  traceStep,
} from './evaluations.shape.ts';
import { linkedEvidence } from './evidence.shape.ts';

const count = z.number().int();

/** One indicator as its edition has it; the edition was checked when it was published. */
const wholeIndicator = z.custom<Indicator>((value) => typeof value === 'object' && value !== null);

/** A fact by which data fill a leaf, as it was on the day of the snapshot. */
export const shownFact = z.object({
  name: z.string(),
  value: z.string().nullable(),
  source: z.string().nullable(),
  certificate: z.string().nullable(),
  reason: z.string().nullable(),
  provisional: z.boolean(),
});

export const shownScore = z.object({
  id: z.uuid(),
  layer: z.enum(layers),
  reviewer: z.string(),
  own: z.boolean(),
  points: points.nullable(),
  answer: leafAnswer.nullable(),
  reason: z.string(),
  adopted: z.boolean(),
  version: z.number().int(),
  givenAt: instant,
  /** A later change of what was judged voided it. */
  voidedAt: instant.nullable(),
  voidReason: z.string().nullable(),
});

/** What somebody of the panel says to the others at a leaf. */
export const shownRemark = z.object({
  id: z.uuid(),
  author: z.string(),
  text: z.string(),
  at: instant,
  own: z.boolean(),
});

export const leafDetail = z.object({
  code: z.string(),
  title: z.string().nullable(),
  path: z.array(z.string()).max(20),
  max: points.nullable(),
  text: z.string().nullable(),
  basis: z.string().nullable(),
  evidenceAsked: z.string().nullable(),
  responsible: z.string().nullable(),
  /** The indicator as its edition has it (the page draws method, rules and the field of its answer from it). */
  indicator: wholeIndicator,
  /** Its conditions in words, by their text. */
  conditions: z.record(z.string(), z.string()),
  /** Keys of its options that are taken with a reason alone. */
  reasonRequired: z.array(z.string()).max(100),
  origin: z.enum(['person', 'data']),
  /** The points that data give at the leaf, for whoever judges it; null where they give none. */
  byData: points.nullable(),
  /** What data measure at a leaf that is compared over all subjects, for whoever judges it: its points wait for the others. */
  valueByData: z.string().nullable(),
  /** It rests on what the panel finds on its visit: the subject is not asked. */
  ofPanel: z.boolean(),
  answer: leafAnswer.nullable(),
  facts: z.array(shownFact).max(100),
  factsOn: day.nullable(),
  trace: z.array(traceStep).max(200),
  note: z.string(),
  objection: z.string().nullable(),
  returnedReason: z.string().nullable(),
  answeredBy: z.string().nullable(),
  answeredAt: instant.nullable(),
  responsiblePerson: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  responsibleSection: z.object({ id: z.number().int(), name: z.string() }).nullable(),
  version: z.number().int(),
  layers: z
    .array(
      z.object({
        layer: z.enum(layers),
        points: points.nullable(),
        /** What was said, where one answer stands behind it: of a leaf without points, or one that does not apply, it is all there is. */
        answer: leafAnswer.nullable(),
        reason: z.string().nullable(),
        settled: z.enum(settledWays).nullable(),
        /** Of the points that stand, for whoever settles them anew; 0 where none do. */
        version: z.number().int(),
        /** Hidden until this person has given the own score. */
        hidden: z.boolean(),
      }),
    )
    .max(layers.length),
  /** What the province gave at this leaf: what stands and what stood before, the newest first. */
  province: z.array(provinceEntry).max(mostProvinceEntries),
  scores: z.array(shownScore).max(mostAtLeaf),
  /** The talk about the leaf as it is now; one about an older leaf was voided with its scores. */
  talk: z
    .object({
      layer: z.enum(layers),
      spread: points,
      openedAt: instant,
      minutes: z.string().nullable(),
      points: points.nullable(),
      answer: leafAnswer.nullable(),
      settledBy: z.string().nullable(),
      settledAt: instant.nullable(),
    })
    .nullable(),
  /** The thread of the panel at the leaf; whoever still owes a blind score of it reads none of it. */
  remarks: z.array(shownRemark).max(mostAtLeaf),
  /** Findings of the last round at this leaf, and where they stand. */
  lastFindings: z.array(lastFinding).max(mostLastFindings),
  /**
   * What the subject had at this leaf in earlier rounds, of which maximum (null where that is not known), and the mean of all subjects in
   * each; no mean where the maximum was another one.
   */
  earlier: z
    .array(
      z.object({
        ...{ year: z.number().int(), points: points.nullable(), max: points.nullable(), mean: points.nullable() },
      }),
    )
    .max(20),
  /** The mean of the subjects of the same county, and of the whole campaign, at this leaf, over what this person sees. */
  means: z.object({ county: points.nullable(), city: points.nullable() }),
  evidence: z.array(linkedEvidence).max(mostAtLeaf),
  can: z.object({
    answer: z.boolean(),
    object: z.boolean(),
    evidence: z.boolean(),
    score: z.boolean(),
    talk: z.boolean(),
    remark: z.boolean(),
    enterProvince: z.boolean(),
  }),
});

/** The leaf as it is after an act, with the totals of the unit that this person sees. */
export const leafWritten = z.object({
  code: z.string(),
  version: z.number().int(),
  points: points.nullable(),
  totals: z.array(layerTotal).max(layers.length),
  answered: count,
  scored: count,
});
