import { searchText, searchWords } from '#domain/text/search.ts';
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
    ...byAction.map(
      ({ value: { title, link } }): Found => ({
        ...{ key: `action-${title}`, group: '操作', title },
        ...(link === undefined ? {} : { link }),
      }),
    ),
    ...actsOfUnits(asked, actions, units),
    ...byUnit.map(({ value }) => foundUnit(value)),
  ];
}

/** Acts with the unit for which they are asked, where the words name both: `催报 洛江`, in either order. */
function actsOfUnits(text: string, actions: Here['actions'], units: Here['units']): Found[] {
  if (units.length < 2 || searchWords(text).length < 2) return [];
  const pairs = actions
    .filter(({ ofUnit }) => ofUnit)
    .flatMap((action) =>
      units.map((unit) => ({
        value: { action, unit },
        label: `${action.title} ${unit.name}`,
        terms: `${action.terms} ${unit.shortName}`,
      })),
    );
  const named = (part: string) => searchWords(text).some((word) => searchText([part]).includes(word));
  return matching(pairs, text)
    .filter(({ value: { action, unit } }) => named(`${action.title} ${action.terms}`) && named(unit.name))
    .map(
      ({ label, value: { action, unit } }): Found => ({
        ...{ key: `action-${label}`, group: '操作', title: label },
        link: { ...action.link!, search: { ...action.link!.search, unit: unit.id } },
      }),
    );
}
