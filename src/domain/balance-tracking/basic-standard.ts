import type { CompulsoryLevel } from '../org/school-level.ts';
import type { BelowSchool } from './issues.ts';

/** An item of a basic standard: an indicator of balance, and what a school of each stage has at least. */
interface BasicItem {
  /** The indicator in the standard of balance, by which the figure of a school is computed. */
  readonly indicator: string;
  readonly name: string;
  readonly unit: string;
  readonly decimals: number;
  readonly thresholds: Readonly<Record<CompulsoryLevel, number>>;
}

/**
 * 省级义务教育学校办学基本标准: the gate before basic balance (教督〔2012〕3号). Each province names its own items, and how
 * many of them a school may miss.
 */
export interface BasicStandard {
  readonly name: string;
  /** How people call it, such as 2024, and how an issue names it; from which year it counts stands beside it. */
  readonly edition: string;
  /** Items and values are an example of the product, and not those of a province. */
  readonly sample: boolean;
  readonly mostMissed: number;
  readonly items: readonly BasicItem[];
}

/** A school of a run with the values of its indicators. */
interface JudgedSchool {
  readonly schoolId: number;
  readonly level: CompulsoryLevel;
  readonly name: string;
  readonly excludedReason: string | null;
  readonly values: Readonly<Record<string, number | null>>;
}

/** How an issue names the standard: with its edition, and the number of items that a school may miss. */
export function basicStandardText({ name, edition, sample, items, mostMissed }: BasicStandard): string {
  return `${name}（${edition} 版${sample ? '，示例' : ''}），${items.length} 项中未达标的不超过 ${mostMissed} 项`;
}

/** Figures of a run are kept as doubles. No two figures of schools lie as near to each other as this part of a threshold. */
const rounding = 1e-9;

const isMissed = ({ value, standard }: { readonly value: number; readonly standard: number }) =>
  value < standard * (1 - rounding);

/**
 * The schools that miss more items than the standard lets them, each with what it misses, the furthest from its threshold
 * first. A figure that is missing is not missed, and a school that the run leaves out is not judged.
 */
export function schoolsBelow(schools: readonly JudgedSchool[], standard: BasicStandard): BelowSchool[] {
  return schools.flatMap(({ schoolId, level, name, excludedReason, values }) => {
    if (excludedReason !== null) return [];
    const figures = standard.items.flatMap(({ indicator, thresholds, ...item }) => {
      const value = values[indicator] ?? null;
      return value === null ? [] : [{ ...item, value, standard: thresholds[level] }];
    });
    const unmet = figures.filter(isMissed);
    if (unmet.length <= standard.mostMissed) return [];
    unmet.sort((one, other) => one.value / one.standard - other.value / other.standard);
    return {
      ...{ schoolId, level, name, met: figures.length - unmet.length },
      unmet: unmet.map((one) => ({
        ...{ name: one.name, unit: one.unit, decimals: one.decimals, value: one.value, standard: one.standard },
      })),
    };
  });
}
