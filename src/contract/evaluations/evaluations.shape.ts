import { z } from 'zod';
import {
  confidentialities,
  evaluationKinds,
  evaluationStates,
  evaluationSteps,
  layers,
  opinionCommentKinds,
  opinionStates,
  resemblanceKinds,
  selfStandings,
  settledWays,
} from '#domain/evaluation/lists.ts';
import { findingStates } from '#domain/flow/finding.ts';
import type { Indicator } from '#domain/framework/edition.ts';
import { markedEdition } from '../kit/edition-name.shape.ts';
import { day, instant, newestEntries } from '../kit/kit.shape.ts';
import { moveEntry, obstacle, steppedTo } from '../kit/steps.shape.ts';
import { writtenLine, writtenReason, writtenText } from '../kit/texts.shape.ts';

export const evaluationParams = z.object({ evaluationId: z.uuid() });
export const leafCode = z.string().min(1).max(80);
export const leafParams = evaluationParams.extend({ code: leafCode });
export const version = z.object({ version: z.number().int().min(0) });
/** A number that somebody writes of a leaf: points are exact, so it has no more decimals than people write. */
export const writtenNumber = z
  .number()
  .min(-1e12)
  .max(1e12)
  .refine((value) => Number(value.toFixed(6)) === value, '最多填 6 位小数');
export const reason = writtenReason(500);
const count = z.number().int();
/** Points as an exact text: `4.5`, `2/3`. */
const points = z.string();

/** Leaves of one edition, pieces of evidence at one leaf, and scores at one leaf, at most. */
export const mostLeaves = 1000;
export const mostAtLeaf = 200;

/**
 * What is said at one leaf, by its method: one of the ways in which `dudao score` takes an answer. Elements and deductions
 * name their items by number.
 */
export const leafAnswer = z.object({
  points: writtenNumber.optional(),
  value: z.union([writtenNumber, z.string().max(40)]).optional(),
  /** Of a threshold with parts, or of deductions that are counted from values: the figure or the word of each part. */
  parts: z
    .array(z.object({ part: writtenLine(80), value: z.union([writtenNumber, z.string().max(40)]) }))
    .max(20)
    .optional(),
  level: writtenLine(80).optional(),
  option: writtenLine(80).optional(),
  met: z.boolean().optional(),
  series: z.array(writtenNumber.nullable()).max(20).optional(),
  missing: z.union([z.number().int(), z.array(z.number().int()).max(60)]).optional(),
  occurrences: z
    .union([z.number().int(), z.array(z.object({ item: z.number().int(), times: z.number().int().min(0) })).max(60)])
    .optional(),
  notApplicable: z.literal(true).optional(),
});

/** One indicator as its edition has it; the edition was checked when it was published. */
const wholeIndicator = z.custom<Indicator>((value) => typeof value === 'object' && value !== null);

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
const lastFinding = z.object({
  title: z.string(),
  state: z.string(),
  year: z.number().int(),
  closedOn: day.nullable(),
});
/** Of as many findings of the last round a leaf, or the whole, is told. */
export const mostLastFindings = 40;

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

/** A fact by which data fill a leaf, as it was on the day of the snapshot. */
export const shownFact = z.object({
  name: z.string(),
  value: z.string().nullable(),
  source: z.string().nullable(),
  certificate: z.string().nullable(),
  reason: z.string().nullable(),
  provisional: z.boolean(),
});

export const traceStep = z.object({ words: z.string(), value: z.string().nullable() });

export const evidenceRow = z.object({
  id: z.uuid(),
  title: z.string(),
  /** Whose library it stands in: a school, or a unit. */
  unitName: z.string(),
  fileId: z.uuid().nullable(),
  fileName: z.string().nullable(),
  mediaType: z.string().nullable(),
  size: z.number().int().nullable(),
  aboutDay: day.nullable(),
  receivedOn: day,
  catalogueNumber: z.string().nullable(),
  boxNumber: z.string().nullable(),
  confidentiality: z.enum(confidentialities),
  expiresOn: day.nullable(),
  /** The newer piece that took its place. */
  replacedBy: z.uuid().nullable(),
  version: z.number().int(),
  addedBy: z.string(),
  addedAt: instant,
  /** How many leaves it proves. */
  leaves: count,
  revision: z.number().int(),
});

const share = z.number().min(0).max(1);

/** A rectangle of a page, as shares of its width and its height. */
export const pageRegion = z
  .object({ left: share, top: share, width: share.positive(), height: share.positive() })
  .refine(({ left, top, width, height }) => left + width <= 1 && top + height <= 1, {
    message: '区域不能超出页面',
  });

/** Where in a piece the proof stands: the preview opens at the page and marks the rectangle. */
export const pageAnchor = z.object({
  page: z.number().int().min(1).max(99_999).nullable(),
  region: pageRegion.nullable(),
});

export const linkedEvidence = evidenceRow.extend({
  pageNote: z.string().nullable(),
  ...pageAnchor.shape,
  resemblances: z
    .array(
      z.object({
        kind: z.enum(resemblanceKinds),
        evidenceId: z.uuid(),
        title: z.string(),
        unitName: z.string(),
        year: z.number().int(),
        closeness: z.string(),
        fileId: z.uuid().nullable(),
      }),
    )
    .max(20),
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

export const stepped = steppedTo(z.enum(evaluationStates));

/** The leaf as it is after an act, with the totals of the unit that this person sees. */
export const leafWritten = z.object({
  code: z.string(),
  version: z.number().int(),
  points: points.nullable(),
  totals: z.array(layerTotal).max(layers.length),
  answered: count,
  scored: count,
});

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

export const newEvidence = z.object({
  title: writtenLine(200).min(2, '请填写材料名称'),
  aboutDay: day.nullable(),
  receivedOn: day.nullable(),
  catalogueNumber: writtenLine(40).nullable(),
  boxNumber: writtenLine(40).nullable(),
  confidentiality: z.enum(confidentialities),
  expiresOn: day.nullable(),
});
