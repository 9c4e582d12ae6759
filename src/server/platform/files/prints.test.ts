import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOnly, pdfType, sheetType, wordType } from '#domain/file/file-kind.ts';
import { pictureLikeness, pictureView } from '#domain/file/likeness/picture-likeness.ts';
import { readPicturePrint } from '#domain/file/likeness/picture-print.ts';
import { comparable, resemblance } from '#domain/file/likeness/resemblance.ts';
import { generator } from '#domain/kit/generator.ts';
import { asJpeg, asPng, type Pixels } from '#test/support/files/likeness/drawing.ts';
import { drawScene } from '#test/support/files/likeness/scenes.ts';
import { templates } from '#test/support/files/likeness/texts.ts';
import { writeScanPdf, writeSheet, writeTextPdf, writeWord } from '#test/support/files/likeness/writers.ts';
import { root } from '#test/support/sources.ts';
import { type FilePrints, openPrintReader, printBounds } from './prints.ts';
import type { PrintsReply } from './prints-order.ts';

let folder: string;
let photo: Pixels;
const contentPath = (hash: string) => path.join(folder, hash);
let reader: ReturnType<typeof openPrintReader>;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dudao-prints-'));
  reader = openPrintReader({ contentPath });
  photo = await drawScene(0, generator('prints'));
});
afterAll(async () => {
  reader.close();
  await rm(folder, { recursive: true });
});

async function answerFor(mediaType: string, bytes: Uint8Array, by = reader): Promise<PrintsReply> {
  await writeFile(contentPath('content'), bytes);
  return by.read({ hash: 'content', mediaType });
}

async function printsFor(mediaType: string, bytes: Uint8Array): Promise<FilePrints> {
  const answer = await answerFor(mediaType, bytes);
  if (typeof answer === 'string') throw new Error(answer);
  return answer;
}

const { width, height } = { width: 960, height: 640 };
const jpeg = async () => ({ bytes: await asJpeg(photo, 85), width, height });
const text = templates.report(generator('prints of a text'));

const viewOf = (print: Uint8Array) => pictureView(readPicturePrint(print)!);
/** The greatest likeness of any picture of the one to any picture of the other. */
const likeness = (one: FilePrints, other: FilePrints) =>
  Math.max(
    ...one.pictures.flatMap(({ print }) =>
      other.pictures.map((picture) => pictureLikeness(viewOf(print), viewOf(picture.print)) ?? 0),
    ),
  );

describe('the prints of a file', () => {
  it('of a picture are of the picture, however it is stored or laid into a document', async () => {
    const plain = await printsFor('image/png', await asPng(photo));
    expect(plain).toMatchObject({ pictures: [{ page: 1 }], text: null, more: false });
    const small = { ...text, paragraphs: [], title: '照片' };
    for (const [mediaType, bytes] of [
      ['image/jpeg', (await jpeg()).bytes],
      [pdfType, writeScanPdf([await jpeg()], 0)],
      [pdfType, writeScanPdf([await jpeg()], 60)],
      [wordType, await writeWord(small, await jpeg())],
    ] as const) {
      const prints = await printsFor(mediaType, bytes);
      expect(prints.text).toBeNull();
      expect(likeness(prints, plain)).toBeGreaterThan(0.9);
    }
  });

  it('of a text are the same from Word, from PDF and from Excel', async () => {
    const written = [
      await printsFor(wordType, await writeWord(text)),
      await printsFor(pdfType, writeTextPdf(text)),
      await printsFor(sheetType, await writeSheet(text)),
    ];
    for (const prints of written) {
      expect(prints.pictures).toEqual([]);
      expect(prints.text).toEqual(written[0]!.text);
    }
  });

  it('of a PDF are its text where a page has one, and the page where it has none', async () => {
    const [scanned, mixed] = [writeScanPdf([await jpeg(), await jpeg()], 0), await readSample('report.pdf')];
    expect((await printsFor(pdfType, scanned)).pictures.map(({ page }) => page)).toEqual([1, 1, 2, 2]);
    const report = await printsFor(pdfType, mixed);
    expect(report.pictures).toEqual([]);
    expect(report.text).not.toBeNull();
  });

  it('of a document with text and a photo are both', async () => {
    const prints = await printsFor(wordType, await writeWord(text, await jpeg()));
    const [first] = prints.pictures;
    expect(likeness(prints, await printsFor('image/png', await asPng(photo)))).toBeGreaterThan(0.9);
    expect(first?.keys.length).toBeGreaterThan(3);
    const alone = await printsFor(wordType, await writeWord(text));
    const texts = [prints, alone].map(({ text: found }) => comparable({ kind: 'text', ...found! })!);
    expect(resemblance(texts[0]!, texts[1]!)?.closeness).toBe(1);
  });

  it('of other files and of empty ones are none', async () => {
    const none = { pictures: [], text: null, more: false };
    expect(await answerFor(bytesOnly, Buffer.from('字'.repeat(400)))).toEqual(none);
    expect(await answerFor('video/mp4', await readSample('corridor.mp4'))).toEqual(none);
    expect(await answerFor(wordType, await writeWord({ title: '空', paragraphs: [], rows: [] }))).toEqual(none);
  });
});

describe('a file that was made to harm', () => {
  it('has no prints, and the next file has its own', async () => {
    const whole = await asJpeg(photo, 80);
    for (const [mediaType, bytes] of [
      ['image/jpeg', whole.subarray(0, 900)],
      ['image/png', Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.alloc(300, 7)])],
      [pdfType, Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\n%%EOF')],
      [wordType, Buffer.from('PK\x03\x04 no document')],
      [sheetType, Buffer.alloc(4000, 1)],
    ] as const) {
      expect([mediaType, await answerFor(mediaType, bytes)]).toEqual([mediaType, 'unreadable']);
    }
    expect((await printsFor('image/jpeg', whole)).pictures).toHaveLength(1);
  });

  it('is ended for its time and for its memory, and the server reads on', async () => {
    const whole = await asJpeg(photo, 80);
    for (const bounds of [{ patience: 1 }, { megabytes: 1 }]) {
      const tight = openPrintReader({ contentPath }, { ...printBounds, ...bounds });
      expect(await answerFor('image/jpeg', whole, tight)).toBe('unreadable');
      tight.close();
    }
  });
});

async function readSample(name: string): Promise<Buffer> {
  await copyFile(path.join(root, 'reference/sample/files', name), contentPath('sample'));
  return readFile(contentPath('sample'));
}
