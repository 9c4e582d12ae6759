import type { z } from 'zod';
import type { comparison, runHead } from '#contract/balance/balance.ts';
import { cvText } from '#domain/balance/report/figure-text.ts';
import type { LevelResult } from '#domain/balance/run/result.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { codeOfMark } from '#domain/org/school-code.ts';
import { type CompulsoryLevel, compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import { schoolType } from '#domain/org/school-type.ts';
import { type RunSchool, sponsorOf } from './inputs.shape.ts';
import { type ComputedSide, idsOf, movesBetween } from './school-moves.shape.ts';

type Comparison = z.output<typeof comparison>;

export interface Side extends ComputedSide {
  readonly head: z.output<typeof runHead>;
}

/**
 * The changes from the earlier to the later of two runs of a county: schools that joined and left, changed inputs, and
 * the effect on figures and verdict.
 */
export function compareSides(earlier: Side, later: Side): Comparison {
  const same = {
    // The hashes of two formula versions could be taken differently; the inputs themselves cannot.
    inputs: canonicalJson(earlier.inputs) === canonicalJson(later.inputs),
    standard:
      earlier.head.standard.key === later.head.standard.key &&
      earlier.head.standard.revision === later.head.standard.revision,
    formula: earlier.head.formulaVersion === later.head.formulaVersion,
  };
  const levels = compulsoryLevels.map((level) => presentLevel(level, earlier, later));
  return {
    before: earlier.head,
    after: later.head,
    same,
    levels,
    sentences: sentencesOf(earlier, later, same, levels),
  };
}

function presentLevel(level: CompulsoryLevel, earlier: Side, later: Side): Comparison['levels'][number] {
  const before = earlier.result.levels[level];
  const after = later.result.levels[level];
  const { verdict, composite, indicators, joined, left } = movesBetween(level, earlier, later);
  return {
    level,
    levelName: schoolLevelNames[level],
    verdicts: [...verdict],
    composite,
    indicators: [...indicators],
    joined,
    left,
    changed: changedSchools(earlier, later, before, after),
  };
}

/** Schools of either set with a changed input or a changed verdict on the school. */
function changedSchools(
  earlier: Side,
  later: Side,
  before: LevelResult,
  after: LevelResult,
): Comparison['levels'][number]['changed'] {
  const inputs = (side: Side) => new Map(side.inputs.schools.map((school) => [school.schoolId, school]));
  const [old, now] = [inputs(earlier), inputs(later)];
  const [included, judged] = [
    [bySchool(earlier, before.included), bySchool(later, after.included)],
    [bySchool(earlier, before.compliance ?? []), bySchool(later, after.compliance ?? [])],
  ] as const;
  const asked = namesInBoth(earlier, later);
  return [...new Map([...included[0], ...included[1]])].flatMap(([schoolId, school]) => {
    const values = changedValues(old.get(schoolId), now.get(schoolId), asked);
    const pass: [boolean | null, boolean | null] = [
      judged[0].get(schoolId)?.pass ?? null,
      judged[1].get(schoolId)?.pass ?? null,
    ];
    const judgedAnew = pass[0] !== pass[1] && included.every((set) => set.has(schoolId));
    const { code } = now.get(schoolId) ?? old.get(schoolId)!;
    return values.length > 0 || judgedAnew
      ? [{ schoolId, code: codeOfMark(code), name: school.name, values, pass }]
      : [];
  });
}

function bySchool<Row extends { readonly code: string }>(side: Side, rows: readonly Row[]): Map<number, Row> {
  const idOf = idsOf(side);
  return new Map(rows.map((row) => [idOf(row.code), row]));
}

/** Fields that both runs read: a field that a revision reads for the first time has not changed in any school. */
function namesInBoth(earlier: Side, later: Side): ReadonlySet<string> {
  const names = ({ inputs }: Side) => new Set(inputs.schools.flatMap((school) => Object.keys(enteredOf(school))));
  const known = names(earlier);
  return new Set([...names(later)].filter((name) => known.has(name)));
}

function changedValues(before: RunSchool | undefined, after: RunSchool | undefined, asked: ReadonlySet<string>) {
  if (!before || !after) return [];
  const [left, right] = [enteredOf(before), enteredOf(after)];
  return [...asked].flatMap((name) => {
    const pair = { before: left[name] ?? null, after: right[name] ?? null };
    return pair.before === pair.after ? [] : [{ name, ...pair }];
  });
}

/** The inputs of one school to a run: its entry in the register, whether its filing counts, and its figures. */
function enteredOf(school: RunSchool): Record<string, number | string | null> {
  return {
    学校标识码: codeOfMark(school.code),
    办学类型: schoolType(school.schoolType)?.name ?? school.schoolType,
    举办者: sponsorOf(school),
    填报: school.exempt ?? (school.filed ? '已批准' : '未批准'),
    ...school.values,
  };
}

function sentencesOf(earlier: Side, later: Side, same: Comparison['same'], levels: Comparison['levels']): string[] {
  const sentences: string[] = [];
  sentences.push(
    earlier.head.verdict === later.head.verdict
      ? `结论没有变化：${later.head.verdictText}。`
      : `结论由“${earlier.head.verdictText}”变为“${later.head.verdictText}”。`,
  );
  if (same.inputs && same.standard && same.formula) sentences.push('两次的输入、标准和公式完全相同。');
  if (!same.standard) sentences.push('两次所用的标准或版本不同。');
  if (!same.formula)
    sentences.push(`公式由第 ${earlier.head.formulaVersion} 版变为第 ${later.head.formulaVersion} 版。`);
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

/** 综合差异系数 where it decides, else the coefficient that moved most. */
function furthest(level: Comparison['levels'][number]): string | false {
  if (level.composite) {
    const { cv, limit } = level.composite;
    if (cv[0] === cv[1]) return false;
    const text = (value: number | null) => (value === null ? '无法计算' : cvText(value, limit[1]));
    const [earlier, later] = [text(cv[0]), text(cv[1])];
    return earlier === later ? `综合差异系数仍为 ${later}` : `综合差异系数由 ${earlier} 变为 ${later}`;
  }
  const moves = level.indicators.flatMap(({ name, cv: [before, after], limit }) =>
    before === null || after === null || before === after
      ? []
      : [{ name, before, after, limit: limit[1], size: Math.abs(after - before) }],
  );
  const most = moves.sort((a, b) => b.size - a.size)[0];
  if (!most) return false;
  return `变化最大的是${most.name}差异系数，由 ${cvText(most.before, most.limit)} 变为 ${cvText(most.after, most.limit)}`;
}
