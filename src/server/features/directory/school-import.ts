import { halfWidth } from '#domain/kit/half-width.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { schoolCodeFault } from '#domain/org/school-code.ts';
import { schoolFactFaults, type UrbanClass, urbanClassNames } from '#domain/org/school-facts.ts';
import { type Ownership, ownershipNames, sponsors } from '#domain/org/sponsor.ts';
import { numberOf, type Table, textOf } from '#platform/documents/table.ts';
import type { RegisteredSchool } from './school-change.store.ts';
import { allowedIn, type ImportFinding, RowReader, typeCodes } from './school-import.row.ts';
import type { NewSchool } from './school-opening.ts';
import type { UnitRow } from './unit.store.ts';

/** Headings that a table of schools must have; the file that the register exports has them all. */
export const neededHeadings = [
  '学校标识码',
  '学校名称',
  '县级单位',
  '办学类型',
  '举办者类型',
  '办别',
  '城乡类型',
] as const;
/** Headings that it may have. */
export const furtherHeadings = ['管理单位', '建校年份'] as const;

export type ImportAct =
  | { readonly kind: 'open'; readonly row: number; readonly fresh: NewSchool }
  | { readonly kind: 'rename'; readonly row: number; readonly school: RegisteredSchool; readonly name: string }
  | {
      readonly kind: 'correct';
      readonly row: number;
      readonly school: RegisteredSchool;
      readonly to: Pick<RegisteredSchool, 'sponsorCode' | 'ownership' | 'urbanClass' | 'foundedYear'>;
      readonly what: string;
    };

export interface ImportPlan {
  readonly acts: readonly ImportAct[];
  readonly unchanged: number;
  /** Rows of merged and closed schools that say what the register says: an export holds them too. */
  readonly passedOver: number;
  readonly findings: readonly ImportFinding[];
}

export interface Register {
  readonly units: readonly UnitRow[];
  /** County-level units that the person may touch. */
  readonly counties: readonly number[];
  /** Schools of the register that bear a code that the table names; one may have taken over the code of another. */
  readonly schools: readonly RegisteredSchool[];
  /** Codes that the table names and that were ever given. */
  readonly codes: ReadonlyMap<string, 'current' | 'void'>;
  /** From which the changes are to hold. */
  readonly day: Day;
}

/**
 * What a table would do to the register: unknown codes open schools, another name renames, other facts correct. Moving
 * and retyping are acts with a document and are refused here. Every fault is named with its cell; nothing is guessed.
 */
export function planImport(table: Table, register: Register): ImportPlan {
  const acts: ImportAct[] = [];
  const findings: ImportFinding[] = [];
  const seen = new Map<string, string>();
  let unchanged = 0;
  let passedOver = 0;
  const gone = register.schools.filter((school) => school.status !== 'open');
  // Of schools that bore a code in turn, the one that bears it now.
  const holders = new Map(
    [...gone.sort((a, b) => a.id - b.id), ...register.schools.filter((school) => school.status === 'open')].map(
      (school) => [school.code, school],
    ),
  );
  for (const row of table.rows) {
    const reader = new RowReader(table.sheet, row, findings);
    const code = reader.text('学校标识码');
    const fresh = readFacts(reader, register);
    if (fresh && gone.some((school) => school.code === code && sameFacts(school, fresh))) {
      passedOver += 1;
      continue;
    }
    const earlier = seen.get(code);
    if (earlier) reader.fault('学校标识码', '一个标识码在表中只能出现一次', `另一处在 ${earlier}`);
    else if (code) seen.set(code, reader.address('学校标识码'));
    if (!fresh || earlier) continue;
    const school = holders.get(code);
    if (!school) {
      if (register.codes.has(code)) {
        reader.fault('学校标识码', '该码已作废或属于管辖范围外的学校', '另一个标识码；作废的码不再使用');
      } else acts.push({ kind: 'open', row: row.number, fresh });
      continue;
    }
    const before = acts.length;
    compare(reader, register.day, school, fresh, acts);
    if (acts.length === before) unchanged += 1;
  }
  return { acts, unchanged, passedOver, findings };
}

function compare(reader: RowReader, day: Day, school: RegisteredSchool, fresh: NewSchool, acts: ImportAct[]): void {
  const row = reader.row.number;
  if (school.status !== 'open') {
    reader.fault(
      '学校标识码',
      '这所学校已并入他校或已撤销，不能改动',
      '登记的内容，或删去这一行；恢复办学请在学校页面办理',
    );
    return;
  }
  if (fresh.schoolType !== school.schoolType) {
    reader.fault('办学类型', '与登记不同，导入不能改变办学类型', `${school.schoolType}；变更请在学校页面办理`);
    return;
  }
  if (fresh.countyId !== school.countyId || fresh.managingUnitId !== school.managingUnitId) {
    reader.fault('县级单位', '与登记不同，导入不能改变所在地和管理单位', '登记的单位；变更请在学校页面办理');
    return;
  }
  // Brackets typed in the other width are no other name.
  if (halfWidth(fresh.name) !== halfWidth(school.name)) {
    if (day < school.lastChange) {
      reader.fault('学校名称', `变动日期 ${day} 早于这所学校最近一次变动`, `不早于 ${school.lastChange} 的变动日期`);
      return;
    }
    acts.push({ kind: 'rename', row, school, name: fresh.name });
  }
  const what = corrections(school, fresh);
  if (what.length === 0) return;
  const { sponsorCode, ownership, urbanClass } = fresh;
  const foundedYear = fresh.foundedYear ?? school.foundedYear;
  acts.push({
    kind: 'correct',
    row,
    school,
    to: { sponsorCode, ownership, urbanClass, foundedYear },
    what: what.join('；'),
  });
}

