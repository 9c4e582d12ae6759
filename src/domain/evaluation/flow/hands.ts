import { type Actor, holds } from '../../access/actor.ts';
import type { Permission } from '../../access/permissions.ts';
import type { Transition } from '../../flow/flow.ts';
import type { JudgingLayer } from '../kind-definition.ts';
import type { EvaluationAction, EvaluationState } from '../lists.ts';
import type { EvaluationSubject } from './subject.ts';

/** Whether somebody may do an act with an evaluation: his right, and how he stands to it. */
export type By = Transition<EvaluationState, EvaluationAction, EvaluationSubject, Actor>['by'];

const ofCity: By = (_subject, actor) => actor.level === 'city';
const ofCounty: By = ({ placeId }, actor) => actor.level === 'county' && actor.unitId === placeId;

/** Whoever acts for the subject: the county itself, or the people of the school. */
const ofSubject: By = (subject, actor) =>
  subject.schoolId === null
    ? ofCounty(subject, actor)
    : actor.level === 'school' && actor.schoolId === subject.schoolId;

/** The level that runs a school acts for it where nobody of it can. */
const standsInFor =
  (what: keyof EvaluationSubject['accounts']): By =>
  (subject, actor) =>
    subject.schoolId !== null &&
    !subject.accounts[what] &&
    (subject.managedBy === 'city' ? ofCity : ofCounty)(subject, actor);

const all =
  (permission: Permission, relation: By): By =>
  (subject, actor) =>
    holds(actor, permission) && relation(subject, actor);

/** Whoever one of these lets. */
export const either =
  (...relations: readonly By[]): By =>
  (subject, actor) =>
    relations.some((relation) => relation(subject, actor));

/**
 * Whoever answers for the subject. The level that stands in has no right to answer for itself; it holds that of judging.
 */
export const answers = either(all('evaluation.answer', ofSubject), all('evaluation.judge', standsInFor('answers')));

/** Whoever confirms for the subject; of the level that stands in only whoever decides there. */
export const confirms = either(
  all('evaluation.confirm', either(ofSubject, standsInFor('confirms'))),
  all('evaluation.conclude', standsInFor('confirms')),
);

/** Whoever answers for the subject or confirms for it. */
export const answersOrConfirms = either(answers, confirms);

/** The organiser of the campaign at the city. */
export const manages = all('campaign.manage', ofCity);

/** Nobody judges on one side what he has done on the other. */
const apart =
  (relation: By): By =>
  (subject, actor) =>
    !subject.ownSide && relation(subject, actor);

/** Whoever concludes at the city. */
export const concludes = apart(all('evaluation.conclude', ofCity));

/** A member of the panel, with a place of his own or from outside: his seat says that he judges this evaluation. */
const seated: By = apart(({ seat }, actor) => seat !== null && (actor.level === 'city' || actor.level === 'campaign'));
const leads: By = (subject, actor) => subject.seat === 'leader' && seated(subject, actor);

/** Who scores in a layer: of the city by a seat of the panel, of the county by the post. */
export const judgesFor: Readonly<Record<JudgingLayer, By>> = {
  county: apart(all('evaluation.judge', ofCounty)),
  city: all('evaluation.judge', seated),
};

/** Who opens and settles a talk: the leader of the panel, and the office; in the county's own layer the county. */
export const talksFor: Readonly<Record<JudgingLayer, By>> = {
  county: judgesFor.county,
  city: either(all('evaluation.judge', leads), concludes),
};

/** Who sends back, or takes a self-evaluation in: the office that judges in that step, or the leader of its panel. */
export const reviewsFor: Readonly<Record<JudgingLayer, By>> = {
  county: either(judgesFor.county, concludes),
  city: talksFor.city,
};

/** The people who may do an act, in words, so that a refusal names whom to ask. */
export function whose(action: EvaluationAction, { schoolId, state }: EvaluationSubject): string {
  switch (action) {
    case 'answer':
    case 'submit':
    case 'state':
      return schoolId === null
        ? '本县（市、区）填写自评的人员'
        : '本校填写自评的人员（学校没有账户的，由其主管督导机构代办）';
    case 'confirmSelf':
    case 'waiveStatement':
    case 'takeBack':
      return schoolId === null
        ? '本县（市、区）督导机构负责人'
        : '本校负责人（学校没有负责人账户的，由其主管督导机构代办）';
    case 'score':
      return state === 'countyReview' ? '所在县（市、区）督导机构' : '已列入督导组、负责这份评估的成员';
    case 'openTalk':
    case 'settle':
      return state === 'countyReview' ? '所在县（市、区）督导机构' : '督导组组长或市级督导机构';
    case 'return':
    case 'receive':
      return state === 'countyReview' ? '县级或市级督导机构' : '审核自评的督导机构或督导组组长';
    case 'moveOn':
      return state === 'countyReview' ? '县级督导机构或市级督导机构' : '市级督导机构的项目组织者';
    case 'cancel':
      return '市级督导机构的项目组织者';
    default:
      return '市级督导机构有评估结论权限的人员';
  }
}
