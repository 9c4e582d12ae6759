import type { Permission } from '#domain/access/permissions.ts';

/** An act that the palette offers by name: it opens the page where the act is done. */
export interface PaletteAction {
  /** As a verb: `导入 Excel`. */
  title: string;
  /** Pinyin initials and other words by which it is found. */
  terms: string;
  to: string;
  search?: Record<string, string | number | boolean>;
  permission?: Permission;
}

/** Every act of the palette, once: add a line. */
export const actions: readonly PaletteAction[] = [
  { title: '修改密码', terms: 'xgmm', to: '/account', search: { open: 'password' } },
  { title: '绑定动态验证码', terms: 'bddtyzm totp', to: '/account', search: { open: 'enrol' } },
  { title: '设立学校', terms: 'slxx', to: '/directory', search: { opening: true }, permission: 'directory.manage' },
  { title: '导入学校', terms: 'drxx', to: '/directory/import', permission: 'directory.manage' },
];
