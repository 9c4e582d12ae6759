import type { Permission } from '#domain/access/permissions.ts';

/** The entries of the side menu, in their order. */
export type MenuKey = 'home' | 'filings' | 'balance' | 'directory' | 'people' | 'audit' | 'settings' | 'account';

export interface PageFacts {
  title: string;
  /** Which entry of the side menu is lit. */
  menu: MenuKey;
  /** Who may open it; any one of a list suffices. Everybody who is signed in without it. */
  permission?: Permission | readonly Permission[];
  /** Pinyin initials and other words by which the palette finds it: `sjtb`. */
  terms?: string;
  /** Found by the palette; detail pages, which need a parameter, are not. */
  listed: boolean;
}
