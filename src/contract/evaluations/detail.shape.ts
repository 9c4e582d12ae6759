import { z } from 'zod';
import { evaluationKinds, evaluationStates, evaluationSteps, layers, selfStandings } from '#domain/evaluation/lists.ts';
import { markedEdition } from '../kit/edition-name.shape.ts';
import { day, instant, newestEntries } from '../kit/kit.shape.ts';
import { moveEntry, obstacle } from '../kit/steps.shape.ts';
import {
  lastFinding,
  layerTotal,
  mostLastFindings,
  mostLeaves,
  mostProvinceEntries,
  points,
  provinceEntry,
} from './evaluations.shape.ts';

const count = z.number().int();

export const evaluationSummary = z.object({
  id: z.uuid(),
  placeId: z.number().int(),
  campaignId: z.uuid(),
  kind: z.enum(evaluationKinds),
  title: z.string(),
  assessmentYear: z.number().int(),
  unitId: z.number().int(),
  schoolId: z.number().int().nullable(),
  subjectName: z.string(),
  leadUnitName: z.string(),
  partnerUnitName: z.string().nullable(),
  state: z.enum(evaluationStates),
  /** The last day of the present step, and the calendar days until it; below zero it is late. */
  due: day.nullable(),
  daysLeft: z.number().int().nullable(),
  answered: count,
  leaves: count,
  /** What this person has to judge and has judged. */
  toScore: count,
  scored: count,
  returned: z.boolean(),
  selfTotal: points.nullable(),
  /** While leaves have no points: between which ends the total of the self-evaluation lies by the others. */
  selfBetween: z.object({ from: points, to: points.nullable() }).nullable(),
  total: points.nullable(),
  conclusion: z.string().nullable(),
  /** What the edition is by which it is judged: its mark stands beside every total and conclusion. */
  edition: markedEdition.pick({ authority: true, completedBy: true }),
  revision: z.number().int(),
});

export const timetableStep = z.object({
  step: z.enum(evaluationSteps),
  title: z.string(),
  from: day,
  to: day,
  doneOn: day.nullable(),
  extendedReason: z.string().nullable(),
});

/** One inner node or leaf in the tree of an evaluation. Points of a layer are null while nobody may see or has given them. */
export const treeNode = z.object({
  code: z.string(),
  parent: z.string().nullable(),
  title: z.string().nullable(),
  max: points.nullable(),
  isLeaf: z.boolean(),
  /** Of leaves: data fill it, or a person answers; null above them. */
  origin: z.enum(['person', 'data']).nullable(),
  standing: z.enum(['open', 'answered', 'returned', 'objected', 'not-applicable', 'unknown']).nullable(),
  self: points.nullable(),
  county: points.nullable(),
  city: points.nullable(),
  province: points.nullable(),
  /** What a layer has said in words where it has no points: `达到`, `不适用`; null where it has points or nothing. */
  said: z.object({
    self: z.string().nullable(),
    county: z.string().nullable(),
    city: z.string().nullable(),
    province: z.string().nullable(),
  }),
  /** This person's own score at the leaf, and whether it is still owed. */
  own: points.nullable(),
  owed: z.boolean(),
  talk: z.enum(['open', 'settled']).nullable(),
  evidence: count,
  /** Whether evidence is asked of this leaf, or of a leaf below it, and none stands there. */
  lacksEvidence: z.boolean(),
  mine: z.boolean(),
  /** Who of the subject answers it, for the subject alone; null where nobody in particular. */
  responsibleId: z.uuid().nullable(),
  /** The section of the subject whose people answer it, for the subject alone. */
  responsibleSectionId: z.number().int().nullable(),
  version: z.number().int(),
});

export const evaluationDetail = evaluationSummary.extend({
  /** The year in which the result is confirmed, which may follow the one that was assessed. */
  decisionYear: z.number().int(),
  edition: markedEdition,
  steps: z.array(timetableStep).max(evaluationSteps.length),
  totals: z.array(layerTotal).max(layers.length),
  /**
   * How much of the leaves the totals are over: all; a part, which the seat of this person covers; or all of them with the
   * self-evaluation hidden where this person has still to judge.
   */
  seen: z.enum(['whole', 'part', 'blind']),
  nodes: z.array(treeNode).max(2 * mostLeaves),
  /** What the submission still lacks, each with the leaf that it is about. */
  lacks: z.array(obstacle).max(mostLeaves),
  /** How far the self-evaluation is; after a return it is open again until it is handed in anew. */
  self: z.enum(selfStandings),
  /** Who of the subject signed for the self-evaluation as it stands now. */
  confirmedBy: z.string().nullable(),
  confirmedAt: instant.nullable(),
  returnedReason: z.string().nullable(),
  /**
   * Who gives the county's score where this person had a hand in the self-evaluation and may not: a colleague of the county, or nobody
   * that it has. Null where nothing of this person is missed.
   */
  scoreLeftTo: z.enum(['colleague', 'nobody']).nullable(),
  /** Of the leaves that were sent back one by one, those at which nobody has written since. */
  untouched: z.array(z.string()).max(mostLeaves),
  statementDue: day.nullable(),
  /** Findings of the last round that stand at no leaf, because they named none or one that this edition does not have. */
  lastFindings: z.array(lastFinding).max(mostLastFindings),
  /** What the province gave to the whole: what stands and what stood before, the newest first. */
  province: z.array(provinceEntry).max(mostProvinceEntries),
  letters: z.object({ notice: z.uuid().nullable(), opinion: z.uuid().nullable(), result: z.uuid().nullable() }),
  history: z.array(moveEntry).max(newestEntries),
  /** The side from which this person looks: the subject, its county, the city, or the panel from outside. */
  side: z.enum(['subject', 'county', 'city', 'panel']),
  readEditionAt: instant.nullable(),
  can: z.object({
    answer: z.boolean(),
    submit: z.boolean(),
    confirmSelf: z.boolean(),
    takeBack: z.boolean(),
    return: z.boolean(),
    receive: z.boolean(),
    score: z.boolean(),
    adopt: z.boolean(),
    talk: z.boolean(),
    moveOn: z.boolean(),
    release: z.boolean(),
    state: z.boolean(),
    waive: z.boolean(),
    answerStatement: z.boolean(),
    /** To draft the opinion, and to have its letter drafted. */
    conclude: z.boolean(),
    opinion: z.boolean(),
    submitResult: z.boolean(),
    confirmResult: z.boolean(),
    finish: z.boolean(),
    /** To enter what the province gave, from its document. */
    enterProvince: z.boolean(),
  }),
});
