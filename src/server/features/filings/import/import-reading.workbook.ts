import type { CatalogueField } from '#domain/filing/catalogue.shape.ts';
import type { CellValue } from '#domain/filing/catalogue.ts';
import { problem } from '#domain/kit/problem.ts';
import type { Slices } from '#domain/kit/slices.ts';
import type { HeadingPlace } from '#platform/documents/heading-search.ts';
import { hiddenSheetNote } from '#platform/documents/notes/hidden-notes.ts';
import { type CellKind, type Sheet, type SheetCell, sheetsOfWorkbook } from '#platform/documents/sheet.ts';
import type { ReadWorkbook } from '#platform/documents/workbook-read.ts';
import { stampSheetName, type WorkbookStamp } from '../filing.workbook.ts';

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
    | 'doubtful-row'
    | 'not-applicable';
  readonly sheet: string;
  readonly cell: string;
  readonly value: string;
  readonly field: string | null;
  /** Null where the row was brought to no school, or the fault is not one of a school. */
  readonly filingId: string | null;
  /** The name of the school in a row that matches no school. */
  readonly school: string;
  /** The sentence where the cause alone does not say what to do. */
  readonly rule?: string;
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
  const sheet = book.sheets.find(({ name }) => name === stampSheetName);
  const [first] = sheet?.rows() ?? [];
  const text = first?.cells[0]?.value;
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

/** Nothing understood yet. */
export function emptyUnderstanding(): Understood {
  return { cells: [], explanations: [], stray: [], sheets: [], columns: 0, emptyRows: 0, notes: [] };
}

/** The visible sheets of the workbook; hidden sheets are not read, because nobody has looked at them. */
export function* shownSheets(book: ReadWorkbook, found: Understood): Slices<Sheet[]> {
  const sheets = book.sheets.filter((sheet) => sheet.name !== stampSheetName && !sheet.isEmpty);
  found.notes.push(...hiddenSheetNote(sheets.filter((sheet) => sheet.hidden).map(({ name }) => name)));
  return yield* sheetsOfWorkbook(sheets.filter((sheet) => !sheet.hidden));
}

/** Rows below the headings that hold anything, in order. */
export function* rowsBelow(
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

/** A filled cell with its filing and field. */
export function filledCell(filingId: string, field: CatalogueField, cell: SheetCell, place: Place): FilledCell {
  const { kind, number, text, fault } = cell;
  return { filingId, field, raw: number ?? text, kind, fault, ...place };
}

/** A cell that could not be brought to anything, with the reason. */
export function stray(
  cause: StrayCell['cause'],
  place: Place,
  cell: SheetCell,
  field: string | null,
  filingId: string | null,
): StrayCell {
  return { cause, ...place, value: cell.text, field, filingId, school: '' };
}
