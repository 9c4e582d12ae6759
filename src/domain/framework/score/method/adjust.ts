import { add, compare, type Exact, exact, greater, lesser, multiply, subtract, zero } from '../../../kit/decimal.ts';
import { isMissing, namesInTheWay } from '../../../kit/value.ts';
import type { Adjust } from '../../edition.ts';
import { type Given, open, type Scene } from './leaf.ts';
import { lowerBand } from './measured.ts';

/**
 * What notes of a document change after the method has spoken: cap, take, add, zero, one band lower, times. The
 * result stays within the ends of the leaf. A condition on an unknown fact does not hold; the names in
 * its way are kept in the scene. Points that a person gave are his own judgement and are left as they are.
 */
export function adjusted(scene: Scene, given: Given): Given {
  const { indicator, answer, judge, note, text } = scene;
  const rules = indicator.adjust ?? [];
  if (rules.length === 0 || given.kind === 'notApplicable' || (answer && 'points' in answer && !('level' in answer))) {
    return given;
  }
  const holding = rules.filter((rule) => {
    const verdict = judge(rule.when);
    if (isMissing(verdict)) scene.unknown.push(...namesInTheWay(verdict));
    return verdict === true;
  });
  if (given.kind === 'open') {
    const low = holding.reduce((points, rule) => within(scene, changed(scene, rule, points)), given.least);
    const high =
      given.most && holding.reduce((points, rule) => within(scene, changed(scene, rule, points)), given.most);
    return high === null
      ? open(lesser(low, given.least), null, given.lacks)
      : open(lesser(low, high), greater(low, high), given.lacks);
  }
  if (given.points === null) return given;
  let points = given.points;
  for (const rule of holding) {
    const next = within(scene, changed(scene, rule, points));
    if (compare(next, points) !== 0)
      note(
        () => `${rule.text || rule.when}：${text(points)} → ${text(next)}`,
        () => next,
      );
    points = next;
  }
  return { ...given, points };
}

function changed({ indicator }: Scene, rule: Adjust, points: Exact): Exact {
  switch (rule.effect) {
    case 'cap':
      return lesser(points, exact(rule.points));
    case 'take':
      return subtract(points, exact(rule.points));
    case 'add':
      return add(points, exact(rule.points));
    case 'zero':
      return zero;
    case 'times':
      return multiply(points, exact(rule.factor));
    case 'lowerBand':
      return indicator.method?.kind === 'bands' ? lowerBand(indicator.method, points) : points;
  }
}

/** A block of deductions outside the tree stands between what it takes at most and nothing. */
function within({ max, indicator: { method } }: Scene, points: Exact): Exact {
  const least = method?.kind === 'deduction' && method.start === 'zero' ? exact(method.floor) : zero;
  return greater(least, max === null ? points : lesser(points, max));
}
