import type { Permission } from '#domain/access/permissions.ts';

export interface PageFacts {
  title: string;
  /** Who may open it; any one of a list suffices. Everybody who is signed in without it. */
  permission?: Permission | readonly Permission[];
  /** Pinyin initials and other words by which the palette finds it: `sjtb`. */
  terms?: string;
  /** What the school year of the top bar does here: `所选学年的填报`; null where the page does not depend on it. */
  year: string | null;
  /** Found by the palette; detail pages, which need a parameter, are not. */
  listed: boolean;
}
