import { z } from 'zod';
import { managingLevels } from '#domain/org/school-facts.ts';
import { instant } from '../kit/kit.shape.ts';
import { urbanClass } from '../kit/school.shape.ts';
import { figure, level, verdict, within } from './balance.shape.ts';
import { standardKind, standardName } from './standard.shape.ts';

export const levelSummary = z.object({
  level,
  levelName: z.string(),
  verdict,
  schools: z.number().int(),
  /** Schools of the set that lack an input. */
  missingSchools: z.number().int(),
  indicators: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      shortName: z.string(),
      cv: figure,
      limit: figure,
      pass: within,
    }),
  ),
  compositeCv: figure,
  compositeLimit: figure,
  compositePass: within,
  /** Negative exactly where `compositePass` is false. */
  compositeDistance: figure,
  /** Schools judged and schools that pass; null where the standard judges no school. */
  compliance: z.object({ judged: z.number().int(), passed: z.number().int(), oneShort: z.number().int() }).nullable(),
  /**
   * The CV nearest to or furthest over its limit; `distance` is the distance to the limit, negative exactly if the CV
   * is over it.
   */
  tightest: z
    .object({ name: z.string(), cv: z.number(), limit: z.number(), distance: z.number(), pass: z.boolean() })
    .nullable(),
});

export const overviewRow = z.object({
  countyId: z.number().int(),
  name: z.string(),
  shortName: z.string(),
  /** Column and row on the schematic map; null where the unit is not drawn. */
  tile: z.object({ column: z.number().int(), row: z.number().int() }).nullable(),
  runId: z.uuid().nullable(),
  runAt: instant.nullable(),
  verdict,
  verdictText: z.string(),
  /** One sentence: which level fails, on which indicator, by how much. */
  sentence: z.string(),
  missingSchools: z.number().int(),
  levels: z.array(levelSummary),
});

export const indicatorResult = z.object({
  key: z.string(),
  name: z.string(),
  shortName: z.string(),
  unit: z.string(),
  decimals: z.number().int(),
  /** Formula text of the edition. */
  formula: z.string(),
  schools: z.number().int(),
  mean: figure,
  standardDeviation: figure,
  cv: figure,
  limit: figure,
  pass: within,
  /** Distance to the limit, negative exactly if `pass` is false. */
  distance: figure,
  reason: z.string().nullable(),
  /** The threshold of each school, and 85 % of it; null where the standard judges no school. */
  threshold: figure,
  floor: figure,
  belowThreshold: z.number().int().nullable(),
  /** Without weighting by pupils, for comparison only. */
  unweighted: z.object({ mean: figure, cv: figure }),
  /** One point for each school year with a current run, including the shown one, oldest first. */
  trend: z.array(
    z.object({
      year: z.number().int(),
      mean: figure,
      cv: figure,
      limit: figure,
      pass: within,
      provisional: z.boolean(),
    }),
  ),
  /** The ten schools with the largest share of the sum of squares; empty for school roles. */
  contributions: z.array(
    z.object({
      schoolId: z.number().int(),
      name: z.string(),
      share: z.number(),
      value: z.number(),
      pupils: z.number(),
      side: z.enum(['above', 'below', 'equal']),
    }),
  ),
  /**
   * For school roles: the values of all schools of the set, sorted and without names; null for everybody else, and if
   * there are too few schools to stay anonymous.
   */
  anonymous: z.array(z.number()).nullable(),
});

export const schoolResult = z.object({
  schoolId: z.number().int(),
  /** 学校标识码; null where the school has none. */
  code: z.string().nullable(),
  name: z.string(),
  schoolTypeName: z.string(),
  urbanClass,
  sponsor: z.string(),
  pupils: figure,
  values: z.record(z.string(), figure),
  /** Why a value is missing, by indicator. */
  reasons: z.record(z.string(), z.string()),
  /** Value over threshold, by indicator; empty where the standard judges no school. */
  ratios: z.record(z.string(), figure),
  shares: z.record(z.string(), figure),
  /** Indicators that reach the threshold, and those below it that reach 85 %; decided without rounding. */
  reached: z.array(z.string()),
  nearly: z.array(z.string()),
  met: z.number().int().nullable(),
  minimumRatio: figure,
  pass: z.boolean().nullable(),
  /** The school fails and would pass with one more indicator reached. */
  oneShort: z.boolean(),
});

