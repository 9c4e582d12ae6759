import { linear, type Scale, tickDecimals, ticks } from '#domain/plot/scale.ts';
import { formatNumber } from '#web/shared/words/format.ts';
import style from './StripPlot.module.css';

interface StripMarksProps {
  scale: Scale;
  width: number;
  top: number;
  height: number;
  decimals: number;
  mean: number | null;
  threshold: number | null;
  floor: number | null;
}

/** Threshold, its 85 % and the county's mean: lines with their numbers, moved apart where they would overlap. */
export function StripMarks({ scale, width, top, height, decimals, mean, threshold, floor }: StripMarksProps) {
  const foot = top + height;
  const thresholdText = threshold === null ? '' : `标准 ${formatNumber(threshold, trimmed(threshold, decimals))}`;
  const floorText = floor === null ? '' : `85% ${formatNumber(floor, trimmed(floor, 3))}`;
  const flipped = threshold !== null && scale(threshold) > width - 90;
  const floorFits = floor !== null && scale(floor) > 64;
  return (
    <g>
      {floor !== null && (
        <>
          <line className={style.floor} x1={scale(floor)} x2={scale(floor)} y1={top - 2} y2={foot} />
          {floorFits && !flipped && (
            <text className={`${style.mark} ${style.floorText}`} x={scale(floor) - 4} y={top - 6} textAnchor="end">
              {floorText}
            </text>
          )}
        </>
      )}
      {threshold !== null && (
        <>
          <line className={style.threshold} x1={scale(threshold)} x2={scale(threshold)} y1={top - 4} y2={foot} />
          <text
            className={`${style.mark} ${style.thresholdText}`}
            x={scale(threshold) + (flipped ? -4 : 4)}
            y={top - 6}
            textAnchor={flipped ? 'end' : 'start'}
          >
            {thresholdText}
          </text>
        </>
      )}
      {mean !== null && (
        <>
          <line className={style.mean} x1={scale(mean)} x2={scale(mean)} y1={top} y2={foot + 4} />
          <path className={style.meanHead} d={`M${scale(mean)} ${foot + 1}l-4 6h8z`} />
          <text
            className={`${style.mark} ${style.meanText}`}
            x={Math.min(width - 60, Math.max(60, scale(mean)))}
            y={foot + 11}
            dy="0.92em"
            textAnchor="middle"
          >
            均值 {formatNumber(mean, decimals)}
          </text>
        </>
      )}
    </g>
  );
}

/** A limit is written with all its digits and no more: 4.5, not 4.50; 3.825 in full. */
function trimmed(value: number, most: number): number {
  for (let decimals = 0; decimals < most; decimals += 1) {
    if (Math.abs(Number(value.toFixed(decimals)) - value) < 1e-9) return decimals;
  }
  return most;
}

interface StripAxisProps {
  scale: Scale;
  end: number;
  top: number;
  width: number;
  /** Its label stands in the same line, and the numbers beneath it move aside. */
  mean: number | null;
}

/** The line of numbers under the dots. */
export function StripAxis({ scale, end, top, width, mean }: StripAxisProps) {
  const values = ticks(0, end, Math.max(3, Math.floor(width / 90)));
  const decimals = tickDecimals(values);
  const base = linear([0, end], [scale(0), scale(end)]);
  return (
    <g>
      <line className={style.axis} x1={base(0)} x2={base(end)} y1={top} y2={top} />
      {values.map((value) => (
        <g key={value}>
          <line className={style.axis} x1={base(value)} x2={base(value)} y1={top} y2={top + 4} />
          {(mean === null || Math.abs(base(value) - Math.min(width - 60, Math.max(60, scale(mean)))) > 62) && (
            <text className={style.tick} x={base(value)} y={top + 18} textAnchor={value === 0 ? 'start' : 'middle'}>
              {formatNumber(value, decimals)}
            </text>
          )}
        </g>
      ))}
    </g>
  );
}
