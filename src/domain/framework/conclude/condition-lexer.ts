import { halfWidth } from '../../kit/half-width.ts';
import { type Problem, problem } from '../../kit/problem.ts';

/** One piece of a condition. Names of facts arrive whole (`事实:在园幼儿数`); positions count characters as a person does. */
export interface ConditionToken {
  readonly kind: 'number' | 'text' | 'word' | 'sign' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A condition cut into pieces, with what it was cut from. */
export interface ConditionSource {
  readonly written: string;
  readonly characters: readonly string[];
  readonly tokens: readonly ConditionToken[];
}

const wordStart = /[\p{L}_]/u;
const wordPart = /[\p{L}\p{Nd}_]/u;
const quotes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['“', '”'],
  ['「', '」'],
]);
const sameSign: ReadonlyMap<string, string> = new Map([
  ['≤', '<='],
  ['≥', '>='],
  ['≠', '<>'],
  ['!=', '<>'],
  ['×', '*'],
  ['÷', '/'],
  ['−', '-'],
]);
const longest = 2000;

/**
 * Cuts a condition into pieces. Full-width signs and letters count as their plain forms.
 * @throws Problem `framework.conditionInvalid` for a text without its closing quote and for what is too long
 */
export function cutCondition(written: string): ConditionSource {
  const raw = [...written];
  if (raw.length > longest) {
    throw conditionProblem(written, { start: longest, end: raw.length }, `条件过长，不能超过 ${longest} 个字`);
  }
  const characters = raw.map(halfWidth);
  const tokens: ConditionToken[] = [];
  let index = 0;
  const take = (kind: ConditionToken['kind'], end: number, text: string): void => {
    tokens.push({ kind, text, start: index, end });
    index = end;
  };
  while (index < characters.length) {
    const character = characters[index]!;
    if (/\s/.test(character)) index += 1;
    else if (/[0-9]/.test(character)) {
      const end = runTo(characters, index, (part) => /[0-9.]/.test(part));
      take('number', end, characters.slice(index, end).join(''));
    } else if (wordStart.test(character)) {
      const end = wordEnd(characters, index);
      take('word', end, characters.slice(index, end).join(''));
    } else if (quotes.has(character)) {
      const end = characters.indexOf(quotes.get(character)!, index + 1);
      if (end < 0) throw conditionProblem(written, { start: index, end: index + 1 }, '文字缺少右引号');
      take('text', end + 1, raw.slice(index + 1, end).join(''));
    } else {
      const two = character + (characters[index + 1] ?? '');
      const sign = ['<=', '>=', '<>', '!='].includes(two) ? two : character;
      take('sign', index + sign.length, sameSign.get(sign) ?? sign);
    }
  }
  tokens.push({ kind: 'end', text: '', start: raw.length, end: raw.length });
  return { written, characters, tokens };
}

/** A refusal that points at a place of the condition. */
export function conditionProblem(
  source: string,
  at: { readonly start: number; readonly end: number },
  reason: string,
): Problem {
  const length = Math.max(1, at.end - at.start);
  return problem('framework.conditionInvalid', { source, position: at.start + 1, length, reason });
}

function runTo(characters: readonly string[], from: number, accepts: (character: string) => boolean): number {
  let end = from;
  while (end < characters.length && accepts(characters[end]!)) end += 1;
  return end;
}

/** A name with a source goes on behind its colon and its points, as in a formula. */
function wordEnd(characters: readonly string[], from: number): number {
  let end = runTo(characters, from, (part) => wordPart.test(part));
  const goesOn = (sign: string): boolean => characters[end] === sign && wordStart.test(characters[end + 1] ?? '');
  if (!goesOn(':')) return end;
  do end = runTo(characters, end + 1, (part) => wordPart.test(part));
  while (goesOn('.'));
  return end;
}
