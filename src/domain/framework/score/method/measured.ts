import {
  add,
  compare,
  divide,
  type Exact,
  exact,
  greater,
  isZero,
  lesser,
  multiply,
  subtract,
  zero,
} from '../../../kit/decimal.ts';
import { isMissing, type Missing, missing } from '../../../kit/value.ts';
import { isNumber } from '../fact-reader.ts';
import {
  ends,
  figureOrWord,
  type Given,
  type LeafScene,
  measured,
  open,
  openFor,
  type Scene,
  scored,
  stands,
} from './leaf.ts';

type Bands = LeafScene<'bands'>['method'];
type Linear = LeafScene<'linear'>['method'];
type Banded = { readonly points: Exact; readonly grade?: string | undefined; readonly at?: number | undefined };

/** The band that a value reaches, `at` included; `rest` where it reaches none. */
export function bandOf({ better, bands, rest }: Bands, value: Exact): Banded {
  const reached = bands
    .filter(({ at }) => stands(value, better === 'high' ? '>=' : '<=', exact(at)))
    .sort((left, right) => (better === 'high' ? right.at - left.at : left.at - right.at))[0];
  return reached ? { points: exact(reached.points), grade: reached.grade, at: reached.at } : { points: exact(rest) };
}

/** The points one band below some points: the next smaller ones of the table. */
export function lowerBand({ bands, rest }: Bands, points: Exact): Exact {
  const smaller = [...bands.map((band) => exact(band.points)), exact(rest)].filter((one) => compare(one, points) < 0);
  return smaller.length === 0 ? points : ends(smaller)[1];
}

/** Value ranges to points, half-open by the end that counts as reached (以上、以下均含本数). */
export function bands(scene: LeafScene<'bands'>): Given {
  const { method, note, text } = scene;
  const [least, most] = ends([...method.bands.map((band) => exact(band.points)), exact(method.rest)]);
  if (method.byYear) return byYear(scene, method.byYear, (value) => bandOf(method, value).points, [least, most]);
  return byValue(scene, [least, most], (value) => {
    const band = bandOf(method, value);
    const sign = method.better === 'high' ? '≥' : '≤';
    note(() => (band.at === undefined ? `${text(value)} 未达到任何一档` : `${text(value)} ${sign} ${band.at}`));
    return band;
  });
}

/** Points between a floor (none) and a target (all of them), in proportion; `below` beneath the floor. */
export function linearPoints(
  { floor, target, below }: Pick<Linear, 'floor' | 'target'> & { readonly below?: number },
  max: Exact,
  value: Exact,
): Exact {
  const from = exact(floor);
  const share = divide(subtract(value, from), subtract(exact(target), from));
  if (compare(share, zero) < 0) return exact(below ?? 0);
  return compare(share, exact(1)) >= 0 ? max : multiply(max, share);
}

/** In proportion between floor and target. */
export function linear(scene: LeafScene<'linear'>): Given {
  const { method, max, note, text } = scene;
  if (max === null) return open(zero, null);
  const range = ends([exact(method.below), zero, max]);
  if (method.byYear) return byYear(scene, method.byYear, (value) => linearPoints(method, max, value), range);
  return byValue(scene, range, (value) => {
    note(() => `（${text(value)} − ${method.floor}）÷（${method.target} − ${method.floor}）× ${text(max)}`);
    return { points: linearPoints(method, max, value) };
  });
}

function byValue(scene: Scene, [least, most]: readonly [Exact, Exact], pointsOf: (value: Exact) => Banded): Given {
  const found = measured(scene);
  if (isMissing(found)) return openFor(found, least, most);
  if (!isNumber(found.value)) return open(least, most);
  const { points, grade } = pointsOf(found.value);
  return scored(found.by, points, { value: found.value, grade });
}

type ByYear = NonNullable<Bands['byYear']>;

/**
 * Each year against its target, then the years by their weights. A year whose target the edition holds is measured here;
 * else the formula (or the answer) already gives the measure. A year that does not apply leaves with its weight.
 */
