import { roundDouble } from './algebra.ts';
import type { Comparison } from './syntax.ts';
import type { Fold, Term } from './term.ts';

/**
 * Columns that a compiled formula reads by row: NaN is a missing number, undefined or null a missing text; a truth is 1,
 * 0 or NaN. Columns are looked up once, while compiling.
 */
export interface Columns {
  readonly numbers: (name: string) => ArrayLike<number>;
  readonly texts?: (name: string) => ArrayLike<string | null | undefined>;
}

/** The rows that aggregates run over, from `start` up to but without `end`; move it from county to county. */
export interface Frame {
  start: number;
  end: number;
}

type Kernel = (row: number) => number;
type TextKernel = (row: number) => string | null | undefined;

/**
 * Compiles a number or truth formula to closures over columns: no allocation, no look-up by name while it runs. A
 * missing result is NaN; ask `evaluateTerm` for its reason. A truth gives 1 or 0.
 */
export function compileToColumns(term: Term, columns: Columns, frame: Frame = { start: 0, end: 0 }): Kernel {
  const kernel = new Compiler(columns, frame).kernel(term);
  return (row) => {
    const value = kernel(row);
    return value - value === 0 ? value : Number.NaN;
  };
}

class Compiler {
  readonly #columns: Columns;
  readonly #frame: Frame;

  constructor(columns: Columns, frame: Frame) {
    this.#columns = columns;
    this.#frame = frame;
  }

  kernel(term: Term): Kernel {
    switch (term.kind) {
      case 'number': {
        const { value } = term;
        return () => value;
      }
      case 'truth': {
        const value = term.value ? 1 : 0;
        return () => value;
      }
      case 'field': {
        const column = this.#columns.numbers(term.name);
        return (row) => column[row]!;
      }
      case 'negate': {
        const operand = this.kernel(term.operand);
        return (row) => -operand(row);
      }
      case 'not': {
        const operand = this.kernel(term.operand);
        return (row) => 1 - operand(row);
      }
      case 'round': {
        const operand = this.kernel(term.operand);
        const { places } = term;
        return (row) => roundDouble(operand(row), places);
      }
      case 'present':
        return this.#present(term.operand);
      case 'arithmetic':
        return this.#arithmetic(term);
      case 'comparison':
        return this.#comparison(term);
      case 'logic':
        return this.#logic(term);
      case 'member':
        return this.#member(term);
      case 'choice':
        return this.#choice(term);
      case 'fold':
        return this.#fold(term);
      case 'aggregate':
        return this.#aggregate(term);
      case 'text':
        throw new RangeError('a text has no numeric column');
    }
  }

