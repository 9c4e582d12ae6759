import type { Permission } from '#domain/access/permissions.ts';
import { type AnyDesk, type MenuFacts, menuGroups } from '#web/shared/desk/desk.ts';
import type { PageFacts } from '#web/shared/desk/page-facts.ts';

export interface ListedPage extends PageFacts {
  to: string;
  /** The feature that owns the page. */
  feature: string;
}

export interface MenuEntry {
  label: string;
  to: string;
  /** The features that share the entry: it is lit on each of their pages. */
  features: readonly string[];
  /** The first page of each of them, where the person may open several: they stand below the entry while it is lit. */
  parts?: readonly MenuPart[];
}

export interface MenuPart {
  label: string;
  to: string;
  feature: string;
}

export interface MenuGroup {
  /** Null for entries before all groups. */
  title: MenuFacts['group'];
  entries: readonly MenuEntry[];
}

type MayOpen = (permission: PageFacts['permission'] | Permission) => boolean;

/** The pages that this person may open without a parameter, in the order of the features. */
export function openPages(desks: readonly AnyDesk[], mayOpen: MayOpen): ListedPage[] {
  return desks.flatMap(({ name, pages }) =>
    pages.flatMap((route) => {
      const page = route.options.staticData?.page;
      return page?.listed && mayOpen(page.permission) ? [{ ...page, to: route.fullPath, feature: name }] : [];
    }),
  );
}

/** Whether the page shows nothing of its year but what is closed once that is archived. */
export const showsArchived = (page: PageFacts | undefined) => page?.year != null && page.outlivesYear !== true;

/** The feature that owns an open route. */
export function featureOf(desks: readonly AnyDesk[], routeId: string | undefined): string | undefined {
  return desks.find(({ pages }) => pages.some((route) => route.id === routeId))?.name;
}

/**
 * The menu of this person in its groups. An entry leads to the first of its pages that the person may open. An entry
 * without such a page is left out, and so is a group without entries.
 */
export function menuOf(desks: readonly AnyDesk[], pages: readonly ListedPage[]): MenuGroup[] {
  const offered = desks
    .flatMap(({ name, menu }) => (menu ? [{ name, ...menu }] : []))
    .sort((one, other) => one.order - other.order);
  return [null, ...menuGroups].flatMap((title) => {
    const own = offered
      .filter(({ group }) => group === title)
      .map((one) => ({ ...one, first: pages.find((page) => page.feature === one.name && !page.beside) }))
      .map((one) => ({ ...one, label: one.first?.entry ?? one.label }));
    const entries = [...new Set(own.map(({ label }) => label))].flatMap((label) => {
      const sharing = own.filter((one) => one.label === label);
      const parts = sharing.flatMap(({ first }) =>
        first === undefined ? [] : [{ label: first.title, to: first.to, feature: first.feature }],
      );
      const [opens] = parts;
      const features = sharing.map(({ name }) => name);
      return opens === undefined ? [] : [{ label, to: opens.to, features, ...(parts.length > 1 ? { parts } : {}) }];
    });
    return entries.length > 0 ? [{ title, entries }] : [];
  });
}
