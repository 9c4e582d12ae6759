import {
  addMagnitudes,
  countMagnitude,
  divideMagnitudes,
  eitherMagnitude,
  exceedsDoubles,
  fieldMagnitude,
  literalMagnitude,
  type Magnitude,
  multiplyMagnitudes,
  overSchools,
  roundMagnitude,
} from './magnitude.ts';
import { type Arithmetic, type Comparison, type FormulaNode, formulaProblem } from './syntax.ts';
import type { Fold, Term, TermType } from './term.ts';
import { divideUnits, multiplyUnits, sameKind, sameUnit, type Unit, unitText } from './unit.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A term with its unit (undefined: any) and the bounds of its results. */
export interface Checked {
  readonly term: Term;
  readonly unit: Unit | undefined;
  readonly magnitude: Magnitude;
}

/**
 * Where a formula is evaluated: for one school, or once for a county (then the fields of its schools stand inside
 * aggregates only, and what is the county's own anywhere).
 */
export type FormulaScope = 'school' | 'county';

const typeNames: Readonly<Record<TermType, string>> = { number: '数字', truth: '条件', text: '文字' };
const folds: ReadonlyMap<string, Fold> = new Map([
  ['合计', 'sum'],
  ['平均', 'mean'],
  ['最大', 'max'],
  ['最小', 'min'],
]);
const functionNames = ['如果', '合计', '平均', '计数', '最大', '最小', '四舍五入', '有值'];
const trivial: Magnitude = literalMagnitude(0);

/**
 * Looks names up, checks types and units and bounds the results.
 * @throws Problem `formula.invalid` pointing at the piece that is wrong
 */
export function check(source: string, node: FormulaNode, vocabulary: Vocabulary, scope: FormulaScope): Checked {
  return new Checker(source, vocabulary, scope).check(node, false);
}

class Checker {
  readonly #source: string;
  readonly #vocabulary: Vocabulary;
  readonly #scope: FormulaScope;

  constructor(source: string, vocabulary: Vocabulary, scope: FormulaScope) {
    this.#source = source;
    this.#vocabulary = vocabulary;
    this.#scope = scope;
  }

  check(node: FormulaNode, inAggregate: boolean): Checked {
    const checked = this.#checkNode(node, inAggregate);
    if (exceedsDoubles(checked.magnitude)) throw this.#refuse(node, '连乘或连除过多，结果可能超出可计算的范围');
    return checked;
  }

