import ExcelJS from 'exceljs';

/** A workbook as another library reads it. */
export async function loadBook(bytes: Uint8Array): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  // A small buffer lies in a pool with others, and the library reads all of it.
  await book.xlsx.load(new Uint8Array(bytes).buffer as never);
  return book;
}
