import { linear, tickDecimals, ticks } from '#domain/plot/scale.ts';
import { formatNumber } from '#web/shared/words/format.ts';
import style from './ScalePath.module.css';
import { useWidth } from './useWidth.ts';

export interface ScalePoint {
  readonly year: number;
  readonly value: number | null;
  /** The side of its limit, as the exact comparison decided; null where there is no limit. */
  readonly pass: boolean | null;
  readonly provisional?: boolean;
}

interface ScalePathProps {
  sentence: string;
  /** Oldest first; the last one is the year shown. */
  points: readonly ScalePoint[];
  limit: number | null;
}

const row = 22;
const top = 20;
const left = 44;
const right = 48;

/** The position of the coefficient on its own scale, and its path over the years: the newest year lowest. */
export function ScalePath({ sentence, points, limit }: ScalePathProps) {
  const [box, width] = useWidth<HTMLDivElement>(320);
  const values = points.flatMap((point) => (point.value === null ? [] : [point.value]));
  const end = Math.max(limit === null ? 0 : limit * 1.35, ...values.map((value) => value * 1.12), 0.1);
  const scale = linear([0, end], [left, width - right]);
  const foot = top + points.length * row;
  const y = (index: number) => top + index * row + row / 2;
  const path = points.flatMap((point, index) => (point.value === null ? [] : [`${scale(point.value)},${y(index)}`]));
  const marks = ticks(0, end, Math.max(2, Math.floor(width / 90)));
  return (
    <div ref={box} className={style.box}>
      <svg className={style.figure} width={width} height={foot + 20} role="img" aria-label={sentence}>
        {limit !== null && (
          <>
            <rect
              className={style.over}
              x={scale(limit)}
              y={top}
              width={width - right - scale(limit)}
              height={foot - top}
            />
            <line className={style.limit} x1={scale(limit)} x2={scale(limit)} y1={top - 4} y2={foot} />
            <text className={style.limitText} x={scale(limit)} y={top - 8} textAnchor="middle">
              限值 {formatNumber(limit, 2)}
            </text>
          </>
        )}
        <line className={style.axis} x1={left} x2={width - right} y1={foot} y2={foot} />
        {marks.map((mark) => (
          <text key={mark} className={style.tick} x={scale(mark)} y={foot + 15} textAnchor="middle">
            {formatNumber(mark, tickDecimals(marks))}
          </text>
        ))}
        {path.length > 1 && <polyline className={style.path} points={path.join(' ')} />}
        {points.map((point, index) => (
          <Point
            key={point.year}
            point={point}
            x={point.value === null ? left : scale(point.value)}
            y={y(index)}
            width={width}
            last={index === points.length - 1}
          />
        ))}
      </svg>
    </div>
  );
}

interface PointProps {
  point: ScalePoint;
  x: number;
  y: number;
  width: number;
  last: boolean;
}

function Point({ point, x, y, width, last }: PointProps) {
  const tone = point.pass === false ? style.fails : style.within;
  return (
    <g>
      <text className={last ? style.yearNow : style.year} x={0} y={y + 4}>
        {point.year}
      </text>
      {point.value !== null && (
        <circle
          className={`${last ? tone : style.past} ${point.provisional ? style.open : ''}`}
          cx={x}
          cy={y}
          r={last ? 5.5 : 3.5}
        />
      )}
      <text className={last ? style.valueNow : style.value} x={width} y={y + 4} textAnchor="end">
        {point.value === null ? '—' : formatNumber(point.value, 3)}
      </text>
    </g>
  );
}
