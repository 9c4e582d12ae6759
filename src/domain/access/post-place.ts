import { foldedName } from '../text/name-folding.ts';
import type { LineProblem, ListedPerson } from './people-list.ts';
import type { GrantableRole } from './separation.ts';

/** A city or a county-level unit. */
export interface KnownUnit {
  readonly id: number;
  readonly kind: string;
  readonly name: string;
  readonly shortName: string;
  readonly code: string | null;
}

/** A section in use: a 科室, 部门 or 直属单位 below a city or a county. */
export interface KnownSection {
  readonly id: number;
  readonly name: string;
  readonly shortName: string;
  /** The city or county below which it stands. */
  readonly placeId: number | null;
}

/** A school that is open. */
export interface KnownSchool {
  readonly id: number;
  readonly name: string;
  /** 学校标识码; null where the school has none. */
  readonly code: string | null;
  readonly countyId: number;
}

/** The places that a list may name. */
export interface KnownPlaces {
  readonly units: readonly KnownUnit[];
  readonly sections: readonly KnownSection[];
  readonly schools: readonly KnownSchool[];
}

/** The same places, made ready for a list of thousands of lines. */
export interface PlaceIndex extends KnownPlaces {
  readonly schoolsByName: ReadonlyMap<string, readonly KnownSchool[]>;
  readonly schoolsByCode: ReadonlyMap<string, KnownSchool>;
}

/** Makes the places ready: schools by their folded names, with and without the county before them, and by code. */
export function placeIndex({ units, sections, schools }: KnownPlaces): PlaceIndex {
  const counties = new Map(units.map((unit) => [unit.id, unit]));
  const schoolsByName = new Map<string, KnownSchool[]>();
  const schoolsByCode = new Map<string, KnownSchool>();
  for (const school of schools) {
    const county = counties.get(school.countyId);
    // 鲤城区实验小学 may be written for 实验小学.
    const names = [school.name, `${county?.name ?? ''}${school.name}`, `${county?.shortName ?? ''}${school.name}`];
    for (const name of new Set(names.map(foldedName))) {
      schoolsByName.set(name, [...(schoolsByName.get(name) ?? []), school]);
    }
    if (school.code !== null) schoolsByCode.set(school.code, school);
  }
  return { units, sections, schools, schoolsByName, schoolsByCode };
}

/** The place of a post that a line means. */
export interface ListedPlace {
  readonly unitId: number | null;
  readonly unitLevel: string | null;
  readonly schoolId: number | null;
  readonly sectionId: number | null;
  readonly placeName: string;
  /** Empty where the line names no section. */
  readonly sectionName: string;
  readonly countyId: number;
  readonly countyName: string;
}

type Line = Pick<ListedPerson, 'place' | 'section' | 'code'>;
type Found = ListedPlace | { readonly problem: LineProblem };

/**
 * The place that a line names for this role: a school by its 学校标识码, or by its name where only one school has it; a unit
 * by name, short name or code, with the section where one is named. The post of a city need not name the city where there
 * is one.
 */
export function placeOf(
  line: Line,
  role: Pick<GrantableRole, 'reach'> & { readonly name: string },
  known: PlaceIndex,
): Found {
  return role.reach === 'school' ? schoolOf(line, known) : unitOf(line, role, known);
}

function unitOf(
  { place, section, code }: Line,
  role: Pick<GrantableRole, 'reach'> & { readonly name: string },
  { units, sections }: KnownPlaces,
): Found {
  if (code !== '') return fault('code', `${role.name}不属于学校，请不要填写学校标识码，在单位一列填写单位`);
  const cities = units.filter(({ kind }) => kind === 'city');
  const wanted = foldedName(place);
  const unit =
    place === '' && role.reach === 'city' && cities.length === 1
      ? cities[0]
      : units.find((one) =>
          [one.name, one.shortName, one.code ?? ''].some((name) => foldedName(name) === wanted && name !== ''),
        );
  if (unit !== undefined) {
    const below = sections.filter(({ placeId }) => placeId === unit.id);
    const named = below.filter((one) =>
      [one.name, one.shortName].some((name) => foldedName(name) === foldedName(section)),
    );
    if (section !== '' && named.length !== 1) {
      const rule =
        named.length === 0 ? `${unit.name}没有科室“${section}”` : `${unit.name}有 ${named.length} 个科室叫“${section}”`;
      return fault('section', rule, below.map(({ name }) => name).join('、'));
    }
    const [found] = section === '' ? [] : named;
    return {
      ...{ unitId: unit.id, unitLevel: unit.kind, schoolId: null, sectionId: found?.id ?? null },
      ...{ placeName: unit.name, sectionName: found?.name ?? '', countyId: unit.id, countyName: unit.name },
    };
  }
  const fitting = units.filter(({ kind }) => role.reach === 'schools' || kind === role.reach);
  const rule = place === '' ? '缺少单位' : `没有单位“${place}”`;
  return fault('place', rule, fitting.map(({ name }) => name).join('、'));
}

function schoolOf({ place, section, code }: Line, known: PlaceIndex): Found {
  if (section !== '') return fault('section', '学校的岗位不分科室，请不要填写科室');
  const countyOf = (school: KnownSchool) => known.units.find(({ id }) => id === school.countyId);
  const wanted = foldedName(place);
  if (code !== '') {
    const school = known.schoolsByCode.get(code);
    if (school === undefined) return fault('code', `没有标识码为“${code}”的在办学校`);
    const county = countyOf(school);
    const names = [county?.name ?? '', county?.shortName ?? ''].map(foldedName);
    const fits = place === '' || names.includes(wanted) || (known.schoolsByName.get(wanted) ?? []).includes(school);
    if (!fits) return fault('place', `标识码 ${code} 是${county?.shortName ?? ''}${school.name}，与“${place}”不符`);
    return placed(school, county);
  }
  if (place === '') return fault('code', '缺少学校：请填写学校标识码，或在单位一列填写学校名称');
  const found = known.schoolsByName.get(wanted) ?? [];
  if (found.length > 1) {
    const names = found.map((one) => `${countyOf(one)?.shortName ?? ''} ${one.code ?? '无标识码'}`).join('、');
    return fault('place', `有 ${found.length} 所学校叫“${place}”（${names}），请填写学校标识码`);
  }
  const [school] = found;
  if (school === undefined) return fault('place', `没有名为“${place}”的在办学校`, '学校名录里的名称，或填写学校标识码');
  return placed(school, countyOf(school));
}

function placed(school: KnownSchool, county: KnownUnit | undefined): ListedPlace {
  return {
    ...{ unitId: null, unitLevel: null, schoolId: school.id, sectionId: null },
    ...{ placeName: school.name, sectionName: '' },
    ...{ countyId: school.countyId, countyName: county?.name ?? '' },
  };
}

function fault(column: LineProblem['column'], rule: string, allowed?: string): { problem: LineProblem } {
  return { problem: { column, rule, ...(allowed === undefined ? {} : { allowed }) } };
}
