import type { ActorLevel } from './actor.ts';

/** A role as the rules of granting see it. */
export interface GrantableRole {
  readonly key: string;
  readonly level: ActorLevel;
  /** One of 系统管理员, 安全管理员, 审计管理员. */
  readonly separated: boolean;
  /** Whether the norm asks its holders for a second factor. */
  readonly secondFactor: boolean;
}

/** The place that goes with a grant. `unitLevel` is null where no unit is named. */
export interface GrantPlace {
  readonly unitLevel: 'province' | 'city' | 'county' | null;
  readonly schoolId: number | null;
}

/**
 * Why this role may not be given to this person at this place, as a sentence; null when it may. One person holds one
 * role, so 三员分立 (no two of the three, none with business) is a rule about changing: an administrator first gives the
 * role back, which ends the sessions and leaves a trace, and only then receives another.
 * @param current the role that the person holds now, or null
 * @param self whether the granter grants to himself
 */
export function grantRefusal(
  role: GrantableRole,
  place: GrantPlace,
  current: GrantableRole | null,
  self: boolean,
): string | null {
  if (self) return '不能给自己授予角色，请由另一位安全管理员办理。';
  if (current !== null && current.key !== role.key && (current.separated || role.separated)) {
    return '系统管理员、安全管理员、审计管理员不得兼任，也不得兼任业务角色；请先收回现有角色。';
  }
  if (role.level === 'none' && (place.unitLevel !== null || place.schoolId !== null)) {
    return '三员不属于任何单位，请不要选择单位。';
  }
  if (role.level === 'city' && (place.unitLevel !== 'city' || place.schoolId !== null)) {
    return '这个角色只能授予设区市一级的人员，请选择市级单位。';
  }
  if (role.level === 'county' && (place.unitLevel !== 'county' || place.schoolId !== null)) {
    return '这个角色只能授予县（市、区）一级的人员，请选择县级单位。';
  }
  if (role.level === 'school' && (place.unitLevel !== 'county' || place.schoolId === null)) {
    return '这个角色只能授予学校的人员，请选择学校。';
  }
  return null;
}

/**
 * Whether it takes two people to come by the account of somebody with this role: the three administrators, and whoever
 * needs a second factor. The 系统管理员 hands out passwords and takes second factors off; with one of these accounts he
 * would become the other administrator. So the 安全管理员 takes the role back first, and gives it again when the person
 * has signed in with a password of his own: both acts are in the audit.
 */
export function needsTwoPeople(role: Pick<GrantableRole, 'separated' | 'secondFactor'> | null): boolean {
  return role !== null && (role.separated || role.secondFactor);
}
