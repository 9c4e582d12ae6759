import type { Drawing, Mark, Shade, Stroke } from '../../plot/drawing.ts';
import { axisEnd, linear, tickDecimals, ticks } from '../../plot/scale.ts';
import { swarm } from '../../plot/swarm.ts';
import { drawingWidth } from '../../report/report.ts';
import { cvText, limitText } from './figure-text.ts';

/** A school on a strip. */
export interface StripSchool {
  readonly value: number;
  readonly pupils: number;
  /** On the wrong side of the dashed line as the exact comparison decided; false where there is none. */
  readonly isBeyond: boolean;
}

/** One indicator of one level: every school as a dot on an axis from zero. */
export interface StripRow {
  readonly name: string;
  readonly unit: string;
  readonly schools: readonly StripSchool[];
  readonly mean: number | null;
  readonly threshold: number | null;
}

/** What the signs of a strip stand for; without a word for the hollow dot and the rule there are none. */
export interface StripWords {
  readonly dot: string;
  readonly hollow: string | null;
  readonly mean: string | null;
  readonly rule: string | null;
}

/** One coefficient against its limit. */
export interface LimitRow {
  readonly name: string;
  readonly cv: number | null;
  readonly limit: number | null;
  /** Whether the limit is exceeded, as the exact comparison decided. */
  readonly isOver: boolean;
}

/** One coefficient over the years, oldest first; null where a year has none. */
export interface CourseRow {
  readonly name: string;
  readonly limit: number | null;
  readonly points: ReadonlyArray<{ readonly year: number; readonly cv: number | null }>;
}

const [small, usual] = [6.5, 8];
const axis: Stroke = { shade: 'grey', width: 0.5 };
const rule: Stroke = { shade: 'black', width: 0.9, dashed: true };
const strong: Stroke = { shade: 'black', width: 1.4 };

const label = (
  x: number,
  y: number,
  text: string,
  {
    size = small,
    align = 'left',
    bold = false,
  }: { size?: number; align?: 'left' | 'center' | 'right'; bold?: boolean } = {},
): Mark => ({ kind: 'label', at: [x, y], text, size, align, ...(bold && { strong: true }) });
const line = (from: readonly [number, number], to: readonly [number, number], stroke: Stroke): Mark => ({
  kind: 'line',
  points: [from, to],
  stroke,
});

const strip = { names: 92, side: 8, head: 16, half: 12.5, row: 41, widest: 4.4, smallest: 1.2 };

/**
 * The schools of a level on one strip for each indicator: a dot is a school, its area the number of pupils, hollow on the
 * wrong side of the dashed line; a thick line is the mean. Values far beyond all others lie at the edge and are counted
 * there.
 */
export function stripPlot(rows: readonly StripRow[], words: StripWords): Drawing {
  const marks: Mark[] = [...stripKey(words)];
  for (const [at, row] of rows.entries()) marks.push(...stripRow(row, strip.head + at * strip.row));
  return { width: drawingWidth, height: strip.head + rows.length * strip.row, marks };
}

function stripKey({ dot: usualDot, hollow, mean, rule: dashed }: StripWords): Mark[] {
  const y = 5;
  const signs: readonly { readonly text: string | null; readonly draw: (x: number) => Mark }[] = [
    { text: usualDot, draw: (x) => dot(x, y, 2.6, false) },
    { text: hollow, draw: (x) => dot(x, y, 2.6, true) },
    { text: mean, draw: (x) => line([x, y - 4], [x, y + 4], strong) },
    { text: dashed, draw: (x) => line([x, y - 4], [x, y + 4], rule) },
  ];
  let x = strip.names + strip.side;
  return signs.flatMap(({ text, draw }) => {
    if (text === null) return [];
    const at = x;
    x += 20 + text.length * small;
    return [draw(at), label(at + 6, y, text)];
  });
}

