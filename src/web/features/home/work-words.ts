import { linkOptions } from '@tanstack/react-router';
import type { z } from 'zod';
import type { overview, workKind } from '#contract/home/home.ts';
import type { RouteOutput } from '#contract/route.ts';
import type { StateName } from '#web/shared/kit/words/StateMark.tsx';

/** What the home page reads. */
export type Overview = RouteOutput<typeof overview>;

type WorkKind = z.output<typeof workKind>;

interface WorkWords {
  state: StateName;
  /** The word of the mark, where it differs from the state's own. */
  mark: string;
  /** What is counted, after the number: `12 所学校的资源数据`. */
  of: string;
  /** What waiting means: `最早 3 天前提交`. */
  waited?: (days: number) => string;
  verb: string;
  /** The list that the line counts; made by `linkOptions`, which checks path and search against the router. */
  link: { readonly to: string; readonly search?: object };
}

const since = (act: string) => (days: number) => (days === 0 ? `今天${act}` : `最早 ${days} 天前${act}`);

/** How each kind of work reads, and the list that it opens. */
export const workWords: Record<WorkKind, WorkWords> = {
  returned: {
    state: 'returned',
    mark: '退回给我',
    of: '项',
    waited: since('退回'),
    verb: '去修改',
    link: linkOptions({ to: '/filings', search: { mark: 'returned' } }),
  },
  fill: {
    state: 'draft',
    mark: '待填写',
    of: '份资源数据',
    verb: '去填写',
    link: linkOptions({ to: '/filings', search: { mark: 'to-fill' } }),
  },
  submit: {
    state: 'draft',
    mark: '待提交',
    of: '份已填完，等校长提交',
    verb: '去提交',
    link: linkOptions({ to: '/filings', search: { state: 'draft' } }),
  },
  review: {
    state: 'submitted',
    mark: '待审核',
    of: '所学校的资源数据',
    waited: since('提交'),
    verb: '去审核',
    link: linkOptions({ to: '/filings/review' }),
  },
  approve: {
    state: 'submitted',
    mark: '待批准',
    of: '所学校的资源数据',
    waited: since('提交'),
    verb: '去批准',
    link: linkOptions({ to: '/filings/review' }),
  },
  accept: {
    state: 'approved',
    mark: '待接收',
    of: '个单位的填报',
    waited: since('批准'),
    verb: '去接收',
    link: linkOptions({ to: '/filings' }),
  },
  doubt: {
    state: 'doubt',
    mark: '有疑点',
    of: '份待审核的填报',
    verb: '去查看',
    link: linkOptions({ to: '/filings/review', search: { doubts: true } }),
  },
  unfiled: {
    state: 'late',
    mark: '逾期未报',
    of: '所学校',
    waited: (count) => `最长逾期 ${count} 天`,
    verb: '去催报',
    link: linkOptions({ to: '/filings', search: { mark: 'overdue' } }),
  },
  accounts: {
    state: 'locked',
    mark: '已锁定',
    of: '个账户',
    verb: '去解除',
    link: linkOptions({ to: '/people', search: { mark: 'locked' } }),
  },
  grants: {
    state: 'notStarted',
    mark: '尚无角色',
    of: '个账户',
    waited: since('建立'),
    verb: '去授权',
    link: linkOptions({ to: '/people', search: { mark: 'no-role' } }),
  },
  roleChanges: {
    state: 'submitted',
    mark: '角色改动',
    of: '项角色的改动等待确认或满 24 小时生效',
    verb: '去查看',
    link: linkOptions({ to: '/people/roles' }),
  },
  audit: {
    state: 'doubt',
    mark: '未封存',
    of: '条审计记录超过一分钟',
    verb: '去查看',
    link: linkOptions({ to: '/audit' }),
  },
};

/** What a deadline is about. */
export const stageWords = { filing: '填报截止', approval: '县级批准', acceptance: '市级接收' } as const;
