import { compare, type Exact, exact, multiply, zero } from '../../../kit/decimal.ts';
import { isMissing } from '../../../kit/value.ts';
import { ends, type Given, type LeafScene, open, openFor, type Scene, scored } from './leaf.ts';

type Level = LeafScene<'ladder'>['method']['levels'][number];

/**
 * A level of a ladder: points × its share, or its points. A level with a range takes the points that a person gives
 * within it (系数 0–0.59; 好 8–10 分), and without them is known to lie in the range only.
 */
export function ladder(scene: LeafScene<'ladder'>): Given {
  const { answer, method, max } = scene;
  if (!answer || !('level' in answer)) return undecided(scene);
  const level = method.levels.find((one) => one.level === answer.level)!;
  scene.note(() => `${level.level}${level.text ? `：${level.text}` : ''}`);
  const extras = { grade: level.level, option: level.level };
  if (!level.range) return scored('person', pointsOfLevel(level, max), extras);
  const [from, to] = rangeOf(level.range, max);
  if (answer.points !== undefined) return scored('person', exact(answer.points), extras);
  return open(from, to, [`${level.level}在区间内的得分`]);
}

function undecided({ method, max }: LeafScene<'ladder'>): Given {
  const points = method.levels.flatMap((level): Exact[] => {
    if (!level.range) return [pointsOfLevel(level, max) ?? zero];
    const [from, to] = rangeOf(level.range, max);
    return to === null ? [from] : [from, to];
  });
  const [least, most] = ends(points);
  return open(least, endless(method.levels, max) ? max : most);
}

function endless(levels: readonly Level[], max: Exact | null): boolean {
  return levels.some(({ range }) => range && rangeOf(range, max)[1] === null) || max === null;
}

function pointsOfLevel(level: Level, max: Exact | null): Exact | null {
  if (level.points !== undefined) return exact(level.points);
  return level.share === undefined || max === null ? null : multiply(max, exact(level.share));
}

/**
 * The points between which a level with a range lies; the upper end is null where the document does not show it.
 * @param max the points of the leaf, of which a range of shares is taken
 */
export function rangeOf(range: NonNullable<Level['range']>, max: Exact | null): readonly [Exact, Exact | null] {
  const points = (figure: number): Exact | null =>
    range.of === 'points' ? exact(figure) : max === null ? null : multiply(max, exact(figure));
  return [points(range.from) ?? zero, range.to === null ? null : points(range.to)];
}

/** The points of the option that was chosen; an option without points gives its grade alone. */
export function choice({ answer, method, max, note }: LeafScene<'choice'>): Given {
  if (!answer || !('option' in answer)) {
    const points = method.options.flatMap((option) => (option.points === undefined ? [] : [exact(option.points)]));
    const [least, most] = ends(points);
    // Who may still say 不适用 may end below the least option.
    return open(method.notApplicable ? zero : least, points.length > 0 ? most : max);
  }
  const option = method.options.find(({ key }) => key === answer.option)!;
  note(() => option.text);
  const points = option.points === undefined ? null : exact(option.points);
  return scored('person', points, {
    grade: option.grade,
    option: option.key,
    verdict: points !== null && max !== null && max.n !== 0n ? compare(points, max) >= 0 : undefined,
  });
}

/** The keys of the options that give these points. */
export function optionsOf({ options }: LeafScene<'choice'>['method'], points: Exact): readonly string[] {
  const alike = options.filter((one) => one.points !== undefined && compare(exact(one.points), points) === 0);
  return alike.map(({ key }) => key);
}

/** Yes or no, said by a person or by a condition over facts. */
export function yesNo(scene: LeafScene<'yesNo'>): Given {
  const { answer, method, formula, reader, max, note } = scene;
  const yes = pointsOrNone(method.yes, max, scene);
  const no = pointsOrNone(method.no, max, scene);
  const give = (by: 'person' | 'facts', met: boolean): Given => {
    note(() => (met ? '是' : '否'));
    return scored(by, met ? yes : no, { verdict: met, option: met ? 'yes' : 'no' });
  };
  if (answer && 'met' in answer) return give('person', answer.met);
  const [least, most] = ends([yes ?? zero, no ?? zero]);
  if (answer !== undefined || formula === null) return open(least, most);
  const value = reader.valueOf(formula);
  return isMissing(value) ? openFor(value, least, most) : give('facts', value === true);
}

/** Points of a leaf that has some; null where it is judged without. */
function pointsOrNone(figure: number, max: Exact | null, { indicator }: Scene): Exact | null {
  return max === null && indicator.points === 'none' ? null : exact(figure);
}
