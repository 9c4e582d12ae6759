import { shortNameOf } from '#domain/org/short-name.ts';
import type { CountyReach, ItemUnit, UnitPart } from './plan.ts';

/** A unit as the register calls it in the plan's year. */
export interface KnownUnit {
  readonly id: number;
  readonly kind: 'county' | 'other';
  /** Every name by which a plan may call it: the whole name, the short one, those of the year. */
  readonly names: readonly string[];
}

/**
 * Names for a county as plans write them: whole and short, with and without the name of its city before it (泉州开发区,
 * 台商投资区).
 * @param cityName the short name of the city
 */
export function countyNames(names: readonly string[], cityName: string): string[] {
  const all = [...names, ...names.map(shortNameOf)].flatMap((name) =>
    name.startsWith(cityName) && name.length > cityName.length + 2
      ? [name, name.slice(cityName.length)]
      : [name, `${cityName}${name}`],
  );
  return [...new Set(all)];
}

interface Named {
  readonly reach: CountyReach;
  readonly units: readonly ItemUnit[];
}

const everyCounty = /(?:各|所有|全部|每个|\d+\s*个)\s*(?:的)?县(?![城域内])/;
const someCounties = /(?:等|有关|部分|一些|有条件的)(?:一些|部分|有关|有条件的)?\s*县(?![城域内])/;

/**
 * The counties that a task names, each once in the order of the text. At each place of the text the longest name counts, so
 * that 泉州经济技术开发区 is not read as another 开发区. 等一些县 opens the list; 各县（市、区） and 所有县 mean all of them.
 */
export function countiesIn(text: string, known: readonly KnownUnit[]): Named {
  const names = known
    .filter(({ kind }) => kind === 'county')
    .flatMap(({ id, names }) => names.map((name) => ({ id, name })))
    .filter(({ name }) => name.length > 1)
    .sort((one, other) => other.name.length - one.name.length);
  const found = new Map<number, ItemUnit>();
  for (let at = 0; at < text.length; ) {
    const here = names.find(({ name }) => text.startsWith(name, at));
    if (here && !found.has(here.id)) found.set(here.id, { part: 'named', written: here.name, unitId: here.id });
    at += here?.name.length ?? 1;
  }
  const units = [...found.values()];
  if (everyCounty.test(text)) return { reach: 'all', units };
  if (someCounties.test(text)) return { reach: 'open', units };
  return { reach: units.length === 0 ? 'none' : 'named', units };
}

/** Whether a task is about the schools directly under the city. */
export function meansCityManaged(text: string): boolean {
  return /市直(?:属)?学校/.test(text);
}

/** The end of what may be the name of an office. */
const office = /(?:科室|部门|单位|科|处|室|局|委|办|部|院|所|中心|股|会)$/;
const list = '([^，,。；;：:（）()]{2,40}?)';
/** How plans say who leads and who helps. */
const ways: ReadonlyArray<readonly [UnitPart, RegExp]> = [
  ['responsible', /(?:牵头|责任|主办|负责)(?:单位|科室|部门)[：:]\s*([^。；;，,）)]+)/g],
  ['responsible', new RegExp(`(?:由|^|[，,。；;（(])${list}(?:牵头|负责)(?!单位|科室|部门)`, 'g')],
  ['partner', /(?:配合|协办|参与|协助)(?:单位|科室|部门)[：:]\s*([^。；;，,）)]+)/g],
  [
    'partner',
    new RegExp(
      `(?:会同|协同|配合)(?!单位|科室|部门|做好)${list}(?=做好|抓好|开展|组织|研究|落实|推动|推进|制定|完成|并|[，,。；;）)]|$)`,
      'g',
    ),
  ],
  ['partner', new RegExp(`(?:^|[，,。；;（(])${list}(?:配合|协办)(?=[。；;，,）)]|$)`, 'g')],
  ['partner', new RegExp(`与${list}(?:协作|合作|配合|联合)`, 'g')],
];

/** The offices that lead or help by the words of a task; one that is in no register stays as it is written. */
export function officesIn(text: string, known: readonly KnownUnit[]): ItemUnit[] {
  const offices = known.filter(({ kind }) => kind === 'other');
  const found: ItemUnit[] = [];
  for (const [part, way] of ways) {
    for (const [, listed = ''] of text.matchAll(way)) {
      for (const one of listed.split(/[、和与及]/)) {
        const written = one.trim().replace(/^(?:由|请|市|局)(?=有关|业务|相关)/, '');
        const unitId = offices.find(({ names }) => names.includes(written))?.id ?? null;
        const isKnown = found.some((unit) => unit.written === written);
        if (!isKnown && written.length > 1 && (unitId !== null || office.test(written)))
          found.push({ part, written, unitId });
      }
    }
  }
  return found;
}
