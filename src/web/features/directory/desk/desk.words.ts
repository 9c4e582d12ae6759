import { linkOptions } from '@tanstack/react-router';
import type { DeskWords } from '#web/shared/desk/desk.ts';

export const words: DeskWords = {
  actions: [
    {
      title: '设立学校或幼儿园',
      terms: 'shelixuexiaohuoyoueryuan slxxhyey slyey',
      link: linkOptions({ to: '/directory', search: { opening: true } }),
      permission: 'directory.manage',
    },
    {
      title: '增设县级单位',
      terms: 'zengshexianjidanwei zsxjdw gnq',
      link: linkOptions({ to: '/directory/units', search: { opening: true } }),
      permission: 'directory.manage',
    },
    {
      title: '设立科室或直属单位',
      terms: 'shelikeshihuozhishudanwei slkshzsdw xinzengkeshi',
      link: linkOptions({ to: '/directory/lower-units', search: { opening: true } }),
      permission: 'directory.manage',
    },
  ],
  finders: [{ permission: 'directory.read', load: () => import('./place-finder.ts') }],
  stepWords: {
    'directory.city': {
      title: '选定本市',
      made: (count) => `${count} 个县级单位`,
      acts: { 'setting.manage': { verb: '选定本市', link: linkOptions({ to: '/directory/city' }) } },
    },
    'directory.schools': {
      title: '登记学校',
      made: (count) => `${count} 所学校`,
      acts: {
        'directory.manage': { verb: '导入学校', again: '继续导入', link: linkOptions({ to: '/directory/import' }) },
      },
    },
  },
  workWords: {
    'directory.contact': {
      state: 'attention',
      mark: '待指定',
      of: '个单位还没有填报责任人，学校不知道联系谁',
      verb: '去指定',
      link: linkOptions({ to: '/directory' }),
    },
  },
  permissionWords: { directory: '单位与学校' },
};
