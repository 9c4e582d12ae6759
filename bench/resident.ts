import { spreadSize, weightedSpread } from '#domain/stats/weighted-spread.ts';

/**
 * The schools of one level of many counties, held in columns. The rows of county c lie together, from `offsets[c]` to
 * `offsets[c + 1]`. A missing resource is NaN. Resources are given after split and conversion, so that value =
 * resources / pupils is in the indicator's unit.
 */
export interface ResidentLevel {
  readonly offsets: Int32Array;
  readonly pupils: Float64Array;
  readonly resources: readonly Float64Array[];
}

/**
 * Mean, deviation and 差异系数 of county c and indicator i have the index `c · indicators + i`; NaN where there is none.
 */
export interface ResidentVariation {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
  readonly cv: Float64Array;
}

/**
 * 差异系数 of every county and indicator in one pass over columns in memory: the same calculation as
 * `coefficientOfVariation`, without an object per school. Counties without a mean above zero get NaN as cv.
 */
export function residentVariation({ offsets, pupils, resources }: ResidentLevel): ResidentVariation {
  const counties = offsets.length - 1;
  const indicators = resources.length;
  const mean = new Float64Array(counties * indicators);
  const deviation = new Float64Array(counties * indicators);
  const cv = new Float64Array(counties * indicators);
  const spread = new Float64Array(spreadSize);
  for (let county = 0; county < counties; county += 1) {
    const start = offsets[county]!;
    const end = offsets[county + 1]!;
    for (let indicator = 0; indicator < indicators; indicator += 1) {
      weightedSpread(resources[indicator]!, pupils, start, end, spread);
      const place = county * indicators + indicator;
      mean[place] = spread[2]!;
      deviation[place] = spread[3]!;
      cv[place] = spread[2]! > 0 ? spread[3]! / spread[2]! : Number.NaN;
    }
  }
  return { mean, deviation, cv };
}

/** The rule for the single school, with one threshold for each column of resources. */
export interface ResidentRule {
  readonly thresholds: Float64Array;
  readonly minimumMet: number;
  readonly minimumRatio: number;
}

/** Per school: how many thresholds it reaches, its smallest value / threshold (NaN with an input missing), 1 if it passes. */
export interface ResidentCompliance {
  readonly met: Uint8Array;
  readonly minimumRatio: Float64Array;
  readonly pass: Uint8Array;
  /**
   * Rows with a value so close to a threshold or floor that only exact arithmetic can decide: judge them with
   * `complianceOf`.
   */
  readonly doubtful: number[];
}

/** The relative distance within which a double cannot decide; the same as in `threshold.ts`. */
const doubt = 1e-9;

/**
 * Compliance of every school of a level. A missing input (NaN) makes the smallest ratio NaN, and the school does not
 * pass. The smallest ratio is found by multiplication: neither a branch nor `Math.min` (which branches inside) can
 * predict which of seven ratios is smaller. The result stays exact, and NaN stays NaN.
 */
export function residentCompliance({ pupils, resources }: ResidentLevel, rule: ResidentRule): ResidentCompliance {
  const rows = pupils.length;
  const indicators = resources.length;
  const met = new Uint8Array(rows);
  const minimumRatio = new Float64Array(rows);
  const pass = new Uint8Array(rows);
  const doubtful: number[] = [];
  const scales = rule.thresholds.map((threshold) => 1 / threshold);
  for (let row = 0; row < rows; row += 1) {
    const perPupil = 1 / pupils[row]!;
    let reached = 0;
    let surely = 0;
    let least = Number.MAX_VALUE;
    for (let indicator = 0; indicator < indicators; indicator += 1) {
      const ratio = resources[indicator]![row]! * perPupil * scales[indicator]!;
      reached += Number(ratio >= 1 - doubt);
      surely += Number(ratio >= 1 + doubt);
      const less = Number(ratio < least);
      least = less * ratio + (1 - less) * least;
    }
    met[row] = reached;
    minimumRatio[row] = least;
    pass[row] = reached >= rule.minimumMet && least >= rule.minimumRatio ? 1 : 0;
    if (reached !== surely || Math.abs(least - rule.minimumRatio) < doubt) doubtful.push(row);
  }
  return { met, minimumRatio, pass, doubtful };
}
