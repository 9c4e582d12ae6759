import { formulaLimits } from '../../formula/syntax.ts';
import { type Compare, compares } from '../lists.ts';
import { ConditionCursor, isConnective } from './condition-cursor.ts';
import type { ConditionToken } from './condition-lexer.ts';
import type { ConditionNode, ConditionVocabulary, Quantity, RuleKind, Wording } from './condition-syntax.ts';
import { answeredOptions, bareNumbers, numberCalls, QuantityParser } from './quantity-parser.ts';

const comparators: ReadonlySet<string> = new Set(compares);
const inverted: ReadonlySet<string> = new Set(['not', '非']);
const rules: ReadonlySet<string> = new Set(['veto', 'cap', 'downgrade']);
const bareTruths = ['first', 'again', 'urgent', 'beyondSchool', 'inQuota', 'precondition'] as const;
/** Words with brackets whose result is true or false; only `trend`, `anyMember` and `anyPeer` hold more than codes. */
const truthCalls: ReadonlySet<string> = new Set(['anyNo', 'verdict', 'trend', 'anyMember', 'anyPeer']);
const ownWords: ReadonlySet<string> = new Set([
  ...bareNumbers,
  ...bareTruths,
  ...answeredOptions,
  ...numberCalls,
  ...truthCalls,
  ...['option', 'grade', 'full', 'any', 'class', 'conclusion'],
]);
/** Words that people try, with what to write instead. */
const advice: ReadonlyMap<string, string> = new Map([
  ['repeat', '复评、重新申报写作 again'],
  ['repeatNo', '写作 repeatedNo'],
]);
/** The words on the screen for the keys of options. */
export const optionKeys: ReadonlyMap<string, string> = new Map([
  ['是', 'yes'],
  ['部分', 'part'],
  ['否', 'no'],
]);

/**
 * Parses a condition: the words of conclusions, with formulas of the formula language between them. `或` binds weakest,
 * then `且`, then `非`; a comparison may be chained.
 * @throws Problem `framework.conditionInvalid` with position, length and a Chinese reason
 */
export function parseCondition(written: string, vocabulary: ConditionVocabulary): ConditionNode {
  return new ConditionParser(new ConditionCursor(written, vocabulary)).whole();
}

class ConditionParser {
  readonly #cursor: ConditionCursor;
  readonly #quantities: QuantityParser;
  #depth = 0;

  constructor(cursor: ConditionCursor) {
    this.#cursor = cursor;
    this.#quantities = new QuantityParser(cursor);
  }

