import type { Day } from '../kit/school-year.ts';
import { schoolTypes } from '../org/school-type.ts';

/** A school that one of the two sets has alone, with the reason where it is known. */
export interface SchoolApart {
  readonly name: string;
  readonly code: string | null;
  readonly reason: string | null;
}

/** A school as the register has it now. */
export interface RegisteredSchool {
  readonly code: string | null;
  readonly name: string;
  readonly formerNames: readonly string[];
  readonly schoolType: string;
  readonly ownership: string;
  readonly cityManaged: boolean;
  readonly status: string;
  readonly openedOn: Day;
  readonly closedOn: Day | null;
  /** The county where it lies now, if that is another one. */
  readonly otherCounty: string | null;
}

/** So many schools are named; the others are counted. */
const mostNamed = 20;

/** `甲小学（2025-09-01 设立）、乙小学`, and `等 35 所` behind the twentieth. */
export function namedSchools(schools: readonly Pick<SchoolApart, 'name' | 'reason'>[]): string {
  const said = schools
    .slice(0, mostNamed)
    .map(({ name, reason }) => `${name}${reason === null ? '' : `（${reason}）`}`)
    .join('、');
  return schools.length > mostNamed ? `${said}等 ${schools.length} 所` : said;
}

/** The two lists of the schools of a level, and those that one side alone has. */
export interface SchoolSets {
  readonly levelName: string;
  readonly ours: number;
  readonly published: number | null;
  readonly onlyOurs: readonly Pick<SchoolApart, 'name' | 'reason'>[];
  readonly onlyPublished: readonly Pick<SchoolApart, 'name' | 'reason'>[];
}

/** How the sets differ, as a sentence: `小学学校范围不同。本平台 57 所，省公布 56 所；…`; null where they do not. */
export function schoolSetsSentence(sets: SchoolSets): string | null {
  const { levelName, ours, published, onlyOurs, onlyPublished } = sets;
  const parts = [
    published !== null && published !== ours && `本平台 ${ours} 所，省公布 ${published} 所`,
    onlyOurs.length > 0 && `只在本平台：${namedSchools(onlyOurs)}`,
    onlyPublished.length > 0 && `只在省公布名单：${namedSchools(onlyPublished)}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? null : `${levelName}学校范围不同。${parts.join('；')}。`;
}

/**
 * What the register says of a school that only one side counted: that it came, went, moved or has another name; else what
 * kind of school it is, where such schools are counted differently. Null where the register knows no reason.
 * @param side who counted it
 * @param since a school that was opened earlier was there for both sides, and its opening is no reason
 */
export function registerReason(
  side: 'ours' | 'published',
  wanted: Pick<SchoolApart, 'name' | 'code'>,
  register: readonly RegisteredSchool[],
  since: Day,
): string | null {
  const school =
    register.find(({ code }) => code !== null && code === wanted.code) ??
    register.find(({ name }) => name === wanted.name) ??
    register.find(({ formerNames }) => formerNames.includes(wanted.name));
  if (school === undefined) return side === 'published' ? '学校名册中没有' : null;
  if (school.status !== 'open' && school.closedOn !== null) {
    return `${school.closedOn} ${school.status === 'merged' ? '并入他校' : '撤销'}`;
  }
  if (school.otherCounty !== null) return `现属${school.otherCounty}`;
  if (school.name !== wanted.name) return `现名${school.name}`;
  if (side === 'published') return null;
  if (school.formerNames.length > 0) return `原名${school.formerNames.join('、')}`;
  const told = [
    school.openedOn >= since && `${school.openedOn} 设立`,
    schoolTypes.get(school.schoolType)?.category === 'teaching-site' && '教学点',
    school.ownership === 'private' && '民办',
    school.cityManaged && '市直学校',
  ].filter((one) => one !== false);
  return told.length === 0 ? null : told.join('，');
}
