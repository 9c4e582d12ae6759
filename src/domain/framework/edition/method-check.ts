import type { FrameworkIssue } from '../../kit/problems/framework.ts';
import { optionKeys } from '../conclude/condition-parser.ts';
import type { ByYear, Edition, Figure, Indicator, Method } from '../edition.ts';

/**
 * What is wrong with the method of a leaf: parameters that contradict each other or pass the points of the leaf.
 * @param place of the parts of the leaf in the file: `indicators[3]`, `relaxations[0].replace`
 */
export function methodIssues(edition: Edition, indicator: Indicator, place: string): FrameworkIssue[] {
  const { method, code, points, formula } = indicator;
  const messages: string[] = [];
  if (method === undefined || method === null) {
    if (formula !== undefined) messages.push('有公式而没有计分方法：请写明公式的值怎样换算成分');
  } else {
    messages.push(...ownFaults(method, indicator, edition));
    if (typeof points === 'number' && method.kind !== 'bonus') {
      const over = awards(method).filter((award) => award > points);
      if (over.length > 0) messages.push(`得分 ${Math.max(...over)} 超过该项的 ${points} 分`);
      const under =
        method.kind === 'deduction' && method.start === 'zero' ? [] : awards(method).filter((one) => one < 0);
      if (under.length > 0) messages.push(`得分 ${Math.min(...under)} 低于 0 分`);
    }
    if (points === 'none' && needsPoints(method)) messages.push('该项不计分，不能用按分值计分的方法');
  }
  return messages.map((message) => ({ path: `${place}.method`, code, message }));
}

/** Facts that a method reads by their names, without a formula. */
export function factsOfMethod(method: Indicator['method']): string[] {
  if (method?.kind === 'survey') return [method.minimumAnswers?.share?.of ?? []].flat();
  const against = method?.kind === 'relative' ? method.full?.against : undefined;
  return typeof against === 'object' ? [against.fact] : [];
}

/** The points that a method may give, by its parameters. */
function awards(method: Method): Figure[] {
  switch (method.kind) {
    case 'ladder':
      return method.levels.flatMap(({ points, range }) => [points ?? 0, range?.of === 'points' ? (range.to ?? 0) : 0]);
    case 'bands':
      return [method.rest, ...method.bands.map((band) => band.points)];
    case 'linear':
      return [method.below];
    case 'threshold':
      return [method.unmet];
    case 'elements':
    case 'deduction':
      return [method.floor];
    case 'yesNo':
      return [method.yes, method.no];
    case 'choice':
      return method.options.map((option) => option.points ?? 0);
    case 'relative':
      return [...method.points];
    case 'years':
      return [...method.pointsByYearsMet];
    case 'formula':
      return method.result === 'points' ? [method.max] : [];
    case 'result':
      return Object.values(method.map ?? {});
    case 'survey':
      return [method.linear.below];
    default:
      return [];
  }
}

function needsPoints({ kind }: Method): boolean {
  return ['linear', 'elements', 'deduction', 'bonus', 'judgement', 'survey'].includes(kind);
}

function ownFaults(method: Method, indicator: Indicator, edition: Edition): string[] {
  switch (method.kind) {
    case 'ladder': {
      const open = method.levels.filter(({ share, points, range }) => one(share, points, range) !== 1);
      const faults = open.map(({ level }) => `等级“${level}”要写明得分：share、points、range 三者之一`);
      return [
        ...faults,
        ...twice(
          method.levels.map(({ level }) => level),
          '等级',
        ),
      ];
    }
    case 'bands': {
      const ats = method.bands.map(({ at }) => at);
      const sorted = ats.every((at, n) => n === 0 || (method.better === 'high' ? at < ats[n - 1]! : at > ats[n - 1]!));
      const order = method.better === 'high' ? '由高到低' : '由低到高';
      return [...(sorted ? [] : [`各档的界限应${order}排列且不重复`]), ...byYearFaults(method.byYear)];
    }
    case 'linear':
      return [
        ...(method.floor === method.target ? ['起点与满分值相同，无法按比例计分'] : []),
        ...byYearFaults(method.byYear),
      ];
    case 'threshold':
      return [method, ...(method.parts ?? [])].flatMap(({ value }) => {
        if (typeof value === 'number') return [];
        const known = method.scale?.includes(value) ?? false;
        return known ? [] : [`要求值“${value}”不在等级列表中`];
      });
    case 'elements':
      return method.cost > 0 ? [] : ['每缺一项的扣分应大于 0'];
    case 'deduction':
      return method.items.flatMap(({ text, cost }) =>
        typeof cost === 'number' || (cost.from >= 0 && cost.from < cost.to)
          ? []
          : [`“${text}”的扣分范围应由小到大，且不小于 0`],
      );
    case 'bonus':
      return edition.bonus === undefined ? ['有加分项时要写明加分的上限以及总分能否超过满分（bonus）'] : [];
    case 'choice': {
      const open =
        typeof indicator.points === 'number' ? method.options.filter(({ points }) => points === undefined) : [];
      return [
        ...open.map(({ key }) => `选项“${key}”缺少分值`),
        ...method.options.flatMap(({ key }) =>
          optionKeys.has(key) ? [`选项的键“${key}”应写作 ${optionKeys.get(key)}：条件中的“${key}”指它`] : [],
        ),
        ...twice(
          method.options.map(({ key }) => key),
          '选项',
        ),
      ];
    }
    case 'years':
      return method.pointsByYearsMet.length === method.span + 1
        ? []
        : [`应给出满足 0 到 ${method.span} 年的得分，共 ${method.span + 1} 个`];
    case 'formula':
      return [
        ...(indicator.formula === undefined ? ['缺少公式'] : []),
        ...(method.min <= method.max ? [] : ['下限高于上限']),
      ];
    case 'result':
      return one(method.linear, method.map) === 1 ? [] : ['要写明怎样换算成分：linear 或 map 之一'];
    case 'survey':
      return method.linear.floor === method.linear.target ? ['起点与满分值相同，无法按比例计分'] : [];
    default:
      return [];
  }
}

function byYearFaults(byYear: ByYear | undefined): string[] {
  if (byYear === undefined) return [];
  const named = (record: Readonly<Record<string, unknown>>): boolean =>
    Object.keys(record).length === byYear.years.length && byYear.years.every((year) => Object.hasOwn(record, year));
  return named(byYear.targets) && named(byYear.weights) ? [] : ['各年的目标值和权重应与所列年度一一对应'];
}

/** How many of these are given. */
function one(...parts: readonly unknown[]): number {
  return parts.filter((part) => part !== undefined).length;
}

function twice(names: readonly string[], what: string): string[] {
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))].map((name) => `${what}“${name}”重复`);
}
