import type { Desk } from '#web/shared/desk/desk.ts';
import { page } from '#web/shared/desk/frame.routes.tsx';
import { deskWords } from '#web/shared/desk/registry.ts';
import { importSearch } from '#web/shared/import/import.search.ts';
import { peopleSearch, setSearch, setsSearch } from './people.search.ts';

const pages = [
  page({
    path: '/people',
    title: '人员与权限',
    terms: 'renyuanyuquanxian ryyqx zh zhanghu',
    permission: 'people.read',
    year: null,
    search: peopleSearch,
    load: () => import('./PeopleList.tsx'),
  }),
  page({
    path: '/people/roles',
    title: '角色与权限',
    terms: 'jueseyuquanxian jsyqx',
    permission: ['people.read', 'audit.read'],
    year: null,
    load: () => import('./roles/Roles.tsx'),
    needs: deskWords,
  }),
  page({
    path: '/people/import',
    title: '导入人员名单',
    terms: 'daorurenyuanmingdan drrymd',
    permission: 'people.manage',
    year: null,
    search: importSearch,
    load: () => import('./import/PeopleImport.tsx'),
  }),
  page({
    path: '/people/sets',
    title: '成批授权',
    terms: 'chengpishouquan cpsq',
    permission: 'people.read',
    year: null,
    search: setsSearch,
    load: () => import('./sets/PostSets.tsx'),
  }),
  page({
    path: '/people/sets/$setId',
    title: '成批授权',
    permission: 'people.read',
    year: null,
    search: setSearch,
    load: () => import('./sets/PostSet.tsx'),
  }),
  page({
    path: '/people/requests',
    title: '账户申请',
    terms: 'zhanghushenqing zhsq',
    permission: 'people.read',
    year: null,
    load: () => import('./requests/AccountRequests.tsx'),
  }),
  page({
    path: '/people/$personId',
    title: '人员账户',
    permission: 'people.read',
    year: null,
    load: () => import('./person/Person.tsx'),
  }),
] as const;

export const peopleDesk: Desk<typeof pages> = {
  name: 'people',
  pages,
  menu: { group: '管理', order: 10, label: '人员与权限' },
  words: () => import('./desk/desk.words.ts'),
  auditWords: () => import('#contract/people/audit.words.ts'),
};