function dot(x: number, y: number, radius: number, isHollow: boolean): Mark {
  return {
    kind: 'dot',
    at: [x, y],
    radius,
    fill: isHollow ? 'white' : 'grey',
    stroke: { shade: isHollow ? 'black' : 'white', width: isHollow ? 0.7 : 0.4 },
  };
}

function stripRow({ name, unit, schools, mean, threshold }: StripRow, top: number): Mark[] {
  const middle = top + strip.half;
  const foot = middle + strip.half + 2;
  const named = [label(0, middle - 5, name, { size: usual, bold: true }), label(0, middle + 5, unit)];
  if (schools.length === 0) return [...named, label(strip.names + strip.side, middle, '没有数据')];
  const references = [mean, threshold].filter((value) => value !== null);
  const end = axisEnd(
    schools.map(({ value }) => value),
    references,
  );
  const [from, to] = [strip.names + strip.side, drawingWidth - strip.side];
  const scale = linear([0, end], [from, to]);
  const heaviest = Math.max(1, ...schools.map(({ pupils }) => pupils));
  const crowded = Math.min(1, Math.sqrt(40 / schools.length));
  const dots = schools.map(({ value, pupils, isBeyond }) => ({
    x: scale(Math.min(value, end)),
    radius: Math.max(strip.smallest, Math.sqrt(pupils / heaviest) * strip.widest * crowded),
    isBeyond,
  }));
  const heights = swarm(dots, strip.half);
  const steps = ticks(0, end, 6);
  const decimals = tickDecimals(steps);
  const beyond = schools.filter(({ value }) => value > end).length;
  return [
    ...named,
    line([from, foot], [to, foot], axis),
    ...steps.flatMap((step) => [
      line([scale(step), foot], [scale(step), foot + 2], axis),
      label(scale(step), foot + 6, step.toFixed(decimals), { align: 'center' }),
    ]),
    ...dots.map(({ x, radius, isBeyond }, at) => dot(x, middle + heights[at]!, radius, isBeyond)),
    ...(threshold === null ? [] : [line([scale(threshold), top], [scale(threshold), foot], rule)]),
    ...(mean === null ? [] : [line([scale(mean), top], [scale(mean), foot], strong)]),
    ...(beyond === 0 ? [] : [label(to, top - 2, `另有 ${beyond} 个在图外 →`, { align: 'right' })]),
  ];
}

const bars = { names: 88, gap: 26, row: 15, thickness: 8, head: 18, value: 30 };

/** The coefficients of each level as bars, black beyond the limit, which is a dashed line across the bars. */
export function limitPlot(
  levels: ReadonlyArray<{ readonly name: string; readonly rows: readonly LimitRow[] }>,
): Drawing {
  const width = (drawingWidth - bars.names - bars.gap * levels.length) / levels.length;
  const every = levels.flatMap(({ rows }) => rows);
  const end = Math.max(0.1, ...every.flatMap(({ cv, limit }) => [cv ?? 0, limit ?? 0])) * 1.04;
  const height = bars.head + Math.max(...levels.map(({ rows }) => rows.length)) * bars.row + 4;
  const names = levels[0]?.rows.map(({ name }) => name) ?? [];
  return {
    width: drawingWidth,
    height,
    marks: [
      ...names.map((name, at) => label(0, barMiddle(at), name, { size: usual })),
      ...levels.flatMap(({ name, rows }, at) => {
        const left = bars.names + at * (width + bars.gap);
        return barPanel(name, rows, linear([0, end], [left, left + width - bars.value]));
      }),
    ],
  };
}

const barMiddle = (at: number) => bars.head + at * bars.row + bars.row / 2;

