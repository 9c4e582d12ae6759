import type { Catalogue, CatalogueField } from '#domain/filing/catalogue.shape.ts';
import type { CellValue } from '#domain/filing/catalogue.ts';
import { enteredFields } from '#domain/filing/catalogue.ts';
import { problem } from '#domain/kit/problem.ts';
import { saysNoSchoolCode } from '#domain/org/school-code.ts';
import { headingKey, rowColumns } from '#domain/table/headings.ts';
import { judgeRows, type LeftOutRow, rowRoleWords } from '#domain/table/row-role.ts';
import { foldedName } from '#domain/text/name-folding.ts';
import { contentsBelow } from '#platform/documents/headed-table.ts';
import { type Column, findHeadings, type HeadingPlace, wantedHeadings } from '#platform/documents/heading-search.ts';
import { hiddenNotes, hiddenSheetNote } from '#platform/documents/hidden-notes.ts';
import { type CellKind, type Sheet, type SheetCell, sheetOfWorkbook } from '#platform/documents/sheet.ts';
import { numberOf, textOf } from '#platform/documents/table-cell.ts';
import type { ReadWorkbook } from '#platform/documents/workbook-read.ts';
import { countyHeadings, placeName, stampSheetName, type WorkbookStamp } from '../filing.workbook.ts';

/** A filled cell of a workbook, brought to its filing and field. */
export interface FilledCell {
  readonly filingId: string;
  readonly field: CatalogueField;
  /** The content as written; an error or date cell keeps its text. Characters that cannot be stored are shown as �. */
  readonly raw: CellValue;
  readonly kind: CellKind;
  /** Why nothing may be read from the cell, as a sentence. */
  readonly fault: string | undefined;
  readonly sheet: string;
  readonly cell: string;
}

/** The explanation of a field in the form of one school. */
export type WrittenExplanation = Omit<FilledCell, 'raw'> & { readonly text: string };

/** A row or place that could not be brought to anything. */
export interface StrayCell {
  readonly cause:
    | 'unknown-school'
    | 'unknown-name'
    | 'ambiguous-school'
    | 'duplicate-school'
    | 'duplicate-field'
    | 'not-applicable';
  readonly sheet: string;
  readonly cell: string;
  readonly value: string;
  readonly field: string | null;
  /** Null where the row was brought to no school, or the fault is not one of a school. */
  readonly filingId: string | null;
  /** The name of the school in a row that matches no school. */
  readonly school: string;
}

/** The content of a workbook, before it is compared with the stored cells. */
export interface Understood {
  readonly cells: FilledCell[];
  readonly explanations: WrittenExplanation[];
  readonly stray: StrayCell[];
  readonly sheets: { name: string; rows: number; columns: number }[];
  readonly columns: number;
  readonly emptyRows: number;
  readonly notes: string[];
}

/**
 * The hidden stamp of a workbook.
 * @throws Problem `import.notTemplate` when there is none, or it is not ours
 */
export function readStamp(book: ReadWorkbook): WorkbookStamp {
  const text = book.sheets.find((sheet) => sheet.name === stampSheetName)?.cells[0]?.value;
  try {
    const stamp = JSON.parse(String(text)) as Partial<WorkbookStamp>;
    const known = stamp.product === 'dudao' && (stamp.kind === 'school' || stamp.kind === 'county');
    const complete =
      typeof stamp.edition === 'string' && Number.isInteger(stamp.unitId) && Number.isInteger(stamp.schoolYear);
    if (known && complete && (stamp.kind === 'county' || Number.isInteger(stamp.schoolId)))
      return stamp as WorkbookStamp;
  } catch {
    // No JSON in the stamp: not our template, which is what the refusal says.
  }
  throw problem('import.notTemplate');
}

const schoolColumns: readonly Column[] = [{ name: '数据项' }, { name: '本年值' }, { name: '情况说明', optional: true }];

