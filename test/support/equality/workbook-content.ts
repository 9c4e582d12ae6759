import ExcelJS from 'exceljs';
import { loadBook } from '#test/support/workbook/load-book.ts';

const typeNames = new Map(Object.entries(ExcelJS.ValueType).map(([name, type]) => [type as ExcelJS.ValueType, name]));

/**
 * What somebody sees, may type and can print in a workbook, without the bytes that hold it. It lists the sheets in
 * their order with widths, frozen panes, page and protection, and for each cell its value, type, number format, look,
 * note and limits.
 */
export async function workbookContent(bytes: Uint8Array): Promise<unknown> {
  const book = await loadBook(bytes);
  return {
    creator: book.creator,
    definedNames: book.definedNames.model,
    sheets: book.worksheets.map(sheetContent),
  };
}

function sheetContent(sheet: ExcelJS.Worksheet): unknown {
  const looks = new Map<string, string>();
  const cells: Record<string, unknown> = {};
  const heights: Record<string, number> = {};
  sheet.eachRow((row, number) => {
    if (row.height !== undefined) heights[number] = row.height;
    row.eachCell({ includeEmpty: true }, (cell) => {
      const look = JSON.stringify(cell.style);
      if (!looks.has(look)) looks.set(look, `look ${looks.size + 1}`);
      // One short line, so that a difference takes one line too.
      cells[cell.address] = [looks.get(look), typeNames.get(cell.type), cell.value, ...noteOf(cell)];
    });
  });
  return {
    name: sheet.name,
    state: sheet.state,
    columns: (sheet.columns ?? []).map(({ width, hidden }) => ({ width, hidden })),
    heights,
    views: sheet.views,
    page: sheet.pageSetup,
    headerFooter: sheet.headerFooter,
    autoFilter: sheet.autoFilter,
    merged: sheet.model.merges,
    protection: (sheet as unknown as { sheetProtection: unknown }).sheetProtection,
    limits: limitsOf(sheet),
    looks: Object.fromEntries([...looks].map(([look, name]) => [name, JSON.parse(look)])),
    cells,
  };
}

function noteOf(cell: ExcelJS.Cell): unknown[] {
  const { note } = cell;
  if (note === undefined) return [];
  return [typeof note === 'string' ? note : (note.texts ?? []).map(({ text }) => text).join('')];
}

/** Each limit once, with the cells to which it applies. */
function limitsOf(sheet: ExcelJS.Worksheet): Record<string, string> {
  const { model } = (sheet as unknown as { dataValidations: { model: Record<string, unknown> } }).dataValidations;
  const limits: Record<string, string> = {};
  for (const [address, rule] of Object.entries(model)) {
    const limit = JSON.stringify(rule);
    limits[limit] = limits[limit] === undefined ? address : `${limits[limit]} ${address}`;
  }
  return limits;
}
