import { searchText, searchWords } from '#domain/text/search.ts';
import type { ContextUnit } from '#web/shared/address/context.tsx';
import type { DeskLink, Found, PaletteAction } from '#web/shared/desk/desk.ts';
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
          units.map((unit) => ({ value: unit, label: unit.name, terms: namesOf(unit) })),
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
    ...actsOfUnits(asked, [...actions.flatMap(actOfUnit), ...pages.flatMap(pageOfUnit)], units),
    ...byUnit.map(({ value }) => foundUnit(value)),
  ];
}

/** What can be asked for one unit: an act, or a page about the year and the unit of the top bar. */
interface OfUnit {
  readonly title: string;
  readonly terms: string;
  readonly link: DeskLink;
}

const actOfUnit = ({ title, terms, link, ofUnit }: PaletteAction): OfUnit[] =>
  ofUnit && link ? [{ title, terms, link }] : [];
const pageOfUnit = ({ title, terms = '', year, to }: ListedPage): OfUnit[] =>
  year === null || to === '/' ? [] : [{ title, terms, link: { to } }];

/** The names of a unit, and their pinyin. */
const namesOf = ({ shortName, alsoFoundBy }: ContextUnit) => `${shortName} ${alsoFoundBy}`;

/**
 * Acts and pages with the unit for which they are asked, where the words name both: `催报 洛江`, `luojiang cuibao`, in
 * either order.
 */
function actsOfUnits(text: string, acts: readonly OfUnit[], units: Here['units']): Found[] {
  const words = searchWords(text);
  if (units.length < 2 || words.length < 2) return [];
  const pairs = acts.flatMap((act) =>
    units.map((unit) => ({
      value: { act, unit },
      label: `${act.title} ${unit.name}`,
      terms: `${act.terms} ${namesOf(unit)}`,
    })),
  );
  const named = (part: string) => words.some((word) => searchText([part]).includes(word));
  return matching(pairs, text)
    .filter(({ value: { act, unit } }) => named(`${act.title} ${act.terms}`) && named(`${unit.name} ${namesOf(unit)}`))
    .map(
      ({ label, value: { act, unit } }): Found => ({
        ...{ key: `action-${label}`, group: '操作', title: label },
        link: { ...act.link, search: { ...act.link.search, unit: unit.id } },
      }),
    );
}