/** Reads the form of one school: the row is the field, wherever the columns have been moved. */
export function understandSchool(
  book: ReadWorkbook,
  catalogue: Catalogue,
  filing: { readonly id: string; readonly schoolType: string },
): Understood {
  const found = emptyUnderstanding();
  const own = new Map(enteredFields(catalogue, filing).map((field) => [headingKey(field.key), field]));
  for (const sheet of shownSheets(book, found)) {
    const place = findHeadings(sheet, wantedHeadings(schoolColumns));
    if (place.found < 2) {
      found.notes.push(`工作表“${sheet.name}”里没有“数据项”和“本年值”两列，没有读取。`);
      continue;
    }
    const column = (title: string) => place.headings.indexOf(title);
    const [name, value, explanation] = [column('数据项'), column('本年值'), column('情况说明')];
    const rows: number[] = [];
    for (const [index, row] of rowsBelow(sheet, place)) {
      const [label, entry] = [row[name], row[value]];
      if (!label) {
        if (entry) found.notes.push(`工作表“${sheet.name}”第 ${index + 1} 行没有写数据项名称，未读取。`);
        continue;
      }
      const field = own.get(headingKey(label.text));
      if (!field) {
        found.notes.push(`工作表“${sheet.name}”第 ${index + 1} 行的“${label.text}”不是这所学校的数据项，未读取。`);
        continue;
      }
      rows.push(index);
      const at = (column: number) => placeName(sheet.name, index, column);
      const note = row[explanation];
      if (note) {
        const { raw, ...rest } = filledCell(filing.id, field, note, at(explanation));
        found.explanations.push({ ...rest, text: String(raw) });
      }
      if (!entry) continue;
      const twice = found.cells.some((cell) => cell.field.key === field.key);
      if (twice) found.stray.push(stray('duplicate-field', at(value), entry, field.key, filing.id));
      else found.cells.push(filledCell(filing.id, field, entry, at(value)));
    }
    found.notes.push(...hiddenNotes(sheet, rows, [name, value, explanation]));
    found.sheets.push({ name: sheet.name, rows: rows.length, columns: 1 });
  }
  return { ...found, columns: 1 };
}

/** A filing by what a row of a workbook says of its school. */
export interface NamedFiling {
  readonly id: string;
  readonly code: string | null;
  readonly name: string;
  readonly schoolType: string;
}

/**
 * Reads the sheets of a county: the row is the school by its code, one without a code by its name; the column is the field
 * by its heading.
 */
export function understandCounty(
  book: ReadWorkbook,
  catalogue: Catalogue,
  filings: readonly NamedFiling[],
): Understood {
  const found = emptyUnderstanding();
  const known = new Map(catalogue.fields.map((field) => [field.key, field]));
  const entered = catalogue.fields.filter((field) => field.derived === undefined && field.directory === undefined);
  const wanted = wantedHeadings([
    { name: countyHeadings[0] },
    ...[countyHeadings[1], ...entered.map((field) => field.key)].map((name) => ({ name, optional: true })),
  ]);
  const schools = schoolsOf(filings);
  const columns = new Set<string>();
  let emptyRows = 0;
  for (const sheet of shownSheets(book, found)) {
    const place = findHeadings(sheet, wanted);
    if (place.found < 1) {
      found.notes.push(`工作表“${sheet.name}”里没有“学校标识码”一列，没有读取。`);
      continue;
    }
    const [codeColumn, nameColumn] = countyHeadings.map((heading) => place.headings.indexOf(heading)) as [
      number,
      number,
    ];
    const fields = fieldColumns(sheet, place, { known, columns, found });
    const left = leftOutRows(sheet, place, new Set([...fields.values()].map((field) => field.key)));
    const seen = new Map<string, number>();
    for (const [index, row] of rowsBelow(sheet, place)) {
      const codeCell = row[codeColumn];
      const filled = [...fields].flatMap(([column, field]) => {
        const cell = row[column];
        return cell ? [{ cell, field, place: placeName(sheet.name, index, column) }] : [];
      });
      const code = textOf(codeCell);
      const uncoded = code === '' || saysNoSchoolCode(code);
      const name = uncoded ? textOf(row[nameColumn]) : '';
      const codePlace = placeName(sheet.name, index, codeColumn);
      const role = left.get(index + 1);
      if (role) {
        if (filled.length > 0) {
          found.notes.push(
            `工作表“${sheet.name}”第 ${index + 1} 行（${role.words}）${rowRoleWords[role.role]}，未读取。`,
          );
        }
        continue;
      }
      const named = uncoded ? schools.called(name, code !== '') : [];
      if (code === '' && named.length === 0) {
        // The row of units below the headings has no code and no numbers.
        if (filled.some(({ cell }) => numberOf(cell).kind === 'number')) {
          found.stray.push(
            stray('unknown-school', codeCell ? codePlace : filled[0]!.place, codeCell ?? filled[0]!.cell, null, null),
          );
        }
        continue;
      }
      if (filled.length === 0) {
        emptyRows += 1;
        continue;
      }
      const known = uncoded ? named : schools.coded(code);
      const [school] = known;
      if (!school || known.length > 1 || seen.has(school.id)) {
        const nameCell = uncoded ? row[nameColumn] : undefined;
        const at = nameCell ? placeName(sheet.name, index, nameColumn) : codePlace;
        const cause = causeOf(known, uncoded);
        const filingId = cause === 'duplicate-school' ? school!.id : null;
        found.stray.push({ ...stray(cause, at, nameCell ?? codeCell!, null, filingId), school: uncoded ? name : code });
        continue;
      }
      seen.set(school.id, index);
      const own = new Set(enteredFields(catalogue, school).map((field) => field.key));
      for (const { cell, field, place: at } of filled) {
        if (own.has(field.key)) found.cells.push(filledCell(school.id, field, cell, at));
        else found.stray.push(stray('not-applicable', at, cell, field.key, school.id));
      }
    }
    found.notes.push(...hiddenNotes(sheet, seen.values(), [codeColumn, ...fields.keys()]));
    found.sheets.push({ name: sheet.name, rows: seen.size, columns: fields.size });
  }
  return { ...found, columns: columns.size, emptyRows };
}

