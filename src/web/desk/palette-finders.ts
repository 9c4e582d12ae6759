import type { Permission } from '#domain/access/permissions.ts';
import type { ContextUnit } from '#web/shared/context.tsx';
import { matching } from '#web/shared/kit/choice/choice.ts';
import { actions } from './actions.ts';
import type { ListedPage } from './menu.ts';

export type FoundGroup = 'pages' | 'actions' | 'units' | 'schools' | 'people';

export const groupTitles: Record<FoundGroup, string> = {
  pages: '页面',
  actions: '操作',
  units: '单位',
  schools: '学校',
  people: '人员',
};

/** What choosing a unit does. */
export const unitNote = '切换到这个单位';

export interface Found {
  key: string;
  group: FoundGroup;
  title: string;
  note?: string;
  to?: string;
  params?: Record<string, string>;
  search?: Record<string, string | number | boolean>;
  /** Chooses the unit of the top bar instead of opening a page. */
  unitId?: number;
}

interface Here {
  pages: readonly ListedPage[];
  units: readonly ContextUnit[];
  allowed: (permission: Permission | undefined) => boolean;
}

/** What the desk knows by itself: its pages, the acts on them, and the units of the top bar. */
export function findHere(text: string, { pages, units, allowed }: Here): Found[] {
  const asked = text.trim();
  const byPage = matching(
    pages.map((page) => ({ value: page, label: page.title, terms: page.terms ?? '' })),
    asked,
  );
  const byAction = matching(
    actions
      .filter((action) => allowed(action.permission))
      .map((action) => ({ value: action, label: action.title, terms: action.terms })),
    asked,
  );
  const byUnit =
    asked && units.length > 1
      ? matching(
          units.map((unit) => ({ value: unit, label: unit.name, terms: unit.shortName })),
          asked,
        )
      : [];
  return [
    ...byPage.map(
      ({ value }): Found => ({ key: `page-${value.to}`, group: 'pages', title: value.title, to: value.to }),
    ),
    ...byAction.map(
      ({ value }): Found => ({
        key: `action-${value.title}`,
        group: 'actions',
        title: value.title,
        to: value.to,
        ...(value.search ? { search: value.search } : {}),
      }),
    ),
    ...byUnit.map(
      ({ value }): Found => ({
        key: `unit-${value.id}`,
        group: 'units',
        title: value.name,
        note: unitNote,
        unitId: value.id,
      }),
    ),
  ];
}
