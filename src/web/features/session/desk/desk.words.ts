import { linkOptions } from '@tanstack/react-router';
import type { DeskWords } from '#web/shared/desk/desk.ts';

export const words: DeskWords = {
  actions: [
    { title: '退出登录', terms: 'tuichudenglu tcdl zhuxiao' },
    {
      title: '修改密码',
      terms: 'xiugaimima xgmm',
      link: linkOptions({ to: '/account', search: { open: 'password' } }),
    },
    {
      title: '绑定动态验证码',
      terms: 'bangdingdongtaiyanzhengma bddtyzm totp',
      link: linkOptions({ to: '/account', search: { open: 'enrol' } }),
    },
  ],
};
