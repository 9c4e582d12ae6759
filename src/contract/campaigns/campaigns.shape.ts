import { z } from 'zod';
import { rulesFaults } from '#domain/evaluation/campaign/campaign-rules.ts';
import {
  campaignStates,
  combineRules,
  evaluationKinds,
  evaluationStates,
  evaluationSteps,
  mostSubjects,
  seatParts,
} from '#domain/evaluation/lists.ts';
import { markedEdition } from '../kit/edition-name.shape.ts';
import { day, instant, newestEntries, setDay } from '../kit/kit.shape.ts';
import { obstacle, revision, stepEntry, steppedTo } from '../kit/steps.shape.ts';
import { writtenLine, writtenReason } from '../kit/texts.shape.ts';

export const campaignKind = z.enum(evaluationKinds);
export const campaignState = z.enum(campaignStates);
export const campaignParams = z.object({ campaignId: z.uuid() });
export const reasoned = revision.extend({ reason: writtenReason(300) });
export const year = z.number().int().min(2000).max(2200);
const count = z.number().int();

/** A step with its days. */
export const stepDays = z.object({ step: z.enum(evaluationSteps), from: setDay, to: setDay });

/** The days of one subject within the step that goes in slots. */
export const subjectSlot = z.object({ subjectId: z.uuid(), from: setDay, to: setDay });

/** How the campaign judges; thresholds are shares of a leaf's points as decimals: `0.2`. */
export const campaignRules = z.object({
  reviewersPerLeaf: z.number().int().min(1).max(9),
  /** Reviewers do not see other scores before they gave their own. */
  blind: z.boolean(),
  tolerance: z.string().regex(/^(0(\.\d{1,4})?|1(\.0{1,4})?)$/, '请填写 0 到 1 之间的小数'),
  combine: z.enum(combineRules),
});

/** Refuses what cannot be of a form, at its fields. */
export function checkForm(
  form: Pick<z.output<typeof campaignForm>, 'assessmentYear' | 'decisionYear' | 'rules'>,
  context: z.RefinementCtx,
): void {
  for (const { path, message } of rulesFaults(form)) context.addIssue({ code: 'custom', path: [...path], message });
}

/** What a campaign is made of before it opens. */
export const campaignForm = z.object({
  title: writtenLine(100).min(2, '请填写项目名称'),
  assessmentYear: year,
  decisionYear: year,
  leadUnitId: z.number().int(),
  partnerUnitId: z.number().int().nullable(),
  rules: campaignRules,
  steps: z.array(stepDays).min(1).max(evaluationSteps.length),
});

export const campaignSummary = z.object({
  id: z.uuid(),
  placeId: z.number().int(),
  kind: campaignKind,
  title: z.string(),
  state: campaignState,
  assessmentYear: year,
  decisionYear: year,
  edition: markedEdition,
  leadUnitName: z.string(),
  partnerUnitName: z.string().nullable(),
  subjects: count,
  /** Evaluations that are behind their timetable, and those that are confirmed. */
  late: count,
  confirmed: count,
  from: day.nullable(),
  to: day.nullable(),
  openedAt: instant.nullable(),
  revision: z.number().int(),
});

/** How much work a campaign asks, before it opens. */
export const burden = z.object({
  subjects: count,
  leaves: count,
  /** Leaves that data fill; then facts of one subject on the mean: those that are answered already, and those that are asked. */
  selfFilled: count,
  known: count,
  asked: count,
  /** Hours of one subject on the mean and of the whole panel, by the minutes of each kind of leaf, as decimals. */
  subjectHours: z.string(),
  panelHours: z.string(),
});

export const seat = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  name: z.string(),
  part: z.enum(seatParts),
  /** Whether he scores; a leader may only lead. */
  scores: z.boolean(),
  /** An entry of the register of inspectors, and its kind in words. */
  inspectorId: z.uuid().nullable(),
  inspectorKind: z.string().nullable(),
  isOutside: z.boolean(),
  /** Codes of branches; `*` is the whole tree. */
  nodes: z.array(z.string()).max(60),
  /** Evaluations that are his; null is all. */
  evaluationIds: z.array(z.uuid()).max(mostSubjects).nullable(),
  from: day,
  to: day,
  endedOn: day.nullable(),
  /** How many grounds of avoidance stand against him by subject; what they are is not told. */
  avoidance: z.object({ blocks: count, asks: count }),
  waivedReason: z.string().nullable(),
  readEditionAt: instant.nullable(),
  /** How much he has to judge and has judged. */
  due: count,
  done: count,
  revision: z.number().int(),
});

