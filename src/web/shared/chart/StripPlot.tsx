import { type KeyboardEvent, type PointerEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import type { Scale } from '#domain/plot/scale.ts';
import { formatNumber } from '#web/shared/words/format.ts';
import { StripAxis, StripMarks } from './StripMarks.tsx';
import style from './StripPlot.module.css';
import { type PlacedDot, placeDots, type StripDot, side } from './strip-layout.ts';
import { useWidth } from './useWidth.ts';

interface StripPlotProps {
  /** The question that the figure answers and its answer in one sentence, for people who cannot see the figure. */
  sentence: string;
  dots: readonly StripDot[];
  unit: string;
  decimals: number;
  mean: number | null;
  /** The threshold of each school, and 85 % of it. */
  threshold?: number | null;
  floor?: number | null;
  /** Dots have an area by weight; otherwise all dots are alike. */
  weighted?: boolean;
  /** The school that is named in this strip and ringed in every strip of the page. */
  active?: string | null;
  onActive?: (id: string | null) => void;
  onOpen?: (id: string) => void;
  /** The text under the name of the active school. */
  describe?: (dot: StripDot) => ReactNode;
  /** The reader's own school, which is always ringed and named. */
  own?: string;
}

const marksHeight = 18;
/** A tick, the head of the mean and its number below each other. */
const axisHeight = 28;

/** Every school is a dot on one line, together with its threshold, floor and mean. */
export function StripPlot(props: StripPlotProps) {
  const [box, width] = useWidth<HTMLDivElement>();
  const { dots, weighted = true, mean, threshold = null, floor = null } = props;
  const { placed, scale, end, plotHeight } = useMemo(
    () => placeDots({ dots, weighted, mean, threshold, floor, width }),
    [dots, weighted, mean, threshold, floor, width],
  );
  const middle = marksHeight + plotHeight / 2;
  const height = marksHeight + plotHeight + axisHeight;
  const shown = placed.find((dot) => dot.id === (props.active ?? props.own));
  const beyond = placed.filter((dot) => dot.beyond).length;

  return (
    <div ref={box} className={style.strip}>
      <svg width={width} height={height} role="img" aria-label={props.sentence} className={style.figure}>
        <Bands scale={scale} threshold={threshold} floor={floor} top={marksHeight} height={plotHeight} />
        <StripAxis scale={scale} end={end} top={marksHeight + plotHeight} width={width} mean={mean} />
        <Dots placed={placed} middle={middle} />
        <StripMarks
          scale={scale}
          width={width}
          top={marksHeight}
          height={plotHeight}
          decimals={props.decimals}
          mean={mean}
          threshold={threshold}
          floor={floor}
        />
        {shown && <circle className={style.ring} cx={shown.x} cy={middle + shown.y} r={shown.radius + 2.5} />}
      </svg>
      {props.onActive && (
        <Reader {...props} placed={placed} middle={middle} shown={props.active ? shown : undefined} width={width} />
      )}
      <p className={`caption ${style.foot}`}>
        {props.unit || '比值'}
        {beyond > 0 && `；▸ ${beyond} 所超出坐标`}
      </p>
    </div>
  );
}

interface BandsProps {
  scale: Scale;
  threshold: number | null;
  floor: number | null;
  top: number;
  height: number;
}

function Bands({ scale, threshold, floor, top, height }: BandsProps) {
  if (threshold === null) return null;
  const from = scale(0);
  const middle = scale(floor ?? threshold);
  return (
    <g>
      <rect className={style.bandFails} x={from - side} y={top} width={middle - from + side} height={height} />
      {floor !== null && (
        <rect className={style.bandLook} x={middle} y={top} width={scale(threshold) - middle} height={height} />
      )}
    </g>
  );
}

function Dots({ placed, middle }: { placed: readonly PlacedDot[]; middle: number }) {
  return useMemo(
    () => (
      <g>
        {placed.map((dot) =>
          dot.beyond ? (
            <path
              key={dot.id}
              className={`${style.dot} ${style[dot.tone]}`}
              d={`M${dot.x - 4} ${middle + dot.y - 4.5}l8 4.5l-8 4.5z`}
            />
          ) : (
            <circle
              key={dot.id}
              className={`${style.dot} ${style[dot.tone]}`}
              cx={dot.x}
              cy={middle + dot.y}
              r={dot.radius}
            />
          ),
        )}
      </g>
    ),
    [placed, middle],
  );
}

interface ReaderProps extends StripPlotProps {
  placed: readonly PlacedDot[];
  middle: number;
  shown: PlacedDot | undefined;
  width: number;
}

/** Pointer and keyboard in the figure: the nearest dot is named, arrows move from school to school. */
function Reader({ placed, middle, shown, width, ...props }: ReaderProps) {
  const layer = useRef<HTMLDivElement>(null);
  // Several strips of a page mark the same school; only the strip under the pointer names it in full.
  const [here, setHere] = useState(false);
  const index = shown ? placed.indexOf(shown) : -1;
  const step = (to: number) => props.onActive?.(placed[Math.min(placed.length - 1, Math.max(0, to))]?.id ?? null);
  const point = (event: PointerEvent<HTMLDivElement>) => {
    const bounds = layer.current?.getBoundingClientRect();
    if (!bounds) return;
    const found = nearest(placed, event.clientX - bounds.left, event.clientY - bounds.top - middle);
    if ((found?.id ?? null) !== (props.active ?? null)) props.onActive?.(found?.id ?? null);
  };
  const press = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowRight: index + 1,
      ArrowUp: index + 1,
      ArrowLeft: index < 0 ? placed.length - 1 : index - 1,
      ArrowDown: index < 0 ? placed.length - 1 : index - 1,
      PageUp: index + 10,
      PageDown: index - 10,
      Home: 0,
      End: placed.length - 1,
    };
    const to = steps[event.key];
    if (to !== undefined) step(to);
    else if (event.key === 'Enter' && shown) props.onOpen?.(shown.id);
    else if (event.key === 'Escape') props.onActive?.(null);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div
        ref={layer}
        className={`${style.reader} screen-only`}
        role="slider"
        tabIndex={0}
        aria-label="逐校查看：左右方向键换一所，回车打开学校"
        aria-valuemin={0}
        aria-valuemax={placed.length}
        aria-valuenow={index + 1}
        aria-valuetext={shown ? spoken(shown, props) : '未选学校'}
        onPointerMove={(event) => event.pointerType === 'mouse' && point(event)}
        onPointerDown={(event) => event.pointerType !== 'mouse' && point(event)}
        onPointerEnter={() => setHere(true)}
        onPointerLeave={(event) => {
          if (event.pointerType !== 'mouse') return;
          setHere(false);
          props.onActive?.(null);
        }}
        onFocus={() => setHere(true)}
        onBlur={() => setHere(false)}
        onClick={(event) => {
          const mouse = (event.nativeEvent as { pointerType?: string }).pointerType !== 'touch';
          if (mouse && shown) props.onOpen?.(shown.id);
        }}
        onKeyDown={press}
        style={{ cursor: shown && props.onOpen ? 'pointer' : 'default' }}
      />
      {shown && <Tip dot={shown} middle={middle} width={width} brief={!here} {...props} />}
    </>
  );
}

