import { readFile } from 'node:fs/promises';
import type Sharp from 'sharp';
import { isPicture, pdfType, sheetType, wordType } from '#domain/file/file-kind.ts';
import type { Luminance } from '#domain/file/likeness/luminance.ts';
import { withoutMargin } from '#domain/file/likeness/margin.ts';
import { pictureKeys } from '#domain/file/likeness/picture-keys.ts';
import { picturePrint, picturePrintBytes } from '#domain/file/likeness/picture-print.ts';
import { mostCharacters, plainLetters, textKeys, textPrint, textPrintBytes } from '#domain/file/likeness/text-print.ts';
import { isProblem } from '#domain/kit/problem.ts';
import type { FilePicturePrint, FilePrints, PrintsOrder, PrintsReply } from './prints-order.ts';

/** The library of pictures, or undefined where it cannot be loaded on this machine. */
export type PictureLibrary = typeof Sharp | undefined;

/** Pictures and pages of a document that have prints; a longer one is an album, and the rest of it is not looked at. */
const mostPictures = 20;
/** Pixels of the longer side in which a picture is read. */
const readSide = 512;
/** The same of a page that is drawn: what draws it leaves out pixels of a picture that becomes much smaller. */
const drawnSide = 1024;
const mostPixels = 120_000_000;
/** Letters from which a page has a text; below it is a scan with a page number. */
const leastLetters = 20;

/** What was read of a file: its text, and its pictures by page. */
interface Content {
  readonly text: string;
  readonly pictures: readonly { readonly page: number; readonly picture: Luminance }[];
  readonly more: boolean;
}

/** Takes the prints of a file; in the process that draws pictures, never in that of the server. */
export async function takePrints({ mediaType, from }: PrintsOrder, library: PictureLibrary): Promise<PrintsReply> {
  if (library === undefined && isPicture(mediaType)) return 'missing';
  try {
    return printsOf(await contentOf(mediaType, from, library));
  } catch {
    return 'unreadable';
  }
}

async function contentOf(mediaType: string, from: string, library: PictureLibrary): Promise<Content> {
  if (isPicture(mediaType)) {
    const picture = await luminanceOf(library!, from);
    return { text: '', pictures: [{ page: 1, picture }], more: false };
  }
  if (mediaType === pdfType) {
    const { readPdfContent } = await import('./prints-pdf.ts');
    return readPdfContent(await readFile(from), { mostPictures, mostCharacters, drawnSide, hasText });
  }
  if (mediaType === wordType || mediaType === sheetType) {
    const bytes = await readFile(from);
    const text = mediaType === wordType ? await wordText(bytes) : await sheetText(bytes);
    const media = await mediaOf(bytes, library);
    return { text: text.text, pictures: media.pictures, more: text.more || media.more };
  }
  return { text: '', pictures: [], more: false };
}

const hasText = (text: string) => plainLetters(text).length >= leastLetters;

function printsOf({ text, pictures, more }: Content): FilePrints {
  const print = textPrint(text);
  return {
    pictures: pictures.flatMap(({ page, picture }) => picturePrints(page, picture)),
    text: print === null ? null : { print: textPrintBytes(print), keys: textKeys(print) },
    more: more || text.length > mostCharacters,
  };
}

function picturePrints(page: number, picture: Luminance): FilePicturePrint[] {
  const inner = withoutMargin(picture);
  return [picture, ...(inner === null ? [] : [inner])].flatMap((one) => {
    const print = picturePrint(one);
    return print === null ? [] : [{ page, print: picturePrintBytes(print), keys: pictureKeys(print) }];
  });
}

/** The brightness of a picture, upright, on white where it is transparent. */
async function luminanceOf(sharp: NonNullable<PictureLibrary>, from: string | Uint8Array): Promise<Luminance> {
  const { data, info } = await sharp(from, { limitInputPixels: mostPixels, sequentialRead: true, failOn: 'error' })
    .autoOrient()
    .flatten({ background: '#fff' })
    .resize({ width: readSide, height: readSide, fit: 'inside', withoutEnlargement: true })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const values = channels === 1 ? data : data.filter((_, at) => at % channels === 0);
  return { width, height, values };
}

async function wordText(bytes: Uint8Array): Promise<Pick<Content, 'text' | 'more'>> {
  const { readWordText } = await import('../documents/workbook/word/word-text.ts');
  const { blocks, more } = readWordText(bytes);
  const lines = blocks.map((block) =>
    block.kind === 'table' ? block.rows.map((row) => row.join('\n')).join('\n') : block.text,
  );
  return { text: lines.join('\n'), more };
}

async function sheetText(bytes: Uint8Array): Promise<Pick<Content, 'text' | 'more'>> {
  const [{ readXlsx }, { ReadSheet }, { readLimits }] = await Promise.all([
    import('../documents/workbook/xlsx.ts'),
    import('../documents/workbook/sheet.ts'),
    import('../documents/workbook-read.ts'),
  ]);
  const book = readXlsx(bytes, readLimits);
  const lines: string[] = [];
  let characters = 0;
  for (const sheet of book.sheets) {
    for (const { cells } of new ReadSheet(sheet, book).rows()) {
      const line = cells.map(({ text }) => text).join('\n');
      lines.push(line);
      characters += line.length;
      if (characters > mostCharacters) return { text: lines.join('\n'), more: true };
    }
  }
  return { text: lines.join('\n'), more: false };
}

const mediaName = /^(?:word|xl)\/media\/[^/]+\.(?:jpe?g|png|webp|gif)$/i;

/** The pictures within a Word document or a workbook, in the order of their names; one that cannot be read is left out. */
async function mediaOf(bytes: Uint8Array, library: PictureLibrary): Promise<Pick<Content, 'pictures' | 'more'>> {
  const { readZipDirectory, unfold } = await import('../documents/workbook/zip.ts');
  const entries = [...readZipDirectory(bytes).values()].filter(({ name }) => mediaName.test(name));
  if (library === undefined) return { pictures: [], more: entries.length > 0 };
  entries.sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }));
  const pictures: { page: number; picture: Luminance }[] = [];
  let unread = entries.length > mostPictures;
  for (const [at, entry] of entries.slice(0, mostPictures).entries()) {
    try {
      pictures.push({ page: at + 1, picture: await luminanceOf(library, unfold(bytes, entry)) });
    } catch (error) {
      if (isProblem(error)) throw error;
      unread = true;
    }
  }
  return { pictures, more: unread };
}
