import { halfWidth } from '../../kit/half-width.ts';
import { methodIssues } from '../edition/method-check.ts';
import type { Edition, Indicator, Method } from '../edition.ts';

/** A scoring method that the words of a table suggest, and the words that do. It is shown as a guess, never as read. */
export interface GuessedMethod {
  readonly method: Method;
  /** The words from which it was guessed. */
  readonly because: string;
}

const number = String.raw`(\d+(?:\.\d+)?)`;
const deductions = new RegExp(String.raw`([^,;。;\n]{2,60}?)(?:,)?(?:各)?扣(?:\s*)${number}\s*分`, 'g');
const steps = new RegExp(
  String.raw`(?:达到|达|≥|>=|不低于)?\s*${number}\s*%?\s*(?:及)?(?:以上)?(?:\(含\))?[的,:]*\s*(?:得|计)\s*${number}\s*分`,
  'g',
);
const levels = new RegExp(
  String.raw`(优秀|良好|基本合格|不合格|合格|较好|一般|较差|优|良|中|差|[A-E]级|[A-E](?=[:、(等]))[^0-9,;。\n]{0,60}?${number}\s*(?:(?:-|—|~|～|至)\s*${number}\s*)?分`,
  'g',
);
const oneThreshold = new RegExp(String.raw`(?:达到|≥|>=|不低于)\s*${number}\s*(%|人|元|册|分|年|次|平方米)?`);
const enumerated = /(?:[①-⑳]|\(\d{1,2}\)|(?:^|[\n;。])\d{1,2}[.、])\s*([^①-⑳;。\n]{2,80})/g;

/**
 * Guesses the scoring method from the words of 评分标准: deductions (每…扣…分), elements (缺一项扣), bands (…以上得…分), levels
 * (优秀 10 分), yes or no (否则不得分), a threshold, a bonus, a judgement. Null where the words suggest none: then a person gives
 * the points. A guess that the points of the indicator do not allow is none.
 * @param words of the column of scoring, else of the text
 */
export function guessMethod(
  words: string,
  indicator: Indicator,
  edition: Pick<Edition, 'bonus'>,
): GuessedMethod | null {
  const points = typeof indicator.points === 'number' ? indicator.points : null;
  const text = halfWidth(words).replace(/[ \t]+/g, '');
  if (text === '' || points === null) return null;
  const found =
    bonusIn(text, points) ??
    elementsIn(text) ??
    deductionIn(text) ??
    levelsIn(text) ??
    bandsIn(text) ??
    yesNoIn(text, points) ??
    thresholdIn(text) ??
    judgementIn(text, points);
  if (found === null) return null;
  const { rollUp: _, ...leaf } = indicator;
  const faults = methodIssues(
    { bonus: { cap: null, beyondMax: true }, ...edition } as Edition,
    { ...leaf, method: found.method },
    '',
  );
  return faults.length > 0 ? null : found;
}

const shown = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

function bonusIn(text: string, points: number): GuessedMethod | null {
  const found = /附加分|加分项|(?:每[^,;。]{0,20})?加\s*(\d+(?:\.\d+)?)\s*分/.exec(text);
  if (found === null || /扣/.test(text)) return null;
  const each = found[1] === undefined ? points : Number(found[1]);
  if (each <= 0) return null;
  return {
    method: { kind: 'bonus', items: [{ text: shown(text), points: each }], cap: points },
    because: shown(found[0]),
  };
}

function elementsIn(text: string): GuessedMethod | null {
  const cost = /(?:每|缺|少)(?:缺|少)?(?:一|1)(?:项|个|条)[^,;。]{0,8}?扣\s*(\d+(?:\.\d+)?)\s*分/.exec(text);
  const elements = [...text.matchAll(enumerated)].map(([, element]) => ({ text: element!.trim() }));
  if (cost === null || elements.length < 2) return null;
  return { method: { kind: 'elements', elements, cost: Number(cost[1]), floor: 0 }, because: shown(cost[0]) };
}

function deductionIn(text: string): GuessedMethod | null {
  const items = [...text.matchAll(deductions)]
    .map(([, when, cost]) => ({ text: when!.replace(/^[①-⑳(\d).、:]+/, '').trim(), cost: Number(cost) }))
    .filter(({ text: when, cost }) => when !== '' && cost > 0);
  if (items.length === 0 || /最多扣|扣至/.test(items[0]!.text)) return null;
  return {
    method: { kind: 'deduction', start: 'full', floor: 0, items },
    because: shown(`${items[0]!.text}扣${items[0]!.cost}分`),
  };
}

function levelsIn(text: string): GuessedMethod | null {
  const found = [...text.matchAll(levels)];
  if (new Set(found.map(([, level]) => level)).size !== found.length || found.length < 2) return null;
  const rows = found.map(([, level, first, second]) => {
    if (second === undefined) return { level: level!, points: Number(first) };
    const [from, to] = [Number(first), Number(second)].sort((one, other) => one - other);
    return { level: level!, range: { from: from!, to: to!, of: 'points' as const } };
  });
  return { method: { kind: 'ladder', levels: rows }, because: shown(found[0]![0]) };
}

function bandsIn(text: string): GuessedMethod | null {
  const found = [...text.matchAll(steps)].map(([, at, points]) => ({ at: Number(at), points: Number(points) }));
  const falls = found.every(({ at }, n) => n === 0 || at < found[n - 1]!.at);
  if (found.length < 2 || !falls) return null;
  const method: Method = { kind: 'bands', better: 'high', bands: found, rest: 0 };
  return { method, because: shown(`${found[0]!.at} 得 ${found[0]!.points} 分`) };
}

function yesNoIn(text: string, points: number): GuessedMethod | null {
  const found = /(?:否则|未[^,;。]{0,12}|没有[^,;。]{0,12}|不[^,;。得]{0,12})(?:的)?,?(?:不得分|得0分|不计分|0分)/.exec(
    text,
  );
  if (found === null || oneThreshold.test(text)) return null;
  return { method: { kind: 'yesNo', yes: points, no: 0 }, because: shown(found[0]) };
}

function thresholdIn(text: string): GuessedMethod | null {
  const found = oneThreshold.exec(text);
  if (found === null || !/得(?:满)?分|得\d|否则|不得分/.test(text)) return null;
  return { method: { kind: 'threshold', compare: '>=', value: Number(found[1]), unmet: 0 }, because: shown(found[0]) };
}

function judgementIn(text: string, points: number): GuessedMethod | null {
  const found = /酌情|视情|综合评定|综合评价|根据情况|由(?:专家|评审)[^,;。]{0,8}(?:评|打)分/.exec(text);
  if (found === null) return null;
  return { method: { kind: 'judgement', step: points % 1 === 0 && points > 5 ? 1 : 0.5 }, because: shown(found[0]) };
}
