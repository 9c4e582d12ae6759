import type { CatalogueField, CellValue } from '#domain/filing/catalogue.ts';
import { type Catalogue, enteredFields, fieldOf } from '#domain/filing/catalogue.ts';
import { readNumberText } from '#domain/kit/number-text.ts';
import { problem } from '#domain/kit/problem.ts';
import {
  cellFault,
  hiddenNotes,
  hiddenSheetNote,
  type ReadCell,
  type ReadSheet,
  type ReadWorkbook,
} from '#platform/documents/workbook-read.ts';
import { countyHeadings, placeName, stampSheetName, type WorkbookStamp } from './filing.workbook.ts';

/** A filled cell of a workbook, brought to its school and field. */
export interface FilledCell {
  readonly schoolCode: string;
  readonly field: CatalogueField;
  /** As it stands there; an error or date cell keeps its text. */
  readonly raw: CellValue;
  readonly kind: ReadCell['kind'];
  /** Why nothing may be read from the cell. */
  readonly fault: string | undefined;
  readonly sheet: string;
  readonly cell: string;
}

/** What somebody wrote beside a field. */
export interface FilledExplanation {
  readonly schoolCode: string;
  readonly field: CatalogueField;
  readonly text: string;
  readonly fault: string | undefined;
  readonly sheet: string;
  readonly cell: string;
}

/** A row or place that could not be brought to anything. */
export interface StrayCell {
  readonly cause: 'unknown-school' | 'duplicate-school' | 'duplicate-field' | 'not-applicable';
  readonly sheet: string;
  readonly cell: string;
  readonly value: string;
  readonly field: string | null;
  readonly schoolCode: string | null;
}

