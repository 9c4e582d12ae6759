import type { AnyRouter } from '@tanstack/react-router';
import { mayOpen, type Session } from '#web/shared/session.tsx';
import type { MenuKey, PageFacts } from './page-facts.ts';

export interface ListedPage extends PageFacts {
  to: string;
}

export interface MenuEntry {
  key: MenuKey;
  label: string;
  to: string;
}

const labels: ReadonlyArray<readonly [MenuKey, string]> = [
  ['home', '首页'],
  ['filings', '数据填报'],
  ['balance', '均衡监测'],
  ['directory', '单位与学校'],
  ['people', '人员与权限'],
  ['audit', '审计'],
  ['settings', '设置'],
  ['account', '我的账户'],
];

/** The pages that this person may open without further choice, in the order of `pages.ts`. */
export function openPages(router: AnyRouter, session: Session): ListedPage[] {
  return Object.values(router.routesById as Record<string, AnyRouter['routeTree']>).flatMap((route) => {
    const page = route.options.staticData?.page;
    return page?.listed && mayOpen(session, page.permission) ? [{ ...page, to: route.fullPath }] : [];
  });
}

/** The side menu of this person: an entry leads to the first of its pages that is theirs; without one it is not there. */
export function menuOf(pages: readonly ListedPage[]): MenuEntry[] {
  return labels.flatMap(([key, label]) => {
    const first = pages.find((page) => page.menu === key);
    return first ? [{ key, label, to: first.to }] : [];
  });
}
