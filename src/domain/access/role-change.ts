import type { ActorLevel } from './actor.ts';
import { type Permission, permissions, signedByTwo, tokenPermissions } from './permissions.ts';

/** The properties of a role that can be changed. */
export interface RoleContent {
  readonly name: string;
  readonly reach: ActorLevel;
  readonly permissions: readonly Permission[];
  readonly secondFactor: boolean;
}

/** A role as it stands. */
export interface StandingRole extends RoleContent {
  readonly key: string;
  readonly separated: boolean;
}

/** The permissions that business roles may hold. The rights of the three administrators belong only to them (三员分立). */
export const businessPermissions: readonly Permission[] = tokenPermissions;

/** The possible reaches of a role that the city makes itself; separate features assign schools and campaigns. */
export const reachesOfNewRoles = ['city', 'county', 'school'] as const;

/** Milliseconds after which a change takes effect by itself. The 审计管理员 sees it. */
export const roleChangeWait = 24 * 3_600_000;

/**
 * Why a change of a role may not be proposed or confirmed, as a sentence; null when it may.
 * @param before the role as it stands, or null for a new one
 * @param heldRoles keys of the roles that the proposer or confirmer holds, also as a stand-in
 * @param names names of all other roles
 */
export function roleChangeRefusal(
  before: StandingRole | null,
  after: RoleContent,
  { heldRoles, names }: { readonly heldRoles: readonly string[]; readonly names: readonly string[] },
): string | null {
  if (before?.separated) return `${before.name}的权限由等级保护的三员分立规定，不能修改。`;
  if (before !== null && heldRoles.includes(before.key)) return '不能修改自己担任的角色，请由另一位安全管理员办理。';
  if (names.includes(after.name)) return `已有名为“${after.name}”的角色，请换一个名称。`;
  if (before?.secondFactor && !after.secondFactor) return '这个角色须使用动态验证码，不能取消。';
  if (before !== null && after.reach !== before.reach) return '角色的管辖范围不能修改；需要时请另建一个角色。';
  if (before === null && !(reachesOfNewRoles as readonly string[]).includes(after.reach)) {
    return '新角色的管辖范围只能是全市、本县（市、区）或本校。';
  }
  const foreign = after.permissions.find((one) => !businessPermissions.includes(one));
  if (foreign !== undefined) return '业务角色不能带有三员的权限（人员、角色、设置、审计）。';
  if (before !== null && roleDifferences(before, after).length === 0) return '没有改动，无须提交。';
  return null;
}

/**
 * What whoever edits a role should know before it is proposed, as a sentence; null where nothing stands out. A role with
 * both rights does no harm, because nobody approves what he submitted himself; but such filings then need another
 * person.
 */
export function roleWarning(content: Pick<RoleContent, 'permissions'>): string | null {
  const both = signedByTwo.every((one) => content.permissions.includes(one));
  return both
    ? '这个角色将同时有“提交填报”和“批准填报”：谁提交的，谁就不能批准，须由另一个人批准。一个单位只有一人担任时，请不要同时授予。'
    : null;
}

export interface RoleDifferences {
  readonly name: { readonly before: string; readonly after: string } | null;
  readonly added: readonly Permission[];
  readonly removed: readonly Permission[];
  readonly secondFactorAdded: boolean;
  readonly length: number;
}

/** The differences that a change makes, in the fixed order of permissions. If there was no role, everything is new. */
export function roleDifferences(before: RoleContent | null, after: RoleContent): RoleDifferences {
  const had = new Set(before?.permissions ?? []);
  const has = new Set(after.permissions);
  const added = permissions.filter((one) => has.has(one) && !had.has(one));
  const removed = permissions.filter((one) => had.has(one) && !has.has(one));
  const name = before === null || before.name === after.name ? null : { before: before.name, after: after.name };
  const secondFactorAdded = after.secondFactor && !(before?.secondFactor ?? false);
  const length = added.length + removed.length + (name === null ? 0 : 1) + (secondFactorAdded ? 1 : 0);
  return { name, added, removed, secondFactorAdded, length };
}
