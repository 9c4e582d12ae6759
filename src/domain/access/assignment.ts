import { addDays, type Day } from '../kit/school-year.ts';
import type { ActorLevel } from './actor.ts';

/**
 * The first and last day of an assignment, both included, as days in China by the real clock. Without `to` it holds
 * until further notice.
 */
export interface AssignmentDays {
  readonly from: Day;
  readonly to: Day | null;
}

/** The state of an assignment: not begun, at work, past its last day, or ended before it. */
export type AssignmentState = 'coming' | 'current' | 'over' | 'ended';

/** A school that is to be assigned to a post, as the rules see it. */
export interface AssignmentRequest extends AssignmentDays {
  readonly role: { readonly name: string; readonly reach: ActorLevel };
  /** Whether the 安全管理员 would assign the school to one of his own posts. */
  readonly self: boolean;
  /** The unit that appoints: a county-level unit or the city. */
  readonly unit: { readonly id: number | null; readonly name: string | null };
  readonly school: {
    readonly name: string;
    readonly open: boolean;
    /** The present location of the school: the county-level unit and the unit above it. */
    readonly countyId: number;
    readonly cityId: number | null;
  };
  /** The days on which the school is assigned to this post already. */
  readonly standing: readonly AssignmentDays[];
  readonly today: Day;
}

/**
 * Why a school may not be assigned to a post, as a sentence; null when it may. An inspector's schools lie in the unit that
 * appointed him: inspectorates of counties and cities appoint 责任督学 for the schools of their own area (《中小学校责任督学
 * 挂牌督导办法》, September 2013).
 */
export function assignmentRefusal(request: AssignmentRequest): string | null {
  const { role, unit, school, from, to, today } = request;
  if (request.self) return '不能给自己的岗位指派学校，请由另一位安全管理员办理。';
  if (role.reach !== 'schools') return `${role.name}的管辖范围不由指派决定，无须指派学校。`;
  if (!school.open) return `${school.name}已合并或撤销，请选择在办的学校。`;
  if (unit.id !== school.countyId && unit.id !== school.cityId) {
    return `${school.name}不在${unit.name ?? '聘任单位'}辖区内；请选择辖区内的学校，或由学校所在单位另行聘任。`;
  }
  if (to !== null && to < from) return '截止日期早于开始日期，请改正后再指派。';
  if (to !== null && to < today) return '截止日期已经过去，请选择今天或以后的日期，或不填截止日期。';
  const met = request.standing.find((one) => overlap(one, request));
  if (met) {
    const until = met.to === null ? '起长期' : `至 ${met.to} `;
    return `${school.name}自 ${met.from} ${until}已指派给这个岗位；请先结束原来的指派，或改用不重叠的日期。`;
  }
  return null;
}

/** The state of an assignment on a day. */
export function assignmentState(given: AssignmentDays & { readonly ended: boolean }, today: Day): AssignmentState {
  if (given.ended) return 'ended';
  if (given.to !== null && given.to < today) return 'over';
  return given.from > today ? 'coming' : 'current';
}

/**
 * Which days of an assignment are left for another post: from today on, without those on which the school is assigned to that
 * post already.
 * @param standing the days on which the school is assigned to the other post, not ended
 * @returns in their order; empty where the other post covers all of them
 */
export function daysLeft(given: AssignmentDays, standing: readonly AssignmentDays[], today: Day): AssignmentDays[] {
  const left: AssignmentDays[] = [];
  let from = given.from > today ? given.from : today;
  for (const one of [...standing].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    if (!overlap(one, { from, to: given.to })) continue;
    if (one.from > from) left.push({ from, to: addDays(one.from, -1) });
    if (one.to === null) return left;
    from = addDays(one.to, 1);
  }
  if (given.to === null || from <= given.to) left.push({ from, to: given.to });
  return left;
}

function overlap(one: AssignmentDays, other: AssignmentDays): boolean {
  return (other.to === null || one.from <= other.to) && (one.to === null || other.from <= one.to);
}
