import type { Answer } from '../../framework/answer.ts';
import type { Edition, Indicator } from '../../framework/edition.ts';
import type { PreparedLeaf, Step } from '../../framework/result.ts';
import { answerFaults } from '../../framework/score/answer-check.ts';
import { exactText } from '../../framework/score/exact-text.ts';
import { factReader } from '../../framework/score/fact-reader.ts';
import { scoreLeaf } from '../../framework/score/score-leaf.ts';
import type { Exact } from '../../kit/decimal.ts';
import { missing } from '../../kit/value.ts';

/** An answer as the screen and the routes hold it: counts of items and figures of parts stand in a list. */
export interface GivenAnswer {
  readonly points?: number | undefined;
  readonly value?: number | string | undefined;
  readonly parts?: readonly { readonly part: string; readonly value: number | string }[] | undefined;
  readonly level?: string | undefined;
  readonly option?: string | undefined;
  readonly met?: boolean | undefined;
  readonly series?: readonly (number | null)[] | undefined;
  readonly missing?: number | readonly number[] | undefined;
  readonly occurrences?: number | readonly { readonly item: number; readonly times: number }[] | undefined;
  readonly notApplicable?: true | undefined;
}

/** What an answer comes to while it is being given. */
export interface RunningPoints {
  /** Exact, as text; null while the answer leaves it open, and where the leaf does not apply. */
  readonly points: string | null;
  readonly applies: boolean;
  /** What the leaf can still take. */
  readonly least: string;
  readonly most: string | null;
  readonly steps: readonly Step[];
  /** What is wrong with the answer, in sentences; it then has no points. */
  readonly faults: readonly string[];
  /** Conditions of the leaf over facts that only the server knows: they were taken as not holding. */
  readonly rests: readonly string[];
}

/** The answer as the engine takes it: counts by the number of the item, figures by the name of the part. */
export function engineAnswer({ occurrences, parts, ...rest }: GivenAnswer): Answer {
  const given: Record<string, unknown> = Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== undefined),
  );
  if (parts !== undefined) given.parts = Object.fromEntries(parts.map(({ part, value }) => [part, value]));
  if (occurrences === undefined) return given as Answer;
  const counted =
    typeof occurrences === 'number'
      ? occurrences
      : Object.fromEntries(occurrences.map(({ item, times }) => [String(item), times]));
  return { ...given, occurrences: counted } as Answer;
}

/** An answer in words, where two stand beside each other: `A`, `缺 第 1、3 项`, `4.5 分`. */
export function answerText({ unit }: Pick<Indicator, 'unit'>, answer: GivenAnswer | null): string {
  if (answer === null) return '没有填';
  const { points, value, parts, level, option, met, series, missing, occurrences, notApplicable } = answer;
  if (notApplicable) return '不适用';
  if (level !== undefined) return points === undefined ? level : `${level}，${points} 分`;
  if (option !== undefined) return option;
  if (met !== undefined) return met ? '达到' : '未达到';
  if (parts !== undefined) return parts.map((one) => `${one.part} ${one.value}${unit ?? ''}`).join('，');
  if (series !== undefined) return series.map((one) => one ?? '—').join('、');
  if (value !== undefined) return `${value}${unit ?? ''}`;
  if (missing !== undefined) {
    if (typeof missing === 'number') return missing === 0 ? '不缺' : `缺 ${missing} 项`;
    return missing.length === 0 ? '不缺' : `缺第 ${missing.join('、')} 项`;
  }
  if (occurrences !== undefined) return countsText(occurrences);
  return points === undefined ? '没有填' : `${points} 分`;
}

function countsText(occurrences: NonNullable<GivenAnswer['occurrences']>): string {
  if (typeof occurrences === 'number') return occurrences === 0 ? '没有发生' : `${occurrences} 次`;
  const some = occurrences.filter(({ times }) => times > 0);
  return some.length === 0 ? '没有发生' : some.map(({ item, times }) => `第 ${item} 项 ${times} 次`).join('，');
}

/**
 * The points of one answer at one leaf, by the engine and without any fact of the subject: what a page shows while somebody
 * chooses. What is saved is computed by the server, with the facts.
 * @param decimals of the edition, for the words of the steps
 */
export function runningPoints(indicator: Indicator, given: GivenAnswer, decimals = 2): RunningPoints {
  const answer = engineAnswer(given);
  const faults = answerFaults(indicator, answer);
  if (faults.length > 0) return { ...nothing, faults };
  const elements = indicator.method?.kind === 'elements' ? indicator.method.elements.map(() => null) : [];
  const leaf: PreparedLeaf = {
    ...{ at: 0, indicator, formula: null, applies: null, elementFormulas: elements, elementApplies: elements },
  };
  const reader = factReader({ read: () => missing('not-filed'), members: () => [] });
  const edition: Edition = { ...bare, decimals, indicators: [indicator] };
  const judge = (when: string) => missing('not-filed', [when]);
  const { result } = scoreLeaf({ edition, reader, context: {}, judge, trace: true }, leaf, answer, undefined);
  const text = (value: Exact) => exactText(value, decimals);
  return {
    points: result.points === null ? null : text(result.points),
    applies: result.state !== 'notApplicable',
    least: text(result.least),
    most: result.most === null ? null : text(result.most),
    steps: result.steps,
    faults,
    rests: result.open ?? [],
  };
}

const nothing = { points: null, applies: true, least: '0', most: null, steps: [], faults: [], rests: [] } as const;

/** An edition of one leaf: of what scoring a leaf reads, it has the decimals alone. */
const bare: Omit<Edition, 'decimals' | 'indicators'> = {
  ...{ key: 'one-leaf', title: '', edition: '', authority: 'sample', documents: [], subject: 'county' },
  ...{ notApplicable: 'rebase', max: null, gaps: [], vetoes: [], caps: [], downgrades: [], conclusions: [] },
};
