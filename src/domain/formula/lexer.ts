import { halfWidth } from '../kit/half-width.ts';
import { formulaLimits, formulaProblem, type Span } from './syntax.ts';

/** One word of a formula. Keywords (且 或 非 属于 真 假) arrive as `word`, operators and brackets as `sign`. */
export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'word' | 'sign' | 'end';
  readonly text: string;
  readonly at: Span;
}

const keywords: ReadonlySet<string> = new Set(['且', '或', '非', '属于', '真', '假']);
const nameStart = /[\p{L}_]/u;
const namePart = /[\p{L}\p{Nd}_]/u;
/** Between a source and its name (`事实:在园幼儿数`), and between the parts of such a name (`均衡:基本均衡.小学.计算机.差异系数`). */
const sourceSign = ':';
const partSign = '.';
/** The key of a framework has hyphens, which are no minus there: `评估:county-inspection-sample.得分率`. */
const keySource = '评估';
const keyPart = /[a-z0-9-]/;
const quotes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['“', '”'],
  ['「', '」'],
]);
/** Signs that mean the same; full-width forms are folded before. */
const sameSign: ReadonlyMap<string, string> = new Map([
  ['×', '*'],
  ['÷', '/'],
  ['−', '-'],
  ['<=', '≤'],
  ['>=', '≥'],
  ['<>', '≠'],
  ['!=', '≠'],
]);
const signs: ReadonlySet<string> = new Set(['+', '-', '*', '/', '(', ')', ',', '=', '<', '>', '≤', '≥', '≠']);
/** Signs that people try, with what to write instead. */
const advice: ReadonlyMap<string, string> = new Map([
  ['%', '不支持百分号，请写成小数，例如 0.85'],
  ['、', '请用逗号分隔，不要用顿号'],
  ['&', '请用“且”连接两个条件'],
  ['|', '请用“或”连接两个条件'],
  ['!', '请用“非”表示否定，用“≠”表示不等于'],
  ['^', '不支持乘方，请写成连乘'],
  ['[', '请用圆括号'],
  ['{', '请用圆括号'],
  ["'", '文字请用双引号'],
  [':', '冒号只用在来源与名称之间，例如 事实:在园幼儿数'],
  [';', '一个公式只能有一个表达式，请去掉分号'],
]);

/**
 * Cuts a formula into words. Full-width digits, letters and signs (０－９ ＋ － （ ） ， ＞) are understood as their plain
 * forms; anything else foreign (² ① ㎡) is refused with its position and what to write instead. Positions count characters
 * as a person does: a rare character or an emoji is one.
 */
export function tokenize(source: string): Token[] {
  const written = [...source];
  if (written.length > formulaLimits.length) {
    const at = { start: formulaLimits.length, end: written.length };
    throw formulaProblem(source, at, `公式过长，不能超过 ${formulaLimits.length} 个字`);
  }
  const characters = written.map(halfWidth);
  const tokens: Token[] = [];
  let index = 0;

  const take = (kind: Token['kind'], end: number, text: string): void => {
    tokens.push({ kind, text, at: { start: index, end } });
    index = end;
  };
  const runTo = (from: number, accepts: (character: string) => boolean): number => {
    let end = from;
    while (end < characters.length && accepts(characters[end]!)) end += 1;
    return end;
  };

  const nameEnd = (from: number): number => {
    let end = runTo(from, (part) => namePart.test(part));
    const goesOn = (sign: string): boolean => characters[end] === sign && nameStart.test(characters[end + 1] ?? '');
    if (!goesOn(sourceSign)) return end;
    if (characters.slice(from, end).join('') === keySource) {
      end = runTo(end + 1, (part) => keyPart.test(part));
      if (!goesOn(partSign)) return end;
    }
    do end = runTo(end + 1, (part) => namePart.test(part));
    while (goesOn(partSign));
    return end;
  };

  while (index < characters.length) {
    const character = characters[index]!;
    if (/\s/.test(character)) {
      index += 1;
    } else if (isDigit(character)) {
      const end = numberEnd(source, characters, index);
      take('number', end, characters.slice(index, end).join(''));
    } else if (nameStart.test(character)) {
      const end = nameEnd(index);
      const text = characters.slice(index, end).join('');
      take(keywords.has(text) ? 'word' : 'name', end, text);
    } else if (quotes.has(character)) {
      const close = quotes.get(character)!;
      const end = characters.indexOf(close, index + 1);
      if (end < 0) throw formulaProblem(source, { start: index, end: index + 1 }, `文字缺少右引号 ${close}`);
      take('text', end + 1, written.slice(index + 1, end).join(''));
    } else {
      const sign = readSign(source, characters, index);
      take('sign', index + sign.length, sameSign.get(sign) ?? sign);
    }
  }
  tokens.push({ kind: 'end', text: '', at: { start: written.length, end: written.length } });
  return tokens;
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

function numberEnd(source: string, characters: readonly string[], start: number): number {
  let end = start;
  while (isDigit(characters[end])) end += 1;
  if (characters[end] === '.') {
    end += 1;
    if (!isDigit(characters[end])) throw formulaProblem(source, { start: end, end: end + 1 }, '小数点后面缺少数字');
    while (isDigit(characters[end])) end += 1;
  }
  const next = characters[end];
  if (next !== undefined && (next === '.' || nameStart.test(next))) {
    throw formulaProblem(source, { start: end, end: end + 1 }, `数字后面不能直接写“${next}”，缺少运算符`);
  }
  return end;
}

function readSign(source: string, characters: readonly string[], index: number): string {
  const one = characters[index]!;
  const two = one + (characters[index + 1] ?? '');
  const at = { start: index, end: index + 1 };
  if (two === '==') throw formulaProblem(source, { ...at, end: index + 2 }, '等于只用一个等号');
  if (sameSign.has(two)) return two;
  if (signs.has(one) || sameSign.has(one)) return one;
  throw formulaProblem(source, at, advice.get(one) ?? `不认识的符号“${one}”`);
}
