import { exact } from '../../kit/decimal.ts';
import { type ConditionCursor, unquoted } from './condition-cursor.ts';
import type { ConditionToken } from './condition-lexer.ts';
import type { Quantity, Wording } from './condition-syntax.ts';

/** Words that are numbers by themselves. */
export const bareNumbers = [
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
/** Words that count the leaves that were answered so. */
export const answeredOptions = ['yes', 'part', 'no'] as const;
/** Words with brackets whose result is a number. */
export const numberCalls: ReadonlySet<string> = new Set([
  'rate',
  'leaf',
  'minRate',
  'count',
  'layer',
  'survey',
  'evaluation',
  'consecutive',
]);

/** Either side of a comparison. */
export type Side = { readonly number: Quantity } | { readonly wording: Wording };

/** Reads the numbers and words that a condition compares. */
export class QuantityParser {
  readonly #cursor: ConditionCursor;

  constructor(cursor: ConditionCursor) {
    this.#cursor = cursor;
  }

  /** A number, or a word such as a grade. */
  side(): Side {
    const token = this.#cursor.peek;
    if (token.text === 'class' || token.text === 'conclusion') {
      this.#cursor.index += 1;
      return { wording: { kind: token.text } };
    }
    if (token.text === 'option' || token.text === 'grade') {
      this.#cursor.index += 1;
      const { text, at } = this.#cursor.argument();
      return { wording: { kind: token.text, code: this.#cursor.code(text, at) } };
    }
    if (token.text === 'layer' || token.text === 'evaluation') {
      const graded = this.#graded();
      if (graded) return { wording: graded };
    }
    return { number: this.number() };
  }

  /** `layer(province).grade`, `evaluation(key).grade`; undefined where a number is meant. */
  #graded(): Wording | undefined {
    const start = this.#cursor.index;
    const { text: name } = this.#cursor.take();
    const { text } = this.#cursor.argument();
    if (this.#cursor.isSign('.') && this.#cursor.next.text === 'grade') {
      this.#cursor.index += 2;
      return name === 'layer' ? { kind: 'layerGrade', layer: text } : { kind: 'evaluationGrade', key: text };
    }
    this.#cursor.index = start;
    return undefined;
  }

  /** A number with its calculation. */
  number(): Quantity {
    let left = this.#product();
    while (this.#cursor.isSign('+') || this.#cursor.isSign('-')) {
      const operator = this.#cursor.take().text as '+' | '-';
      left = { kind: 'arithmetic', operator, left, right: this.#product() };
    }
    return left;
  }

  #product(): Quantity {
    let left = this.#factor();
    while (this.#cursor.isSign('*') || this.#cursor.isSign('/')) {
      const operator = this.#cursor.take().text as '*' | '/';
      left = { kind: 'arithmetic', operator, left, right: this.#factor() };
    }
    return left;
  }

  #factor(): Quantity {
    const token = this.#cursor.peek;
    if (token.kind === 'number') {
      if (!/^\d+(\.\d+)?$/.test(token.text)) throw this.#cursor.refuse(token, `“${token.text}”不是数字`);
      this.#cursor.index += 1;
      return { kind: 'number', value: exact(token.text) };
    }
    if (this.#cursor.isSign('-')) {
      this.#cursor.index += 1;
      return { kind: 'negate', operand: this.#factor() };
    }
    if (this.#cursor.isSign('(')) {
      this.#cursor.index += 1;
      const inner = this.number();
      this.#cursor.expect(')', '缺少右括号');
      return inner;
    }
    if (token.kind === 'end') throw this.#cursor.refuse(token, '条件没有写完');
    if (token.kind !== 'word') throw this.#cursor.refuse(token, '这里应是数字、条件词或数据项');
    const bare = bareNumbers.find((word) => word === token.text);
    if (bare) {
      this.#cursor.index += 1;
      return { kind: bare };
    }
    const option = answeredOptions.find((word) => word === token.text);
    if (option) {
      this.#cursor.index += 1;
      return { kind: 'options', option };
    }
    return numberCalls.has(token.text) ? this.#callOfNumber(token) : this.#formulaFactor();
  }

  #callOfNumber(name: ConditionToken): Quantity {
    this.#cursor.index += 1;
    const { text, at } = this.#cursor.argument();
    switch (name.text) {
      case 'rate':
      case 'leaf':
        return { kind: name.text, code: this.#cursor.code(text, at) };
      case 'minRate': {
        const level = /^level([1-9])$/.exec(text);
        if (!level) throw this.#cursor.refuseAt(at, '写作 minRate(level1)，数字是指标的级');
        return { kind: 'minRate', level: Number(level[1]) };
      }
      case 'count': {
        const [grade = '', under, more] = text.split(/[,、]/).map((part) => part.trim());
        if (grade === '' || more !== undefined)
          throw this.#cursor.refuseAt(at, '写作 count("合格") 或 count("合格", 指标代码)');
        return {
          kind: 'count',
          grade: unquoted(grade),
          under: under === undefined ? null : this.#cursor.code(under, at),
        };
      }
      case 'consecutive':
        return { kind: 'consecutive', grade: unquoted(text) };
      case 'layer':
        return { kind: 'layer', layer: text };
      case 'survey': {
        const found = /^(.+)\.(share|mean)$/.exec(text);
        if (!found)
          throw this.#cursor.refuseAt(at, '写作 survey(名称.share) 或 survey(名称.mean)：满意比例与均分不能混用');
        return { kind: 'survey', survey: found[1]!, measure: found[2] as 'share' | 'mean' };
      }
      case 'evaluation': {
        this.#cursor.expect('.', 'evaluation(…) 后面应是 .grade、.rate 或 .total');
        const measure = this.#cursor.take();
        if (measure.text !== 'rate' && measure.text !== 'total') {
          throw this.#cursor.refuse(measure, 'evaluation(…) 后面应是 .grade、.rate 或 .total');
        }
        return { kind: 'evaluation', key: text, measure: measure.text };
      }
      default:
        throw this.#cursor.refuse(name, `“${name.text}”不是数字`);
    }
  }

  /** A fact or a function of the formula language as one side of a comparison. */
  #formulaFactor(): Quantity {
    const start = this.#cursor.take();
    let end = start.end;
    if (this.#cursor.isSign('(')) {
      const close = this.#cursor.closing(this.#cursor.index);
      end = this.#cursor.tokenAt(close).end;
      this.#cursor.index = close + 1;
    }
    return { kind: 'formula', formula: this.#cursor.formula(start.start, end, 'number') };
  }
}