function spoken(dot: PlacedDot, { unit, decimals, threshold }: StripPlotProps): string {
  const judged =
    threshold === null || threshold === undefined ? '' : dot.tone === 'holds' ? '，达到标准' : '，低于标准';
  return `${dot.label}，${formatNumber(dot.value, decimals)} ${unit}${judged}，学生 ${formatNumber(dot.weight)} 人`;
}

function Tip({
  dot,
  middle,
  width,
  brief,
  ...props
}: StripPlotProps & { dot: PlacedDot; middle: number; width: number; brief: boolean }) {
  const near = dot.x < 110 ? 'start' : dot.x > width - 110 ? 'end' : 'middle';
  return (
    <div
      className={`${style.tip} ${brief ? style.brief : ''} ${style[near]} screen-only`}
      style={{ left: dot.x, top: middle + dot.y - dot.radius - 6 }}
      aria-hidden="true"
    >
      {!brief && <strong>{dot.label}</strong>}
      <span className="tabular">
        {formatNumber(dot.value, props.decimals)} {props.unit}
      </span>
      {!brief && props.describe?.(dot)}
      {!brief && props.onOpen && (
        <button type="button" tabIndex={-1} className={style.open} onClick={() => props.onOpen?.(dot.id)}>
          打开学校
        </button>
      )}
    </div>
  );
}

/** The dot under the pointer, or the nearest one within a finger's width. */
function nearest(placed: readonly PlacedDot[], x: number, y: number): PlacedDot | undefined {
  let best: PlacedDot | undefined;
  let least = 22;
  for (const dot of placed) {
    const distance = Math.hypot(dot.x - x, dot.y - y) - dot.radius;
    if (distance < least) {
      least = distance;
      best = dot;
    }
  }
  return best;
}
