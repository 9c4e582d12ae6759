/** Where the columns of a computation lie: SQL expressions over one relation; resources are double precision. */
export interface VariationSource {
  /** A table, a view or a parenthesised query with an alias. */
  readonly relation: string;
  readonly county: string;
  readonly pupils: string;
  /** One expression for each indicator: the numerator after split and conversion (see `compileToSql`). */
  readonly resources: readonly string[];
}

/**
 * Below this 差异系数 the one-pass form loses digits to cancellation: with x̄² and Σw·x² in double precision the relative
 * error of S² is about 2⁻⁵² / cv², so at 0.05 it is still near 10⁻¹³.
 */
export const onePassFloor = 0.05;

/**
 * The enrolment-weighted mean and 差异系数 of every county and indicator as one grouped statement in a single scan:
 * S² = Σ(x²/P) / ΣP − X̄² with X̄ = Σx / ΣP (教督〔2012〕3号, annex on the calculation). Result columns: `county`, then
 * `m0, c0, m1, c1, …`; a 差异系数 is NULL where the mean is not above 0 or no school has the resource. Rows whose `c`
 * lies below `onePassFloor` are to be asked again with `twoPassVariationSql`.
 */
export function onePassVariationSql({ relation, county, pupils, resources }: VariationSource): string {
  const sums = resources.map(
    (x, i) =>
      `sum(${x}) as x${i}, sum(${x} * ${x} / ${pupils}) as q${i}, sum(case when ${x} is not null then ${pupils} end) as n${i}`,
  );
  const figures = resources.map(
    (_, i) =>
      `x${i} / n${i} as m${i}, sqrt(greatest(q${i} / n${i} - (x${i} / n${i}) * (x${i} / n${i}), 0)) / nullif(greatest(x${i} / n${i}, 0), 0) as c${i}`,
  );
  return `select county, ${figures.join(', ')} from (select ${county} as county, ${sums.join(', ')} from ${relation} group by 1) as sums`;
}

/**
 * The same figures by the definition, in two scans: deviations from the mean of the first. `counties` is a parameter
 * or expression of an array that narrows the computation; without it all are computed.
 */
export function twoPassVariationSql(
  { relation, county, pupils, resources }: VariationSource,
  counties?: string,
): string {
  const narrowed = counties === undefined ? '' : `where ${county} = any(${counties})`;
  const means = resources.map(
    (x, i) =>
      `sum(${x}) / sum(case when ${x} is not null then ${pupils} end) as mean_${i}, sum(case when ${x} is not null then ${pupils} end) as count_${i}`,
  );
  const figures = resources.map(
    (x, i) =>
      `min(mean_${i}) as m${i}, sqrt(sum(${pupils} * (${x} / ${pupils} - mean_${i}) * (${x} / ${pupils} - mean_${i})) / min(count_${i})) / nullif(greatest(min(mean_${i}), 0), 0) as c${i}`,
  );
  return `with means as (select ${county} as mean_county, ${means.join(', ')} from ${relation} ${narrowed} group by 1)
    select mean_county as county, ${figures.join(', ')} from ${relation} join means on mean_county = ${county} group by 1`;
}
