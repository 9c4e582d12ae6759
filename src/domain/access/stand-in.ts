import { type Day, daysBetween } from '#domain/kit/school-year.ts';
import { type GrantableRole, needsTwoPeople } from './separation.ts';

/** The longest time that somebody may stand in. For a longer time the colleague needs a post of his own. */
export const longestStandInDays = 366;

/** The facts that the rules of standing in (代办) need. Days are days in China by the real clock. */
export interface StandInRequest {
  readonly role: GrantableRole & { readonly name: string };
  /** The holder of the post. */
  readonly holderId: string;
  readonly personId: string;
  /** Whether the colleague has a post at the same unit or school. */
  readonly samePlace: boolean;
  /** Whether the colleague holds one of the three separated roles. */
  readonly separated: boolean;
  /** Whether the colleague has chosen a password. Otherwise the person who handed it out could sign in. */
  readonly passwordChosen: boolean;
  /** Whether that password comes from a link, or a password, of one administrator alone. */
  readonly passwordByOne: boolean;
  readonly today: Day;
  /** The last day, included. */
  readonly until: Day;
}

/** Why the acts of a post may not be given to this colleague until this day, as a sentence; null when they may. */
export function standInRefusal(request: StandInRequest): string | null {
  const { role, today, until } = request;
  if (role.separated) return `${role.name}不能由他人代办；需要时请由安全管理员另行授权。`;
  if (request.personId === request.holderId) return '不能由本人代办自己的岗位，请选择一位同事。';
  if (request.separated) return '系统管理员、安全管理员、审计管理员不得代办业务岗位，请选择其他同事。';
  if (!request.samePlace) return '代办只能交给同一单位或同一学校的同事。';
  if (needsTwoPeople(role) && (!request.passwordChosen || request.passwordByOne)) {
    const why = request.passwordChosen ? '此人的密码来自一个人给出的链接或临时密码' : '此人还没有自己设定密码';
    return `${why}，不能代办${role.name}；请系统管理员和安全管理员用双人链接重置其密码，或另选同事。`;
  }
  if (until < today) return '代办的截止日期已经过去，请选择今天或以后的日期。';
  if (daysBetween(today, until) > longestStandInDays) return '代办最长一年，请选择较早的截止日期。';
  return null;
}