function sameFacts(school: RegisteredSchool, fresh: NewSchool): boolean {
  return (
    fresh.schoolType === school.schoolType &&
    fresh.countyId === school.countyId &&
    fresh.managingUnitId === school.managingUnitId &&
    halfWidth(fresh.name) === halfWidth(school.name) &&
    corrections(school, fresh).length === 0
  );
}

/** What a row says otherwise than the register, of the facts that an import may correct. */
function corrections(
  school: RegisteredSchool,
  { sponsorCode, ownership, urbanClass, foundedYear }: NewSchool,
): string[] {
  return [
    sponsorCode === school.sponsorCode ? '' : `举办者类型 ${school.sponsorCode} → ${sponsorCode}`,
    ownership === school.ownership ? '' : `办别 ${ownershipNames[school.ownership]} → ${ownershipNames[ownership]}`,
    urbanClass === school.urbanClass
      ? ''
      : `城乡类型 ${urbanClassNames[school.urbanClass]} → ${urbanClassNames[urbanClass]}`,
    foundedYear === null || foundedYear === school.foundedYear
      ? ''
      : `建校年份 ${school.foundedYear ?? '（无）'} → ${foundedYear}`,
  ].filter((one) => one !== '');
}

/** Reads one row; every fault goes to the list, and the facts come only when there was none. */
function readFacts(reader: RowReader, register: Register): NewSchool | undefined {
  const start = reader.faults;
  reader.tellUnreadable([...neededHeadings, ...furtherHeadings]);
  const code = reader.needed('学校标识码');
  const name = reader.needed('学校名称') && reader.own('学校名称');
  if (name && (name.length < 2 || name.length > 60)) reader.fault('学校名称', '名称过短或过长', '2 至 60 个字');
  const counties = register.units.filter((unit) => unit.level === 'county' && register.counties.includes(unit.id));
  const countyText = reader.needed('县级单位');
  const county = counties.find((unit) => [unit.name, unit.shortName, unit.unitCode, unit.gbCode].includes(countyText));
  if (countyText && !county) {
    reader.fault('县级单位', '没有这个县级单位，或不在管辖范围内', counties.map((unit) => unit.name).join('、'));
  }
  const city = register.units.find((unit) => unit.id === county?.parentId);
  const managerText = reader.text('管理单位') || (county?.name ?? '');
  const manager = [county, city].find((unit) => unit && [unit.name, unit.shortName].includes(managerText));
  if (county && !manager) reader.fault('管理单位', '管理单位不符', `${county.name}，市直学校填“${city?.name ?? ''}”`);
  const schoolType = readType(reader);
  const sponsorCode = readSponsor(reader);
  const ownership = reader.choice<Ownership>('办别', ownershipNames);
  const urbanClass = reader.choice<UrbanClass>('城乡类型', urbanClassNames);
  const foundedYear = readYear(reader);
  if (
    reader.faults > start ||
    !county ||
    !manager ||
    !city ||
    !schoolType ||
    !sponsorCode ||
    !ownership ||
    !urbanClass
  ) {
    return undefined;
  }
  const managedBy = manager.id === county.id ? 'county' : 'city';
  const facts = { code, name, schoolType, sponsorCode, ownership, urbanClass, foundedYear };
  const context = { province: city.unitCode.slice(0, 2), year: Number(register.day.slice(0, 4)) };
  for (const fault of schoolFactFaults({ ...facts, managedBy }, context)) {
    const column = columnOf[fault.field];
    reader.fault(column, fault.sentence, allowedIn[column] ?? '与其他各列一致的值');
  }
  if (reader.faults > start) return undefined;
  return { ...facts, countyId: county.id, managingUnitId: manager.id };
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

function readType(reader: RowReader): string | undefined {
  const text = reader.needed('办学类型');
  const found = typeCodes.find((type) => [type.code, type.name, `${type.code} ${type.name}`].includes(text));
  if (text && !found) reader.fault('办学类型', '不是办学类型的代码或名称', allowedIn.办学类型!);
  return found?.code;
}

function readSponsor(reader: RowReader): number | undefined {
  const text = reader.needed('举办者类型');
  const found = sponsors.find((one) => [String(one.code), one.name, `${one.code} ${one.name}`].includes(text));
  if (text && !found) reader.fault('举办者类型', '不是举办者类型的代码或名称', allowedIn.举办者类型!);
  return found?.code;
}

function readYear(reader: RowReader): number | null {
  if (reader.isUnreadable('建校年份')) return null;
  const read = numberOf(reader.row.cells.get('建校年份'));
  if (read.kind === 'blank') return null;
  if (read.kind === 'number' && Number.isInteger(read.value)) return read.value;
  reader.fault('建校年份', read.kind === 'fault' ? read.message : '不是整数', allowedIn.建校年份!);
  return null;
}

/** The codes that a table names, those that cannot be codes left out. */
export function codesIn(table: Table): string[] {
  const codes = table.rows.map((row) => textOf(row.cells.get('学校标识码')));
  return [...new Set(codes.filter((code) => schoolCodeFault(code) === undefined))];
}