export const newSeat = z.object({
  personId: z.uuid(),
  inspectorId: z.uuid().nullable(),
  part: z.enum(seatParts),
  scores: z.boolean().default(true),
  nodes: z.array(z.string().max(80)).min(1).max(60),
  evaluationIds: z.array(z.uuid()).min(1).max(mostSubjects).nullable(),
  from: setDay,
  to: setDay,
  /** Why somebody sits although a ground has to be asked about. */
  waivedReason: writtenReason(300).nullable().default(null),
});

/** Somebody who may be put on the panel. */
export const candidate = z.object({
  personId: z.uuid(),
  inspectorId: z.uuid().nullable(),
  name: z.string(),
  kind: z.string(),
  unitName: z.string(),
  isOutside: z.boolean(),
  /** By subject: shut out, or to be asked about. */
  blocked: z.array(z.uuid()).max(mostSubjects),
  asked: z.array(z.uuid()).max(mostSubjects),
  /** Whether the term as an inspector is over: he counts as none until it is renewed. */
  termOver: z.boolean(),
  /** Seats in other campaigns on the same days. */
  busy: count,
});

/** One subject in the matrix of subjects and steps. */
export const matrixRow = z.object({
  evaluationId: z.uuid(),
  countyId: z.number().int(),
  schoolId: z.number().int().nullable(),
  name: z.string(),
  state: z.enum(evaluationStates),
  steps: z
    .array(
      z.object({ step: z.enum(evaluationSteps), from: day, to: day, doneOn: day.nullable(), extended: z.boolean() }),
    )
    .max(evaluationSteps.length),
  /** Calendar days behind the end of the present step; null where it is not late. */
  lateDays: z.number().int().nullable(),
  answered: count,
  leaves: count,
  scored: count,
  returned: z.boolean(),
  selfTotal: z.string().nullable(),
  /** While leaves have no points: between which ends the total of the self-evaluation lies by the others. */
  selfBetween: z.object({ from: z.string(), to: z.string().nullable() }).nullable(),
  total: z.string().nullable(),
  conclusion: z.string().nullable(),
  /** Of the evaluation: an act on many names what was read of each. */
  revision: z.number().int(),
});

/** One cell of the heat map: the points that a subject got in a branch and the most it can get, exact; null where not all is known. */
export const heatCell = z.object({ code: z.string(), points: z.string().nullable(), max: z.string().nullable() });

export const campaignDetail = campaignSummary.extend({
  form: campaignForm,
  /** Of a draft: the days of each subject in the step that goes in slots, and what there is to say of them; null where there is none. */
  slots: z
    .object({
      step: z.enum(evaluationSteps),
      sentence: z.string(),
      rows: z.array(z.object({ subjectId: z.uuid(), name: z.string(), from: day, to: day })).max(mostSubjects),
    })
    .nullable(),
  earlierId: z.uuid().nullable(),
  reason: z.string().nullable(),
  noticeLetterId: z.uuid().nullable(),
  createdBy: z.string(),
  /** What keeps a draft from opening, or a campaign that runs from being closed, each with its way out. */
  obstacles: z.array(obstacle).max(40),
  /** Evaluations at a step out of which the organiser leads them together. */
  movable: count,
  /** How far the writing of evaluations is after the opening; null where it is done. */
  opening: z.object({ done: count, total: count }).nullable(),
  history: z.array(stepEntry).max(newestEntries),
  can: z.object({
    edit: z.boolean(),
    subjects: z.boolean(),
    seats: z.boolean(),
    open: z.boolean(),
    extend: z.boolean(),
    moveOn: z.boolean(),
    remind: z.boolean(),
    dropPartner: z.boolean(),
    cancel: z.boolean(),
    close: z.boolean(),
  }),
});

export const stepped = steppedTo(campaignState);
