import { addressOf, type TableFault, tableNotes, undecidedOf } from '#core/imports/table-faults.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { ownershipNames } from '#domain/org/ownership.ts';
import { schoolCodeFault } from '#domain/org/school-code.ts';
import { kindFault } from '#domain/org/school-facts.ts';
import { urbanClassNames } from '#domain/org/urban-class.ts';
import { lookAlikes } from '#domain/text/look-alike.ts';
import { foldedName, foldingsIn, foldingWords, isSameName, tidyName } from '#domain/text/name-folding.ts';
import type { HeadedTable } from '#platform/documents/headed-table.ts';
import type { Column } from '#platform/documents/heading-search.ts';
import { ownText, textOf } from '#platform/documents/table-cell.ts';
import type { NewSchool } from '../directory.store.ts';
import type { NamedSchool, RegisteredSchool } from '../school-change.store.ts';
import { type FactsRegister, type ReadFacts, readFacts } from './import-facts.workbook.ts';
import { allowedIn, RowReader } from './import-row.workbook.ts';

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
/** Headings that the table may have. */
export const furtherHeadings = ['管理单位', '建校年份'] as const;
/** All headings in the form that the reader of tables needs. */
export const importColumns: readonly Column[] = [
  ...neededHeadings.map((name) => ({ name })),
  ...furtherHeadings.map((name) => ({ name, optional: true })),
];

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
  readonly faults: readonly TableFault[];
  /** Names that a school of the same county bears already, or another row of the table. */
  readonly doubts: readonly TableFault[];
  /**
   * Notices about values that were read differently from how they are written, rows that are not schools, and closed
   * schools.
   */
  readonly notes: readonly string[];
  /** The names of the units of the city, by id. */
  readonly unitNames: ReadonlyMap<number, string>;
}

export interface Register extends FactsRegister {
  /** Schools of the register with a code from the table; one may have taken over the code of another. */
  readonly schools: readonly RegisteredSchool[];
  /** All open schools in scope. */
  readonly named: readonly NamedSchool[];
  /** Schools in scope that have no code yet: a table knows them by name and county. */
  readonly uncoded: readonly RegisteredSchool[];
  /** Codes of the table that were ever given. */
  readonly codes: ReadonlyMap<string, 'current' | 'void'>;
}

/**
 * Plans the effect of a table on the register: an unknown code opens a school, a different name renames it, different
 * facts correct it. A row without a code means the school without a code that has its name and county; such a row never
 * opens a school. Moving and retyping need a document and are refused here. Every fault is reported with its cell;
 * nothing is guessed. A name that differs from the registered one only in invisible characters is the same name; a new
 * name is stored without them.
 */
