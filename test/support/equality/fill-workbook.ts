import type ExcelJS from 'exceljs';
import { loadBook } from '#test/support/workbook/load-book.ts';

/** What somebody types into the workbook of a school: 本年值 by field name. */
export function fillSchoolForm(bytes: Uint8Array, values: Readonly<Record<string, unknown>>): Promise<Uint8Array> {
  return edited(bytes, (book) => {
    book.getWorksheet('填报表')!.eachRow((row) => {
      const field = String(row.getCell(2).value);
      if (field in values) row.getCell(5).value = values[field] as ExcelJS.CellValue;
    });
  });
}

/**
 * What somebody types into the workbook of a unit: ten more books where a school can still be changed, else nothing.
 */
export function fillUnitForm(bytes: Uint8Array): Promise<Uint8Array> {
  return edited(bytes, (book) => {
    const sheet = book.getWorksheet('设备')!;
    let column = 0;
    sheet.getRow(3).eachCell((cell, number) => {
      if (cell.value === '图书册数') column = number;
    });
    sheet.eachRow((row, number) => {
      const cell = row.getCell(column);
      if (number > 4 && cell.protection?.locked === false) cell.value = Number(cell.value ?? 0) + 10;
    });
  });
}

async function edited(bytes: Uint8Array, change: (book: ExcelJS.Workbook) => void): Promise<Uint8Array> {
  const book = await loadBook(bytes);
  change(book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}
