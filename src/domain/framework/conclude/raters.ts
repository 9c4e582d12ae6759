import { add, compare, divide, type Exact, exact, multiply } from '../../kit/decimal.ts';
import type { Figure } from '../edition.ts';

/** A number that stands for a grade, and who chose it; nobody where it is the default of the edition. */
export interface GradePoints {
  readonly points: Exact;
  readonly chosenBy: string | null;
}

/** The number that the office chose for a grade within its band. */
export interface ChosenPoints {
  readonly points: Figure;
  readonly by: string;
}

/**
 * The number for a grade that raters give without points (三府教督办〔2021〕28号: schools give a grade, the office converts it to a
 * number inside the band of that grade). Bands are found by position and not by name, because the words of the form and of
 * the conversion differ there (合格, 基本合格). A chosen number is kept with who chose it.
 * @param bands the lower end of each band, the highest first, and the default number in it
 * @param position of the grade, 0 for the highest
 * @returns null where the number lies outside the band, or there is no such grade
 */
export function gradePoints(
  bands: readonly { readonly from: Figure; readonly points: Figure }[],
  position: number,
  chosen?: ChosenPoints,
): GradePoints | null {
  const band = bands[position];
  if (band === undefined) return null;
  if (chosen === undefined) return { points: exact(band.points), chosenBy: null };
  const points = exact(chosen.points);
  const above = bands[position - 1];
  if (compare(points, exact(band.from)) < 0) return null;
  if (above !== undefined && compare(points, exact(above.from)) >= 0) return null;
  return { points, chosenBy: chosen.by };
}

/**
 * The score of several kinds of raters together (三府教督办〔2021〕28号: 自评 15 %, 学校 25 %, 督导室 60 %). Several raters of one kind
 * (all inspected schools) are merged to their mean before they are weighted.
 * @param weights by kind of rater; they count as parts of their own sum
 * @param scores of each kind, each on the same scale
 * @returns null while one kind has given nothing
 */
export function ratersTogether(
  weights: Readonly<Record<string, Figure>>,
  scores: Readonly<Record<string, readonly Exact[]>>,
): Exact | null {
  const kinds = Object.entries(weights);
  if (kinds.length === 0) return null;
  const parts: Exact[] = [];
  for (const [kind, weight] of kinds) {
    const given = scores[kind] ?? [];
    if (given.length === 0) return null;
    parts.push(multiply(exact(weight), divide(given.reduce(add), exact(given.length))));
  }
  return divide(parts.reduce(add), kinds.map(([, weight]) => exact(weight)).reduce(add));
}
