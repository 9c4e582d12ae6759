import type { Desk } from '#web/shared/desk/desk.ts';
import { page } from '#web/shared/desk/frame.routes.tsx';
import { importSearch } from '#web/shared/import/import.search.ts';
import { inspectorListSearch } from './inspector.search.ts';

const pages = [
  page({
    path: '/inspectors',
    title: '督学名册',
    terms: 'duxuemingce dxmc zhuanjia zj',
    permission: 'inspector.read',
    year: null,
    search: inspectorListSearch,
    load: () => import('./list/InspectorList.tsx'),
  }),
  page({
    path: '/inspectors/new',
    title: '登记督学',
    terms: 'dengjiduxue djdx',
    permission: 'inspector.write',
    year: null,
    load: () => import('./form/NewInspector.tsx'),
  }),
  page({
    path: '/inspectors/import',
    title: '导入督学名册',
    terms: 'daoruduxuemingce drdxmc dr',
    permission: 'inspector.write',
    year: null,
    search: importSearch,
    load: () => import('./import/RegisterImport.tsx'),
  }),
  page({
    path: '/inspectors/$inspectorId',
    title: '督学',
    permission: 'inspector.read',
    year: null,
    load: () => import('./inspector/InspectorPage.tsx'),
  }),
  page({
    path: '/inspectors/$inspectorId/edit',
    title: '修改登记表',
    permission: 'inspector.write',
    year: null,
    load: () => import('./form/EditInspector.tsx'),
  }),
  page({
    path: '/own-inspectors',
    title: '我的督学登记',
    terms: 'wodeduxuedengji wddxdj',
    year: null,
    beside: true,
    load: () => import('./own/OwnInspectors.tsx'),
  }),
  page({
    path: '/own-inspector/$inspectorId',
    title: '我的督学登记',
    year: null,
    load: () => import('./own/OwnInspector.tsx'),
  }),
] as const;

/** The menu holds as many entries as it may: the register stands below the one of units and schools, and home leads to it. */
export const inspectorsDesk: Desk<typeof pages> = {
  name: 'inspectors',
  pages,
  menu: { group: '数据', order: 30, label: '单位与学校' },
  words: () => import('./desk/desk.words.ts'),
  auditWords: () => import('#contract/inspectors/audit.words.ts'),
};
