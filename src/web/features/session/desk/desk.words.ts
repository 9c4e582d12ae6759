import { linkOptions } from '@tanstack/react-router';
import type { DeskWords } from '#web/shared/desk/desk.ts';

export const words: DeskWords = {
  actions: [
    { title: '修改密码', terms: 'xgmm', link: linkOptions({ to: '/account', search: { open: 'password' } }) },
    {
      title: '绑定动态验证码',
      terms: 'bddtyzm totp',
      link: linkOptions({ to: '/account', search: { open: 'enrol' } }),
    },
  ],
};
