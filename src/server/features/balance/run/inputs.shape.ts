import { digestOf } from '#core/evidence/digest.ts';
import { attachedFields } from '#domain/balance/school/attached-classes.ts';
import { type BalanceSchool, balanceFields } from '#domain/balance/school/school.ts';
import type { PreparedStandard } from '#domain/balance/standard/prepared-standard.ts';
import type { FormulaField } from '#domain/formula/vocabulary.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Ownership } from '#domain/org/ownership.ts';
import { codeOrMark } from '#domain/org/school-code.ts';
import type { SchoolFacts } from '#domain/org/school-facts.ts';
import { type CompulsoryLevel, compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import { sponsor, sponsorWord } from '#domain/org/sponsor.ts';
import type { UrbanClass } from '#domain/org/urban-class.ts';
import { standardFields } from '../standard/standards.shape.ts';

/** One school as a run stores it: enough to compute again and to print every official table without other data. */
export interface RunSchool {
  readonly schoolId: number;
  /** 学校标识码, or a mark where the school has none: see `codeOrMark`. */
  readonly code: string;
  readonly name: string;
  readonly schoolType: string;
  readonly sponsorCode: number;
  readonly ownership: Ownership;
  readonly urbanClass: UrbanClass;
  readonly cityManaged: boolean;
  /** Null if the school owes a filing. Otherwise the reason why it owes none; then it takes no part. */
  readonly exempt: string | null;
  /** The day on which it was added to the frozen register; absent for the register itself. */
  readonly addedOn?: Day;
  /** False while no filing of it has been approved. */
  readonly filed: boolean;
  /** Approved values by catalogue name; absent is missing, never zero. */
  readonly values: Readonly<Record<string, number | string>>;
  /** 班级数 by level, for 表Ⅱ; no figure depends on it. */
  readonly classes: Readonly<Partial<Record<CompulsoryLevel, number>>>;
}

export interface RunInputs {
  readonly schools: readonly RunSchool[];
}

/** A row of the frozen register of the year with the approved figures, if there are any. */
export interface InputRow extends Omit<SchoolFacts, 'managedBy' | 'foundedYear'> {
  readonly schoolId: number;
  readonly managingUnitId: number;
  readonly owes: boolean;
  readonly reason: string | null;
  readonly addedOn: Day | null;
  readonly values: Readonly<Record<string, number | string | null>> | null;
}

const ofRegister = new Set(balanceFields.flatMap(({ name, type }) => (type === 'text' ? [name] : [])));
const always = new Set<string>([...balanceFields.map(({ name }) => name), attachedFields.kind, attachedFields.pupils]);

/**
 * The values that a run takes from the approved filing of a school: the figures of the official tables and what its
 * formulas read.
 */
export function takenFields(prepared: Pick<PreparedStandard, 'fields'>): FormulaField[] {
  const read = new Set(prepared.fields);
  return standardFields().filter(({ name }) => (always.has(name) || read.has(name)) && !ofRegister.has(name));
}

/** The inputs of a county's run, in the order of the school codes: the order decides the last bits of a sum. */
export function inputsOf(countyId: number, rows: readonly InputRow[], fields: readonly FormulaField[]): RunInputs {
  const schools = rows.map(
    (row): RunSchool => ({
      schoolId: row.schoolId,
      code: codeOrMark(row.code, row.schoolId),
      name: row.name,
      schoolType: row.schoolType,
      sponsorCode: row.sponsorCode,
      ownership: row.ownership,
      urbanClass: row.urbanClass,
      cityManaged: row.managingUnitId !== countyId,
      exempt: row.owes ? null : (row.reason ?? '不应填报'),
      ...(row.addedOn === null ? {} : { addedOn: row.addedOn }),
      filed: row.values !== null,
      values: Object.fromEntries(
        fields.flatMap(({ name, type }): Array<[string, number | string]> => {
          const value = row.values?.[name] ?? null;
          return value !== null && (typeof value === 'number') === (type === 'number') ? [[name, value]] : [];
        }),
      ),
      classes: Object.fromEntries(
        compulsoryLevels.flatMap((level) => {
          const classes = row.values?.[`${schoolLevelNames[level]}班级数`];
          return typeof classes === 'number' ? [[level, classes]] : [];
        }),
      ),
    }),
  );
  return { schools: schools.sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : a.schoolId - b.schoolId)) };
}

/**
 * Digest of the inputs. Equal hashes mean equal inputs, whoever stored them and when. A run keeps it
 * beside the revision of its standard and the formula version: the three together determine the result.
 */
export function inputsHash(inputs: RunInputs): string {
  return digestOf(inputs);
}

/** The schools that owe a filing, as the domain reads them. */
export function balanceSchools(inputs: RunInputs): BalanceSchool[] {
  return inputs.schools
    .filter(({ exempt }) => exempt === null)
    .map((school) => ({
      code: school.code,
      name: school.name,
      type: school.schoolType,
      sponsor: sponsorOf(school),
      values: school.values,
      filed: school.filed,
      ...(school.addedOn === undefined ? {} : { addedOn: school.addedOn }),
    }));
}

/** 县 市 省 其他 民办: 举办者 and 办别 in one word; null for a code that nobody knows. */
export function sponsorOf(school: Pick<RunSchool, 'sponsorCode' | 'ownership'>): BalanceSchool['sponsor'] {
  const known = sponsor(school.sponsorCode);
  return known ? sponsorWord(known.level, school.ownership) : null;
}
