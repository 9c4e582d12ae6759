import type { Day } from '#domain/kit/school-year.ts';
import { type Ownership, ownershipNames } from '#domain/org/ownership.ts';
import { schoolFactFaults } from '#domain/org/school-facts.ts';
import { sponsors } from '#domain/org/sponsor.ts';
import { type UrbanClass, urbanClassNames } from '#domain/org/urban-class.ts';
import { foldedName, lostFault, tidyName } from '#domain/text/name-folding.ts';
import { numberOf } from '#platform/documents/table-cell.ts';
import type { NewSchool } from '../directory.store.ts';
import { provinceOf, type UnitRow } from '../unit/unit.store.ts';
import { allowedIn, type RowReader, typeCodes } from './import-row.workbook.ts';

/** Characters of the longest name of a school; the other cells of a row hold codes and names of lists. */
export const longestSchoolName = 60;

/** The context in which a row is read. */
export interface FactsRegister {
  readonly units: readonly UnitRow[];
  /** County-level units that the person may touch. */
  readonly counties: readonly number[];
  /** The day from which the changes are to hold. */
  readonly day: Day;
}

/** The facts of a row; a fact that is undefined could not be read, and its cell has a fault. */
export type ReadFacts = { readonly [Fact in keyof NewSchool]: NewSchool[Fact] | undefined };

/**
 * Reads one row. Every fault goes to the list, also where another cell of the row has a fault. The whole school is
 * returned only if there is no fault.
 */
export function readFacts(
  reader: RowReader,
  register: FactsRegister,
): { readonly read: ReadFacts; readonly fresh: NewSchool | undefined } {
  const start = reader.faults;
  const code = reader.words('学校标识码');
  const name = reader.needed('学校名称') && tidyName(reader.own('学校名称'));
  const lost = name === '' ? undefined : lostFault(name, '学校名称');
  if (lost !== undefined) reader.fault('学校名称', lost, '学校全称');
  else if (name && (name.length < 2 || name.length > longestSchoolName))
    reader.fault('学校名称', '名称过短或过长', `2 至 ${longestSchoolName} 个字`);
  const counties = register.units.filter((unit) => unit.level === 'county' && register.counties.includes(unit.id));
  const countyText = reader.needed('县级单位');
  const county = counties.find((unit) =>
    [unit.name, unit.shortName, unit.unitCode ?? '', unit.gbCode ?? ''].some((one) => isWritten(countyText, one)),
  );
  if (countyText && !county) {
    reader.fault('县级单位', '没有这个县级单位，或不在管辖范围内', counties.map((unit) => unit.name).join('、'));
  }
  const city = register.units.find((unit) => unit.id === county?.parentId);
  const managerText = reader.words('管理单位') || (county?.name ?? '');
  const manager = reader.isFaulty('管理单位')
    ? undefined
    : [county, city].find((unit) => unit && [unit.name, unit.shortName].some((one) => isWritten(managerText, one)));
  if (county && !manager && !reader.isFaulty('管理单位'))
    reader.fault('管理单位', '管理单位不符', `${county.name}，市直学校填“${city?.name ?? ''}”`);
  const schoolType = readType(reader);
  const sponsorCode = readSponsor(reader);
  const ownership = reader.choice<Ownership>('办别', ownershipNames);
  const urbanClass = reader.choice<UrbanClass>('城乡类型', urbanClassNames);
  const foundedYear = readYear(reader);
  const managedBy = manager && (manager.id === county?.id ? 'county' : 'city');
  const read: ReadFacts = {
    ...{ code: reader.isFaulty('学校标识码') ? undefined : code || null, name: name || undefined },
    ...{ schoolType, sponsorCode, ownership, urbanClass, foundedYear },
    ...{ countyId: county?.id, managingUnitId: manager?.id },
  };
  const place = city ?? county ?? counties[0];
  const context = { province: place && provinceOf(place), year: Number(register.day.slice(0, 4)) };
  for (const fault of schoolFactFaults({ ...read, managedBy }, context)) {
    const column = columnOf[fault.field];
    reader.fault(column, fault.sentence, allowedIn[column] ?? '与其他各列一致的值');
  }
  return { read, fresh: reader.faults === start && city && isWhole(read) ? read : undefined };
}

function isWhole(read: ReadFacts): read is NewSchool {
  return Object.values(read).every((fact) => fact !== undefined);
}

const columnOf = {
  code: '学校标识码',
  name: '学校名称',
  schoolType: '办学类型',
  sponsorCode: '举办者类型',
  ownership: '办别',
  urbanClass: '城乡类型',
  foundedYear: '建校年份',
  managedBy: '管理单位',
} as const;

/** Whether a text means one of the values of a list; blanks and width do not matter. */
function isWritten(text: string, value: string): boolean {
  return text !== '' && foldedName(text) === foldedName(value);
}

function readType(reader: RowReader): string | undefined {
  const text = reader.needed('办学类型');
  const found = typeCodes.find((type) =>
    [type.code, type.name, `${type.code} ${type.name}`].some((one) => isWritten(text, one)),
  );
  if (text && !found) reader.fault('办学类型', '不是办学类型的代码或名称', allowedIn.办学类型!);
  return found?.code;
}

function readSponsor(reader: RowReader): number | undefined {
  const text = reader.needed('举办者类型');
  const found = sponsors.find((one) =>
    [String(one.code), one.name, `${one.code} ${one.name}`].some((way) => isWritten(text, way)),
  );
  if (text && !found) reader.fault('举办者类型', '不是举办者类型的代码或名称', allowedIn.举办者类型!);
  return found?.code;
}

/** The year; null where the cell is empty, undefined where it cannot be read. */
function readYear(reader: RowReader): number | null | undefined {
  const read = numberOf(reader.row.cells.get('建校年份'));
  if (read.kind === 'blank') return null;
  if (read.kind === 'number' && Number.isInteger(read.value)) return read.value;
  reader.fault('建校年份', read.kind === 'fault' ? read.message : '不是整数', allowedIn.建校年份!);
  return undefined;
}
