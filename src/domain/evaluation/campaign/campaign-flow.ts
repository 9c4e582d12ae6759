import { type Actor, holds } from '../../access/actor.ts';
import { type Flow, type Next, next, obstacles, permitted, type Transition } from '../../flow/flow.ts';
import { undoAction } from '../../flow/undo.ts';
import { firstNamed } from '../../kit/first-named.ts';
import { type Problem, problem } from '../../kit/problem.ts';
import { campaignStateTitles } from '../kind.ts';
import type { CampaignState } from '../lists.ts';
import { unknowableText } from './unknowable.ts';

export const campaignActions = [
  'edit',
  'subjects',
  'seats',
  'open',
  'extend',
  'moveOn',
  'remind',
  'dropPartner',
  'close',
  'cancel',
] as const;
export type CampaignAction = (typeof campaignActions)[number];

/** The acts that leave a step in the record of a campaign. */
export const campaignStepActions = [
  'open',
  'extend',
  'moveOn',
  'remind',
  'dropPartner',
  'close',
  'cancel',
] as const satisfies readonly CampaignAction[];
export type CampaignStepAction = (typeof campaignStepActions)[number];

export const campaignActionTitles: Readonly<Record<CampaignAction, string>> = {
  edit: '修改',
  subjects: '增减对象',
  seats: '安排督导组',
  open: '开启',
  extend: '延期',
  moveOn: '转入下一步',
  remind: '提醒',
  dropPartner: '配合单位退出',
  close: '结束',
  cancel: '取消',
};

const storedTitles: Readonly<Record<string, string>> = {
  ...campaignActionTitles,
  [undoAction]: '撤销',
  created: '建立',
  seatGiven: '安排督导组成员',
  seatEnded: '结束督导组成员工作',
};

/** The title of a step by the act that it holds; an act that is not known any more is shown by its stored name. */
export function campaignStepTitle(action: string): string {
  return storedTitles[action] ?? action;
}

/** A campaign as the flow sees it. */
export interface CampaignSubject {
  readonly state: CampaignState;
  /** The unit that leads it: the city, or one of its sections, at the city's place. */
  readonly placeId: number;
  /** What it lacks before it can open, in sentences without a full stop (`campaignLacks`). */
  readonly lacks: readonly string[];
  /** Evaluations that are neither closed nor cancelled. */
  readonly openEvaluations: number;
  /** The unit that holds it beside the one that leads; null where one unit holds it alone. */
  readonly partnerUnitId?: number | null;
}

type Line = Transition<CampaignState, CampaignAction, CampaignSubject, Actor>;

const manages: Line['by'] = ({ placeId }, actor) =>
  holds(actor, 'campaign.manage') && actor.level === 'city' && actor.unitId === placeId;
const ready = ({ lacks }: CampaignSubject): Problem[] =>
  lacks.length === 0 ? [] : [problem('campaign.notReady', { lacks })];
const joint = ({ partnerUnitId }: CampaignSubject): Problem[] =>
  partnerUnitId == null ? [problem('campaign.noPartner')] : [];
const ended = ({ openEvaluations }: CampaignSubject): Problem[] =>
  openEvaluations === 0 ? [] : [problem('campaign.unfinished', { open: openEvaluations })];

/**
 * 督导评估项目: a draft is opened, which writes an evaluation for each subject; it is closed when all of them have ended, or
 * cancelled with a reason, whatever its state. What a campaign is made of does not change while it runs; its days and its
 * panel do.
 */
export const campaignFlow: Flow<CampaignState, CampaignAction, CampaignSubject, Actor> = {
  actions: campaignActions,
  transitions: [
    { from: 'draft', action: 'edit', to: 'draft', by: manages },
    { from: 'draft', action: 'subjects', to: 'draft', by: manages },
    { from: 'draft', action: 'seats', to: 'draft', by: manages },
    { from: 'draft', action: 'open', to: 'open', by: manages, guard: ready },
    { from: 'draft', action: 'cancel', to: 'cancelled', by: manages },
    ...(['seats', 'extend', 'moveOn', 'remind'] as const).map(
      (action): Line => ({ from: 'open', action, to: 'open', by: manages }),
    ),
    { from: 'open', action: 'dropPartner', to: 'open', by: manages, guard: joint },
    { from: 'open', action: 'close', to: 'closed', by: manages, guard: ended },
    { from: 'open', action: 'cancel', to: 'cancelled', by: manages },
  ],
  refuse(action, { state }, _actor, reason) {
    const what = '个项目';
    const title = campaignActionTitles[action];
    if (reason === 'actor') {
      return problem('flow.notYours', { what, action: title, whose: '市级督导机构的项目组织者' });
    }
    return problem('flow.notInState', { what, action: title, state: campaignStateTitles[state] });
  },
};

/** The state to which the act of this person leads, or why it is refused. */
export function nextCampaignState(action: CampaignAction, subject: CampaignSubject, actor: Actor): Next<CampaignState> {
  return next(campaignFlow, action, subject, actor);
}

/** What this person may do now. Opening and closing are shown although something is missing, and say what. */
export function permittedCampaignActs(subject: CampaignSubject, actor: Actor): Record<CampaignAction, boolean> {
  return permitted(campaignFlow, subject, actor, ['open', 'close']);
}

/** Why an act that this person may do would be refused now: sentences for its button. */
export function campaignObstacles(action: CampaignAction, subject: CampaignSubject, actor: Actor): string[] {
  return obstacles(campaignFlow, action, subject, actor).map(({ message }) => message);
}

/** What is known of a campaign before it opens. */
export interface CampaignPlan {
  readonly subjects: number;
  /** Parts of its edition that are unknown (`Prepared.open`). */
  readonly editionOpen: readonly string[];
  /** Whether its edition was withdrawn. */
  readonly editionWithdrawn: boolean;
  /** What its conclusions ask and no campaign knows (`unknowableIn`). */
  readonly unknowable: readonly string[];
  /** What is wrong with its days (`timetableFaults`). */
  readonly timetable: readonly string[];
  /** Subjects for which the edition is not meant, by name. */
  readonly notMeant: readonly string[];
}

/** What a campaign lacks before it can open, in sentences without a full stop; empty where it can. */
export function campaignLacks(plan: CampaignPlan): string[] {
  return [
    ...(plan.subjects === 0 ? ['还没有评估对象，请在“对象”中选择'] : []),
    ...(plan.editionWithdrawn ? ['所选的指标体系版本已停用，请改选'] : []),
    ...(plan.editionOpen.length > 0
      ? [`指标体系有 ${plan.editionOpen.length} 处未见或不能计分，请复制为样本，补全后发布，再改选补全的版本`]
      : []),
    ...(plan.unknowable.length > 0 ? [`指标体系${unknowableText(plan.unknowable)}，请改选指标体系`] : []),
    ...plan.timetable,
    ...(plan.notMeant.length > 0
      ? [`指标体系不适用于${firstNamed(plan.notMeant, 3, '个对象')}，请移出或改选指标体系`]
      : []),
  ];
}
