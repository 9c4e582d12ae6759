import {
  add,
  ceiling,
  compare,
  divide,
  type Exact,
  exact,
  greater,
  isZero,
  lesser,
  multiply,
  sum,
  zero,
} from '../../../kit/decimal.ts';
import { isMissing, type Missing, missing } from '../../../kit/value.ts';
import type { Context } from '../../answer.ts';
import { isNumber } from '../fact-reader.ts';
import { parentsOf, surveyFact } from '../survey-fact.ts';
import { ends, type Given, type LeafScene, measured, open, openFor, scored } from './leaf.ts';
import { linearPoints } from './measured.ts';

/** A person's points between nothing and all, in steps; checked when answers are read. */
export function judgement({ max }: LeafScene<'judgement'>): Given {
  return open(zero, max);
}

/** Points × the share that a formula gives, or the points that it gives, within its ends. */
export function byFormula(scene: LeafScene<'formula'>): Given {
  const { method, max, note, text } = scene;
  const [min, most] = [exact(method.min), exact(method.max)];
  const points = (value: Exact): Exact | null => {
    const within = lesser(most, greater(min, value));
    if (method.result === 'points') return within;
    return max === null ? null : multiply(max, within);
  };
  const found = measured(scene);
  const range = [points(min) ?? zero, points(most)] as const;
  if (isMissing(found)) return openFor(found, ...range);
  if (!isNumber(found.value)) return open(...range);
  const { value } = found;
  const given = points(value);
  if (method.result === 'share' && max !== null)
    note(
      () => `${text(max)} × ${text(value)}`,
      () => given!,
    );
  return scored(found.by, given, { value });
}

type Earlier = NonNullable<Context['evaluations']>[string][number];

/**
 * The grade or the rate of another evaluation or title. `[]` says that the subject never had one: then the leaf does not
 * apply. A rate up to 1 is a share, a larger one is in percent.
 */
export function result(scene: LeafScene<'result'>): Given {
  const { method, max, answer, context, note, text } = scene;
  const range = [zero, max] as const;
  if (answer && ('level' in answer || 'option' in answer)) {
    const grade = 'level' in answer ? answer.level : answer.option;
    return scored('person', exact(method.map![grade]!), { grade, option: grade });
  }
  const found = measured(scene);
  if (!isMissing(found) && isNumber(found.value)) return byRate(scene, found.by, found.value);
  if (answer !== undefined) return open(...range);
  const earlier = context.evaluations?.[method.evaluation];
  if (earlier === undefined) return open(...range, [method.evaluation]);
  const [latest, before] = earlier.slice(0, method.lookBackYears ?? earlier.length);
  if (latest === undefined) return { kind: 'notApplicable' };
  if (method.measure === 'grade') return byGrade(scene, latest, before);
  const figure = method.measure === 'rate' ? latest.rate : latest.total;
  if (figure === undefined) return open(...range, [method.evaluation]);
  const rate = method.measure === 'rate' && figure <= 1 ? multiply(exact(figure), exact(100)) : exact(figure);
  note(() => `${method.evaluation}：${text(rate)}`);
  return byRate(scene, 'facts', rate);
}

function byRate({ method, max }: LeafScene<'result'>, by: 'person' | 'facts', rate: Exact): Given {
  if (max === null || !method.linear) return open(zero, max);
  return scored(by, linearPoints(method.linear, max, rate), { value: rate });
}

function byGrade({ method, note, max }: LeafScene<'result'>, latest: Earlier, before: Earlier | undefined): Given {
  const pointsOf = (one: Earlier | undefined): Exact | undefined => {
    const grade = one?.grade;
    return grade !== undefined && Object.hasOwn(method.map ?? {}, grade) ? exact(method.map![grade]!) : undefined;
  };
  const points = pointsOf(latest);
  if (points === undefined) return open(zero, max, [`${method.evaluation}的等次`]);
  note(
    () => `${method.evaluation}：${latest.grade}`,
    () => points,
  );
  const extras = { grade: latest.grade, option: latest.grade };
  const earlier = pointsOf(before);
  if (!method.improved || earlier === undefined || compare(points, earlier) <= 0)
    return scored('facts', points, extras);
  const { add: more, max: most } = method.improved;
  note(() => `比上一次提高，在 ${most} 分以内加 ${more} 分`);
  return scored('facts', greater(points, lesser(exact(most), add(points, exact(more)))), extras);
}

