import type { Indicator } from '#domain/framework/edition.ts';

/** How a leaf is answered by hand: which key its answer has, and which words or numbers it takes. */
export type AnswerField =
  | { readonly kind: 'number'; readonly key: 'points' | 'value' | 'missing' | 'occurrences'; readonly label: string }
  | {
      readonly kind: 'choice';
      readonly key: 'level' | 'option' | 'met';
      readonly label: string;
      readonly options: ReadonlyArray<{ readonly value: string; readonly label: string }>;
    };

/** The field by which one leaf is answered in a trial. */
export function answerField({ method, unit }: Indicator): AnswerField {
  const withUnit = unit === undefined || unit === '' ? '' : `（${unit}）`;
  switch (method?.kind) {
    case 'bands':
    case 'linear':
    case 'formula':
    case 'relative':
    case 'survey':
      return { kind: 'number', key: 'value', label: `数值${withUnit}` };
    case 'threshold':
      if (method.parts || typeof method.value === 'string') return points;
      return { kind: 'number', key: 'value', label: `数值${withUnit}` };
    case 'elements':
      return { kind: 'number', key: 'missing', label: '缺少的项数' };
    case 'deduction':
      return method.items.length === 1 && method.items[0]!.per === undefined
        ? { kind: 'number', key: 'occurrences', label: '发生次数' }
        : points;
    case 'yesNo':
      return {
        kind: 'choice',
        key: 'met',
        label: '是否达到',
        options: [
          { value: 'true', label: '是' },
          { value: 'false', label: '否' },
        ],
      };
    case 'ladder':
      if (method.levels.some(({ range }) => range)) return points;
      return {
        kind: 'choice',
        key: 'level',
        label: '等次',
        options: method.levels.map(({ level, text }) => ({ value: level, label: text ? `${level}　${text}` : level })),
      };
    case 'choice':
      return {
        kind: 'choice',
        key: 'option',
        label: '选项',
        options: method.options.map(({ key, text }) => ({ value: key, label: text === key ? key : `${key}　${text}` })),
      };
    default:
      return points;
  }
}

const points = { kind: 'number', key: 'points', label: '得分' } as const;

/** The answer as the server takes it; undefined where nothing was typed. */
export function answerOf(field: AnswerField, typed: string | number | null): Record<string, unknown> | undefined {
  if (typed === null || typed === '') return undefined;
  if (field.kind === 'number') return { [field.key]: typed };
  return { [field.key]: field.key === 'met' ? typed === 'true' : typed };
}
