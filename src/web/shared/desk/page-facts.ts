import type { Permission } from '#domain/access/permissions.ts';

export interface PageFacts {
  title: string;
  /**
   * The permission to open it; any one of a list suffices. Without it, everybody who is signed in may open the page.
   */
  permission?: Permission | readonly Permission[];
  /** Pinyin initials and other words by which the palette finds it: `sjtb`. */
  terms?: string;
  /** The effect of the school year of the top bar here: `所选学年的填报`; null where the page does not depend on it. */
  year: string | null;
  /** It shows the year, and what is done on it goes on after the year was archived: a finding is open until it is closed. */
  outlivesYear?: boolean;
  /** It has nothing to show before the first school year is open; the desk then says who opens it. */
  needsYear?: boolean;
  /** A page of the set-up: home and the palette lead to it, and it alone gives nobody an entry in the menu. */
  beside?: boolean;
  /** The entry of the menu that leads here, where it is the first page of its feature that the person may open. */
  entry?: string;
  /** The palette finds it; it does not find detail pages, which need a parameter. */
  listed: boolean;
}