export function planImport(table: HeadedTable, register: Register): ImportPlan {
  const acts: ImportAct[] = [];
  const faults: TableFault[] = [];
  const folded: string[] = [];
  const seen = new Map<string, string>();
  const undecided = undecidedOf(table);
  let unchanged = 0;
  let passedOver = 0;
  const gone = register.schools.filter((school) => school.status !== 'open');
  // If several schools had a code in turn, the present holder counts.
  const holders = new Map(
    [...gone.sort((a, b) => a.id - b.id), ...register.schools.filter((school) => school.status === 'open')].map(
      (school) => [school.code, school],
    ),
  );
  for (const row of table.rows) {
    const reader = new RowReader(table, row, faults);
    const code = textOf(row.cells.get('学校标识码'));
    const doubt = undecided.get(row.number);
    if (doubt !== undefined) {
      reader.fault('学校名称', doubt, '一所学校，或删去这一行');
      continue;
    }
    const start = reader.faults;
    const { read, fresh } = readFacts(reader, register);
    if (fresh && gone.some((school) => school.code === code && sameFacts(school, fresh))) {
      passedOver += 1;
      continue;
    }
    const uncoded = uncodedLike(register, reader.own('学校名称'), read.countyId);
    if (!code && !uncoded) {
      reader.fault('学校标识码', '不能为空', `${allowedIn.学校标识码}；暂无标识码的学校须与登记的名称一致`);
    }
    const key = code || `#${uncoded?.id ?? ''}`;
    const earlier = seen.get(key);
    if (earlier) {
      const rule = `一所学校在表中只能出现一次，另一处在 ${earlier}`;
      reader.fault('学校标识码', rule, '另一个标识码，或删去这一行');
    }
    if (!earlier && (code || uncoded)) seen.set(key, reader.address(code ? '学校标识码' : '学校名称'));
    if (reader.isFaulty('学校标识码')) continue;
    // Without a code, a name in an unknown county may mean any of several schools.
    if (!code && read.countyId === undefined) continue;
    const school = code ? holders.get(code) : uncoded;
    if (fresh) folded.push(...foldedNameNote(row.number, ownText(row.cells.get('学校名称')), school));
    if (!school) {
      if (register.codes.has(code)) {
        reader.fault('学校标识码', '该码已作废或属于管辖范围外的学校', '另一个标识码；作废的码不再使用');
      } else if (uncoded && read.countyId !== undefined) {
        reader.fault('学校标识码', '登记中有同名而暂无标识码的学校', '空着；标识码请在学校页面补登');
      } else if (fresh) acts.push({ kind: 'open', row: row.number, fresh });
      continue;
    }
    compare(reader, register.day, school, read);
    if (!fresh || reader.faults > start) continue;
    const changes = changesOf(row.number, school, fresh);
    acts.push(...changes);
    if (changes.length === 0) unchanged += 1;
  }
  const notes = notesOn(table, { passedOver, folded, acts, day: register.day });
  const doubts = sameNames(table, acts, register);
  return {
    acts,
    unchanged,
    faults,
    doubts,
    notes,
    unitNames: new Map(register.units.map(({ id, name }) => [id, name])),
  };
}

function foldedNameNote(row: number, written: string, school: RegisteredSchool | undefined): string[] {
  const foldings = foldingsIn(written);
  if (foldings.length === 0) return [];
  const taken =
    school && isSameName(written, school.name)
      ? `与登记的“${school.name}”是同一名称，不作更名`
      : `已去掉，按“${tidyName(written)}”登记`;
  return [`第 ${row} 行的学校名称含有${foldingWords(foldings)}，${taken}。`];
}

/**
 * New names that a county would have twice afterwards. Two schools may bear one name; more often the second is the first
 * under a wrong code.
 */
function sameNames(table: HeadedTable, acts: readonly ImportAct[], { named }: Register): TableFault[] {
  const renamed = new Set(acts.flatMap((act) => (act.kind === 'rename' ? [act.school.id] : [])));
  const keyOf = (countyId: number, name: string) => `${countyId} ${foldedName(name)}`;
  const bearers = new Map(
    named
      .filter(({ id }) => !renamed.has(id))
      .map(({ countyId, name }) => [keyOf(countyId, name), `登记中已有同名的“${name}”`]),
  );
  const rows = new Map(table.rows.map((row) => [row.number, row]));
  return acts.flatMap((act) => {
    if (act.kind === 'correct') return [];
    const { name, countyId } = act.kind === 'open' ? act.fresh : { name: act.name, countyId: act.school.countyId };
    const key = keyOf(countyId, name);
    const bearer = bearers.get(key);
    const cell = addressOf(table, rows.get(act.row)!, '学校名称');
    bearers.set(key, bearer ?? `与 ${cell} 同名`);
    if (bearer === undefined) return [];
    const rule = `同一单位内${bearer}，请核对是否同一所学校；确是两所的可以写入`;
    return [{ row: act.row, cell, column: '学校名称', value: name, rule, allowed: null }];
  });
}