/** Why a row belongs to no school: the school is unknown, is ambiguous, or has a row already. */
function causeOf(known: readonly NamedFiling[], uncoded: boolean): StrayCell['cause'] {
  if (known.length > 1) return 'ambiguous-school';
  if (known.length === 1) return 'duplicate-school';
  return uncoded ? 'unknown-name' : 'unknown-school';
}

/** Finds the filings of a workbook by what a row says of its school. */
function schoolsOf(filings: readonly NamedFiling[]) {
  const byCode = new Map(filings.map((filing) => [filing.code, [filing]]));
  const byName = new Map<string, NamedFiling[]>();
  for (const filing of filings) {
    const name = foldedName(filing.name);
    byName.set(name, [...(byName.get(name) ?? []), filing]);
  }
  return {
    coded: (code: string): readonly NamedFiling[] => byCode.get(code) ?? [],
    /**
     * Schools without a code by name. Where the row only leaves the code out, it could as well be a school of the same
     * name that has one: then both are given. `said`: the row says that there is none.
     */
    called(name: string, said: boolean): readonly NamedFiling[] {
      const named = byName.get(foldedName(name)) ?? [];
      const uncoded = named.filter(({ code }) => code === null);
      return said || uncoded.length === 0 ? uncoded : named;
    },
  };
}

/** Which column holds which field; a second column of one field and columns without a field are reported. */
function fieldColumns(
  sheet: Sheet,
  place: HeadingPlace,
  {
    known,
    columns,
    found,
  }: {
    readonly known: ReadonlyMap<string, CatalogueField>;
    readonly columns: Set<string>;
    readonly found: Understood;
  },
): Map<number, CatalogueField> {
  const fields = new Map<number, CatalogueField>();
  place.headings.forEach((title, column) => {
    if (title === undefined || (countyHeadings as readonly string[]).includes(title)) return;
    const field = known.get(title);
    if (!field || field.derived !== undefined || field.directory !== undefined) {
      found.notes.push(`工作表“${sheet.name}”的“${title}”列不是要填的数据项，未读取。`);
      return;
    }
    const cell = sheet.rows[place.row]?.[column] ?? sheet.rows[place.upper ?? place.row]?.[column];
    // A second column of the same name could hold other numbers, and nobody knows which ones are meant.
    if (columns.has(title) && cell) {
      found.stray.push(stray('duplicate-field', placeName(sheet.name, place.row, column), cell, title, null));
    }
    fields.set(column, field);
    columns.add(title);
  });
  return fields;
}

/** Sums, means and numbering rows, by their number. */
function leftOutRows(sheet: Sheet, place: HeadingPlace, fields: ReadonlySet<string>): Map<number, LeftOutRow> {
  const columns = rowColumns(place.headings, fields, 'schools');
  return new Map(judgeRows(contentsBelow(sheet, place), columns).leftOut.map((row) => [row.row, row]));
}

function emptyUnderstanding(): Understood {
  return { cells: [], explanations: [], stray: [], sheets: [], columns: 0, emptyRows: 0, notes: [] };
}

/** The visible sheets of the workbook; hidden sheets are not read, because nobody has looked at them. */
function shownSheets(book: ReadWorkbook, found: Understood): Sheet[] {
  const sheets = book.sheets.filter((sheet) => sheet.name !== stampSheetName && sheet.cells.length > 0);
  found.notes.push(...hiddenSheetNote(sheets.filter((sheet) => sheet.hidden).map(({ name }) => name)));
  return sheets.filter((sheet) => !sheet.hidden).map(sheetOfWorkbook);
}

/** Rows below the headings that hold anything, in order. */
function* rowsBelow(
  sheet: Sheet,
  { row: from }: HeadingPlace,
): Generator<readonly [index: number, row: ReadonlyArray<SheetCell | undefined>]> {
  for (let index = from + 1; index < sheet.rows.length; index += 1) {
    const row = sheet.rows[index];
    if (row) yield [index, row];
  }
}

interface Place {
  readonly sheet: string;
  readonly cell: string;
}

function filledCell(filingId: string, field: CatalogueField, cell: SheetCell, place: Place): FilledCell {
  const { kind, number, text, fault } = cell;
  return { filingId, field, raw: number ?? text, kind, fault, ...place };
}

function stray(
  cause: StrayCell['cause'],
  place: Place,
  cell: SheetCell,
  field: string | null,
  filingId: string | null,
): StrayCell {
  return { cause, ...place, value: cell.text, field, filingId, school: '' };
}
