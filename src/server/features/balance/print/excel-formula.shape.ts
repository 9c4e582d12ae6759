import type { Term } from '#domain/formula/term.ts';

const folds = { sum: 'SUM', mean: 'AVERAGE', max: 'MAX', min: 'MIN' } as const;

/**
 * A number formula of a standard in Excel's language, without its sign of equality.
 * @param address the cell of a field; undefined where the worksheet does not have it
 * @returns undefined for what a worksheet cell cannot say, such as an aggregate over the county: its value stands instead
 */
export function excelFormula(term: Term, address: (field: string) => string | undefined): string | undefined {
  if (term.kind === 'number') return String(term.value);
  if (term.kind === 'field') return term.type === 'number' ? address(term.name) : undefined;
  if (term.kind === 'arithmetic') {
    const [left, right] = [excelFormula(term.left, address), excelFormula(term.right, address)];
    return left === undefined || right === undefined ? undefined : `(${left}${term.operator}${right})`;
  }
  if (term.kind === 'negate') return around(excelFormula(term.operand, address), (inner) => `(-${inner})`);
  if (term.kind === 'round') {
    return around(excelFormula(term.operand, address), (inner) => `ROUND(${inner},${term.places})`);
  }
  if (term.kind !== 'fold') return undefined;
  const operands = term.operands.map((operand) => excelFormula(operand, address));
  return operands.some((operand) => operand === undefined) ? undefined : `${folds[term.fold]}(${operands.join(',')})`;
}

function around(inner: string | undefined, write: (inner: string) => string): string | undefined {
  return inner === undefined ? undefined : write(inner);
}
