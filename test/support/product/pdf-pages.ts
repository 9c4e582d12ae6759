import { getDocument, OPS, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** A piece of text on a page; millimetres from the upper left corner of the sheet, sizes in points. */
export interface PlacedText {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  /** Where the base line lies. */
  readonly base: number;
  readonly size: number;
  readonly font: string;
}

/** A straight line: in millimetres, its thickness in points. */
export interface PlacedLine {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly thickness: number;
  readonly colour: string;
}

export interface PdfPage {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly PlacedText[];
  readonly lines: readonly PlacedLine[];
  /** The colours in which text was painted, in their order, each once. */
  readonly textColours: readonly string[];
}

const inMillimetres = (points: number) => (points * 25.4) / 72;

type Matrix = readonly [number, number, number, number, number, number];
const product = ([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix => [
  a * g + c * h,
  b * g + d * h,
  a * i + c * j,
  b * i + d * j,
  a * k + c * l + e,
  b * k + d * l + f,
];

/** Reads a PDF back: where every text and every line lies. */
export async function readPdf(bytes: Uint8Array): Promise<{ pages: PdfPage[]; info: Record<string, unknown> }> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: VerbosityLevel.ERRORS, useSystemFonts: false });
  const document = await task.promise;
  const pages: PdfPage[] = [];
  for (let at = 1; at <= document.numPages; at += 1) pages.push(await readPage(await document.getPage(at)));
  const { info } = await document.getMetadata();
  await task.destroy();
  return { pages, info: info as Record<string, unknown> };
}

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof getDocument>['promise']>['getPage']>>;

async function readPage(page: Page): Promise<PdfPage> {
  const { width, height } = page.getViewport({ scale: 1 });
  const content = await page.getTextContent();
  const drawn = await readDrawing(page, height);
  const texts = content.items.flatMap((item) => {
    if (!('str' in item) || item.str.trim() === '') return [];
    const [, , , scale, left, base] = item.transform as unknown as Matrix;
    return [
      {
        text: item.str,
        left: inMillimetres(left),
        right: inMillimetres(left + item.width),
        base: inMillimetres(height - base),
        size: Math.abs(scale),
        font: (page.commonObjs.get(item.fontName) as { name: string }).name,
      },
    ];
  });
  return { width: inMillimetres(width), height: inMillimetres(height), texts, ...drawn };
}

async function readDrawing(page: Page, height: number): Promise<Pick<PdfPage, 'lines' | 'textColours'>> {
  const { fnArray, argsArray } = await page.getOperatorList();
  let state = { matrix: [1, 0, 0, 1, 0, 0] as Matrix, fill: '#000000', stroke: '#000000', thickness: 1 };
  const kept: (typeof state)[] = [];
  const lines: PlacedLine[] = [];
  const textColours = new Set<string>();
  for (const [at, operation] of fnArray.entries()) {
    const given = argsArray[at];
    if (operation === OPS.save) kept.push({ ...state });
    else if (operation === OPS.restore) state = kept.pop() ?? state;
    else if (operation === OPS.transform) state.matrix = product(state.matrix, given as unknown as Matrix);
    else if (operation === OPS.setFillRGBColor) state.fill = given[0] as string;
    else if (operation === OPS.setStrokeRGBColor) state.stroke = given[0] as string;
    else if (operation === OPS.setLineWidth) state.thickness = given[0] as number;
    else if (operation === OPS.showText) textColours.add(state.fill);
    else if (operation === OPS.constructPath && given[0] === OPS.stroke) {
      const [x0, y0, x1, y1] = given[2] as readonly [number, number, number, number];
      const [a, b, c, d, e, f] = state.matrix;
      const xs = [a * x0 + c * y0 + e, a * x1 + c * y1 + e].sort((one, other) => one - other);
      const ys = [b * x0 + d * y0 + f, b * x1 + d * y1 + f].map((y) => height - y).sort((one, other) => one - other);
      lines.push({
        left: inMillimetres(xs[0]!),
        right: inMillimetres(xs[1]!),
        top: inMillimetres(ys[0]!),
        bottom: inMillimetres(ys[1]!),
        thickness: state.thickness,
        colour: state.stroke,
      });
    }
  }
  return { lines, textColours: [...textColours] };
}