export const levelResult = levelSummary.omit({ indicators: true }).extend({
  indicators: z.array(indicatorResult),
  compositeTrend: z.array(
    z.object({ year: z.number().int(), cv: figure, limit: figure, pass: within, provisional: z.boolean() }),
  ),
  /** Every school of the set; a school role receives its own row only. */
  rows: z.array(schoolResult),
  excluded: z.array(
    z.object({ schoolId: z.number().int(), code: z.string().nullable(), name: z.string(), reason: z.string() }),
  ),
  missing: z.array(
    z.object({
      schoolId: z.number().int(),
      code: z.string().nullable(),
      name: z.string(),
      fields: z.array(z.string()),
    }),
  ),
});

export const runHead = z.object({
  id: z.uuid(),
  countyId: z.number().int(),
  countyName: z.string(),
  year: z.number().int(),
  standard: standardName,
  formulaVersion: z.string(),
  inputsHash: z.string(),
  verdict,
  verdictText: z.string(),
  provisional: z.boolean(),
  /** Whether overview and county page show this run. */
  current: z.boolean(),
  runAt: instant,
  runBy: z.string(),
  schools: z.number().int(),
  excluded: z.number().int(),
  missing: z.number().int(),
});

export const countyResult = z.object({
  county: z.object({ id: z.number().int(), name: z.string(), shortName: z.string() }),
  year: z.number().int(),
  kind: standardKind,
  standard: standardName,
  /** All standards, in their newest revision. */
  standards: z.array(standardName),
  /** Null before the first run. */
  run: runHead.nullable(),
  verdict,
  verdictText: z.string(),
  sentences: z.array(z.string()),
  assumptions: z.array(z.string()),
  levels: z.array(levelResult),
  /** Schools whose filing is not approved, so that they are missing here; empty for school roles. */
  owing: z.array(
    z.object({
      schoolId: z.number().int(),
      code: z.string().nullable(),
      name: z.string(),
      managedBy: z.enum(managingLevels),
    }),
  ),
  /** A school role sees its county's verdict and its own values only. */
  ownSchoolOnly: z.boolean(),
  can: z.object({ run: z.boolean(), export: z.boolean(), repeat: z.boolean() }),
});

export const schoolPlace = z.object({
  schoolId: z.number().int(),
  name: z.string(),
  countyId: z.number().int(),
  standard: standardName,
  kind: standardKind,
  levels: z.array(
    z.object({
      level,
      levelName: z.string(),
      /** Newest first. */
      years: z.array(
        z.object({
          year: z.number().int(),
          runId: z.uuid(),
          provisional: z.boolean(),
          excludedReason: z.string().nullable(),
          pupils: figure,
          met: z.number().int().nullable(),
          minimumRatio: figure,
          pass: z.boolean().nullable(),
          schools: z.number().int(),
          indicators: z.array(
            z.object({
              key: z.string(),
              name: z.string(),
              unit: z.string(),
              decimals: z.number().int(),
              value: figure,
              reason: z.string().nullable(),
              /** The calculation in names and, for this school, in numbers: `12.5 = 25 × 100 ÷ 200`. */
              formula: z.string().nullable(),
              trace: z.string().nullable(),
              mean: figure,
              threshold: figure,
              floor: figure,
              ratio: figure,
              /** 1 is the largest value; null without a value. */
              rank: z.number().int().nullable(),
              /** Values of all schools of the set, without names and sorted; null if there are too few. */
              peers: z.array(z.number()).nullable(),
            }),
          ),
        }),
      ),
    }),
  ),
});
