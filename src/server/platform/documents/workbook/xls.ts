import { type CellObject, type ParsingOptions, read, set_cptable, type WorkBook, type WorkSheet } from '@e965/xlsx';
import * as codePages from '@e965/xlsx/dist/cpexcel.full.mjs';
import { problem } from '#domain/kit/problem.ts';
import { type CellKind, flags, GrowingCells, kinds } from './cell/cell-columns.ts';
import { withoutFlaws } from './cell/cell-text.ts';
import { showsDay } from './cell/number-format.ts';
import { toFifteenDigits } from './cell/number-text.ts';
import { Budget, type ReadLimits } from './limits.ts';
import type { ParsedSheet, ParsedWorkbook } from './parsed.ts';
import { resolveRanges } from './sheet-ranges.ts';
import { Texts } from './texts.ts';
import { damaged } from './zip.ts';

// Before Excel 97 texts were written in the code page of the machine: GBK in China.
set_cptable(codePages);

const options: ParsingOptions = {
  type: 'array',
  dense: true,
  cellDates: false,
  cellFormula: true,
  cellHTML: false,
  cellNF: true,
  cellText: false,
  cellStyles: true,
};

const errorNames: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
  43: '#GETTING_DATA',
};

/**
 * Reads a workbook of Excel 5.0 to 2003 by the library that knows its format.
 * @throws Problem `import.passwordProtected`, `import.tooLarge`, `import.damaged`
 */
export function readXls(bytes: Uint8Array, limits: ReadLimits): ParsedWorkbook {
  const book = parse(bytes);
  const budget = new Budget(limits);
  const texts = new Texts(budget);
  const sheets = book.SheetNames.map((name, index): ParsedSheet => {
    const state = book.Workbook?.Sheets?.[index]?.Hidden ?? 0;
    const content = readSheet(name, book.Sheets[name] ?? {}, texts, budget);
    return {
      name: withoutFlaws(name),
      visibility: state === 2 ? 'veryHidden' : state === 1 ? 'hidden' : 'visible',
      ...content,
    };
  });
  const from1904 = book.Workbook?.WBProps?.date1904 === true;
  return { from1904, texts: texts.all, flaws: texts.flaws, sheets };
}

function parse(bytes: Uint8Array): WorkBook {
  try {
    return read(bytes, options);
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    throw /password|encrypt/i.test(message) ? problem('import.passwordProtected') : damaged('旧版 .xls 的内容无法识别');
  }
}

function readSheet(name: string, sheet: WorkSheet, texts: Texts, budget: Budget) {
  const cells = new GrowingCells();
  // Rows and cells without content are holes in the array, which forEach skips.
  const rows = (sheet['!data'] ?? []) as (CellObject | undefined)[][];
  rows.forEach((row, rowIndex) => {
    row?.forEach((cell, column) => {
      budget.walk();
      const found = cell && contentOf(cell, texts);
      if (!found) return;
      budget.keep(name, rowIndex, column);
      if (found.text > 0) texts.use(found.text);
      const mark = kinds.indexOf(found.kind) | (cell.f === undefined ? 0 : flags.formula);
      const isLong = found.kind === 'number' && toFifteenDigits(found.number) !== found.number;
      cells.add(rowIndex, column, isLong ? mark | flags.long : mark, found.number, found.text);
    });
  });
  const { cells: finished } = cells.finish();
  const said = {
    merges: (sheet['!merges'] ?? []).map(({ s, e }) => {
      budget.countRange();
      return { top: s.r, left: s.c, bottom: e.r, right: e.c };
    }),
    hiddenRows: [...(sheet['!rows'] ?? []).entries()].filter(([, row]) => row?.hidden).map(([index]) => index),
    hiddenColumns: [...(sheet['!cols'] ?? []).entries()]
      .filter(([, column]) => column?.hidden)
      .map(([index]) => [index, index] as const),
    filters: [],
  };
  return { cells: finished, ...resolveRanges(name, finished, said, budget) };
}

function contentOf(cell: CellObject, texts: Texts): { kind: CellKind; number: number; text: number } | undefined {
  switch (cell.t) {
    case 'n': {
      const number = Number(cell.v);
      if (!Number.isFinite(number)) return { kind: 'not-a-number', number: 0, text: texts.add(String(cell.v)) };
      return { kind: showsDay(String(cell.z ?? '')) ? 'date' : 'number', number, text: 0 };
    }
    case 'b':
      return { kind: 'boolean', number: cell.v ? 1 : 0, text: 0 };
    case 'e':
      return { kind: 'error', number: 0, text: texts.add(errorNames[Number(cell.v)] ?? '#N/A') };
    case 's': {
      const text = texts.add(String(cell.v ?? ''));
      return text === 0 ? undefined : { kind: 'text', number: 0, text };
    }
    default:
      return undefined;
  }
}
