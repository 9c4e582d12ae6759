import { formatValue } from '#domain/filing/values.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import type { Field } from '../filing-cell.ts';
import style from './YearBars.module.css';
import type { YearValue } from './years-of.ts';

const [barWidth, gap, height] = [7, 2, 18];

/** The values of the last years as small bars, the oldest on the left; this year's is the dark one. */
export function YearBars({ field, years }: { field: Field; years: readonly YearValue[] }) {
  const highest = Math.max(...years.map(({ value }) => value));
  if (years.length < 2 || highest <= 0) return null;
  const spoken = years.map(({ year, value }) => `${schoolYearName(year)} ${formatValue(field, value)}`).join('，');
  return (
    <svg className={style.bars} width={years.length * (barWidth + gap)} height={height} role="img" aria-label={spoken}>
      <title>{spoken}</title>
      {years.map(({ year, value }, at) => {
        const size = Math.max(1, (Math.max(0, value) / highest) * height);
        return <rect key={year} x={at * (barWidth + gap)} y={height - size} width={barWidth} height={size} />;
      })}
    </svg>
  );
}
