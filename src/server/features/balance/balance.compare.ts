import type { z } from 'zod';
import type { comparison, runHead } from '#contract/balance.ts';
import { compareRuns, type LevelComparison } from '#domain/balance/comparison.ts';
import { cvText } from '#domain/balance/figure-text.ts';
import type { BalanceResult, LevelResult } from '#domain/balance/result.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { type CompulsoryLevel, compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import type { RunInputs, RunSchool } from './balance.inputs.ts';

type Comparison = z.output<typeof comparison>;

export interface Side {
  readonly head: z.output<typeof runHead>;
  readonly inputs: RunInputs;
  readonly result: BalanceResult;
}

/** What changed between two runs of a county: who joined and left, which inputs, what that did to figures and verdict. */
export function compareSides(first: Side, second: Side): Comparison {
  const same = {
    // The hashes of two formula versions could be taken differently; the inputs themselves cannot.
    inputs: canonicalJson(first.inputs) === canonicalJson(second.inputs),
    standard:
      first.head.standard.key === second.head.standard.key &&
      first.head.standard.revision === second.head.standard.revision,
    formula: first.head.formulaVersion === second.head.formulaVersion,
  };
  const changes = compareRuns(first.result, second.result);
  const levels = compulsoryLevels.map((level) => presentLevel(level, changes.levels[level], first, second));
  return { first: first.head, second: second.head, same, levels, sentences: sentencesOf(first, second, same, levels) };
}

function presentLevel(
  level: CompulsoryLevel,
  changes: LevelComparison,
  first: Side,
  second: Side,
): Comparison['levels'][number] {
  const before = first.result.levels[level];
  const after = second.result.levels[level];
  const limitOf = (result: LevelResult, key: string) => result.indicators.find((one) => one.key === key)?.limit ?? null;
  return {
    level,
    levelName: schoolLevelNames[level],
    verdicts: [...changes.verdict],
    indicators: changes.indicators.map(({ key, name, cv, mean }) => ({
      key,
      name,
      limit: [limitOf(before, key), limitOf(after, key)],
      cv: [cv.before, cv.after],
      mean: [mean.before, mean.after],
    })),
    joined: [...changes.entered],
    left: [...changes.left],
    changed: changedSchools(first, second, before, after),
  };
}

function changedSchools(
  first: Side,
  second: Side,
  before: LevelResult,
  after: LevelResult,
): Comparison['levels'][number]['changed'] {
  const inputs = (side: Side) => new Map(side.inputs.schools.map((school) => [school.code, school]));
  const [old, now] = [inputs(first), inputs(second)];
  const passOf = (result: LevelResult, code: string) =>
    result.compliance?.find((school) => school.code === code)?.pass ?? null;
  return after.included.flatMap(({ code, name }) => {
    const values = changedValues(old.get(code), now.get(code));
    const pass: [boolean | null, boolean | null] = [passOf(before, code), passOf(after, code)];
    return values.length === 0 && pass[0] === pass[1] ? [] : [{ code, name, values, pass }];
  });
}

function changedValues(before: RunSchool | undefined, after: RunSchool | undefined) {
  if (!before || !after) return [];
  return [...new Set([...Object.keys(before.values), ...Object.keys(after.values)])].flatMap((name) => {
    const [left, right] = [before.values[name] ?? null, after.values[name] ?? null];
    return left === right ? [] : [{ name, before: left, after: right }];
  });
}

function sentencesOf(first: Side, second: Side, same: Comparison['same'], levels: Comparison['levels']): string[] {
  const sentences: string[] = [];
  sentences.push(
    first.head.verdict === second.head.verdict
      ? `结论没有变化：${second.head.verdictText}。`
      : `结论由“${first.head.verdictText}”变为“${second.head.verdictText}”。`,
  );
  if (same.inputs && same.standard && same.formula) sentences.push('两次的输入、标准和公式完全相同。');
  if (!same.standard) sentences.push('两次所用的标准或修订不同。');
  if (!same.formula)
    sentences.push(`公式由第 ${first.head.formulaVersion} 版变为第 ${second.head.formulaVersion} 版。`);
  for (const level of levels) {
    const parts = [
      level.joined.length > 0 && `新计入 ${level.joined.length} 所`,
      level.left.length > 0 && `不再计入 ${level.left.length} 所`,
      level.changed.length > 0 && `${level.changed.length} 所数值或达标情况有变化`,
      furthest(level),
    ].filter((part) => part !== false);
    if (parts.length > 0) sentences.push(`${level.levelName}：${parts.join('，')}。`);
  }
  return sentences;
}

/** The coefficient that moved most. */
function furthest(level: Comparison['levels'][number]): string | false {
  const moves = level.indicators.flatMap(({ name, cv: [before, after], limit }) =>
    before === null || after === null || before === after
      ? []
      : [{ name, before, after, limit: limit[1], size: Math.abs(after - before) }],
  );
  const most = moves.sort((a, b) => b.size - a.size)[0];
  if (!most) return false;
  return `变化最大的是${most.name}差异系数，由 ${cvText(most.before, most.limit)} 变为 ${cvText(most.after, most.limit)}`;
}