function barPanel(name: string, rows: readonly LimitRow[], scale: (value: number) => number): Mark[] {
  const zero = scale(0);
  const foot = bars.head + rows.length * bars.row;
  const only = rows.every(({ limit }) => limit === rows[0]!.limit) ? (rows[0]?.limit ?? null) : null;
  return [
    label(zero, 5, name, { size: usual, bold: true }),
    line([zero, bars.head], [zero, foot], axis),
    ...rows.flatMap(({ cv, limit, isOver }, at): Mark[] => {
      const y = barMiddle(at);
      if (cv === null) return [label(zero + 3, y, '无法计算')];
      const fill: Shade = isOver ? 'black' : 'light';
      const bar: Mark = {
        ...{ kind: 'bar', at: [zero, y - bars.thickness / 2], width: scale(cv) - zero, height: bars.thickness, fill },
        stroke: null,
      };
      const beside = Math.max(scale(cv), limit === null ? zero : isOver ? zero : Math.min(scale(cv), scale(limit)));
      const text = label(beside + 3, y, cvText(cv, limit), { bold: isOver });
      const own =
        only === null && limit !== null
          ? [
              line([scale(limit), y - 6], [scale(limit), y + 6], rule),
              label(Math.max(scale(limit), scale(cv) + 24) + 3, y, `限值 ${limitText(limit)}`),
            ]
          : [];
      return [bar, ...own, text];
    }),
    ...(only === null
      ? []
      : [
          line([scale(only), bars.head - 3], [scale(only), foot], rule),
          label(scale(only), bars.head - 7, `限值 ${limitText(only)}`, { align: 'center' }),
        ]),
  ];
}

const course = { columns: 4, gap: 12, height: 82, head: 16, foot: 12, side: 10 };

/** The coefficients of a level over the years, a small panel for each, all on one scale. */
export function coursePlot(rows: readonly CourseRow[]): Drawing {
  const width = (drawingWidth - course.gap * (course.columns - 1)) / course.columns;
  const end =
    Math.max(0.1, ...rows.flatMap(({ limit, points }) => [limit ?? 0, ...points.map(({ cv }) => cv ?? 0)])) * 1.12;
  const lines = Math.ceil(rows.length / course.columns);
  return {
    width: drawingWidth,
    height: lines * (course.height + course.gap) - course.gap,
    marks: rows.flatMap((row, at) => {
      const left = (at % course.columns) * (width + course.gap);
      const top = Math.floor(at / course.columns) * (course.height + course.gap);
      return coursePanel(row, { left, top, width, end });
    }),
  };
}

function coursePanel(
  { name, limit, points }: CourseRow,
  { left, top, width, end }: { left: number; top: number; width: number; end: number },
): Mark[] {
  const [upper, lower] = [top + course.head, top + course.height - course.foot];
  const y = linear([0, end], [lower, upper]);
  const x = linear([0, Math.max(1, points.length - 1)], [left + course.side, left + width - course.side]);
  const drawn = points.flatMap(({ cv }, at) => (cv === null ? [] : [{ cv, at: [x(at), y(cv)] as const }]));
  return [
    label(left, top + 4, name, { size: 7.5, bold: true }),
    line([left, lower], [left + width, lower], axis),
    ...(limit === null ? [] : [line([left, y(limit)], [left + width, y(limit)], { ...rule, width: 0.6 })]),
    ...(drawn.length > 1
      ? [{ kind: 'line', points: drawn.map(({ at }) => at), stroke: { shade: 'black', width: 1 } } as const]
      : []),
    ...drawn.flatMap(({ cv, at: [px, py] }): Mark[] => [
      { kind: 'dot', at: [px, py], radius: 1.8, fill: 'black', stroke: null },
      label(px, py + labelSide(py, limit === null ? null : y(limit), lower), cvText(cv, limit), { align: 'center' }),
    ]),
    ...points.map(({ year }, at) => label(x(at), lower + 7, String(year), { align: 'center' })),
  ];
}

/** Above its point, or below it where the line of the limit would run through the figure above. */
function labelSide(point: number, limit: number | null, lowest: number): number {
  const isCrossed = limit !== null && limit < point + 1 && limit > point - 11;
  return isCrossed && point + 10 < lowest ? 7 : -6;
}
