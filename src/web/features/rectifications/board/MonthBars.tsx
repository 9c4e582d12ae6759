import style from './MonthBars.module.css';

interface MonthBarsProps {
  name: string;
  months: readonly { readonly month: string; readonly open: number; readonly overdue: number }[];
  /** The tallest bar of all rows: they share one scale. */
  most: number;
}

const [width, gap, height] = [14, 3, 28];

/** One unit, one bar a month: how many findings were open at its end, and how many of them were late. */
export function MonthBars({ name, months, most }: MonthBarsProps) {
  const tall = (count: number) => (count === 0 ? 0 : Math.max(2, (count / most) * height));
  const spoken = months.map(({ month, open, overdue }) => `${month} 未办结 ${open}，逾期 ${overdue}`).join('；');
  return (
    <svg
      className={style.bars}
      width={12 * (width + gap)}
      height={height + 1}
      role="img"
      aria-label={`${name}：${spoken}`}
    >
      {months.map(({ month, open, overdue }, at) => (
        <g key={month}>
          <title>{`${month} 未办结 ${open}，逾期 ${overdue}`}</title>
          <rect
            className={style.open}
            x={at * (width + gap)}
            y={height - tall(open)}
            width={width}
            height={tall(open)}
          />
          <rect
            className={style.overdue}
            x={at * (width + gap)}
            y={height - tall(overdue)}
            width={width}
            height={tall(overdue)}
          />
        </g>
      ))}
      <line className={style.base} x1={0} x2={12 * (width + gap)} y1={height + 0.5} y2={height + 0.5} />
    </svg>
  );
}
