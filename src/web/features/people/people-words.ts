import type { list, read, roles } from '#contract/people/people.ts';
import type { RouteOutput } from '#contract/route.ts';
import type { StateName } from '#web/shared/kit/words/StateMark.tsx';

export type PersonRow = RouteOutput<typeof list>['rows'][number];
export type PersonDetail = RouteOutput<typeof read>;
export type RoleRow = RouteOutput<typeof roles>['rows'][number];

/** Permissions as the page of roles groups them. */
export const permissionGroups: ReadonlyArray<{ subject: string; title: string }> = [
  { subject: 'directory', title: '单位与学校' },
  { subject: 'filing', title: '数据填报' },
  { subject: 'period', title: '填报周期' },
  { subject: 'balance', title: '均衡监测' },
  { subject: 'standard', title: '标准' },
  { subject: 'people', title: '账户' },
  { subject: 'role', title: '权限' },
  { subject: 'setting', title: '设置' },
  { subject: 'audit', title: '审计' },
];

/** What stands in the way of an account, the weightiest first; one mark and one word. */
export function accountState(person: PersonRow): { state: StateName; text: string } {
  if (person.status === 'disabled') return { state: 'closed', text: '已停用' };
  if (person.locked) return { state: 'locked', text: '暂停登录' };
  if (person.posts.length === 0) return { state: 'doubt', text: '待授权' };
  if (person.passwordPending) return { state: 'notStarted', text: '未设密码' };
  return { state: 'pass', text: '在用' };
}

/** Where a person stands: the school with its unit, the unit, or nothing for the three administrators. */
export function placeName(grant: { unitName: string | null; schoolName: string | null }): string | null {
  if (grant.schoolName) return `${grant.schoolName}（${grant.unitName}）`;
  return grant.unitName;
}

export const marks = [
  { value: 'active', label: '在用' },
  { value: 'no-role', label: '待授权' },
  { value: 'password-pending', label: '未设密码' },
  { value: 'locked', label: '暂停登录' },
  { value: 'disabled', label: '已停用' },
] as const;
