import type { Ownership } from './ownership.ts';
import { schoolCodeFault } from './school-code.ts';
import { kindergartenType, schoolType } from './school-type.ts';
import { sponsor } from './sponsor.ts';
import type { UrbanClass } from './urban-class.ts';

/** The level that runs a school: the county of its location, or the city (市直). */
export const managingLevels = ['county', 'city'] as const;
export type ManagingLevel = (typeof managingLevels)[number];

export const managingLevelTitles: Readonly<Record<ManagingLevel, string>> = { county: '县级', city: '市级' };

/** The register's entry of a school. */
export interface SchoolFacts {
  /** Null where none has been given yet. */
  readonly code: string | null;
  readonly name: string;
  readonly schoolType: string;
  readonly sponsorCode: number;
  readonly ownership: Ownership;
  readonly urbanClass: UrbanClass;
  readonly foundedYear: number | null;
  readonly managedBy: ManagingLevel;
}

export type SchoolFact = keyof SchoolFacts;

export interface SchoolFactFault {
  readonly field: SchoolFact;
  readonly sentence: string;
}

/** 学校类别 of the code (AA) that a 办学类型 begins with: 完全中学 and 十二年一贯制 count as 高中, 34. */
export function codeClassOf(type: string): string {
  if (type.startsWith('5')) return '51';
  if (['341', '342', '345', '349'].includes(type)) return '34';
  if (['361', '362', '363', '364', '365', '366', '367', '368'].includes(type)) return '36';
  return type.slice(0, 2);
}

/** True where changing from one 办学类型 to another changes the class, so that the code is void (学校〔机构〕代码编制规则). */
export function changesClass(from: string, to: string): boolean {
  return codeClassOf(from) !== codeClassOf(to);
}

/**
 * Why a school of one 办学类型 may not become, or be merged with, one of another; undefined if it may. A school owes yearly
 * records and counts in figures; a kindergarten does not. So the register never turns one into the other.
 */
export function kindFault(from: string, to: string): SchoolFactFault | undefined {
  if ((from === kindergartenType) === (to === kindergartenType)) return undefined;
  return { field: 'schoolType', sentence: '幼儿园与学校不能互相变更或合并：请撤销原来的，再设立新的' };
}

/** The facts that are known so far: a table may hold a cell that cannot be read beside others that can. */
type KnownFacts = { readonly [Fact in SchoolFact]: SchoolFacts[Fact] | undefined };

/**
 * All contradictions in the facts about a school; a fact that is undefined is not known and contradicts nothing.
 * `province` is the two-digit code of the place, `year` the current one. The code's class may differ from the type,
 * because codes are updated late.
 */
export function schoolFactFaults(
  facts: KnownFacts,
  context: { province: string | undefined; year: number },
): SchoolFactFault[] {
  const faults: SchoolFactFault[] = [];
  const add = (field: SchoolFact, sentence: string | undefined) => {
    if (sentence) faults.push({ field, sentence });
  };
  if (typeof facts.code === 'string') add('code', schoolCodeFault(facts.code, context.province));
  const kind = facts.schoolType === undefined ? undefined : schoolType(facts.schoolType);
  if (facts.schoolType !== undefined && !kind) add('schoolType', `办学类型“${facts.schoolType}”不是统计用的三位代码`);
  else if (kind?.category === 'attached-classes') add('schoolType', `“${kind.name}”附设在学校里，不单独登记`);
  const by = facts.sponsorCode === undefined ? undefined : sponsor(facts.sponsorCode);
  if (facts.sponsorCode !== undefined && !by) add('sponsorCode', `举办者类型“${facts.sponsorCode}”应为 1 至 10`);
  else if (by && facts.ownership !== undefined && (by.code === 10) !== (facts.ownership === 'private')) {
    add('ownership', `举办者类型“${by.name}”与办别“${facts.ownership === 'private' ? '民办' : '公办'}”不符`);
  } else if (facts.managedBy === 'city' && by?.level === 'county') {
    add('sponsorCode', `市直学校的举办者不能是“${by.name}”`);
  }
  if (typeof facts.foundedYear === 'number' && (facts.foundedYear < 1000 || facts.foundedYear > context.year)) {
    add('foundedYear', `建校年份 ${facts.foundedYear} 应在 1000 至 ${context.year} 之间`);
  }
  return faults;
}
