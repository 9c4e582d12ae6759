import type { Catalogue } from '#domain/filing/catalogue.shape.ts';
import { enteredFields } from '#domain/filing/catalogue.ts';
import type { Slices } from '#domain/kit/slices.ts';
import { headingKey } from '#domain/table/headings.ts';
import { shownText } from '#domain/text/characters.ts';
import { type Column, findHeadings, wantedHeadings } from '#platform/documents/heading-search.ts';
import { hiddenNotes } from '#platform/documents/notes/hidden-notes.ts';
import type { ReadWorkbook } from '#platform/documents/workbook-read.ts';
import { placeName } from '../filing.workbook.ts';
import {
  emptyUnderstanding,
  filledCell,
  rowsBelow,
  shownSheets,
  stray,
  type Understood,
} from './import-reading.workbook.ts';

const schoolColumns: readonly Column[] = [{ name: '数据项' }, { name: '本年值' }, { name: '情况说明', optional: true }];

/** Reads the form of one school: the row is the field, wherever the columns have been moved. It pauses after each row. */
export function* understandSchool(
  book: ReadWorkbook,
  catalogue: Catalogue,
  filing: { readonly id: string; readonly schoolType: string },
): Slices<Understood> {
  const found = emptyUnderstanding();
  const own = new Map(enteredFields(catalogue, filing).map((field) => [headingKey(field.key), field]));
  for (const sheet of yield* shownSheets(book, found)) {
    const place = findHeadings(sheet, wantedHeadings(schoolColumns));
    if (place.found < 2) {
      found.notes.push(`工作表“${sheet.name}”里没有“数据项”和“本年值”两列，没有读取。`);
      continue;
    }
    const column = (title: string) => place.headings.indexOf(title);
    const [name, value, explanation] = [column('数据项'), column('本年值'), column('情况说明')];
    const rows: number[] = [];
    for (const [index, row] of rowsBelow(sheet, place)) {
      yield;
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
        found.explanations.push({ ...rest, text: shownText(String(raw)) });
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
