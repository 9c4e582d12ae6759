import type { z } from 'zod';
import type { list, read, roles } from '#contract/people/people.ts';
import type { proposal } from '#contract/people/proposal.shape.ts';
import type { RouteOutput } from '#contract/route.ts';
import { deskWords, here } from '#web/shared/desk/registry.ts';
import type { StateName } from '#web/shared/kit/words/StateMark.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';

export type PersonRow = RouteOutput<typeof list>['rows'][number];
export type PersonDetail = RouteOutput<typeof read>;
export type PersonPost = PersonDetail['posts'][number];
export type RoleRow = RouteOutput<typeof roles>['rows'][number];

/** Who confirms a change of a role, and what happens while there is nobody to do it. */
export function confirmationRule(roles: readonly Pick<RoleRow, 'key' | 'people'>[]): string {
  const others = (roles.find(({ key }) => key === 'security-administrator')?.people ?? 0) > 1;
  return others
    ? '改动由另一位安全管理员确认后立即生效；无人处理的，满 24 小时生效，审计管理员会看到。'
    : '现在没有第二位安全管理员，改动满 24 小时才生效，审计管理员会看到。需要及时生效时，请由系统管理员建立账户，再授予一位安全管理员。';
}

type Proposal = z.output<typeof proposal>;

/** Who proposed, and when. */
export function proposedText({ proposedBy, proposedAt }: Pick<Proposal, 'proposedBy' | 'proposedAt'>): string {
  return `${proposedBy}，${formatDateTime(proposedAt)}`;
}

/** Who decided, and when; where the time decided, only when. Empty while nobody has. */
export function decidedText({ decidedBy, decidedAt }: Pick<Proposal, 'decidedBy' | 'decidedAt'>): string {
  return [decidedBy, decidedAt && formatDateTime(decidedAt)].filter(Boolean).join('，');
}

/** Permissions as the page of roles groups them, by the word before their dot; each feature names its own groups. */
export function permissionGroups(): Array<{ subject: string; title: string }> {
  return Object.entries(here(deskWords).permissionWords).map(([subject, title]) => ({ subject, title }));
}

/** The obstacles of an account, the most serious first; one mark and one word. */
export function accountState(person: PersonRow): { state: StateName; text: string } {
  if (person.status === 'disabled') return { state: 'closed', text: '已停用' };
  if (person.locked) return { state: 'locked', text: '暂停登录' };
  if (person.guessed) return { state: 'attention', text: `被猜密码 ${person.guessed.tries} 次` };
  if (person.posts.length === 0) return { state: 'attention', text: '待授权' };
  if (person.passwordPending) return { state: 'notStarted', text: '未设密码' };
  return { state: 'valid', text: '在用' };
}

/** The place of a post: the school with its unit, the unit with its section, or nothing for the three administrators. */
export function placeName(grant: Pick<PersonPost, 'unitName' | 'schoolName' | 'sectionName'>): string | null {
  if (grant.schoolName) return `${grant.schoolName}（${grant.unitName}）`;
  return grant.unitName && [grant.unitName, grant.sectionName].filter(Boolean).join(' ');
}

/** Why the section of a post no longer fits; undefined while it does. */
export function lapsedSection(grant: Pick<PersonPost, 'sectionName' | 'sectionLapsed'>): string | undefined {
  if (!grant.sectionLapsed) return undefined;
  return `${grant.sectionName}已撤销或已不在这个单位之下，请由安全管理员为这个岗位另选科室。`;
}

export const marks = [
  { value: 'active', label: '在用' },
  { value: 'no-role', label: '待授权' },
  { value: 'password-pending', label: '未设密码' },
  { value: 'section-lapsed', label: '科室已撤销' },
  { value: 'mobile-asked', label: '手机号待核对' },
  { value: 'locked', label: '暂停登录' },
  { value: 'guessed', label: '被猜密码' },
  { value: 'disabled', label: '已停用' },
] as const;
