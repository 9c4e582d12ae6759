import type { UnitKind } from '../org/unit-kind.ts';
import type { ActorLevel } from './actor.ts';
import { decidingPermissions } from './permissions.ts';

/** A role as the rules of granting see it. */
export interface GrantableRole {
  readonly key: string;
  readonly reach: ActorLevel;
  /** One of 系统管理员, 安全管理员, 审计管理员. */
  readonly separated: boolean;
  /** Whether the norm asks its holders for a second factor. */
  readonly secondFactor: boolean;
  readonly permissions: readonly string[];
}

/** The place that goes with a grant. `unitLevel` is null where no unit is named. */
export interface GrantPlace {
  readonly unitLevel: string | null;
  readonly schoolId: number | null;
}

/** A post that somebody holds, as the rules of granting see it. */
export interface HeldPost extends GrantableRole {
  readonly unitId: number | null;
  readonly schoolId: number | null;
  /** The section of the unit in which the post works; null where it has none. */
  readonly sectionId: number | null;
}

/** A role at a place, by which posts are compared. */
export type PostKey = Pick<HeldPost, 'key' | 'unitId' | 'schoolId' | 'sectionId'>;

/** Whether one of these posts is this role at this place. Somebody who holds it in a section holds it without one too. */
export function holdsPost(held: readonly PostKey[], wanted: PostKey): boolean {
  return held.some(
    (one) => isSameRoleAtPlace(one, wanted) && (wanted.sectionId === null || one.sectionId === wanted.sectionId),
  );
}

/**
 * Why a post in a section may not be given beside these posts, as a sentence with the way out; null when it may. Whoever
 * holds the role there without a section would hold it twice.
 */
export function unsectionedRefusal(held: readonly PostKey[], wanted: PostKey): string | null {
  const without = held.some((one) => isSameRoleAtPlace(one, wanted) && one.sectionId === null);
  if (wanted.sectionId === null || !without) return null;
  return '此人已有这个岗位，没有写明科室；请由安全管理员在其账户页为这个岗位选择科室，无须再次授予。';
}

function isSameRoleAtPlace(one: PostKey, { key, unitId, schoolId }: PostKey): boolean {
  return one.key === key && one.unitId === unitId && one.schoolId === schoolId;
}

/** A unit that somebody names as the section of a post. */
export interface NamedSection {
  readonly kind: string;
  readonly name: string;
  /** The city or county below which it stands. */
  readonly placeId: number | null;
  /** False once it is closed. */
  readonly active: boolean;
}

/** The units that a post may name as its section: 科室, 部门 and 直属单位. */
export const sectionKinds = ['section', 'department', 'institution'] as const satisfies readonly UnitKind[];

/** Why a post at this unit may not work in this section, as a sentence; null when it may. */
export function sectionRefusal(section: NamedSection, unitId: number | null): string | null {
  if (unitId === null) return '只有市级和县级单位的岗位分科室，请不要选择科室。';
  if (!(sectionKinds as readonly string[]).includes(section.kind)) {
    return `${section.name}不是科室、部门或直属单位，请另选科室，或不选。`;
  }
  if (section.placeId !== unitId) return `${section.name}不在这个岗位的单位之下，请选择该单位的科室，或不选。`;
  return section.active ? null : `${section.name}已经撤销，请选择在用的科室，或不选。`;
}

const separatedTogether = '系统管理员、安全管理员、审计管理员不得兼任，也不得兼任业务角色；请先收回现有角色。';

/**
 * Why this post may not be given to this person, as a sentence; null when it may. A person may hold several posts, but
 * an administrator may hold no other post (三员分立: no two of the three, none with business). An administrator first gives
 * the role back, which ends the sessions and leaves a trace. Only then can the person receive another.
 * @param held the posts that the person holds now, and those in which the person stands in
 * @param self whether the granter grants to himself
 */
export function grantRefusal(
  role: GrantableRole,
  place: GrantPlace,
  held: readonly Pick<GrantableRole, 'key' | 'separated'>[],
  self: boolean,
): string | null {
  if (self) return '不能给自己授予角色，请由另一位安全管理员办理。';
  if (held.some((one) => one.key !== role.key && (one.separated || role.separated))) return separatedTogether;
  return placeRefusal(role.reach, place);
}

function placeRefusal(reach: ActorLevel, { unitLevel, schoolId }: GrantPlace): string | null {
  switch (reach) {
    case 'none':
      return unitLevel === null && schoolId === null ? null : '三员不属于任何单位，请不要选择单位。';
    case 'city':
      return unitLevel === 'city' && schoolId === null ? null : '这个角色只能授予设区市一级的人员，请选择市级单位。';
    case 'county':
      return unitLevel === 'county' && schoolId === null
        ? null
        : '这个角色只能授予县（市、区）一级的人员，请选择县级单位。';
    case 'school':
      return unitLevel === null && schoolId !== null ? null : '这个角色只能授予学校的人员，请选择学校。';
    case 'schools':
      return (unitLevel === 'city' || unitLevel === 'county') && schoolId === null
        ? null
        : '这个角色由市级或县级单位聘任，请选择单位；所负责的学校另行指派。';
    case 'campaign':
      return unitLevel === null && schoolId === null
        ? null
        : '这个角色不属于任何单位，请不要选择单位；参加的项目另行指派。';
  }
}

/**
 * Whether one person alone must not be able to take over the account of somebody with this role. This holds for the
 * three administrators, for every role that needs a second factor, and for every role that decides
 * (`decidingPermissions`), also one that a city makes itself. The 系统管理员 hands out passwords, enables accounts and
 * removes second factors; with such an account he would become an approver (三员分立: business is closed to them).
 */
export function needsTwoPeople(
  role: Pick<GrantableRole, 'separated' | 'secondFactor' | 'permissions'> | null,
): boolean {
  if (role === null) return false;
  return role.separated || role.secondFactor || decidingPermissions.some((one) => role.permissions.includes(one));
}

/** How the password of an account came about, as far as it decides what may be granted to it. */
export interface PasswordOrigin {
  /** Whether the person chose a password; a password that was handed out is not chosen. */
  readonly passwordChosen: boolean;
  /** Whether one administrator alone made the link, or handed out the password, from which this one comes. */
  readonly passwordByOne: boolean;
}

/**
 * Why an account with this password may not get a role that takes two people, as a sentence with the way out; null when
 * it may, and for every other role. Otherwise whoever made the link, and opened it, could sign in as this person.
 * @param waiting whether the account may still wait for its first password: a set of posts ends the links that one
 *   person made, and hands out links of two people
 */
export function passwordRefusal(
  role: Pick<GrantableRole, 'separated' | 'secondFactor' | 'permissions'> & { readonly name: string },
  { passwordChosen, passwordByOne }: PasswordOrigin,
  waiting: boolean,
): string | null {
  if (!needsTwoPeople(role)) return null;
  const way = '请系统管理员在其账户页提出双人链接，由安全管理员确认，本人凭链接和启用码设定密码后再授予。';
  if (passwordByOne) return `此人的密码来自一个人给出的链接或临时密码，不能授予${role.name}；${way}`;
  if (!passwordChosen && !waiting) return `此人还没有自己设定密码，不能授予${role.name}；${way}`;
  return null;
}
