import { type GivenAnswer, runningPoints } from '#domain/evaluation/points/running-points.ts';
import type { Indicator, Method } from '#domain/framework/edition.ts';
import { compareWords } from '#domain/framework/lists.ts';
import { figureText } from '#web/shared/framework/indicator.words.ts';

/** One level or option that can be chosen. */
export interface AnswerOption {
  readonly value: string;
  readonly text: string;
  /** What it gives: `1.6 分`, a range, or a grade; empty where the document says nothing. */
  readonly gives: string;
  /** A level whose points a person gives within a range. */
  readonly asksPoints: boolean;
}

/** One part of an answer, with what is asked of it: `达到 4.2`. */
export interface AnswerPart {
  readonly name: string;
  readonly asks: string;
}

/** How a leaf is answered by its method. */
export type AnswerForm =
  | { readonly kind: 'choice'; readonly key: 'level' | 'option'; readonly options: readonly AnswerOption[] }
  | { readonly kind: 'met'; readonly options: readonly AnswerOption[] }
  /** A word of an ordinal scale. */
  | { readonly kind: 'word'; readonly words: readonly string[] }
  | { readonly kind: 'number'; readonly key: 'value' | 'points'; readonly unit: string; readonly help: string }
  | { readonly kind: 'missing'; readonly items: readonly string[]; readonly each: string }
  | { readonly kind: 'counts'; readonly items: readonly { readonly text: string; readonly note: string }[] }
  /** A figure, or a word of an ordinal scale, of each part (小学, 初中). */
  | {
      readonly kind: 'parts';
      readonly parts: readonly AnswerPart[];
      readonly unit: string;
      readonly words: readonly string[];
    }
  | { readonly kind: 'series'; readonly labels: readonly string[]; readonly unit: string };

/** The form of one leaf by its method; a method that the form cannot ask for is answered by points. */
export function answerForm(indicator: Indicator): AnswerForm {
  const { method, unit = '' } = indicator;
  switch (method?.kind) {
    case 'ladder':
      return { kind: 'choice', key: 'level', options: method.levels.map((level) => levelOption(indicator, level)) };
    case 'choice':
      return {
        kind: 'choice',
        key: 'option',
        options: method.options.map(({ key, text, grade }) => ({
          ...{ value: key, text: text === key ? '' : text, asksPoints: false },
          gives: givesOf(indicator, { option: key }) || (grade ?? ''),
        })),
      };
    case 'yesNo':
      return { kind: 'met', options: metOptions(indicator) };
    case 'threshold':
      if (method.parts) {
        const parts = method.parts.map(({ name, compare, value }) => ({
          name,
          asks: `${compareWords[compare]} ${value}${unit}`,
        }));
        return { kind: 'parts', parts, unit, words: method.scale ?? [] };
      }
      if (method.scale) return { kind: 'word', words: method.scale };
      return typeof method.value === 'string' ? pointsForm(indicator) : valueForm(unit);
    case 'elements':
      return {
        ...{ kind: 'missing', items: method.elements.map(({ text }) => text) },
        each: `每缺一项扣 ${method.cost} 分`,
      };
    case 'deduction':
      return deductionForm(indicator, method);
    case 'bonus':
      return {
        kind: 'counts',
        items: method.items.map(({ text, points, highestOnly }) => ({
          text,
          note: `加 ${points} 分${highestOnly ? '，同一成果只计最高一级' : ''}`,
        })),
      };
    case 'years':
      return { kind: 'series', labels: yearLabels(method.span + (method.rule === 'nonNegative' ? 0 : 1)), unit };
    case 'bands':
    case 'linear':
      return method.byYear ? { kind: 'series', labels: method.byYear.years, unit } : valueForm(unit);
    case 'formula':
    case 'relative':
    case 'survey':
      return valueForm(unit);
    case 'result':
      if (!method.map) return valueForm(unit);
      return {
        ...{ kind: 'choice', key: 'level' },
        options: Object.entries(method.map).map(([grade, points]) => ({
          ...{ value: grade, text: '', gives: `${points} 分`, asksPoints: false },
        })),
      };
    default:
      return pointsForm(indicator);
  }
}

/** Points by hand, whatever the method: what a reviewer may give beside it. */
export function pointsForm({ points, method }: Indicator): AnswerForm {
  const most = method?.kind === 'bonus' ? method.cap : typeof points === 'number' ? points : null;
  const step = method?.kind === 'judgement' ? `，每 ${method.step} 分一档` : '';
  return { kind: 'number', key: 'points', unit: '分', help: most === null ? '' : `0 至 ${most} 分${step}` };
}

const valueForm = (unit: string): AnswerForm => ({ kind: 'number', key: 'value', unit, help: '' });

function deductionForm(indicator: Indicator, method: Extract<Method, { kind: 'deduction' }>): AnswerForm {
  const [only] = method.items;
  if (method.items.some(({ cost, per }) => typeof cost !== 'number' || per?.of !== undefined)) {
    return pointsForm(indicator);
  }
  if (only?.per) return method.items.length === 1 ? valueForm(indicator.unit ?? '') : pointsForm(indicator);
  return {
    kind: 'counts',
    items: method.items.map(({ text, cost, cap }) => ({
      text,
      note: `每次扣 ${typeof cost === 'number' ? cost : ''} 分${cap === undefined ? '' : `，最多扣 ${cap} 分`}`,
    })),
  };
}

type Level = Extract<Method, { kind: 'ladder' }>['levels'][number];

function levelOption(indicator: Indicator, { level, text, range }: Level): AnswerOption {
  const { least, most } = runningPoints(indicator, { level });
  const span = `${figureText(least)} 至 ${most === null ? '上限未见' : `${figureText(most)} 分`}`;
  return {
    ...{ value: level, text: text ?? '', asksPoints: range !== undefined },
    gives: range ? span : givesOf(indicator, { level }),
  };
}

function givesOf(indicator: Indicator, answer: GivenAnswer): string {
  const { points } = runningPoints(indicator, answer);
  return points === null ? '' : `${figureText(points)} 分`;
}

function metOptions(indicator: Indicator): AnswerOption[] {
  return [true, false].map((met) => ({
    ...{ value: String(met), text: '', asksPoints: false },
    gives: givesOf(indicator, { met }),
  }));
}

/** The oldest first: `前 2 年`, `上年`, `本年`. */
function yearLabels(count: number): string[] {
  return Array.from({ length: count }, (_, at) => {
    const back = count - 1 - at;
    return back === 0 ? '本年' : back === 1 ? '上年' : `前 ${back} 年`;
  });
}
