import type { Answer } from '../framework/answer.ts';
import { answerKeys } from '../framework/answer-keys.ts';
import type { Edition, Indicator } from '../framework/edition.ts';
import { maxOf } from '../framework/score/score-leaf.ts';
import { compare, type Exact, exact, multiply } from '../kit/decimal.ts';
import { exactPointsText } from './points/score.ts';

/**
 * The options of a leaf that its edition takes with a reason alone (`flags.reasonRequired`, by their keys): 部分, 否.
 * @returns the keys in the order of the leaf; `yes` and `no` of a leaf that is met or not
 */
export const optionsWithReason = ({ flags }: Pick<Edition, 'flags'>, { method }: Indicator): readonly string[] =>
  answerKeys(method).filter((key) => flags?.reasonRequired?.includes(key) === true);

/** The points below which a leaf asks whoever gives them for a reason; null where it names none. */
export function reasonLine(indicator: Indicator): Exact | null {
  const { method } = indicator;
  const max = maxOf(indicator);
  if (method?.kind !== 'judgement' || method.reasonBelow === undefined || max === null) return null;
  return multiply(max, exact(method.reasonBelow));
}

/** An option as people read it: its text, not its key. */
export function optionWord({ method }: Indicator, key: string): string {
  if (method?.kind === 'choice') return method.options.find((one) => one.key === key)?.text ?? key;
  return key === 'yes' ? '达到' : key === 'no' ? '未达到' : key;
}

/**
 * Why an answer is taken with a reason alone, as the part of a sentence (`低于 6 分`, `评为“部分”`), or null. It is asked of whoever says it:
 * the subject in its self-evaluation, and each judge.
 * @param options those of `optionsWithReason`
 * @param points what the answer gives; null where that is open
 */
export function reasonWanted(
  indicator: Indicator,
  options: readonly string[],
  answer: Answer,
  points: Exact | null,
): string | null {
  const line = reasonLine(indicator);
  if (line !== null && points !== null && compare(points, line) < 0) return `低于 ${exactPointsText(line)} 分`;
  const chosen =
    'option' in answer
      ? answer.option
      : 'level' in answer
        ? answer.level
        : 'met' in answer
          ? answer.met
            ? 'yes'
            : 'no'
          : undefined;
  return chosen !== undefined && options.includes(chosen) ? `评为“${optionWord(indicator, chosen)}”` : null;
}

/** What a field for the reason says beforehand: `低于 3.6 分须写`, `选“部分”“否”须写`; null where none is asked. */
export function reasonNote(indicator: Indicator, options: readonly string[]): string | null {
  const line = reasonLine(indicator);
  if (line !== null) return `低于 ${exactPointsText(line)} 分须写`;
  return options.length === 0 ? null : `选${options.map((key) => `“${optionWord(indicator, key)}”`).join('')}须写`;
}
