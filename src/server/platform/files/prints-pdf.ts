import { createRequire } from 'node:module';
import path from 'node:path';
import { getDocument, type PDFPageProxy, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Luminance } from '#domain/file/likeness/luminance.ts';

/** How much of a document is read. */
export interface PdfBounds {
  readonly mostPictures: number;
  readonly mostCharacters: number;
  /** Pixels of the longer side of a page that is drawn. */
  readonly drawnSide: number;
  /** Whether a page with this text is read and not drawn. */
  readonly hasText: (text: string) => boolean;
}

/** Pages that are looked at; a longer document is read as far as this. */
const mostPages = 500;

/** A canvas as the library makes it in Node; nothing of it is there where its package is not. */
interface Drawn {
  readonly context: {
    getImageData(left: number, top: number, width: number, height: number): { readonly data: Uint8ClampedArray };
  };
}

/**
 * The text of a PDF, and a picture of each page that has none: what was scanned. Scripts, links and forms are not run.
 * @throws what the library throws of a file that is damaged or behind a password
 */
export async function readPdfContent(bytes: Uint8Array, bounds: PdfBounds) {
  const folder = path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const within = (name: string) => `${path.join(folder, name)}/`;
  const task = getDocument({
    data: new Uint8Array(bytes),
    verbosity: VerbosityLevel.ERRORS,
    useSystemFonts: false,
    isEvalSupported: false,
    disableFontFace: true,
    cMapUrl: within('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: within('standard_fonts'),
    wasmUrl: within('wasm'),
  });
  const pdf = await task.promise;
  const texts: string[] = [];
  const pictures: { page: number; picture: Luminance }[] = [];
  let characters = 0;
  let more = pdf.numPages > mostPages;
  for (let number = 1; number <= Math.min(pdf.numPages, mostPages); number += 1) {
    const page = await pdf.getPage(number);
    const text = await textOf(page);
    if (bounds.hasText(text)) {
      texts.push(text);
      characters += text.length;
    } else if (pictures.length === bounds.mostPictures) more = true;
    else {
      const canvases = pdf.canvasFactory as { create(width: number, height: number): Drawn };
      pictures.push({ page: number, picture: await drawn(page, canvases, bounds.drawnSide) });
    }
    page.cleanup();
    if (characters > bounds.mostCharacters) {
      more = true;
      break;
    }
  }
  await task.destroy();
  return { text: texts.join('\n'), pictures, more };
}

async function textOf(page: PDFPageProxy): Promise<string> {
  const { items } = await page.getTextContent();
  return items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('');
}

async function drawn(
  page: PDFPageProxy,
  canvases: { create(width: number, height: number): Drawn },
  side: number,
): Promise<Luminance> {
  const plain = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: side / Math.max(plain.width, plain.height) });
  const [width, height] = [viewport.width, viewport.height].map((length) => Math.max(1, Math.round(length))) as [
    number,
    number,
  ];
  const { context } = canvases.create(width, height);
  // The types of the library name the context of a browser, and Node has none.
  await page.render({ canvas: null, canvasContext: context as never, viewport, background: '#fff' }).promise;
  const { data } = context.getImageData(0, 0, width, height);
  const values = new Uint8Array(width * height);
  for (let at = 0; at < values.length; at += 1) {
    values[at] = Math.round(0.2126 * data[4 * at]! + 0.7152 * data[4 * at + 1]! + 0.0722 * data[4 * at + 2]!);
  }
  return { width, height, values };
}
