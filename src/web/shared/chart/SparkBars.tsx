import { formatNumber } from '#web/shared/words/format.ts';
import style from './SparkBars.module.css';

export interface SparkBar {
  readonly name: string;
  readonly value: number | null;
  readonly limit: number | null;
  /** The side of its limit, as the exact comparison decided; null where there is no limit. */
  readonly pass: boolean | null;
}

const barWidth = 8;
const gap = 3;
const height = 26;

/**
 * Small multiples of one row: each coefficient is a bar, and the limit is one line through all of them at the same
 * height, so that a bar beyond the limit is easy to see. Without limits (基本均衡) the bars share the scale of the
 * composite's limit.
 */
export function SparkBars({ bars, common }: { bars: readonly SparkBar[]; common?: number | null }) {
  const line = height * 0.38;
  const width = bars.length * (barWidth + gap) - gap;
  return (
    <svg className={style.bars} width={width + 2} height={height} role="img" aria-label={bars.map(spoken).join('；')}>
      {bars.map((bar, index) => (
        <Bar key={bar.name} bar={bar} x={index * (barWidth + gap) + 1} line={line} common={common ?? null} />
      ))}
      <line className={style.limit} x1={0} x2={width + 2} y1={line} y2={line} />
    </svg>
  );
}

function Bar({ bar, x, line, common }: { bar: SparkBar; x: number; line: number; common: number | null }) {
  const limit = bar.limit ?? common;
  if (bar.value === null || limit === null || limit === 0) {
    return <rect className={style.missing} x={x + 0.5} y={height - 3} width={barWidth - 1} height={2} />;
  }
  const size = Math.min(height, (bar.value / limit) * (height - line));
  return (
    <rect
      className={bar.pass === false ? style.over : style.within}
      x={x}
      y={height - Math.max(1, size)}
      width={barWidth}
      height={Math.max(1, size)}
    >
      <title>{spoken(bar)}</title>
    </rect>
  );
}

function spoken({ name, value, limit, pass }: SparkBar): string {
  if (value === null) return `${name} 无法计算`;
  if (limit === null) return `${name} ${formatNumber(value, 3)}`;
  return `${name} ${formatNumber(value, 3)}${pass === false ? '，高于' : '，不高于'} ${formatNumber(limit, 2)}`;
}