  #text(term: Term): TextKernel {
    if (term.kind === 'text') {
      const { value } = term;
      return () => value;
    }
    if (term.kind === 'field') {
      const column = this.#columns.texts?.(term.name) ?? [];
      return (row) => column[row];
    }
    if (term.kind === 'choice') {
      const condition = this.kernel(term.condition);
      const whenTrue = this.#text(term.whenTrue);
      const whenFalse = this.#text(term.whenFalse);
      return (row) => {
        const taken = condition(row);
        return taken === 1 ? whenTrue(row) : taken === 0 ? whenFalse(row) : undefined;
      };
    }
    throw new RangeError(`${term.kind} yields no text`);
  }

  #present(operand: Term): Kernel {
    if (operand.type === 'text') {
      const text = this.#text(operand);
      return (row) => (text(row) == null ? 0 : 1);
    }
    const number = this.kernel(operand);
    return (row) => {
      const value = number(row);
      return !Number.isNaN(value) ? 1 : 0;
    };
  }

  #arithmetic(term: Term & { kind: 'arithmetic' }): Kernel {
    const left = this.kernel(term.left);
    const right = this.kernel(term.right);
    if (term.operator === '+') return (row) => left(row) + right(row);
    if (term.operator === '-') return (row) => left(row) - right(row);
    if (term.operator === '*') return (row) => left(row) * right(row);
    return (row) => {
      const divisor = right(row);
      return divisor === 0 ? Number.NaN : left(row) / divisor;
    };
  }

  #comparison(term: Term & { kind: 'comparison' }): Kernel {
    if (term.left.type === 'text') {
      const left = this.#text(term.left);
      const right = this.#text(term.right);
      const whenEqual = term.operator === '=' ? 1 : 0;
      return (row) => {
        const [one, other] = [left(row), right(row)];
        if (one == null || other == null) return Number.NaN;
        return one === other ? whenEqual : 1 - whenEqual;
      };
    }
    const left = this.kernel(term.left);
    const right = this.kernel(term.right);
    const test = comparisons[term.operator];
    return (row) => {
      const one = left(row);
      const other = right(row);
      if (Number.isNaN(one) || Number.isNaN(other)) return Number.NaN;
      return test(one, other) ? 1 : 0;
    };
  }

  #logic(term: Term & { kind: 'logic' }): Kernel {
    const left = this.kernel(term.left);
    const right = this.kernel(term.right);
    const decisive = term.operator === '或' ? 1 : 0;
    return (row) => {
      const one = left(row);
      if (one === decisive) return decisive;
      const other = right(row);
      if (other === decisive) return decisive;
      return !Number.isNaN(one) && !Number.isNaN(other) ? 1 - decisive : Number.NaN;
    };
  }

  #member(term: Term & { kind: 'member' }): Kernel {
    const members: ReadonlySet<number | string> = new Set(term.list);
    if (term.operand.type === 'text') {
      const text = this.#text(term.operand);
      return (row) => {
        const value = text(row);
        return value == null ? Number.NaN : members.has(value) ? 1 : 0;
      };
    }
    const number = this.kernel(term.operand);
    return (row) => {
      const value = number(row);
      return !Number.isNaN(value) ? (members.has(value) ? 1 : 0) : Number.NaN;
    };
  }

  #choice(term: Term & { kind: 'choice' }): Kernel {
    const condition = this.kernel(term.condition);
    const whenTrue = this.kernel(term.whenTrue);
    const whenFalse = this.kernel(term.whenFalse);
    return (row) => {
      const taken = condition(row);
      return taken === 1 ? whenTrue(row) : taken === 0 ? whenFalse(row) : Number.NaN;
    };
  }

  #fold(term: Term & { kind: 'fold' }): Kernel {
    const operands = term.operands.map((operand) => this.kernel(operand));
    const step = folds[term.fold];
    const divisor = term.fold === 'mean' ? operands.length : 1;
    return (row) => {
      let total = operands[0]!(row);
      for (let i = 1; i < operands.length; i += 1) total = step(total, operands[i]!(row));
      return total / divisor;
    };
  }

  /** Computed once for each position of the frame, however many rows ask. */
  #aggregate(term: Term & { kind: 'aggregate' }): Kernel {
    const operand = term.operand.type === 'text' ? this.#present(term.operand) : this.kernel(term.operand);
    const where = term.where ? this.kernel(term.where) : undefined;
    const frame = this.#frame;
    const run = () =>
      term.fold === 'count'
        ? countRows(frame, operand, where, term.operand.type)
        : foldRows(frame, operand, where, term.fold);
    let start = -1;
    let end = -1;
    let result = Number.NaN;
    return () => {
      if (frame.start !== start || frame.end !== end) {
        ({ start, end } = frame);
        result = run();
      }
      return result;
    };
  }
}

const comparisons: Readonly<Record<Comparison, (left: number, right: number) => boolean>> = {
  '=': (left, right) => left === right,
  '≠': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '≤': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '≥': (left, right) => left >= right,
};

/** NaN wins in all four, so that one missing operand makes the whole missing. */
const folds: Readonly<Record<Fold, (left: number, right: number) => number>> = {
  sum: (left, right) => left + right,
  mean: (left, right) => left + right,
  max: Math.max,
  min: Math.min,
};

function foldRows(frame: Frame, operand: Kernel, where: Kernel | undefined, fold: Fold): number {
  const step = folds[fold];
  let total = Number.NaN;
  let count = 0;
  for (let row = frame.start; row < frame.end; row += 1) {
    const counted = where ? where(row) : 1;
    if (Number.isNaN(counted)) return Number.NaN;
    if (counted === 0) continue;
    const value = operand(row);
    if (Number.isNaN(value)) return Number.NaN;
    total = count === 0 ? value : step(total, value);
    count += 1;
  }
  return fold === 'mean' ? total / count : total;
}

function countRows(frame: Frame, operand: Kernel, where: Kernel | undefined, type: Term['type']): number {
  let count = 0;
  for (let row = frame.start; row < frame.end; row += 1) {
    const counted = where ? where(row) : 1;
    if (Number.isNaN(counted)) return Number.NaN;
    if (counted === 0) continue;
    const value = operand(row);
    if (type === 'number') count += !Number.isNaN(value) ? 1 : 0;
    else if (Number.isNaN(value)) return Number.NaN;
    else count += value;
  }
  return count;
}