/** What a workbook holds, before anything is compared with what is stored. */
export interface Understood {
  readonly cells: FilledCell[];
  readonly explanations: FilledExplanation[];
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

/** Reads the form of one school: the row is the field, wherever the columns have been moved. */
export function understandSchool(
  book: ReadWorkbook,
  catalogue: Catalogue,
  school: { readonly code: string; readonly schoolType: string },
): Understood {
  const found = emptyUnderstanding(book);
  const own = new Set(enteredFields(catalogue, school).map((field) => field.key));
  for (const sheet of visibleSheets(book)) {
    const rows = rowsOf(sheet);
    const head = [...rows].find(([, row]) => hasTexts(row, ['数据项', '本年值']));
    if (!head) {
      found.notes.push(`工作表“${sheet.name}”里没有“数据项”和“本年值”两列，没有读取。`);
      continue;
    }
    const [headRow, headings] = head;
    const column = (title: string) => headings.find((cell) => textOf(cell) === title)?.column ?? -1;
    const [name, value, explanation] = [column('数据项'), column('本年值'), column('情况说明')];
    let count = 0;
    const taken: ReadCell[] = [];
    for (const [index, row] of rows) {
      if (index <= headRow) continue;
      const label = textOf(row.find((cell) => cell.column === name));
      const entry = row.find((cell) => cell.column === value);
      if (label === '') {
        if (entry) found.notes.push(`工作表“${sheet.name}”第 ${index + 1} 行没有写数据项名称，未读取。`);
        continue;
      }
      const field = fieldOf(catalogue, label);
      if (!field || !own.has(label)) {
        found.notes.push(`工作表“${sheet.name}”第 ${index + 1} 行的“${label}”不是这所学校的数据项，未读取。`);
        continue;
      }
      count += 1;
      const note = row.find((cell) => cell.column === explanation);
      if (note) found.explanations.push(filledExplanation(school.code, field, note, sheet.name));
      taken.push(...[note, entry].filter((cell) => cell !== undefined));
      if (!entry) continue;
      const twice = found.cells.some((cell) => cell.field.key === label);
      if (twice) found.stray.push(stray('duplicate-field', sheet, entry, label, school.code));
      else found.cells.push(filledCell(school.code, field, entry, sheet.name));
    }
    found.sheets.push({ name: sheet.name, rows: count, columns: 1 });
    found.notes.push(...notesOf(sheet, taken));
  }
  return { ...found, columns: 1 };
}

/** Reads the sheets of a county: the row is the school by its code, the column the field by its heading. */
export function understandCounty(
  book: ReadWorkbook,
  catalogue: Catalogue,
  schools: ReadonlyMap<string, { readonly schoolType: string }>,
): Understood {
  const found = emptyUnderstanding(book);
  const columns = new Set<string>();
  let emptyRows = 0;
  for (const sheet of visibleSheets(book)) {
    const rows = rowsOf(sheet);
    const head = [...rows].find(([, row]) => hasTexts(row, [countyHeadings[0]]));
    if (!head) {
      found.notes.push(`工作表“${sheet.name}”里没有“学校标识码”一列，没有读取。`);
      continue;
    }
    const [headRow, headings] = head;
    const codeColumn = headings.find((cell) => textOf(cell) === countyHeadings[0])!.column;
    const fields = new Map<number, CatalogueField>();
    for (const cell of headings) {
      const title = textOf(cell);
      const field = fieldOf(catalogue, title);
      if (field && field.derived === undefined && field.directory === undefined) {
        // A second column of the same name could hold other numbers: which of them is meant nobody can tell.
        if (columns.has(title)) found.stray.push(stray('duplicate-field', sheet, cell, title, null));
        fields.set(cell.column, field);
        columns.add(title);
      } else if (!(countyHeadings as readonly string[]).includes(title)) {
        found.notes.push(`工作表“${sheet.name}”的“${title}”列不是要填的数据项，未读取。`);
      }
    }
    const seen = new Map<string, number>();
    const taken: ReadCell[] = [];
    for (const [index, row] of rows) {
      if (index <= headRow) continue;
      const codeCell = row.find((cell) => cell.column === codeColumn);
      const entries = row.filter((cell) => fields.has(cell.column));
      const code = textOf(codeCell);
      if (code === '') {
        // The row of units below the headings has no code and no numbers.
        if (entries.some(isNumber)) {
          found.stray.push(stray('unknown-school', sheet, codeCell ?? entries[0]!, null, null));
        }
        continue;
      }
      if (entries.length === 0) {
        emptyRows += 1;
        continue;
      }
      const school = schools.get(code);
      if (!school) {
        found.stray.push(stray('unknown-school', sheet, codeCell!, null, code));
        continue;
      }
      if (seen.has(code)) {
        found.stray.push(stray('duplicate-school', sheet, codeCell!, null, code));
        continue;
      }
      seen.set(code, index);
      taken.push(...entries);
      const own = new Set(enteredFields(catalogue, school).map((field) => field.key));
      for (const cell of entries) {
        const field = fields.get(cell.column)!;
        if (own.has(field.key)) found.cells.push(filledCell(code, field, cell, sheet.name));
        else found.stray.push(stray('not-applicable', sheet, cell, field.key, code));
      }
    }
    found.sheets.push({ name: sheet.name, rows: seen.size, columns: fields.size });
    found.notes.push(...notesOf(sheet, taken));
  }
  return { ...found, columns: columns.size, emptyRows };
}

/** A number, also one that is kept as a text. */
function isNumber(cell: ReadCell): boolean {
  return cell.kind === 'number' || (cell.kind === 'text' && readNumberText(String(cell.value)).kind === 'number');
}

function emptyUnderstanding(book: ReadWorkbook): Understood {
  const hidden = book.sheets.filter((sheet) => sheet.hidden && sheet.name !== stampSheetName);
  const notes = hiddenSheetNote(hidden.map(({ name }) => name));
  return { cells: [], explanations: [], stray: [], sheets: [], columns: 0, emptyRows: 0, notes };
}

/** What nobody sees who opens the workbook is not what somebody wanted to hand in. */
function visibleSheets(book: ReadWorkbook): ReadSheet[] {
  return book.sheets.filter((sheet) => !sheet.hidden && sheet.name !== stampSheetName);
}

function notesOf(sheet: ReadSheet, cells: readonly ReadCell[]): string[] {
  return hiddenNotes(
    sheet,
    cells.map(({ row }) => row),
    cells.map(({ column }) => column),
  );
}

/** Rows that hold anything, in order. */
function rowsOf(sheet: ReadSheet): Map<number, ReadCell[]> {
  const rows = new Map<number, ReadCell[]>();
  for (const cell of sheet.cells) {
    const row = rows.get(cell.row);
    if (row) row.push(cell);
    else rows.set(cell.row, [cell]);
  }
  return rows;
}

/** The text of a cell as a name: full-width and stray blanks do not matter. */
function textOf(cell: ReadCell | undefined): string {
  return cell === undefined ? '' : String(cell.value).normalize('NFKC').trim();
}

function hasTexts(row: readonly ReadCell[], wanted: readonly string[]): boolean {
  return wanted.every((text) => row.some((cell) => textOf(cell) === text));
}

function filledCell(schoolCode: string, field: CatalogueField, cell: ReadCell, sheet: string): FilledCell {
  const place = placeName(sheet, cell.row, cell.column);
  const raw = cell.kind === 'number' ? cell.value : cell.text;
  return { schoolCode, field, raw, kind: cell.kind, fault: cellFault(cell, '单元格')?.message, ...place };
}

/** What somebody wrote is taken as written: 全角 punctuation is no slip of the keyboard in a sentence. */
function filledExplanation(
  schoolCode: string,
  field: CatalogueField,
  cell: ReadCell,
  sheet: string,
): FilledExplanation {
  // A day may well be an explanation; Excel makes one of what is typed like one.
  const fault = cell.kind === 'date' ? undefined : cellFault(cell, '单元格')?.message;
  return { schoolCode, field, text: cell.text.trim(), fault, ...placeName(sheet, cell.row, cell.column) };
}

function stray(
  cause: StrayCell['cause'],
  sheet: ReadSheet,
  cell: ReadCell,
  field: string | null,
  schoolCode: string | null,
): StrayCell {
  return { cause, ...placeName(sheet.name, cell.row, cell.column), value: cell.text, field, schoolCode };
}
