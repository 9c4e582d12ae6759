import { linkOptions } from '@tanstack/react-router';
import type { DeskWords } from '#web/shared/desk/desk.ts';

export const words: DeskWords = {
  actions: [
    {
      title: '设立学校或幼儿园',
      terms: 'slxxhyey slyey',
      link: linkOptions({ to: '/directory', search: { opening: true } }),
      permission: 'directory.manage',
    },
  ],
  finders: [{ permission: 'directory.read', load: () => import('./place-finder.ts') }],
  permissionWords: { directory: '单位与学校' },
};
