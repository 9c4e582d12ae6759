import { type Problem, problem } from '#domain/kit/problem.ts';
import { cellAddress } from '../../cell-address.ts';
import type { ReadCell } from '../sheet.ts';

/** From here on a spreadsheet has forgotten the last digits of a whole number. */
const forgetsDigits = 1e15;
const longestShown = 60;

/**
 * Why nothing may be read from a cell, whatever its column takes: an error, a day in place of a number, a formula whose
 * result nobody knows, characters that cannot be kept. Undefined for a cell that holds a text or a number.
 * @param place what the sentence begins with; `单元格` where the place stands beside it
 */
export function cellFault(cell: ReadCell, place = cellAddress(cell.row, cell.column)): Problem | undefined {
  const shown = cell.text.length > longestShown ? `${cell.text.slice(0, longestShown)}…` : cell.text;
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
      return cell.flaw && problem('table.cellCharacter', { place, ...cell.flaw });
  }
}
