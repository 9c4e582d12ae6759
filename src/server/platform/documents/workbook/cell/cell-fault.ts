import { type Problem, problem } from '#domain/kit/problem.ts';
import { cellAddress } from '../../cell-address.ts';
import type { ReadCell } from '../sheet.ts';

/** From this value on, a spreadsheet has lost the last digits of a whole number. */
const forgetsDigits = 1e15;
const longestShown = 60;

/**
 * The reason why a cell cannot be read for any column: an error, a day in place of a number, a formula whose result is
 * unknown, characters that cannot be stored, a text that was cut, a content that a merged cell covers. Undefined for a cell that holds a text or a number.
 * @param place the beginning of the sentence; `单元格` where the place stands beside it
 */
export function cellFault(cell: ReadCell, place = cellAddress(cell.row, cell.column)): Problem | undefined {
  const shown = cell.text.length > longestShown ? `${cell.text.slice(0, longestShown)}…` : cell.text;
  if (cell.covered) return problem('table.cellCovered', { place, shown });
  switch (cell.kind) {
    case 'error':
      return problem('table.cellError', { place, shown });
    case 'date':
      return problem('table.cellDate', { place, shown });
    case 'boolean':
      return problem('table.cellTruth', { place, shown });
    case 'not-a-number':
      return problem('table.cellNotANumber', { place, shown });
    case 'empty':
      return problem('table.cellNoResult', { place, shown });
    case 'number':
      return Math.abs(cell.value) < forgetsDigits ? undefined : problem('table.cellDigits', { place, shown });
    case 'text':
      if (cell.flaw === undefined) return undefined;
      if (cell.flaw.kind === 'cut') return problem('table.cellCut', { place, kept: cell.flaw.kept });
      return problem('table.cellCharacter', { place, ...cell.flaw });
  }
}