  whole(): ConditionNode {
    const node = this.#either();
    if (this.#cursor.peek.kind !== 'end') {
      throw this.#cursor.refuse(
        this.#cursor.peek,
        this.#cursor.peek.text === ')' ? '多了一个右括号' : '前面缺少“且”“或”或比较',
      );
    }
    return node;
  }

  #either(): ConditionNode {
    return this.#joined('either', () => this.#joined('both', () => this.#inverted()));
  }

  #joined(kind: 'either' | 'both', part: () => ConditionNode): ConditionNode {
    const parts = [part()];
    while (this.#cursor.joins(kind)) {
      this.#cursor.index += 1;
      parts.push(part());
    }
    return parts.length === 1 ? parts[0]! : { kind, parts };
  }

  #inverted(): ConditionNode {
    this.#depth += 1;
    if (this.#depth > formulaLimits.depth)
      throw this.#cursor.refuse(this.#cursor.peek, `括号或嵌套超过 ${formulaLimits.depth} 层`);
    const node = this.#invertedOnce();
    this.#depth -= 1;
    return node;
  }

  #invertedOnce(): ConditionNode {
    if (this.#cursor.peek.kind === 'word' && inverted.has(this.#cursor.peek.text)) {
      this.#cursor.index += 1;
      return { kind: 'not', part: this.#inverted() };
    }
    if (this.#cursor.isSign('(') && this.#opensGroup()) {
      this.#cursor.index += 1;
      const node = this.#either();
      this.#cursor.expect(')', '缺少右括号');
      return node;
    }
    return this.#atom();
  }

  /** A bracket holds a condition where a connective or nothing follows it; else it belongs to a calculation. */
  #opensGroup(): boolean {
    const close = this.#cursor.closing(this.#cursor.index);
    const next = this.#cursor.tokenAt(close + 1);
    return next.kind === 'end' || next.text === ')' || next.text === ',' || isConnective(next);
  }

  #atom(): ConditionNode {
    const token = this.#cursor.peek;
    if (token.kind === 'end') throw this.#cursor.refuse(token, '条件没有写完');
    const next = this.#cursor.next;
    if (token.kind === 'word' && advice.has(token.text)) throw this.#cursor.refuse(token, advice.get(token.text)!);
    if (token.text === 'any' || (token.text === 'no' && next.kind === 'word' && !isConnective(next))) {
      return this.#quantified();
    }
    if (bareTruths.some((word) => word === token.text)) {
      this.#cursor.index += 1;
      return { kind: token.text as (typeof bareTruths)[number] };
    }
    if (truthCalls.has(token.text)) return this.#callOfTruth(token);
    const end = this.#endOfAtom();
    const pieces = this.#cursor.until(end);
    const own = pieces.some(({ kind, text }) => kind === 'word' && ownWords.has(text));
    const chained = this.#comparatorsUntil(end) > 1;
    if (!own && !chained) return this.#formulaAtom(end);
    return this.#comparison();
  }

  /** `any veto`, `no cap`, `any leaf=否`, `any must=否`. */
  #quantified(): ConditionNode {
    const negative = this.#cursor.take().text === 'no';
    const thing = this.#cursor.take();
    let node: ConditionNode;
    if (rules.has(thing.text)) node = { kind: 'anyRule', rules: thing.text as RuleKind };
    else if (thing.text === 'leaf' || thing.text === 'must') {
      this.#cursor.expect('=', `${thing.text} 后面应是 = 和选项，例如 ${thing.text}=否`);
      const option = this.#cursor.take();
      if (option.kind !== 'word' && option.kind !== 'text') throw this.#cursor.refuse(option, '等号后面应是选项');
      node = { kind: 'anyOption', of: thing.text, option: optionKeys.get(option.text) ?? option.text, under: null };
    } else throw this.#cursor.refuse(thing, '这里应是 veto（否决）、cap（限优）、downgrade（降档）、leaf=… 或 must=…');
    return negative ? { kind: 'not', part: node } : node;
  }

  #callOfTruth(name: ConditionToken): ConditionNode {
    this.#cursor.index += 1;
    if (name.text === 'trend') return this.#trend();
    if (name.text === 'anyPeer') return this.#anyPeer();
    const { text, at } = this.#cursor.argument();
    if (name.text === 'anyMember')
      return { kind: 'anyMember', formula: this.#cursor.formula(at.start, at.end, 'truth') };
    if (name.text === 'verdict') return { kind: 'verdict', code: this.#cursor.code(text, at) };
    const codes = text.split(/[,、]/).map((code) => this.#cursor.code(code.trim(), at));
    return { kind: 'anyOption', of: 'leaf', option: 'no', under: codes };
  }

  /** `trend(f)=down3`: as many years in a row below the year before, here three. */
  #trend(): ConditionNode {
    const { at } = this.#cursor.argument();
    const known = this.#cursor.formula(at.start, at.end, 'number');
    this.#cursor.expect('=', 'trend(…) 后面应是 =down3 这样的走势');
    const word = this.#cursor.take();
    const found = /^(down|up)([1-9])$/.exec(word.text);
    if (!found) throw this.#cursor.refuse(word, '走势写作 down3（连续三年下降）或 up3（连续三年上升）');
    return { kind: 'trend', formula: known, direction: found[1] as 'down' | 'up', years: Number(found[2]) };
  }

  /** `anyPeer(条件)`, or with a comma and a fact in which the subjects must agree. */
  #anyPeer(): ConditionNode {
    this.#cursor.expect('(', 'anyPeer 后面缺少括号');
    const part = this.#either();
    let alike: string | null = null;
    if (this.#cursor.isSign(',')) {
      this.#cursor.index += 1;
      const name = this.#cursor.take();
      const known = this.#cursor.vocabulary.facts.find(name.text);
      if (name.kind !== 'word' || !known) throw this.#cursor.refuse(name, `没有名为“${name.text}”的数据项`);
      alike = known.name;
    }
    this.#cursor.expect(')', '缺少右括号');
    return { kind: 'anyPeer', part, alike };
  }

  #comparison(): ConditionNode {
    const start = this.#cursor.peek;
    const left = this.#quantities.side();
    if ('wording' in left) return this.#wordingComparison(left.wording);
    const steps: { operator: Compare; right: Quantity }[] = [];
    while (this.#cursor.peek.kind === 'sign' && comparators.has(this.#cursor.peek.text)) {
      const operator = this.#cursor.take().text as Compare;
      const full = this.#cursor.peek;
      if (full.text === 'full') {
        this.#cursor.index += 1;
        if (left.number.kind !== 'leaf') throw this.#cursor.refuse(full, 'full（满分）只与 leaf(代码) 比较');
        steps.push({ operator, right: { kind: 'full', code: left.number.code } });
      } else steps.push({ operator, right: this.#quantities.number() });
    }
    if (steps.length === 0)
      throw this.#cursor.refuse(this.#cursor.peek.kind === 'end' ? start : this.#cursor.peek, '这里缺少比较');
    return { kind: 'compare', first: left.number, steps };
  }

  #wordingComparison(left: Wording): ConditionNode {
    const operator = this.#cursor.take();
    if (operator.text !== '=' && operator.text !== '<>') throw this.#cursor.refuse(operator, '文字只能比较 = 或 <>');
    const value = this.#cursor.take();
    if (value.kind !== 'word' && value.kind !== 'text') throw this.#cursor.refuse(value, '这里应是一个词，例如 优秀');
    const words = left.kind === 'option' ? (optionKeys.get(value.text) ?? value.text) : value.text;
    return { kind: 'wording', left, equal: operator.text === '=', words };
  }

  #formulaAtom(end: number): ConditionNode {
    const from = this.#cursor.peek.start;
    const until = this.#cursor.tokenAt(end - 1).end;
    this.#cursor.index = end;
    return { kind: 'formula', formula: this.#cursor.formula(from, until, 'truth') };
  }

  /** Where the atom that begins here ends: at a connective, a comma or a bracket of the condition around it. */
  #endOfAtom(): number {
    let index = this.#cursor.index;
    for (;;) {
      const token = this.#cursor.tokenAt(index);
      if (token.kind === 'end' || isConnective(token) || (token.kind === 'sign' && [')', ','].includes(token.text))) {
        return index;
      }
      index = token.kind === 'sign' && token.text === '(' ? this.#cursor.closing(index) + 1 : index + 1;
    }
  }

  #comparatorsUntil(end: number): number {
    let count = 0;
    let depth = 0;
    for (const { kind, text } of this.#cursor.until(end)) {
      if (kind !== 'sign') continue;
      if (text === '(') depth += 1;
      if (text === ')') depth -= 1;
      if (depth === 0 && comparators.has(text)) count += 1;
    }
    return count;
  }
}