  #checkNode(node: FormulaNode, inAggregate: boolean): Checked {
    switch (node.kind) {
      case 'number':
        return this.#number({ kind: 'number', type: 'number', value: node.value }, literalMagnitude(node.value));
      case 'text':
        return plain({ kind: 'text', type: 'text', value: node.value });
      case 'truth':
        return plain({ kind: 'truth', type: 'truth', value: node.value });
      case 'name':
        return this.#field(node, inAggregate);
      case 'negate': {
        const operand = this.#expect(node.operand, 'number', inAggregate);
        return { ...operand, term: { kind: 'negate', type: 'number', operand: operand.term } };
      }
      case 'not': {
        const operand = this.#expect(node.operand, 'truth', inAggregate);
        return plain({ kind: 'not', type: 'truth', operand: operand.term });
      }
      case 'binary':
        return this.#binary(node, inAggregate);
      case 'member':
        return this.#member(node, inAggregate);
      case 'call':
        return this.#call(node, inAggregate);
    }
  }

  #field(node: FormulaNode & { kind: 'name' }, inAggregate: boolean): Checked {
    const field = this.#vocabulary.find(node.name);
    if (!field) {
      if (functionNames.includes(node.name)) throw this.#refuse(node, `函数“${node.name}”后面缺少括号`);
      const near = this.#vocabulary.nearest(node.name);
      throw this.#refuse(node, `没有名为“${node.name}”的数据项${near ? `，是否应为“${near}”？` : ''}`);
    }
    if (this.#scope === 'county' && !inAggregate && !field.own) {
      throw this.#refuse(node, `全县的公式中，“${node.name}”要放在 合计、平均、计数、最大 或 最小 之内`);
    }
    const term: Term = { kind: 'field', type: field.type, name: field.name };
    return { term, unit: field.unit, magnitude: field.type === 'number' ? fieldMagnitude : trivial };
  }

  #binary(node: FormulaNode & { kind: 'binary' }, inAggregate: boolean): Checked {
    const { operator } = node;
    if (operator === '且' || operator === '或') {
      const left = this.#expect(node.left, 'truth', inAggregate).term;
      const right = this.#expect(node.right, 'truth', inAggregate).term;
      return plain({ kind: 'logic', type: 'truth', operator, left, right });
    }
    if (isArithmetic(operator)) {
      const left = this.#expect(node.left, 'number', inAggregate);
      const right = this.#expect(node.right, 'number', inAggregate);
      const term: Term = { kind: 'arithmetic', type: 'number', operator, left: left.term, right: right.term };
      if (operator === '*') return { term, ...product(left, right) };
      if (operator === '/') {
        if (right.term.kind === 'number' && right.term.value === 0) throw this.#refuse(node.right, '除数不能是 0');
        return { term, ...quotient(left, right) };
      }
      return { term, unit: this.#common(node, left, right), magnitude: addMagnitudes(left.magnitude, right.magnitude) };
    }
    return this.#comparison(node, operator, inAggregate);
  }

  #comparison(node: FormulaNode & { kind: 'binary' }, operator: Comparison, inAggregate: boolean): Checked {
    const left = this.check(node.left, inAggregate);
    const right = this.check(node.right, inAggregate);
    if (left.term.type !== right.term.type) {
      throw this.#refuse(node, `不能拿${typeNames[left.term.type]}与${typeNames[right.term.type]}比较`);
    }
    if (left.term.type !== 'number' && operator !== '=' && operator !== '≠') {
      throw this.#refuse(node, `${typeNames[left.term.type]}只能比较是否相等（= 或 ≠）`);
    }
    if (left.term.type === 'number') this.#common(node, left, right);
    return plain({ kind: 'comparison', type: 'truth', operator, left: left.term, right: right.term });
  }

  #member(node: FormulaNode & { kind: 'member' }, inAggregate: boolean): Checked {
    const operand = this.check(node.operand, inAggregate);
    if (operand.term.type === 'truth') throw this.#refuse(node.operand, '条件不能用“属于”');
    if (node.list.length === 0) throw this.#refuse(node, '“属于”的括号中至少要有一个值');
    const list = node.list.map((item) => {
      if (item.kind !== operand.term.type) {
        throw this.#refuse(item, `“属于”的括号中应是${typeNames[operand.term.type]}`);
      }
      return (item as { value: number | string }).value;
    });
    return plain({ kind: 'member', type: 'truth', operand: operand.term, list });
  }

  #call(node: FormulaNode & { kind: 'call' }, inAggregate: boolean): Checked {
    if (node.name === '如果') return this.#choice(node, inAggregate);
    if (node.name === '四舍五入') return this.#round(node, inAggregate);
    if (node.name === '有值') {
      const operand = this.check(this.#operands(node, 1, 1)[0]!, inAggregate);
      return plain({ kind: 'present', type: 'truth', operand: operand.term });
    }
    if (node.name === '计数') return this.#aggregate(node, 'count', inAggregate);
    const fold = folds.get(node.name);
    if (!fold) throw this.#refuse(node, `没有名为“${node.name}”的函数，可用的函数有 ${functionNames.join('、')}`);
    const operands = this.#operands(node, 1, Number.POSITIVE_INFINITY);
    if (operands.length === 1) return this.#aggregate(node, fold, inAggregate);
    // Several operands: numbers are folded within the school; a condition in second place narrows an aggregate.
    if (operands.length === 2 && this.#isCondition(operands[1]!)) return this.#aggregate(node, fold, inAggregate);
    return this.#fold(node, fold, inAggregate);
  }

  #choice(node: FormulaNode & { kind: 'call' }, inAggregate: boolean): Checked {
    const [first, second, third] = this.#operands(node, 3, 3, '如果(条件, 成立时的值, 不成立时的值)');
    const condition = this.#expect(first!, 'truth', inAggregate);
    const yes = this.check(second!, inAggregate);
    const no = this.#expect(third!, yes.term.type, inAggregate);
    const { type } = yes.term;
    return {
      term: { kind: 'choice', type, condition: condition.term, whenTrue: yes.term, whenFalse: no.term },
      unit: type === 'number' ? this.#common(node, yes, no) : undefined,
      magnitude: eitherMagnitude(yes.magnitude, no.magnitude),
    };
  }

  #round(node: FormulaNode & { kind: 'call' }, inAggregate: boolean): Checked {
    const [first, second] = this.#operands(node, 2, 2, '四舍五入(数, 小数位数)');
    const operand = this.#expect(first!, 'number', inAggregate);
    if (second!.kind !== 'number' || !Number.isInteger(second!.value) || second!.value > 10) {
      throw this.#refuse(second!, '小数位数应是 0 到 10 的整数');
    }
    const places = second!.value;
    return {
      term: { kind: 'round', type: 'number', operand: operand.term, places },
      unit: operand.unit,
      magnitude: roundMagnitude(operand.magnitude, places),
    };
  }

  #fold(node: FormulaNode & { kind: 'call' }, fold: Fold, inAggregate: boolean): Checked {
    const operands = node.operands.map((operand) => this.#expect(operand, 'number', inAggregate));
    const [head, ...rest] = operands as [Checked, ...Checked[]];
    const seed: Checked = {
      ...head,
      term: { kind: 'fold', type: 'number', fold, operands: operands.map((o) => o.term) },
    };
    const merge = fold === 'max' || fold === 'min' ? eitherMagnitude : addMagnitudes;
    return rest.reduce<Checked>(
      (left, right) => ({
        term: seed.term,
        unit: this.#common(node, left, right),
        magnitude: merge(left.magnitude, right.magnitude),
      }),
      seed,
    );
  }

  #aggregate(node: FormulaNode & { kind: 'call' }, fold: Fold | 'count', inAggregate: boolean): Checked {
    if (inAggregate) throw this.#refuse(node, `“${node.name}”对全县学校计算，不能再放进另一个全县的计算之内`);
    const [first, second] = this.#operands(node, 1, 2);
    const operand = fold === 'count' ? this.check(first!, true) : this.#expect(first!, 'number', true);
    const where = second ? this.#expect(second, 'truth', true).term : undefined;
    const term: Term = { kind: 'aggregate', type: 'number', fold, operand: operand.term, where };
    if (fold === 'count') return this.#number(term, countMagnitude);
    const magnitude = fold === 'max' || fold === 'min' ? operand.magnitude : overSchools(operand.magnitude);
    return { term, unit: operand.unit, magnitude };
  }

  #operands(node: FormulaNode & { kind: 'call' }, least: number, most: number, usage = ''): readonly FormulaNode[] {
    const count = node.operands.length;
    if (count < least || count > most) {
      const wanted =
        least === most ? least : most === Number.POSITIVE_INFINITY ? `至少 ${least}` : `${least} 至 ${most}`;
      throw this.#refuse(
        node,
        `“${node.name}”的括号中应有 ${wanted} 项，现有 ${count} 项${usage && `；写法：${usage}`}`,
      );
    }
    return node.operands;
  }

  /**
   * This is decided from the syntax alone: checking a nested formula twice at every depth would take exponential time.
   */
  #isCondition(node: FormulaNode): boolean {
    switch (node.kind) {
      case 'truth':
      case 'not':
      case 'member':
        return true;
      case 'binary':
        return !isArithmetic(node.operator);
      case 'name':
        return this.#vocabulary.find(node.name)?.type === 'truth';
      case 'call':
        if (node.name === '如果' && node.operands[1]) return this.#isCondition(node.operands[1]);
        return node.name === '有值';
      default:
        return false;
    }
  }

  #expect(node: FormulaNode, type: TermType, inAggregate: boolean): Checked {
    const checked = this.check(node, inAggregate);
    if (checked.term.type === type) return checked;
    throw this.#refuse(node, `这里应是${typeNames[type]}，而这是${typeNames[checked.term.type]}`);
  }

  /** The common unit of both sides; a side without a fixed unit adapts. */
  #common(node: FormulaNode, left: Checked, right: Checked): Unit | undefined {
    if (!left.unit || !right.unit) return left.unit ?? right.unit;
    if (sameUnit(left.unit, right.unit)) return left.unit;
    const pair = `${unitText(left.unit)} 与 ${unitText(right.unit)}`;
    throw this.#refuse(node, `单位不一致：${pair}${sameKind(left.unit, right.unit) ? ' 需先换算' : ' 不能放在一起'}`);
  }

  #number(term: Term, magnitude: Magnitude): Checked {
    return { term, unit: undefined, magnitude };
  }

  #refuse(node: FormulaNode, reason: string) {
    return formulaProblem(this.#source, node.at, reason);
  }
}

function plain(term: Term): Checked {
  return { term, unit: undefined, magnitude: trivial };
}

function isArithmetic(operator: string): operator is Arithmetic {
  return operator === '+' || operator === '-' || operator === '*' || operator === '/';
}

function product(left: Checked, right: Checked): Omit<Checked, 'term'> {
  const magnitude = multiplyMagnitudes(left.magnitude, right.magnitude);
  if (left.unit && right.unit) return { unit: multiplyUnits(left.unit, right.unit), magnitude };
  return { unit: left.unit ?? right.unit, magnitude };
}

function quotient(left: Checked, right: Checked): Omit<Checked, 'term'> {
  const magnitude = divideMagnitudes(left.magnitude, right.magnitude);
  if (!right.unit) return { unit: left.unit, magnitude };
  return { unit: divideUnits(left.unit ?? { scale: 1, powers: new Map() }, right.unit), magnitude };
}
