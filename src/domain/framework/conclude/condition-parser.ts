import { type Formula, formula } from '../../formula/formula.ts';
import { formulaLimits } from '../../formula/syntax.ts';
import { exact } from '../../kit/decimal.ts';
import { isProblem, type Problem } from '../../kit/problem.ts';
import { type ConditionSource, type ConditionToken, conditionProblem, cutCondition } from './condition-lexer.ts';
import type {
  Comparator,
  ConditionNode,
  ConditionVocabulary,
  Quantity,
  RuleKind,
  Wording,
} from './condition-syntax.ts';

const comparators: ReadonlySet<string> = new Set(['<', '<=', '=', '>=', '>', '<>']);
const either: ReadonlySet<string> = new Set(['or', '或']);
const both: ReadonlySet<string> = new Set(['and', '且']);
const inverted: ReadonlySet<string> = new Set(['not', '非']);
const rules: ReadonlySet<string> = new Set(['veto', 'cap', 'downgrade']);
const bareNumbers = [
  'total',
  'base',
  'bonus',
  'failedMust',
  'mustRate',
  'mustNo',
  'targetsMissing',
  'tenureMonths',
  'servedMonths',
  'repeatedNo',
] as const;
const bareTruths = ['first', 'again', 'urgent', 'beyondSchool', 'inQuota', 'precondition'] as const;
const options = ['yes', 'part', 'no'] as const;
/** Words with their own brackets; what stands in the brackets is no formula but for `trend`, `anyMember` and `anyPeer`. */
const calls: ReadonlySet<string> = new Set([
  'rate',
  'leaf',
  'minRate',
  'count',
  'layer',
  'survey',
  'evaluation',
  'consecutive',
  'option',
  'grade',
  'anyNo',
  'verdict',
  'trend',
  'anyMember',
  'anyPeer',
]);
const ownWords: ReadonlySet<string> = new Set([
  ...bareNumbers,
  ...bareTruths,
  ...options,
  ...calls,
  'full',
  'any',
  'class',
  'conclusion',
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

/** Either side of a comparison. */
type Side = { readonly number: Quantity } | { readonly wording: Wording };

/**
 * Parses a condition: the words of conclusions, with formulas of the formula language between them. `或` binds weakest,
 * then `且`, then `非`; a comparison may be chained.
 * @throws Problem `framework.conditionInvalid` with position, length and a Chinese reason
 */
export function parseCondition(written: string, vocabulary: ConditionVocabulary): ConditionNode {
  const source = cutCondition(written);
  if (source.tokens.length === 1) throw conditionProblem(written, { start: 0, end: 1 }, '条件是空的');
  return new ConditionReader(source, vocabulary).whole();
}

class ConditionReader {
  readonly #source: ConditionSource;
  readonly #vocabulary: ConditionVocabulary;
  #index = 0;
  #depth = 0;

  constructor(source: ConditionSource, vocabulary: ConditionVocabulary) {
    this.#source = source;
    this.#vocabulary = vocabulary;
  }

  whole(): ConditionNode {
    const node = this.#either();
    if (this.#peek.kind !== 'end') {
      throw this.#refuse(this.#peek, this.#peek.text === ')' ? '多了一个右括号' : '前面缺少“且”“或”或比较');
    }
    return node;
  }

  #either(): ConditionNode {
    return this.#joined('either', either, () => this.#joined('both', both, () => this.#inverted()));
  }

  #joined(kind: 'either' | 'both', words: ReadonlySet<string>, part: () => ConditionNode): ConditionNode {
    const parts = [part()];
    while (this.#peek.kind === 'word' && words.has(this.#peek.text)) {
      this.#index += 1;
      parts.push(part());
    }
    return parts.length === 1 ? parts[0]! : { kind, parts };
  }

  #inverted(): ConditionNode {
    this.#depth += 1;
    if (this.#depth > formulaLimits.depth) throw this.#refuse(this.#peek, `括号或嵌套超过 ${formulaLimits.depth} 层`);
    const node = this.#invertedOnce();
    this.#depth -= 1;
    return node;
  }

  #invertedOnce(): ConditionNode {
    if (this.#peek.kind === 'word' && inverted.has(this.#peek.text)) {
      this.#index += 1;
      return { kind: 'not', part: this.#inverted() };
    }
    if (this.#isSign('(') && this.#opensGroup()) {
      this.#index += 1;
      const node = this.#either();
      this.#expect(')', '缺少右括号');
      return node;
    }
    return this.#atom();
  }

  /** A bracket holds a condition where a connective or nothing follows it; else it belongs to a calculation. */
  #opensGroup(): boolean {
    const close = this.#closing(this.#index);
    const next = this.#source.tokens[close + 1]!;
    return next.kind === 'end' || next.text === ')' || next.text === ',' || isConnective(next);
  }

  #atom(): ConditionNode {
    const token = this.#peek;
    if (token.kind === 'end') throw this.#refuse(token, '条件没有写完');
    const next = this.#source.tokens[this.#index + 1]!;
    if (token.kind === 'word' && advice.has(token.text)) throw this.#refuse(token, advice.get(token.text)!);
    if (token.text === 'any' || (token.text === 'no' && next.kind === 'word' && !isConnective(next))) {
      return this.#quantified();
    }
    if (bareTruths.some((word) => word === token.text)) {
      this.#index += 1;
      return { kind: token.text as (typeof bareTruths)[number] };
    }
    if (['anyNo', 'verdict', 'trend', 'anyMember', 'anyPeer'].includes(token.text)) return this.#callOfTruth(token);
    const end = this.#endOfAtom();
    const pieces = this.#source.tokens.slice(this.#index, end);
    const own = pieces.some(({ kind, text }) => kind === 'word' && ownWords.has(text));
    const chained = this.#comparatorsUntil(end) > 1;
    if (!own && !chained) return this.#formulaAtom(end);
    return this.#comparison();
  }

  /** `any veto`, `no cap`, `any leaf=否`, `any must=否`. */
  #quantified(): ConditionNode {
    const negative = this.#take().text === 'no';
    const thing = this.#take();
    let node: ConditionNode;
    if (rules.has(thing.text)) node = { kind: 'anyRule', rules: thing.text as RuleKind };
    else if (thing.text === 'leaf' || thing.text === 'must') {
      this.#expect('=', `${thing.text} 后面应是 = 和选项，例如 ${thing.text}=否`);
      const option = this.#take();
      if (option.kind !== 'word' && option.kind !== 'text') throw this.#refuse(option, '等号后面应是选项');
      node = { kind: 'anyOption', of: thing.text, option: optionKeys.get(option.text) ?? option.text, under: null };
    } else throw this.#refuse(thing, '这里应是 veto（否决）、cap（限优）、downgrade（降档）、leaf=… 或 must=…');
    return negative ? { kind: 'not', part: node } : node;
  }

  #callOfTruth(name: ConditionToken): ConditionNode {
    this.#index += 1;
    if (name.text === 'trend') return this.#trend();
    if (name.text === 'anyPeer') return this.#anyPeer();
    const { text, at } = this.#argument();
    if (name.text === 'anyMember') return { kind: 'anyMember', formula: this.#formula(at.start, at.end, 'truth') };
    if (name.text === 'verdict') return { kind: 'verdict', code: this.#code(text, at) };
    const codes = text.split(/[,、]/).map((code) => this.#code(code.trim(), at));
    return { kind: 'anyOption', of: 'leaf', option: 'no', under: codes };
  }

  /** `trend(f)=down3`: three years in a row below the year before. */
  #trend(): ConditionNode {
    const { at } = this.#argument();
    const known = this.#formula(at.start, at.end, 'number');
    this.#expect('=', 'trend(…) 后面应是 =down3 这样的走势');
    const word = this.#take();
    const found = /^(down|up)([1-9])$/.exec(word.text);
    if (!found) throw this.#refuse(word, '走势写作 down3（连续三年下降）或 up3（连续三年上升）');
    return { kind: 'trend', formula: known, direction: found[1] as 'down' | 'up', years: Number(found[2]) };
  }

  /** `anyPeer(条件)`, or with a comma and a fact in which the subjects must agree. */
  #anyPeer(): ConditionNode {
    this.#expect('(', 'anyPeer 后面缺少括号');
    const part = this.#either();
    let alike: string | null = null;
    if (this.#isSign(',')) {
      this.#index += 1;
      const name = this.#take();
      const known = this.#vocabulary.facts.find(name.text);
      if (name.kind !== 'word' || !known) throw this.#refuse(name, `没有名为“${name.text}”的数据项`);
      alike = known.name;
    }
    this.#expect(')', '缺少右括号');
    return { kind: 'anyPeer', part, alike };
  }

  #comparison(): ConditionNode {
    const start = this.#peek;
    const left = this.#side();
    if ('wording' in left) return this.#wordingComparison(left.wording);
    const steps: { operator: Comparator; right: Quantity }[] = [];
    while (this.#peek.kind === 'sign' && comparators.has(this.#peek.text)) {
      const operator = this.#take().text as Comparator;
      const full = this.#peek;
      if (full.text === 'full') {
        this.#index += 1;
        if (left.number.kind !== 'leaf') throw this.#refuse(full, 'full（满分）只与 leaf(代码) 比较');
        steps.push({ operator, right: { kind: 'full', code: left.number.code } });
      } else steps.push({ operator, right: this.#number() });
    }
    if (steps.length === 0) throw this.#refuse(this.#peek.kind === 'end' ? start : this.#peek, '这里缺少比较');
    return { kind: 'compare', first: left.number, steps };
  }

  #wordingComparison(left: Wording): ConditionNode {
    const operator = this.#take();
    if (operator.text !== '=' && operator.text !== '<>') throw this.#refuse(operator, '文字只能比较 = 或 <>');
    const value = this.#take();
    if (value.kind !== 'word' && value.kind !== 'text') throw this.#refuse(value, '这里应是一个词，例如 优秀');
    const words = left.kind === 'option' ? (optionKeys.get(value.text) ?? value.text) : value.text;
    return { kind: 'wording', left, equal: operator.text === '=', words };
  }

  #side(): Side {
    const token = this.#peek;
    if (token.text === 'class' || token.text === 'conclusion') {
      this.#index += 1;
      return { wording: { kind: token.text } };
    }
    if (token.text === 'option' || token.text === 'grade') {
      this.#index += 1;
      const { text, at } = this.#argument();
      return { wording: { kind: token.text, code: this.#code(text, at) } };
    }
    if (token.text === 'layer' || token.text === 'evaluation') {
      const graded = this.#graded();
      if (graded) return { wording: graded };
    }
    return { number: this.#number() };
  }

  /** `layer(province).grade`, `evaluation(key).grade`; undefined where a number is meant. */
  #graded(): Wording | undefined {
    const start = this.#index;
    const { text: name } = this.#take();
    const { text } = this.#argument();
    if (this.#isSign('.') && this.#source.tokens[this.#index + 1]!.text === 'grade') {
      this.#index += 2;
      return name === 'layer' ? { kind: 'layerGrade', layer: text } : { kind: 'evaluationGrade', key: text };
    }
    this.#index = start;
    return undefined;
  }

  #number(): Quantity {
    let left = this.#product();
    while (this.#isSign('+') || this.#isSign('-')) {
      const operator = this.#take().text as '+' | '-';
      left = { kind: 'arithmetic', operator, left, right: this.#product() };
    }
    return left;
  }

  #product(): Quantity {
    let left = this.#factor();
    while (this.#isSign('*') || this.#isSign('/')) {
      const operator = this.#take().text as '*' | '/';
      left = { kind: 'arithmetic', operator, left, right: this.#factor() };
    }
    return left;
  }

  #factor(): Quantity {
    const token = this.#peek;
    if (token.kind === 'number') {
      if (!/^\d+(\.\d+)?$/.test(token.text)) throw this.#refuse(token, `“${token.text}”不是数字`);
      this.#index += 1;
      return { kind: 'number', value: exact(token.text) };
    }
    if (this.#isSign('-')) {
      this.#index += 1;
      return { kind: 'negate', operand: this.#factor() };
    }
    if (this.#isSign('(')) {
      this.#index += 1;
      const inner = this.#number();
      this.#expect(')', '缺少右括号');
      return inner;
    }
    if (token.kind === 'end') throw this.#refuse(token, '条件没有写完');
    if (token.kind !== 'word') throw this.#refuse(token, '这里应是数字、条件词或数据项');
    const bare = bareNumbers.find((word) => word === token.text);
    if (bare) {
      this.#index += 1;
      return { kind: bare };
    }
    const option = options.find((word) => word === token.text);
    if (option) {
      this.#index += 1;
      return { kind: 'options', option };
    }
    return calls.has(token.text) ? this.#callOfNumber(token) : this.#formulaFactor();
  }

  #callOfNumber(name: ConditionToken): Quantity {
    this.#index += 1;
    const { text, at } = this.#argument();
    switch (name.text) {
      case 'rate':
      case 'leaf':
        return { kind: name.text, code: this.#code(text, at) };
      case 'minRate': {
        const level = /^level([1-9])$/.exec(text);
        if (!level) throw this.#refuseAt(at, '写作 minRate(level1)，数字是指标的级');
        return { kind: 'minRate', level: Number(level[1]) };
      }
      case 'count': {
        const [grade = '', under, more] = text.split(/[,、]/).map((part) => part.trim());
        if (grade === '' || more !== undefined)
          throw this.#refuseAt(at, '写作 count("合格") 或 count("合格", 指标代码)');
        return { kind: 'count', grade: unquoted(grade), under: under === undefined ? null : this.#code(under, at) };
      }
      case 'consecutive':
        return { kind: 'consecutive', grade: unquoted(text) };
      case 'layer':
        return { kind: 'layer', layer: text };
      case 'survey': {
        const found = /^(.+)\.(share|mean)$/.exec(text);
        if (!found) throw this.#refuseAt(at, '写作 survey(名称.share) 或 survey(名称.mean)：满意比例与均分不能混用');
        return { kind: 'survey', survey: found[1]!, measure: found[2] as 'share' | 'mean' };
      }
      case 'evaluation': {
        this.#expect('.', 'evaluation(…) 后面应是 .grade、.rate 或 .total');
        const measure = this.#take();
        if (measure.text !== 'rate' && measure.text !== 'total') {
          throw this.#refuse(measure, 'evaluation(…) 后面应是 .grade、.rate 或 .total');
        }
        return { kind: 'evaluation', key: text, measure: measure.text };
      }
      default:
        throw this.#refuse(name, `“${name.text}”不是数字`);
    }
  }

  /** A fact or a function of the formula language as one side of a comparison. */
  #formulaFactor(): Quantity {
    const start = this.#take();
    let end = start.end;
    if (this.#isSign('(')) {
      const close = this.#closing(this.#index);
      end = this.#source.tokens[close]!.end;
      this.#index = close + 1;
    }
    return { kind: 'formula', formula: this.#formula(start.start, end, 'number') };
  }

  #formulaAtom(end: number): ConditionNode {
    const from = this.#peek.start;
    const until = this.#source.tokens[end - 1]!.end;
    this.#index = end;
    return { kind: 'formula', formula: this.#formula(from, until, 'truth') };
  }

  /** A part of the source as a formula; what is wrong in it is reported at its place in the condition. */
  #formula(start: number, end: number, type: 'number' | 'truth'): Formula {
    const { written } = this.#source;
    const part = [...written].slice(start, end).join('');
    try {
      return formula(part, this.#vocabulary.facts, { type, scope: this.#vocabulary.scope ?? 'school' });
    } catch (error) {
      if (!isProblem(error) || error.code !== 'formula.invalid') throw error;
      const { position, length, reason } = error.details as { position: number; length: number; reason: string };
      const from = start + position - 1;
      throw conditionProblem(written, { start: from, end: from + length }, reason);
    }
  }

  /** What stands in the brackets behind a word, as written. */
  #argument(): { readonly text: string; readonly at: { readonly start: number; readonly end: number } } {
    if (!this.#isSign('(')) throw this.#refuse(this.#peek, '这里缺少左括号');
    const open = this.#peek;
    const close = this.#closing(this.#index);
    const at = { start: open.end, end: this.#source.tokens[close]!.start };
    this.#index = close + 1;
    const text = this.#source.characters.slice(at.start, at.end).join('').trim();
    if (text === '') throw this.#refuse(open, '括号中是空的');
    return { text, at };
  }

  #code(text: string, at: { readonly start: number; readonly end: number }): string {
    const code = unquoted(text);
    if (!this.#vocabulary.codes.has(code)) throw this.#refuseAt(at, `没有代码为“${code}”的指标`);
    return code;
  }

  /** The place of the bracket that closes the one at `open`. */
  #closing(open: number): number {
    let depth = 0;
    for (let index = open; index < this.#source.tokens.length; index += 1) {
      const { kind, text } = this.#source.tokens[index]!;
      if (kind !== 'sign') continue;
      if (text === '(') depth += 1;
      if (text === ')') depth -= 1;
      if (depth === 0) return index;
    }
    throw this.#refuse(this.#source.tokens[open]!, '缺少右括号');
  }

  /** Where the atom that begins here ends: at a connective, a comma or a bracket of the condition around it. */
  #endOfAtom(): number {
    let index = this.#index;
    for (;;) {
      const token = this.#source.tokens[index]!;
      if (token.kind === 'end' || isConnective(token) || (token.kind === 'sign' && [')', ','].includes(token.text))) {
        return index;
      }
      index = token.kind === 'sign' && token.text === '(' ? this.#closing(index) + 1 : index + 1;
    }
  }

  #comparatorsUntil(end: number): number {
    let count = 0;
    let depth = 0;
    for (const { kind, text } of this.#source.tokens.slice(this.#index, end)) {
      if (kind !== 'sign') continue;
      if (text === '(') depth += 1;
      if (text === ')') depth -= 1;
      if (depth === 0 && comparators.has(text)) count += 1;
    }
    return count;
  }

  #isSign(sign: string): boolean {
    return this.#peek.kind === 'sign' && this.#peek.text === sign;
  }

  #expect(sign: string, reason: string): void {
    if (!this.#isSign(sign)) throw this.#refuse(this.#peek, reason);
    this.#index += 1;
  }

  #take(): ConditionToken {
    const token = this.#peek;
    if (token.kind === 'end') throw this.#refuse(token, '条件没有写完');
    this.#index += 1;
    return token;
  }

  #refuse(token: ConditionToken, reason: string): Problem {
    return this.#refuseAt(token, reason);
  }

  #refuseAt(at: { readonly start: number; readonly end: number }, reason: string): Problem {
    return conditionProblem(this.#source.written, { start: at.start, end: at.end }, reason);
  }

  get #peek(): ConditionToken {
    return this.#source.tokens[Math.min(this.#index, this.#source.tokens.length - 1)]!;
  }
}

function isConnective({ kind, text }: ConditionToken): boolean {
  return kind === 'word' && (either.has(text) || both.has(text));
}

function unquoted(text: string): string {
  return /^["“「](.*)["”」]$/u.exec(text)?.[1] ?? text;
}
