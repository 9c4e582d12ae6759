import type { Catalogue, CatalogueField } from '#domain/filing/catalogue.shape.ts';
import { enteredFields } from '#domain/filing/catalogue.ts';
import type { Slices } from '#domain/kit/slices.ts';
import { saysNoSchoolCode } from '#domain/org/school-code.ts';
import { rowColumns } from '#domain/table/headings.ts';
import { type DoubtfulRow, judgeRows, type LeftOutRow, rowRoleWords } from '#domain/table/row-role.ts';
import { foldedName } from '#domain/text/name-folding.ts';
import { contentsBelow } from '#platform/documents/headed-table.ts';
import { findHeadings, type HeadingPlace, wantedHeadings } from '#platform/documents/heading-search.ts';
import { hiddenNotes } from '#platform/documents/notes/hidden-notes.ts';
import type { Sheet, SheetCell } from '#platform/documents/sheet.ts';
import { numberOf, textOf } from '#platform/documents/table-cell.ts';
import type { ReadWorkbook } from '#platform/documents/workbook-read.ts';
import { countyHeadings, placeName } from '../filing.workbook.ts';
import {
  emptyUnderstanding,
  filledCell,
  rowsBelow,
  type StrayCell,
  shownSheets,
  stray,
  type Understood,
} from './import-reading.workbook.ts';

/** A filing by what a row of a workbook says of its school. */
export interface NamedFiling {
  readonly id: string;
  readonly code: string | null;
  readonly name: string;
  readonly schoolType: string;
}

/**
 * Reads the sheets of a county: the row is the school by its code, one without a code by its name; the column is the field
 * by its heading. It pauses after each row.
 */
export function* understandCounty(
  book: ReadWorkbook,
  catalogue: Catalogue,
  filings: readonly NamedFiling[],
): Slices<Understood> {
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
  for (const sheet of yield* shownSheets(book, found)) {
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
    const { left, doubtful } = yield* rolesOfRows(
      sheet,
      place,
      new Set([...fields.values()].map((field) => field.key)),
    );
    const seen = new Map<string, number>();
    for (const [index, row] of rowsBelow(sheet, place)) {
      yield;
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
      const doubt = doubtful.get(index + 1);
      if (doubt && filled.length > 0) {
        const judged = judgeDoubt(doubt, sheet.name, row[nameColumn], uncoded ? named : schools.coded(code));
        if (judged.fate === 'refused') {
          const [column, cell] =
            [nameColumn, codeColumn].map((one) => [one, row[one]] as const).find(([, one]) => one) ?? [];
          const at = column === undefined ? filled[0]!.place : placeName(sheet.name, index, column);
          found.stray.push({
            ...stray('doubtful-row', at, cell ?? filled[0]!.cell, null, null),
            rule: judged.sentence,
          });
          continue;
        }
        found.notes.push(judged.sentence);
      }
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

/**
 * What becomes of a row in doubt. A school that is registered under the very name of its row is proved by the register:
 * its officer could neither delete the row nor rename the school.
 */
function judgeDoubt(
  { fate, row, sentence }: DoubtfulRow,
  sheet: string,
  name: SheetCell | undefined,
  known: readonly NamedFiling[],
): Pick<DoubtfulRow, 'fate' | 'sentence'> {
  const [school] = known;
  const isRegistered = known.length === 1 && name !== undefined && foldedName(name.text) === foldedName(school!.name);
  if (fate === 'refused' && isRegistered) {
    const proved = `第 ${row} 行像合计或编号，名称却与登记的“${school!.name}”一致，已按这所学校读取，请核对。`;
    return { fate: 'counted', sentence: `工作表“${sheet}”${proved}` };
  }
  return { fate, sentence: `工作表“${sheet}”${sentence}。` };
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

/** Sums, means and numbering rows, and rows that may be such, by their number. */
function* rolesOfRows(
  sheet: Sheet,
  place: HeadingPlace,
  fields: ReadonlySet<string>,
): Slices<{ readonly left: ReadonlyMap<number, LeftOutRow>; readonly doubtful: ReadonlyMap<number, DoubtfulRow> }> {
  const columns = rowColumns(place.headings, fields, 'schools');
  const { leftOut, doubtful } = yield* judgeRows(yield* contentsBelow(sheet, place), columns);
  return {
    left: new Map(leftOut.map((row) => [row.row, row])),
    doubtful: new Map(doubtful.map((row) => [row.row, row])),
  };
}
