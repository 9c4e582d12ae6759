import type { Fold, Term } from '#domain/formula/term.ts';

/** How a formula refers to its table. */
export interface SqlSetting {
  /**
   * The SQL expression of a field: a double precision, boolean or text column, NULL where missing. It goes into the
   * statement unchanged, so it must come from the program, never from a person.
   */
  readonly column: (name: string) => string;
  /**
   * Where aggregates run: `group` inside a grouped statement (formulas of county scope), or a window such as
   * `partition by county_id` for formulas of school scope.
   */
  readonly aggregates: 'group' | { readonly window: string };
  /** With `group`, the order in which doubles are added up, e.g. `school_id`; absent: PostgreSQL's choice. */
  readonly order?: string;
}

const folds: Readonly<Record<Fold, string>> = { sum: 'sum', mean: 'avg', max: 'max', min: 'min' };

/**
 * Compiles a checked formula to one PostgreSQL expression in double precision that yields what `evaluateTerm` yields,
 * NULL where that is missing. Texts of the formula become quoted literals; sizes are bounded by the language's limits.
 */
export function compileToSql(term: Term, setting: SqlSetting): string {
  return new Writer(setting).write(term);
}

class Writer {
  readonly #setting: SqlSetting;

  constructor(setting: SqlSetting) {
    this.#setting = setting;
  }

  write(term: Term): string {
    switch (term.kind) {
      case 'number':
        return numberLiteral(term.value);
      case 'text':
        return textLiteral(term.value);
      case 'truth':
        return String(term.value);
      case 'field':
        return this.#setting.column(term.name);
      case 'negate':
        return `(- ${this.write(term.operand)})`;
      case 'not':
        return `(not ${this.write(term.operand)})`;
      case 'present':
        return `((${this.write(term.operand)}) is not null)`;
      case 'round':
        return `(round((${this.write(term.operand)})::numeric, ${term.places})::double precision)`;
      case 'arithmetic': {
        const right = this.write(term.right);
        return `(${this.write(term.left)} ${term.operator} ${term.operator === '/' ? `nullif(${right}, 0)` : right})`;
      }
      case 'comparison':
        return `(${this.write(term.left)} ${comparisons[term.operator]} ${this.write(term.right)})`;
      case 'logic':
        return `(${this.write(term.left)} ${term.operator === '且' ? 'and' : 'or'} ${this.write(term.right)})`;
      case 'member':
        return `(${this.write(term.operand)} in (${term.list.map(literal).join(', ')}))`;
      case 'choice':
        // A searched CASE would treat an unknown condition as false; a comparison with both truth values does not.
        return `(case (${this.write(term.condition)}) when true then ${this.write(term.whenTrue)} when false then ${this.write(term.whenFalse)} end)`;
      case 'fold':
        return this.#fold(term);
      case 'aggregate':
        return this.#aggregate(term);
    }
  }

  #fold(term: Term & { kind: 'fold' }): string {
    const operands = term.operands.map((operand) => this.write(operand));
    if (term.fold === 'sum') return `(${operands.join(' + ')})`;
    if (term.fold === 'mean') return `((${operands.join(' + ')}) / ${numberLiteral(operands.length)})`;
    // greatest() and least() skip NULL, but here one missing operand makes the whole missing. The missing operand
    // becomes the infinity that wins, and that infinity becomes NULL again. No figure of a formula is infinite.
    const infinity = `'${term.fold === 'max' ? '' : '-'}Infinity'::double precision`;
    const guarded = operands.map((operand) => `coalesce(${operand}, ${infinity})`).join(', ');
    return `nullif(${term.fold === 'max' ? 'greatest' : 'least'}(${guarded}), ${infinity})`;
  }

  #aggregate(term: Term & { kind: 'aggregate' }): string {
    const operand = this.write(term.operand);
    const where = term.where ? this.write(term.where) : undefined;
    const over = this.#setting.aggregates === 'group' ? '' : ` over (${this.#setting.aggregates.window})`;
    const order = this.#setting.order && over === '' ? ` order by ${this.#setting.order}` : '';
    const call = (name: string, inner: string, more?: string): string => {
      const conditions = [where, more].filter((part) => part !== undefined);
      const filter = conditions.length > 0 ? ` filter (where ${conditions.join(' and ')})` : '';
      return `${name}(${inner})${filter}${over}`;
    };
    const decided = where ? `count(*)${over} = count(${where})${over}` : undefined;
    const complete = `${call('count', '*')} = ${call('count', operand)}`;
    if (term.fold === 'count') {
      const counts = term.operand.type === 'truth';
      const number = counts ? call('count', '*', operand) : call('count', operand);
      const conditions = [decided, counts ? complete : undefined].filter((part) => part !== undefined);
      if (conditions.length === 0) return `((${number})::double precision)`;
      return `(case when ${conditions.join(' and ')} then (${number})::double precision end)`;
    }
    const conditions = [decided, complete].filter((part) => part !== undefined).join(' and ');
    const ordered = term.fold === 'sum' || term.fold === 'mean' ? `${operand}${order}` : operand;
    // avg() of doubles also keeps squares, which may overflow where the mean does not.
    const number =
      term.fold === 'mean'
        ? `${call('sum', ordered)} / nullif(${call('count', operand)}, 0)`
        : call(folds[term.fold], ordered);
    return `(case when ${conditions} then ${number} end)`;
  }
}

const comparisons = { '=': '=', '≠': '<>', '<': '<', '≤': '<=', '>': '>', '≥': '>=' } as const;

function literal(value: number | string): string {
  return typeof value === 'number' ? numberLiteral(value) : textLiteral(value);
}

function numberLiteral(value: number): string {
  return `'${value}'::double precision`;
}

function textLiteral(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
