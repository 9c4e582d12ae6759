import { inexactNumber, keepsNumber } from '../kit/number-text.ts';
import { type Token, tokenize } from './lexer.ts';
import {
  type Arithmetic,
  type Comparison,
  type FormulaNode,
  formulaLimits,
  formulaProblem,
  type Logic,
  type Span,
} from './syntax.ts';

const comparisons: ReadonlySet<string> = new Set(['=', '≠', '<', '≤', '>', '≥', '属于']);

/** How tightly each infix word binds, weakest first: 或, 且, comparisons, + −, × ÷. Zero means: not an infix word. */
function bindingPower(token: Token): number {
  if (token.kind !== 'sign' && token.kind !== 'word') return 0;
  if (token.text === '或') return 10;
  if (token.text === '且') return 20;
  if (comparisons.has(token.text)) return 40;
  if (token.text === '+' || token.text === '-') return 50;
  if (token.text === '*' || token.text === '/') return 60;
  return 0;
}
const notPower = 30;
const signPower = 70;

/**
 * Parses a formula (Pratt: each infix word knows how tightly it binds).
 * @throws Problem `formula.invalid` with position and a sentence, also where a limit is passed.
 */
export function parse(source: string): FormulaNode {
  const reader = new Reader(source);
  const node = reader.expression(0, 0);
  reader.expectEnd();
  return node;
}

class Reader {
  readonly #source: string;
  readonly #characters: readonly string[];
  readonly #tokens: readonly Token[];
  #index = 0;
  #nodes = 0;

  constructor(source: string) {
    this.#source = source;
    this.#characters = [...source];
    this.#tokens = tokenize(source);
  }

  expression(power: number, depth: number): FormulaNode {
    if (depth > formulaLimits.depth) throw this.#refuse(this.#peek.at, `括号或嵌套超过 ${formulaLimits.depth} 层`);
    let left = this.#prefix(depth);
    for (;;) {
      const token = this.#peek;
      const binding = bindingPower(token);
      if (binding <= power) return left;
      this.#index += 1;
      left = this.#infix(left, token, binding, depth);
    }
  }

  expectEnd(): void {
    const token = this.#peek;
    if (token.kind === 'end') return;
    const reason = token.text === ')' ? '多了一个右括号' : `“${this.#written(token)}”前面缺少运算符`;
    throw this.#refuse(token.at, reason);
  }

  #prefix(depth: number): FormulaNode {
    const token = this.#peek;
    this.#index += 1;
    if (token.kind === 'number' && Number.isFinite(Number(token.text)) && !keepsNumber(token.text))
      throw this.#refuse(token.at, `数字${inexactNumber}`);
    if (token.kind === 'number') return this.#node({ kind: 'number', value: Number(token.text), at: token.at });
    if (token.kind === 'text') return this.#node({ kind: 'text', value: token.text, at: token.at });
    if (token.kind === 'name') {
      if (this.#isSign('(')) return this.#call(token, depth);
      return this.#node({ kind: 'name', name: token.text, at: token.at });
    }
    if (token.text === '真' || token.text === '假') {
      return this.#node({ kind: 'truth', value: token.text === '真', at: token.at });
    }
    if (token.text === '(') {
      const inner = this.expression(0, depth + 1);
      this.#expect(')', '缺少右括号', token.at);
      return inner;
    }
    if (token.text === '-' || token.text === '+' || token.text === '非') {
      const operand = this.expression(token.text === '非' ? notPower : signPower, depth + 1);
      if (token.text === '+') return operand;
      const kind = token.text === '-' ? 'negate' : 'not';
      return this.#node({ kind, operand, at: { start: token.at.start, end: operand.at.end } });
    }
    if (token.kind === 'end') {
      throw this.#refuse(token.at, this.#tokens.length === 1 ? '公式是空的' : '公式没有写完，缺少数据项或数字');
    }
    throw this.#refuse(token.at, `这里应是数据项、数字或左括号，不能是“${this.#written(token)}”`);
  }

  #infix(left: FormulaNode, token: Token, binding: number, depth: number): FormulaNode {
    if (token.text === '属于') return this.#member(left);
    const right = this.expression(binding, depth + 1);
    const at = { start: left.at.start, end: right.at.end };
    if (comparisons.has(token.text) && comparisons.has(this.#peek.text) && this.#peek.kind !== 'text') {
      throw this.#refuse(this.#peek.at, '比较不能连写，请用“且”连接两个比较');
    }
    return this.#node({ kind: 'binary', operator: token.text as Arithmetic | Comparison | Logic, left, right, at });
  }

  /** `办学类型 属于 ("211", "312")` */
  #member(operand: FormulaNode): FormulaNode {
    const open = this.#peek;
    this.#expect('(', '“属于”后面应是圆括号中的一列值', open.at);
    const list = this.#list(open, () => {
      const item = this.#prefix(formulaLimits.depth);
      if (item.kind !== 'text' && item.kind !== 'number') {
        throw this.#refuse(item.at, '“属于”的括号中只能列出文字或数字');
      }
      return item;
    });
    return this.#node({ kind: 'member', operand, list, at: { start: operand.at.start, end: this.#last.at.end } });
  }

  #call(name: Token, depth: number): FormulaNode {
    const open = this.#peek;
    this.#index += 1;
    const operands = this.#list(open, () => this.expression(0, depth + 1));
    return this.#node({
      kind: 'call',
      name: name.text,
      operands,
      at: { start: name.at.start, end: this.#last.at.end },
    });
  }

  #list(open: Token, item: () => FormulaNode): FormulaNode[] {
    const items: FormulaNode[] = [];
    if (this.#isSign(')')) {
      this.#index += 1;
      return items;
    }
    for (;;) {
      items.push(item());
      if (items.length > formulaLimits.operands) {
        throw this.#refuse(this.#last.at, `括号中最多列出 ${formulaLimits.operands} 项`);
      }
      if (!this.#isSign(',')) break;
      this.#index += 1;
    }
    this.#expect(')', '缺少右括号', open.at);
    return items;
  }

  #node(node: FormulaNode): FormulaNode {
    this.#nodes += 1;
    if (this.#nodes > formulaLimits.nodes) throw this.#refuse(node.at, `公式过大，不能超过 ${formulaLimits.nodes} 项`);
    return node;
  }

  #expect(sign: string, reason: string, at: Span): void {
    if (!this.#isSign(sign)) {
      const place = this.#peek.kind === 'end' ? at : this.#peek.at;
      throw this.#refuse(place, this.#peek.kind === 'end' ? reason : `${reason}，却遇到“${this.#written(this.#peek)}”`);
    }
    this.#index += 1;
  }

  #isSign(sign: string): boolean {
    return this.#peek.kind === 'sign' && this.#peek.text === sign;
  }

  #written(token: Token): string {
    return this.#characters.slice(token.at.start, token.at.end).join('');
  }

  #refuse(at: Span, reason: string) {
    return formulaProblem(this.#source, at, reason);
  }

  get #peek(): Token {
    return this.#tokens[Math.min(this.#index, this.#tokens.length - 1)]!;
  }

  get #last(): Token {
    return this.#tokens[Math.min(this.#index, this.#tokens.length) - 1]!;
  }
}
