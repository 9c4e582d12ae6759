import type { Answer } from '#domain/framework/answer.ts';
import type { Indicator } from '#domain/framework/edition.ts';
import type { Prepared } from '#domain/framework/result.ts';

/** The best that can be answered to a leaf in the words of its method. */
function best({ method, points }: Indicator): Answer {
  switch (method?.kind) {
    case 'ladder':
      return { level: method.levels[0]!.level };
    case 'bands':
      return method.byYear
        ? { series: method.byYear.years.map(() => method.bands[0]!.at) }
        : { value: method.bands[0]!.at };
    case 'linear':
      return method.byYear ? { series: method.byYear.years.map(() => method.target) } : { value: method.target };
    case 'threshold':
      return method.parts
        ? { parts: Object.fromEntries(method.parts.map(({ name, value }) => [name, value])) }
        : { value: method.value };
    case 'elements':
      return { missing: 0 };
    case 'deduction':
      return { occurrences: 0 };
    case 'bonus':
      return { occurrences: {} };
    case 'yesNo':
      return { met: true };
    case 'choice':
      return { option: method.options[0]!.key };
    case 'years':
      return { series: Array.from({ length: method.span + 1 }, () => 1) };
    case 'formula':
      return { value: method.max };
    case 'result':
      return method.map ? { level: Object.keys(method.map)[0]! } : { value: method.linear!.target };
    case 'survey':
      return { value: method.linear.target };
    default:
      return { points: typeof points === 'number' ? points : 0 };
  }
}

/** The best answer to every leaf of an edition, by its code. */
export const bestAnswers = ({ leaves }: Prepared): Record<string, Answer> =>
  Object.fromEntries(leaves.map(({ indicator }) => [indicator.code, best(indicator)]));
