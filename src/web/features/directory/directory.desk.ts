import type { Desk } from '#web/shared/desk/desk.ts';
import { page } from '#web/shared/desk/frame.routes.tsx';
import { deskWords } from '#web/shared/desk/registry.ts';
import { importSearch } from '#web/shared/import/import.search.ts';
import { citySearch, directorySearch, lowerUnitsSearch, schoolSearch, unitsSearch } from './directory.search.ts';

/** The pages come together: each file is one more name in the doors, and they share nearly all of it. */
const loadPage = async (name: 'City' | 'Directory' | 'LowerUnits' | 'School' | 'SchoolImport' | 'Units') => ({
  default: (await import('./pages.ts'))[name],
});

const pages = [
  page({
    path: '/directory',
    title: '单位与学校',
    terms: 'danweiyuxuexiao dwyxx',
    permission: 'directory.read',
    year: null,
    search: directorySearch,
    load: () => loadPage('Directory'),
  }),
  page({
    path: '/directory/import',
    title: '导入学校',
    terms: 'daoruxuexiao drxx',
    permission: 'directory.manage',
    year: null,
    search: importSearch,
    load: () => loadPage('SchoolImport'),
  }),
  page({
    path: '/directory/units',
    title: '单位',
    terms: 'danwei dw zengshe chexiao',
    permission: 'directory.manage',
    year: null,
    search: unitsSearch,
    load: () => loadPage('Units'),
  }),
  page({
    path: '/directory/lower-units',
    title: '科室与直属单位',
    terms: 'keshiyuzhishudanwei ksyzsdw bumen xiangzhen',
    permission: 'directory.read',
    year: null,
    search: lowerUnitsSearch,
    load: () => loadPage('LowerUnits'),
  }),
  page({
    path: '/directory/city',
    title: '本市',
    terms: 'benshi bs xuanding chengshi xdcs',
    permission: 'setting.manage',
    beside: true,
    year: null,
    search: citySearch,
    load: () => loadPage('City'),
  }),
  page({
    path: '/directory/schools/$schoolId',
    title: '学校',
    permission: 'directory.read',
    year: '学校在所选学年的情况',
    search: schoolSearch,
    load: () => loadPage('School'),
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
