import type { Answer } from '#domain/framework/answer.ts';
import type { Indicator } from '#domain/framework/edition.ts';
import type { Generator } from '#domain/kit/generator.ts';

/**
 * What a person says at a leaf: mostly good, now and then with something missing. Null where the leaf takes no answer of a person.
 * @param strict a judge's eye, which finds more
 */
export function drawnAnswer({ method, points }: Indicator, draw: Generator, strict: boolean): Answer | null {
  const fault = strict ? 0.35 : 0.15;
  switch (method?.kind) {
    case 'ladder': {
      const at = draw.chance(fault) ? 2 : draw.integer(0, 1);
      return { level: method.levels[Math.min(at, method.levels.length - 1)]!.level };
    }
    case 'elements': {
      const open = method.elements.flatMap(({ formula }, at) => (formula === undefined ? [at + 1] : []));
      return { missing: open.length > 0 && draw.chance(fault) ? [draw.pick(open)] : [] };
    }
    case 'deduction':
      return { occurrences: draw.chance(fault) ? { [String(draw.integer(1, method.items.length))]: 1 } : {} };
    case 'bonus':
      return { occurrences: draw.chance(0.3) ? { [String(method.items.length)]: 1 } : {} };
    case 'choice':
      return { option: method.options[draw.chance(fault) ? 1 : 0]!.key };
    default:
      return typeof points === 'number' ? { points: Number((points * draw.between(0.7, 1)).toFixed(1)) } : null;
  }
}

/** What is said of a leaf at which nothing is missing. */
export function flawlessAnswer({ method, points }: Indicator): Answer | null {
  switch (method?.kind) {
    case 'ladder':
      return { level: method.levels[0]!.level };
    case 'elements':
      return { missing: [] };
    case 'deduction':
    case 'bonus':
      return { occurrences: {} };
    case 'choice':
      return { option: method.options[0]!.key };
    default:
      return typeof points === 'number' ? { points } : null;
  }
}
