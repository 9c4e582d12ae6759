import type { ManagingLevel } from '../org/school-facts.ts';
import type { Basis, JudgingLayer, KindDefinition, KindStep, StepHand } from './kind-definition.ts';
import { countyInspection } from './kinds/county-inspection.ts';
import { schoolEvaluation } from './kinds/school-evaluation.ts';
import type {
  CampaignState,
  Confidentiality,
  EvaluationKind,
  EvaluationState,
  EvaluationStep,
  Layer,
  SeatPart,
  SelfStanding,
  SettledWay,
} from './lists.ts';
import { evaluationSteps } from './lists.ts';

export const evaluationStateTitles: Readonly<Record<EvaluationState, string>> = {
  notice: '下发通知',
  selfEvaluation: '自评',
  countyReview: '县级复核',
  materialReview: '材料审核',
  siteVisit: '实地督导',
  preliminaryOpinion: '形成初步意见',
  statement: '征求申辩',
  opinionLetter: '出具督导意见书',
  confirmation: '确认结果',
  rectification: '整改',
  closed: '已办结',
  cancelled: '已取消',
};

export const campaignStateTitles: Readonly<Record<CampaignState, string>> = {
  draft: '草稿',
  open: '进行中',
  closed: '已结束',
  cancelled: '已取消',
};

export const layerTitles: Readonly<Record<Layer, string>> = { self: '自评', county: '县', city: '市', province: '省' };

/** How far a self-evaluation is, in words. */
export const selfStandingTitles: Readonly<Record<SelfStanding, string>> = {
  open: '还没有提交',
  submitted: '已提交，待负责人确认',
  confirmed: '已由负责人确认',
};

export const seatPartTitles: Readonly<Record<SeatPart, string>> = {
  leader: '组长',
  member: '成员',
  expert: '专家',
  section: '科室人员',
  'third-party': '第三方机构人员',
};

export const settledWayTitles: Readonly<Record<SettledWay, string>> = {
  one: '一人评分',
  mean: '平均分',
  trimmed: '去掉最高分和最低分后的平均分',
  talk: '合议',
  adopted: '同意自评',
};

/** The marks of evidence (密级) in words. */
export const confidentialityTitles: Readonly<Record<Confidentiality, string>> = {
  open: '公开',
  internal: '内部',
  sealed: '密封',
};

export const stepHandTitles: Readonly<Record<StepHand, string>> = {
  city: '市级督导机构',
  county: '县级督导机构',
  subject: '被督导单位',
};

const kinds: Readonly<Record<EvaluationKind, KindDefinition>> = {
  'county-inspection': countyInspection,
  'school-evaluation': schoolEvaluation,
};

export const evaluationKindTitles: Readonly<Record<EvaluationKind, string>> = {
  'county-inspection': countyInspection.short,
  'school-evaluation': schoolEvaluation.short,
};

/** The kind by its key. */
export function kindOf(kind: EvaluationKind): KindDefinition {
  return kinds[kind];
}

/**
 * The steps that one subject passes: those of its kind. A school that the city runs itself (市直) has no county above it, so
 * the county does not review it.
 * @param managedBy who runs the school; of a county it is always `county`
 */
export function stepsFor(kind: EvaluationKind, managedBy: ManagingLevel): readonly KindStep[] {
  return kinds[kind].steps.filter(({ step }) => managedBy === 'county' || step !== 'countyReview');
}

/** The definition of a step; undefined where the kind has no such step, and of an evaluation that has ended. */
export function stepOf(kind: EvaluationKind, step: EvaluationState): KindStep | undefined {
  return kinds[kind].steps.find((one) => one.step === step);
}

/** The steps in which a layer judges, of all kinds, in the order of the steps: statements of the database are given them. */
export function stepsJudgedBy(layer: JudgingLayer): readonly EvaluationStep[] {
  const own = Object.values(kinds).flatMap(({ steps }) => steps.filter(({ judges }) => judges === layer));
  return evaluationSteps.filter((step) => own.some((one) => one.step === step));
}

/** The steps out of which the organiser of a campaign leads evaluations together, in their order; the others end one by one. */
export function movedSteps(kind: EvaluationKind): readonly KindStep[] {
  return kinds[kind].steps.filter(({ opensNext }) => opensNext === 'moveOn');
}

/** The steps in which each of these hands has the next move, as `kind/step`: statements of the database are given them. */
export function stepsOfHands(hands: readonly StepHand[]): readonly string[] {
  return Object.values(kinds).flatMap(({ key, steps }) =>
    steps.flatMap(({ step, by }) => (hands.includes(by) ? [`${key}/${step}`] : [])),
  );
}

/** Where an evaluation stands after a step: at the next one of this subject, and behind the last one at its end. */
export function stateAfter(
  kind: EvaluationKind,
  step: EvaluationStep,
  managedBy: ManagingLevel,
): Exclude<EvaluationState, 'cancelled'> {
  const own = stepsFor(kind, managedBy);
  return own[own.findIndex((one) => one.step === step) + 1]?.step ?? 'closed';
}

/** Whether a step comes before another one in its kind. */
export function isBefore(kind: EvaluationKind, step: EvaluationStep, other: EvaluationStep): boolean {
  const order = kinds[kind].steps.map((one) => one.step);
  return order.indexOf(step) < order.indexOf(other);
}

/** Whether a move leads back to an earlier step of the kind; an end is no step, so nothing leads back to it. */
export function isStepBack(kind: EvaluationKind, from: EvaluationState, to: EvaluationState): boolean {
  const order: readonly EvaluationState[] = kinds[kind].steps.map((one) => one.step);
  return order.includes(to) && order.indexOf(to) < order.indexOf(from);
}

/** `第 6 步 征求申辩`: the number of a step in its kind, from 1, and its title; an end has a title alone. */
export function stepText(kind: EvaluationKind, state: EvaluationState): string {
  const at = kinds[kind].steps.findIndex(({ step }) => step === state);
  return at === -1 ? evaluationStateTitles[state] : `第 ${at + 1} 步 ${kinds[kind].steps[at]!.title}`;
}

/** `《教育督导条例》（国务院令第 624 号）第二十条`. */
export function basisText({ document, article }: Basis): string {
  return `${document}${article ?? ''}`;
}
