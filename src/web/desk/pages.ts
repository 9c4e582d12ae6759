import { auditSearch } from '#web/features/audit/audit.search.ts';
import {
  comparisonSearch,
  countySearch,
  overviewSearch,
  runsSearch,
  standardSearch,
} from '#web/features/balance/balance.search.ts';
import { homeSearch } from '#web/features/home/home.search.ts';
import { peopleSearch } from '#web/features/people/people.search.ts';
import { accountSearch, signInSearch } from '#web/features/session/session.search.ts';
import { entrance, page } from './frame.routes.tsx';

/** Every page before the sign-in, once. */
export const entrances = [
  entrance({
    path: '/sign-in',
    search: signInSearch,
    load: () => import('#web/features/session/SignIn.tsx'),
  }),
  entrance({ path: '/set-up', load: () => import('#web/features/session/SetUp.tsx') }),
  entrance({
    path: '/first-steps',
    search: signInSearch,
    load: () => import('#web/features/session/FirstSteps.tsx'),
  }),
] as const;

/** Every page of the desk, once: add a line. The first line of each menu entry is where the entry leads. */
export const pages = [
  page({
    path: '/',
    title: '首页',
    menu: 'home',
    search: homeSearch,
    load: () => import('#web/features/home/Home.tsx'),
  }),
  page({
    path: '/balance',
    title: '均衡监测',
    terms: 'jhjc chayi xishu',
    permission: 'balance.read',
    menu: 'balance',
    search: overviewSearch,
    load: () => import('#web/features/balance/BalanceOverview.tsx'),
  }),
  page({
    path: '/balance/county',
    title: '均衡监测：单位',
    terms: 'jhjc danwei',
    permission: 'balance.read',
    menu: 'balance',
    search: countySearch,
    load: () => import('#web/features/balance/CountyBalance.tsx'),
  }),
  page({
    path: '/balance/runs',
    title: '测算存档',
    terms: 'cscd',
    permission: 'balance.read',
    menu: 'balance',
    search: runsSearch,
    load: () => import('#web/features/balance/BalanceRuns.tsx'),
  }),
  page({
    path: '/balance/comparison',
    title: '两次测算比较',
    permission: 'balance.read',
    menu: 'balance',
    search: comparisonSearch,
    load: () => import('#web/features/balance/RunComparison.tsx'),
  }),
  page({
    path: '/balance/standards',
    title: '均衡标准',
    terms: 'jhbz',
    permission: 'balance.read',
    menu: 'balance',
    load: () => import('#web/features/balance/Standards.tsx'),
  }),
  page({
    path: '/balance/standards/$key',
    title: '均衡标准',
    permission: 'balance.read',
    menu: 'balance',
    search: standardSearch,
    load: () => import('#web/features/balance/StandardPage.tsx'),
  }),
  page({
    path: '/account',
    title: '我的账户',
    terms: 'wdzh mima',
    menu: 'account',
    search: accountSearch,
    load: () => import('#web/features/session/Account.tsx'),
  }),
  page({
    path: '/account/tokens',
    title: '访问令牌',
    terms: 'fwlp token',
    menu: 'account',
    load: () => import('#web/features/session/Tokens.tsx'),
  }),
  page({
    path: '/people',
    title: '人员与权限',
    terms: 'ryyqx zh zhanghu',
    menu: 'people',
    permission: 'people.read',
    search: peopleSearch,
    load: () => import('#web/features/people/PeopleList.tsx'),
  }),
  page({
    path: '/people/roles',
    title: '角色与权限',
    terms: 'jsyqx',
    menu: 'people',
    permission: 'people.read',
    load: () => import('#web/features/people/Roles.tsx'),
  }),
  page({
    path: '/people/import',
    title: '导入人员名单',
    terms: 'drrymd',
    menu: 'people',
    permission: 'people.manage',
    load: () => import('#web/features/people/PeopleImport.tsx'),
  }),
  page({
    path: '/people/$personId',
    title: '人员账户',
    menu: 'people',
    permission: 'people.read',
    load: () => import('#web/features/people/Person.tsx'),
  }),
  page({
    path: '/audit',
    title: '审计',
    terms: 'sj sjjl',
    menu: 'audit',
    permission: 'audit.read',
    search: auditSearch,
    load: () => import('#web/features/audit/AuditList.tsx'),
  }),
  page({
    path: '/settings',
    title: '设置',
    terms: 'sz xtsz',
    menu: 'settings',
    permission: 'setting.manage',
    load: () => import('#web/features/settings/Settings.tsx'),
  }),
] as const;