/**
 * A share of satisfied people in percent, or a mean of points: two kinds of number, never mixed. Grades of many raters
 * become points by the table of the leaf and their mean is taken. With fewer answers than the leaf asks it stays open.
 */
export function survey(scene: LeafScene<'survey'>): Given {
  const { method, max, note, text, answer } = scene;
  if (max === null) return open(zero, null);
  const [least, most] = ends([exact(method.linear.below), zero, max]);
  const found = answer && 'grades' in answer ? meanOfGrades(scene, answer.grades) : surveyed(scene);
  if (isMissing(found)) return openFor(found, least, most);
  const few = tooFew(scene);
  if (few) return open(least, most, [few]);
  const { floor, target } = method.linear;
  note(() => `（${text(found)} − ${floor}）÷（${target} − ${floor}）× ${text(max)}`);
  return scored(answer ? 'person' : 'facts', linearPoints(method.linear, max, found), { value: found });
}

function surveyed(scene: LeafScene<'survey'>): Exact | Missing {
  const found = measured(scene);
  if (!isMissing(found)) return isNumber(found.value) ? found.value : missing('not-filed');
  if (scene.answer !== undefined || scene.formula !== null) return found;
  const { survey: name, measure } = scene.method;
  const fact = scene.reader.factOf(surveyFact(name, measure));
  return isNumber(fact) || isMissing(fact) ? fact : missing('not-filed', [name]);
}

/** What of the sample keeps a figure from counting: too few answers, or too few of parents among them; undefined where it counts. */
function tooFew(scene: LeafScene<'survey'>): string | undefined {
  return fewAnswers(scene) ?? fewParents(scene);
}

function fewAnswers({ method, reader, answer }: LeafScene<'survey'>): string | undefined {
  const { minimumAnswers } = method;
  if (!minimumAnswers) return undefined;
  const answers = reader.factOf(surveyFact(method.survey, 'answers'));
  // A figure that data give counts only where its sample is known; whoever types one answers for it.
  if (!isNumber(answers)) return answer === undefined ? `${method.survey}的有效样本` : undefined;
  const { share } = minimumAnswers;
  const all = share === undefined ? undefined : reader.factOf(share.of);
  const some =
    share && all !== undefined && isNumber(all) ? divide(multiply(all, exact(share.perThousand)), exact(1000)) : zero;
  const least = greater(exact(minimumAnswers.least), some);
  return compare(answers, least) < 0 ? `${method.survey}的有效样本（少于 ${ceiling(least).toString()}）` : undefined;
}

/** 家长占比: a survey that asks for at least a share of parents says nothing while fewer of them answered. */
function fewParents({ method, reader, answer, text }: LeafScene<'survey'>): string | undefined {
  const { parentShare, survey: name } = method;
  if (parentShare === undefined) return undefined;
  const group = parentsOf(method);
  const all = reader.factOf(surveyFact(name, 'answers'));
  const parents = reader.factOf(surveyFact(name, 'answers', group));
  if (!isNumber(all) || !isNumber(parents)) {
    return answer === undefined ? `${name}的有效样本中${group}的份数` : undefined;
  }
  if (compare(parents, multiply(all, exact(parentShare))) >= 0) return undefined;
  return `${name}的有效样本（${group} ${text(parents)} 份，占全部 ${text(all)} 份的不足 ${text(multiply(exact(parentShare), exact(100)))}%）`;
}

function meanOfGrades(
  { method, note, text }: LeafScene<'survey'>,
  grades: Readonly<Record<string, number>>,
): Exact | Missing {
  const counts = Object.entries(grades);
  const all = sum(counts.map(([, count]) => exact(count)));
  if (isZero(all)) return missing('not-filed', [method.survey]);
  const points = sum(counts.map(([grade, count]) => multiply(exact(count), exact(method.grades![grade]!))));
  const mean = divide(points, all);
  note(() => `${counts.map(([grade, count]) => `${grade} ${count}`).join('、')}，换算后平均 ${text(mean)}`);
  return mean;
}
