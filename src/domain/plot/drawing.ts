/** Shades that stay apart on a printer without colours. */
export type Shade = 'black' | 'grey' | 'light' | 'white';

/** The shades as six digits, as pictures and Word write them. */
export const shadeColours: Readonly<Record<Shade, string>> = {
  black: '1A1A1A',
  grey: '7A7A7A',
  light: 'C8C8C8',
  white: 'FFFFFF',
};

type Point = readonly [x: number, y: number];

/** A stroke; `dashed` for what is a rule and no figure. */
export interface Stroke {
  readonly shade: Shade;
  readonly width: number;
  readonly dashed?: boolean;
}

/** One mark of a drawing. Lengths are points from its upper left corner; y counts downwards. */
export type Mark =
  | { readonly kind: 'line'; readonly points: readonly Point[]; readonly stroke: Stroke }
  | {
      readonly kind: 'dot';
      readonly at: Point;
      readonly radius: number;
      readonly fill: Shade;
      readonly stroke: Stroke | null;
    }
  | {
      readonly kind: 'bar';
      readonly at: Point;
      readonly width: number;
      readonly height: number;
      readonly fill: Shade;
      readonly stroke: Stroke | null;
    }
  | {
      readonly kind: 'label';
      /** The middle of the height of the text, at the side to which it is aligned. */
      readonly at: Point;
      readonly text: string;
      readonly size: number;
      readonly align: 'left' | 'center' | 'right';
      readonly strong?: boolean;
    };

/** A picture as data: every writer draws the same one in its own language. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
}

/** The marks of one style: a path for each in the language of SVG, and the box around their lines. */
export interface Outline {
  readonly paths: readonly string[];
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly fill: Shade | null;
  readonly stroke: Stroke | null;
}

type Drawn = Exclude<Mark, { kind: 'label' }>;

/**
 * The marks of a drawing but for its labels, those of one style together: a plot of a thousand schools is then a handful of
 * outlines. A style lies where its first mark lies among the others.
 */
export function outlinesOf({ marks }: Drawing): Outline[] {
  const styles = new Map<string, Drawn[]>();
  for (const mark of marks) {
    if (mark.kind === 'label') continue;
    const style = JSON.stringify([mark.kind, 'fill' in mark ? mark.fill : null, mark.stroke]);
    const found = styles.get(style);
    if (found === undefined) styles.set(style, [mark]);
    else found.push(mark);
  }
  return [...styles.values()].map((alike) => {
    const boxes = alike.map(boxOf);
    const [first] = alike;
    return {
      paths: alike.map(pathOf),
      left: Math.min(...boxes.map(([left]) => left)),
      top: Math.min(...boxes.map(([, top]) => top)),
      right: Math.max(...boxes.map(([, , right]) => right)),
      bottom: Math.max(...boxes.map(([, , , bottom]) => bottom)),
      fill: first!.kind === 'line' ? null : first!.fill,
      stroke: first!.stroke,
    };
  });
}

/** The outlines as a picture in SVG. The labels are no part of it: whoever places the picture sets them in its own fonts. */
export function svgOf(drawing: Drawing): string {
  const { width, height } = drawing;
  const paths = outlinesOf(drawing).map(({ paths: parts, fill, stroke }) => {
    const colour = (shade: Shade | null) => (shade === null ? 'none' : `#${shadeColours[shade]}`);
    const line =
      stroke === null
        ? ''
        : ` stroke-width="${stroke.width}"${stroke.dashed ? ` stroke-dasharray="${stroke.width * 3} ${stroke.width * 2}"` : ''}`;
    return `<path d="${parts.join('')}" fill="${colour(fill)}" stroke="${colour(stroke?.shade ?? null)}"${line}/>`;
  });
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${paths.join('')}</svg>`;
}

function pathOf(mark: Drawn): string {
  if (mark.kind === 'line') {
    return mark.points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${number(x)} ${number(y)}`).join('');
  }
  const [x, y] = mark.at;
  if (mark.kind === 'bar') {
    return `M${number(x)} ${number(y)}H${number(x + mark.width)}V${number(y + mark.height)}H${number(x)}Z`;
  }
  const { radius } = mark;
  const half = (to: number) => `A${number(radius)} ${number(radius)} 0 1 1 ${number(to)} ${number(y)}`;
  return `M${number(x - radius)} ${number(y)}${half(x + radius)}${half(x - radius)}Z`;
}

function boxOf(mark: Drawn): readonly [left: number, top: number, right: number, bottom: number] {
  if (mark.kind === 'line') {
    const [xs, ys] = [mark.points.map(([x]) => x), mark.points.map(([, y]) => y)];
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  }
  const [x, y] = mark.at;
  if (mark.kind === 'bar') return [x, y, x + mark.width, y + mark.height];
  return [x - mark.radius, y - mark.radius, x + mark.radius, y + mark.radius];
}

/** A hundredth of a point is finer than any printer; more digits would only make the files large. */
const number = (value: number): string => String(Math.round(value * 100) / 100);