function notesOn(
  table: HeadedTable,
  {
    passedOver,
    folded,
    acts,
    day,
  }: { passedOver: number; folded: readonly string[]; acts: readonly ImportAct[]; day: Day },
): string[] {
  const names = table.rows.map((row) => tidyName(ownText(row.cells.get('学校名称'))));
  const fresh = new Set(acts.flatMap((act) => (act.kind === 'open' ? [act.fresh.name] : [])));
  const alike = lookAlikes(names)
    .filter((pair) => pair.some((name) => fresh.has(name)))
    .map(([one, other]) => `“${one}”和“${other}”写法相近，请核对是否同一所学校。`);
  // An export of all schools also contains closed schools.
  const gone = passedOver > 0 ? [`${passedOver} 所学校已并入他校或已撤销，内容与登记相同，已略过。`] : [];
  const undated = acts.filter((act) => act.kind === 'open' && act.fresh.foundedYear === null).length;
  const days = undated > 0 ? [`${undated} 所新登记的学校没有建校年份，设立日期按变动日期记为 ${day}。`] : [];
  return tableNotes(table, [...gone, ...days, ...folded, ...alike]);
}

/** The school without a code that has this name, in the county if the county is known. */
function uncodedLike(register: Register, name: string, countyId: number | undefined): RegisteredSchool | undefined {
  return register.uncoded.find(
    (school) => isSameName(school.name, name) && (countyId === undefined || school.countyId === countyId),
  );
}

/** Reports every cell that contradicts the register. Cells that could not be read have their faults already. */
function compare(reader: RowReader, day: Day, school: RegisteredSchool, read: ReadFacts): void {
  if (school.status !== 'open') {
    reader.fault(
      '学校标识码',
      '这所学校已并入他校或已撤销，不能改动',
      '登记的内容，或删去这一行；恢复办学请在学校页面办理',
    );
    return;
  }
  const { name, schoolType = school.schoolType, countyId = school.countyId } = read;
  const { managingUnitId = school.managingUnitId } = read;
  const kind = kindFault(school.schoolType, schoolType);
  if (kind) {
    reader.fault('办学类型', `登记为 ${school.schoolType}，${kind.sentence}`, `${school.schoolType}，或删去这一行`);
  } else if (schoolType !== school.schoolType) {
    reader.fault('办学类型', '与登记不同，导入不能改变办学类型', `${school.schoolType}；变更请在学校页面办理`);
  }
  if (countyId !== school.countyId || managingUnitId !== school.managingUnitId) {
    reader.fault('县级单位', '与登记不同，导入不能改变所在地和管理单位', '登记的单位；变更请在学校页面办理');
  }
  if (name !== undefined && !isSameName(name, school.name) && day < school.lastChange) {
    reader.fault('学校名称', `变动日期 ${day} 早于这所学校最近一次变动`, `不早于 ${school.lastChange} 的变动日期`);
  }
}

/** The changes that a sound row makes to a school. */
function changesOf(row: number, school: RegisteredSchool, fresh: NewSchool): ImportAct[] {
  const { name, sponsorCode, ownership, urbanClass } = fresh;
  const foundedYear = fresh.foundedYear ?? school.foundedYear;
  const to = { sponsorCode, ownership, urbanClass, foundedYear };
  const what = corrections(school, fresh);
  return [
    // Brackets of the other width, blanks and invisible signs do not make a different name.
    ...(isSameName(name, school.name) ? [] : [{ kind: 'rename' as const, row, school, name }]),
    ...(what.length === 0 ? [] : [{ kind: 'correct' as const, row, school, to, what: what.join('；') }]),
  ];
}

function sameFacts(school: RegisteredSchool, fresh: NewSchool): boolean {
  return (
    fresh.schoolType === school.schoolType &&
    fresh.countyId === school.countyId &&
    fresh.managingUnitId === school.managingUnitId &&
    isSameName(fresh.name, school.name) &&
    corrections(school, fresh).length === 0
  );
}

/** The facts that an import may correct and that differ between row and register. */
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

/** The codes that a table names, those that cannot be codes left out. */
export function codesIn(table: HeadedTable): string[] {
  const codes = table.rows.map((row) => textOf(row.cells.get('学校标识码')));
  return [...new Set(codes.filter((code) => schoolCodeFault(code) === undefined))];
}
