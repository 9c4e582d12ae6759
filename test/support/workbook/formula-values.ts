import type exceljs from 'exceljs';

type Scalar = number | string | null;
type Result = Scalar | Scalar[];

const tokens =
  /\s*("[^"]*"|[\d.]+(?:E[+-]?\d+)?|[A-Z]+(?=\()|(?:[^\s!,()*/^+<>=-]+!)?\$?[A-Z]+\$?\d+|[-+*/^(),:<>=])/gy;

/**
 * Computes the formulas of a workbook from its cells, as Excel does with the words that the product writes; the stored
 * results are not looked at. An empty cell is 0 in arithmetic and skipped by a sum.
 */
export function formulaValues(book: exceljs.Workbook) {
  const known = new Map<string, Scalar>();
  const cellOf = (sheet: exceljs.Worksheet, address: string): Scalar => {
    const key = `${sheet.name}!${address}`;
    if (known.has(key)) return known.get(key)!;
    const { value } = sheet.getCell(address);
    const formula = typeof value === 'object' && value !== null && 'formula' in value ? value.formula : undefined;
    const result = formula === undefined ? (value as Scalar) : (compute(sheet, formula) as Scalar);
    known.set(key, result);
    return result;
  };

  function compute(sheet: exceljs.Worksheet, formula: string): Result {
    const words = [...formula.matchAll(tokens)].map(([, word]) => word!);
    if (words.join('') !== formula.replaceAll(/\s/g, '')) throw new Error(`cannot read ${formula}`);
    let at = 0;
    const take = (word: string) => words[at] === word && ++at > 0;
    const binary = (next: () => Result, operators: Record<string, (a: number, b: number) => number>) => () => {
      let left = next();
      for (let word = words[at]; word !== undefined && Object.hasOwn(operators, word); word = words[at]) {
        at += 1;
        left = each(left, next(), operators[word]!);
      }
      return left;
    };
    const primary = (): Result => {
      if (take('-')) return each(0, primary(), (a, b) => a - b);
      if (take('(')) return close(compare());
      const word = words[at++]!;
      if (word.startsWith('"')) return word.slice(1, -1);
      if (/^[\d.]/.test(word)) return Number(word);
      if (take('(')) {
        const operands = [compare()];
        while (take(',')) operands.push(compare());
        return close(call(word, operands));
      }
      const [address, name] = word.replaceAll('$', '').split('!').reverse() as [string, string?];
      const where = name === undefined ? sheet : book.getWorksheet(name)!;
      if (!take(':')) return cellOf(where, address);
      const [column, from, to] = [address.replace(/\d/g, ''), address, words[at++]!.replaceAll('$', '')];
      const [first, last] = [from, to].map((end) => Number(end.replace(/\D/g, ''))) as [number, number];
      return Array.from({ length: last - first + 1 }, (_, row) => cellOf(where, `${column}${first + row}`));
    };
    const close = (value: Result): Result => {
      if (!take(')')) throw new Error(`a bracket is open in ${formula}`);
      return value;
    };
    const power = binary(primary, { '^': (a, b) => a ** b });
    const product = binary(power, { '*': (a, b) => a * b, '/': (a, b) => a / b });
    const sum = binary(product, { '+': (a, b) => a + b, '-': (a, b) => a - b });
    const compare = binary(sum, { '=': (a, b) => Number(a === b), '<': (a, b) => Number(a < b) });
    const value = compare();
    if (at !== words.length) throw new Error(`cannot read ${formula} from ${words[at]}`);
    return value;
  }
  return (sheet: string, address: string) => cellOf(book.getWorksheet(sheet)!, address);
}

function each(left: Result, right: Result, act: (a: number, b: number) => number): Result {
  const number = (value: Scalar) => {
    if (typeof value === 'string') throw new Error(`#VALUE! “${value}”`);
    return value ?? 0;
  };
  if (!Array.isArray(left) && !Array.isArray(right)) return act(number(left), number(right));
  const length = Array.isArray(left) ? left.length : (right as Scalar[]).length;
  const item = (value: Result, index: number) => number(Array.isArray(value) ? value[index]! : value);
  return Array.from({ length }, (_, index) => act(item(left, index), item(right, index)));
}

function call(name: string, operands: readonly Result[]): Result {
  const numbers = operands.flat().filter((value): value is number => typeof value === 'number');
  if (name === 'SUM') return numbers.reduce((total, value) => total + value, 0);
  if (name === 'SQRT') return Math.sqrt(numbers[0]!);
  if (name === 'ABS') return Math.abs(numbers[0]!);
  if (name === 'IF') return operands[0] ? operands[1]! : operands[2]!;
  if (name === 'SUMPRODUCT') {
    const products = operands.reduce((left, right) => each(left, right, (a, b) => a * b)) as number[];
    return products.reduce((total, value) => total + value, 0);
  }
  throw new Error(`no function ${name}`);
}
