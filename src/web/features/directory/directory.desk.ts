import type { Desk } from '#web/shared/desk/desk.ts';
import { page } from '#web/shared/desk/frame.routes.tsx';
import { deskWords } from '#web/shared/desk/registry.ts';
import { importSearch } from '#web/shared/import/import.search.ts';
import { citySearch, directorySearch, lowerUnitsSearch, schoolSearch, unitsSearch } from './directory.search.ts';

const pages = [
  page({
    path: '/directory',
    title: '单位与学校',
    terms: 'danweiyuxuexiao dwyxx',
    permission: 'directory.read',
    year: null,
    search: directorySearch,
    load: () => import('./Directory.tsx'),
  }),
  page({
    path: '/directory/import',
    title: '导入学校',
    terms: 'daoruxuexiao drxx',
    permission: 'directory.manage',
    year: null,
    search: importSearch,
    load: () => import('./import/SchoolImport.tsx'),
  }),
  page({
    path: '/directory/units',
    title: '单位',
    terms: 'danwei dw zengshe chexiao',
    permission: 'directory.manage',
    year: null,
    search: unitsSearch,
    load: () => import('./units/Units.tsx'),
  }),
  page({
    path: '/directory/lower-units',
    title: '科室与直属单位',
    terms: 'keshiyuzhishudanwei ksyzsdw bumen xiangzhen',
    permission: 'directory.read',
    year: null,
    search: lowerUnitsSearch,
    load: () => import('./units/LowerUnits.tsx'),
  }),
  page({
    path: '/directory/city',
    title: '本市',
    terms: 'benshi bs xuanding chengshi xdcs',
    permission: 'setting.manage',
    beside: true,
    year: null,
    search: citySearch,
    load: () => import('./city/City.tsx'),
  }),
  page({
    path: '/directory/schools/$schoolId',
    title: '学校',
    permission: 'directory.read',
    year: '学校在所选学年的情况',
    outlivesYear: true,
    search: schoolSearch,
    load: () => import('./school/School.tsx'),
    needs: deskWords,
  }),
] as const;

export const directoryDesk: Desk<typeof pages> = {
  name: 'directory',
  pages,
  menu: { group: '数据', order: 20, label: '单位与学校' },
  words: () => import('./desk/desk.words.ts'),
  auditWords: () => import('#contract/directory/audit.words.ts'),
};