function byYear(
  scene: LeafScene<'bands'> | LeafScene<'linear'>,
  years: ByYear,
  pointsOf: (value: Exact) => Exact,
  [least, most]: readonly [Exact, Exact],
): Given {
  const { note, text } = scene;
  const lacks: string[] = [];
  let [points, low, high, weights] = [zero, zero, zero, zero];
  const counted = years.years.slice(Math.max(0, years.years.indexOf(years.fromYear ?? '')));
  for (const year of counted) {
    const weight = exact(years.weights[year] ?? 0);
    const value = yearValue(scene, years, year);
    if (isMissing(value) && value.missing === 'not-applicable') continue;
    weights = add(weights, weight);
    if (isMissing(value)) {
      lacks.push(...value.fields);
      low = add(low, multiply(weight, least));
      high = add(high, multiply(weight, most));
      continue;
    }
    const given = pointsOf(value);
    note(
      () => `${year} ${text(value)}，权重 ${text(weight)}`,
      () => given,
    );
    points = add(points, multiply(weight, given));
  }
  if (isZero(weights)) return { kind: 'notApplicable' };
  const mean = (sum: Exact): Exact => divide(sum, weights);
  if (lacks.length > 0) return open(mean(add(points, low)), mean(add(points, high)), lacks);
  return scored(scene.answer ? 'person' : 'facts', mean(points));
}

function yearValue(
  { answer, formula, reader }: Scene,
  { years, targets, measure }: ByYear,
  year: string,
): Exact | Missing {
  const at = years.indexOf(year);
  const target = targets[year] ?? null;
  if (answer && 'series' in answer) {
    const figure = answer.series[at] ?? null;
    if (figure === null) return missing('not-filed', [year]);
    return target === null ? exact(figure) : against(exact(figure), exact(target), measure, year);
  }
  if (formula === null || answer !== undefined) return missing('not-filed', [year]);
  const value = reader.valueOf(formula, years.length - 1 - at);
  if (!isNumber(value)) return isMissing(value) && value.fields.length > 0 ? value : missing('not-filed', [year]);
  return value;
}

function against(actual: Exact, target: Exact, measure: ByYear['measure'], year: string): Exact | Missing {
  if (measure === 'actual-target') return subtract(actual, target);
  return isZero(target) ? missing('division-by-zero', [year]) : multiply(divide(actual, target), exact(100));
}

/** Met or not; 以上含本数 stands in the comparison, and an ordinal scale is compared by its places. */
export function threshold(scene: LeafScene<'threshold'>): Given {
  const { method, answer, max, indicator, note } = scene;
  const full = indicator.points === 'none' ? null : max;
  const unmet = indicator.points === 'none' ? null : exact(method.unmet);
  const [least, most] = [lesser(unmet ?? zero, full ?? zero), full ?? unmet ?? zero];
  const give = (by: 'person' | 'facts', met: boolean, value?: Exact): Given => {
    note(() => (met ? '达到' : '未达到'));
    return scored(by, met ? full : unmet, { verdict: met, value, option: met ? 'yes' : 'no' });
  };
  if (answer && 'met' in answer) return give('person', answer.met);
  if (answer && 'parts' in answer && answer.parts) {
    const verdict = partsMet(method, answer.parts);
    return isMissing(verdict) ? open(least, max, verdict.fields) : give('person', verdict);
  }
  // A formula gives one figure, and each part has its own.
  if (method.parts) {
    return open(
      least,
      max,
      method.parts.map(({ name }) => name),
    );
  }
  const found = measured(scene);
  if (isMissing(found)) return openFor(found, least, max === null ? null : greater(most, max));
  const met = reaches(method, method.compare, method.value, found.value as Exact | string);
  if (met === undefined) return open(least, max);
  note(
    () => `${isNumber(found.value) ? scene.text(found.value) : found.value} ${signs[method.compare]} ${method.value}`,
  );
  return give(found.by, met, isNumber(found.value) ? found.value : undefined);
}

const signs = { '<': '<', '<=': '≤', '=': '=', '>=': '≥', '>': '>', '<>': '≠' } as const;

type Threshold = LeafScene<'threshold'>['method'];

function partsMet(method: Threshold, parts: Readonly<Record<string, number | string>>): boolean | Missing {
  const lacks: string[] = [];
  for (const { name, compare: by, value } of method.parts ?? []) {
    const given = Object.hasOwn(parts, name) ? figureOrWord(parts[name]!) : undefined;
    const met = given === undefined ? undefined : reaches(method, by, value, given);
    if (met === false) return false;
    if (met === undefined) lacks.push(name);
  }
  return lacks.length > 0 ? missing('not-filed', lacks) : true;
}

/** Undefined where the two cannot be compared: a word that the scale lacks. */
function reaches(
  { scale }: Threshold,
  by: Threshold['compare'],
  wanted: number | string,
  value: Exact | string,
): boolean | undefined {
  if (!scale) return isNumber(value) ? stands(value, by, exact(wanted)) : undefined;
  const place = scale.indexOf(String(value));
  const least = scale.indexOf(String(wanted));
  return place < 0 || least < 0 ? undefined : stands(exact(place), by, exact(least));
}
