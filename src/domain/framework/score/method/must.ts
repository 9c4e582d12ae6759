import { compare, type Exact, exact, multiply } from '../../../kit/decimal.ts';
import { missing } from '../../../kit/value.ts';
import type { Must } from '../../edition.ts';
import type { Verdict } from '../../result.ts';
import { type Given, type Scene, stands } from './leaf.ts';
import { bandOf, linearPoints } from './measured.ts';

/**
 * Whether a leaf that must be met (必达) is met. A leaf that does not apply is neither met nor failed; an open one is
 * failed where even the most that it can take is too little, else not yet known.
 */
export function mustOf(scene: Scene, given: Given): Verdict | undefined {
  const { must, code } = scene.indicator;
  if (must === undefined || given.kind === 'notApplicable') return undefined;
  const unknown = missing('not-filed', [code]);
  if (given.kind === 'open') {
    const needed = neededPoints(scene, must);
    return needed && given.most !== null && compare(given.most, needed) < 0 ? false : unknown;
  }
  if (must.by === 'notOption') return given.option === undefined ? unknown : !must.options.includes(given.option);
  if (must.by === 'value' && given.value !== undefined) return stands(given.value, must.compare, exact(must.value));
  const needed = neededPoints(scene, must);
  if (needed && given.points !== null) return compare(given.points, needed) >= 0;
  return must.by === 'full' && given.verdict !== undefined ? given.verdict : unknown;
}

/**
 * The points that show that a must-item is met: all of them, a share of them, or, of a value, those that the method
 * gives for it, where no value beneath gives as many.
 */
function neededPoints({ max, indicator }: Scene, must: Must): Exact | undefined {
  if (must.by === 'notOption' || max === null) return undefined;
  if (must.by === 'full') return max;
  if (must.by === 'rate') return multiply(max, exact(must.least));
  const { method } = indicator;
  const value = exact(must.value);
  if (method?.kind === 'bands' && must.compare === (method.better === 'high' ? '>=' : '<=')) {
    const band = bandOf(method, value);
    return band.at === must.value ? band.points : undefined;
  }
  if ((method?.kind === 'linear' && method.byYear === undefined) || method?.kind === 'survey') {
    const { floor, target } = method.kind === 'linear' ? method : method.linear;
    const rising = target > floor && must.compare === '>=';
    return rising && must.value > floor && must.value <= target
      ? linearPoints({ floor, target }, max, value)
      : undefined;
  }
  return undefined;
}
