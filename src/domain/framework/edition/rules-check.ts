import type { FrameworkIssue } from '../../kit/problems/framework.ts';
import { answerKeys } from '../answer-keys.ts';
import { optionsOfCondition } from '../conclude/condition-names.ts';
import type { Condition } from '../conclude/condition-syntax.ts';
import type { Code, ConditionText, Edition } from '../edition.ts';
import { conditionPlaces } from './condition-places.ts';
import type { Tree } from './tree.ts';

/** What rules, raters, relaxations and conclusions name must be there, each once. */
export function ruleIssues(edition: Edition, tree: Tree): FrameworkIssue[] {
  return [...nodeIssues(edition, tree), ...namedIssues(edition, tree), ...conclusionIssues(edition)];
}

/** Options that conditions ask for and that no leaf has: such a rule could never hold. */
export function optionIssues(edition: Edition, conditions: ReadonlyMap<ConditionText, Condition>): FrameworkIssue[] {
  const known = new Map(edition.indicators.map(({ code, method }) => [code, new Set(answerKeys(method))]));
  const all = new Set([...known.values()].flatMap((keys) => [...keys]));
  return conditionPlaces(edition).flatMap(({ text, path }) => {
    const read = conditions.get(text);
    const asked = read === undefined ? [] : optionsOfCondition(read.node);
    return asked.flatMap(({ code, option }): FrameworkIssue[] => {
      const has = (code === null ? all : known.get(code))?.has(option) ?? false;
      if (has) return [];
      const where = code === null ? '没有哪项指标' : `指标“${code}”没有`;
      return [
        { path, code: null, message: `条件“${text}”不会成立：${where}${code === null ? '有' : ''}选项“${option}”` },
      ];
    });
  });
}

function nodeIssues(edition: Edition, tree: Tree): FrameworkIssue[] {
  const raters = Object.keys(edition.raters ?? {});
  return edition.indicators.flatMap(({ code, rater, rollUp, method, formula, must }, at) => {
    const issue = (part: string, message: string): FrameworkIssue => ({
      path: `indicators[${at}].${part}`,
      code,
      message,
    });
    const inner = tree.children.has(code);
    const unknown = (rater?.split('+') ?? []).filter((one) => !raters.includes(one));
    return [
      ...unknown.map((one) => issue('rater', `没有名为“${one}”的评分方`)),
      ...(inner && (method || formula !== undefined)
        ? [issue('method', '有下级的指标由下级合成，不能再写计分方法或公式')]
        : []),
      ...(inner && must !== undefined ? [issue('must', '必达项只能设在末级指标上')] : []),
      ...(!inner && rollUp !== undefined ? [issue('rollUp', '没有下级的指标不能写合成方式')] : []),
    ];
  });
}

function namedIssues(edition: Edition, tree: Tree): FrameworkIssue[] {
  const codes = new Set(edition.indicators.map(({ code }) => code));
  const leaves = new Set(tree.leaves.map((at) => edition.indicators[at]!.code));
  const unknown = (named: readonly Code[], known: ReadonlySet<Code>, path: string, what: string): FrameworkIssue[] =>
    named
      .filter((code) => !known.has(code))
      .map((code) => ({ path, code: null, message: `没有编号为“${code}”的${what}` }));
  return [
    ...(edition.relaxations ?? []).flatMap(({ codes: named }, n) =>
      unknown(named, leaves, `relaxations[${n}].codes`, '末级指标'),
    ),
    ...edition.conclusions.flatMap(({ quota }, n) =>
      (quota?.ties ?? []).flatMap((tie) =>
        'rate' in tie
          ? unknown([tie.rate], codes, `conclusions[${n}].quota.ties`, '指标')
          : unknown([tie.leaf], leaves, `conclusions[${n}].quota.ties`, '末级指标'),
      ),
    ),
  ];
}

function conclusionIssues({ vetoes, caps, downgrades, conclusions }: Edition): FrameworkIssue[] {
  const rules = Object.entries({ vetoes, caps, downgrades }).flatMap(([list, of]) =>
    of.map(({ code }, n) => ({ code, path: `${list}[${n}].code` })),
  );
  const twice = rules.filter(({ code }, at) => rules.findIndex((one) => one.code === code) !== at);
  return [
    ...twice.map(({ code, path }) => ({ path, code: null, message: `规则编号“${code}”重复` })),
    ...conclusions.flatMap(({ name, rows, quota }, n): FrameworkIssue[] => {
      const path = `conclusions[${n}]`;
      const same = conclusions.findIndex((one) => one.name === name) !== n;
      const ends = rows.at(-1)!.when.length === 0;
      const graded = quota === undefined || rows.some(({ then }) => then === quota.grade);
      return [
        ...(same ? [{ path, code: null, message: `结论表“${name}”重复` }] : []),
        ...(ends ? [] : [{ path, code: null, message: `结论表“${name}”的最后一行不能有条件，否则可能没有结论` }]),
        ...(graded ? [] : [{ path, code: null, message: `名额所指的“${quota.grade}”不在结论表“${name}”中` }]),
      ];
    }),
  ];
}
