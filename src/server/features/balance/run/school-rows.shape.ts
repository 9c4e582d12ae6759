import { isOneShort } from '#domain/balance/report/figure-text.ts';
import type { BalanceResult, LevelResult } from '#domain/balance/run/result.ts';
import type { BalanceStandard } from '#domain/balance/standard/standard.shape.ts';
import { codeOfMark } from '#domain/org/school-code.ts';
import { type CompulsoryLevel, compulsoryLevels } from '#domain/org/school-level.ts';
import type { RunInputs } from './inputs.shape.ts';

/** One school at one level of a run. The school may read its own row; the county's tables consist of these rows. */
export interface SchoolContent {
  readonly pupils: number | null;
  readonly values: Readonly<Record<string, number | null>>;
  readonly reasons: Readonly<Record<string, string>>;
  /** How each value came about; absent in rows stored before formula version 2. */
  readonly traces?: Readonly<Record<string, string | null>>;
  readonly ratios: Readonly<Record<string, number | null>>;
  readonly shares: Readonly<Record<string, number | null>>;
  readonly reached: readonly string[];
  readonly nearly: readonly string[];
  readonly met: number | null;
  readonly minimumRatio: number | null;
  readonly pass: boolean | null;
  readonly oneShort: boolean;
}

export interface SchoolResultRow {
  readonly schoolId: number;
  readonly level: CompulsoryLevel;
  /** 学校标识码; null where the school has none. */
  readonly code: string | null;
  readonly name: string;
  readonly excludedReason: string | null;
  readonly content: SchoolContent | null;
}

/** Every school that has the level, in or out of the set, in the order of the inputs. */
export function schoolRows(standard: BalanceStandard, inputs: RunInputs, result: BalanceResult): SchoolResultRow[] {
  const ids = new Map(inputs.schools.map((school) => [school.code, school.schoolId]));
  return compulsoryLevels.flatMap((level) => {
    const figures = result.levels[level];
    const inside = figures.included.map(({ code, name }, index) => ({
      ...{ schoolId: ids.get(code)!, level, code: codeOfMark(code), name, excludedReason: null },
      content: contentOf(standard, figures, index),
    }));
    const outside = figures.excluded.map(({ code, name, reason }) => ({
      ...{ schoolId: ids.get(code)!, level, code: codeOfMark(code), name, excludedReason: reason, content: null },
    }));
    return [...inside, ...outside];
  });
}

function contentOf(standard: BalanceStandard, figures: LevelResult, index: number): SchoolContent {
  const judged = figures.compliance?.[index] ?? null;
  const own = figures.indicators.map((indicator) => ({ key: indicator.key, school: indicator.schools[index]! }));
  return {
    pupils: own.find(({ school }) => school.pupils !== null)?.school.pupils ?? null,
    values: byKey(own, ({ school }) => school.value),
    reasons: Object.fromEntries(
      own.flatMap(({ key, school }) => (school.reason === null ? [] : [[key, school.reason]])),
    ),
    traces: byKey(own, ({ school }) => school.trace),
    ratios: judged?.ratios ?? {},
    shares: byKey(own, ({ school }) => school.contribution),
    reached: judged?.reached ?? [],
    nearly: judged?.nearly ?? [],
    met: judged === null || judged.minimumRatio === null ? null : judged.met,
    minimumRatio: judged?.minimumRatio ?? null,
    pass: judged?.pass ?? null,
    oneShort:
      judged !== null &&
      standard.compliance !== null &&
      isOneShort(judged, standard.indicators.length, standard.compliance),
  };
}

function byKey<Item extends { key: string }, Value>(
  items: readonly Item[],
  read: (item: Item) => Value,
): Record<string, Value> {
  return Object.fromEntries(items.map((item) => [item.key, read(item)]));
}
