import type { ContextUnit } from '#web/shared/address/context.tsx';
import type { Found, PaletteAction } from '#web/shared/desk/desk.ts';
import { foundUnit } from '#web/shared/desk/found-unit.ts';
import { matching } from '#web/shared/kit/choice/choice.ts';
import type { ListedPage } from './menu.ts';

interface Here {
  pages: readonly ListedPage[];
  /** Acts that this person may do. */
  actions: readonly PaletteAction[];
  units: readonly ContextUnit[];
}

/** The entries that the desk knows without the server: its pages, the acts on them, and the units of the top bar. */
export function findHere(text: string, { pages, actions, units }: Here): Found[] {
  const asked = text.trim();
  const byPage = matching(
    pages.map((page) => ({ value: page, label: page.title, terms: page.terms ?? '' })),
    asked,
  );
  const byAction = matching(
    actions.map((action) => ({ value: action, label: action.title, terms: action.terms })),
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
    ...byPage.map(({ value: { to, title } }): Found => ({ key: `page-${to}`, group: '页面', title, link: { to } })),
    ...byAction.map(({ value: { title, link } }): Found => ({ key: `action-${title}`, group: '操作', title, link })),
    ...byUnit.map(({ value }) => foundUnit(value)),
  ];
}
