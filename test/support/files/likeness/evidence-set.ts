import sharp from 'sharp';
import { pdfType, sheetType, wordType } from '#domain/file/file-kind.ts';
import { type Generator, generator } from '#domain/kit/generator.ts';
import { asJpeg, asPng, type Pixels } from './drawing.ts';
import { retyped } from './retyped.ts';
import { drawForm, drawScene, sceneCount } from './scenes.ts';
import { type TemplateName, templates, type Written } from './texts.ts';
import { type Jpeg, writeScanPdf, writeSheet, writeTextPdf, writeWord } from './writers.ts';

/** How a copy was made of its original. */
export const copyKinds = ['re-saved', 'recompressed', 'cropped', 're-typed'] as const;
export type CopyKind = (typeof copyKinds)[number];

export interface EvidenceFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** The originals that others resemble by template only have a number of their own; a copy has that of its original. */
  readonly origin: number;
  /** Null for an original. */
  readonly copy: CopyKind | null;
}

type Form = 'scene' | 'form' | 'scan' | 'album' | `${TemplateName}-${'pdf' | 'word' | 'sheet'}`;

/** How many originals there are of each form among 200. */
const shares: readonly (readonly [Form, number])[] = [
  ['scene', 45],
  ['form', 40],
  ['scan', 15],
  ['album', 10],
  ['report-pdf', 15],
  ['record-pdf', 15],
  ['report-word', 15],
  ['record-word', 15],
  ['table-word', 8],
  ['table-sheet', 22],
];

/** What a copy is made of. */
interface Source {
  readonly form: Form;
  readonly pixels?: Pixels;
  readonly written?: Written;
}

interface Made {
  readonly file: Pick<EvidenceFile, 'mediaType' | 'bytes'>;
  readonly source: Source;
}

const jpeg = (bytes: Uint8Array) => ({ mediaType: 'image/jpeg', bytes });
const png = (bytes: Uint8Array) => ({ mediaType: 'image/png', bytes });
const pdf = (bytes: Uint8Array) => ({ mediaType: pdfType, bytes });

async function written(form: Form, text: Written): Promise<Made['file']> {
  if (form.endsWith('-pdf')) return pdf(writeTextPdf(text));
  return form.endsWith('-word')
    ? { mediaType: wordType, bytes: await writeWord(text) }
    : { mediaType: sheetType, bytes: await writeSheet(text) };
}

const placed = async ({ width, height, ...pixels }: Pixels, quality: number): Promise<Jpeg> => ({
  bytes: await asJpeg({ width, height, ...pixels }, quality),
  width,
  height,
});

async function original(form: Form, at: number, draw: Generator): Promise<Made> {
  if (form === 'scene') {
    const pixels = await drawScene(at % sceneCount, draw);
    return { file: jpeg(await asJpeg(pixels, 90)), source: { form, pixels } };
  }
  if (form === 'form') {
    const scanned = at % 2 === 0;
    const pixels = await drawForm(draw, scanned);
    return { file: scanned ? jpeg(await asJpeg(pixels, 88)) : png(await asPng(pixels)), source: { form, pixels } };
  }
  if (form === 'scan') {
    const pixels = await drawForm(draw, true);
    return { file: pdf(writeScanPdf([await placed(pixels, 85)], 0)), source: { form, pixels } };
  }
  if (form === 'album') {
    const pixels = await drawScene(at % sceneCount, draw);
    const text = templates.record(draw);
    const bytes = await writeWord(text, await placed(pixels, 88));
    return { file: { mediaType: wordType, bytes }, source: { form, pixels, written: text } };
  }
  const text = templates[form.split('-')[0] as TemplateName](draw);
  return { file: await written(form, text), source: { form, written: text } };
}

/** Cuts up to a twentieth of the width and the height off, at one end or divided between both. */
function cropped({ width, height, data }: Pixels, draw: Generator) {
  const [across, down] = [Math.round(width * 0.05), Math.round(height * 0.05)];
  const [left, top] = [draw.integer(0, across), draw.integer(0, down)];
  return sharp(data, { raw: { width, height, channels: 3 } }).extract({
    left,
    top,
    width: width - across,
    height: height - down,
  });
}

async function copyOf({ form, pixels, written: text }: Source, kind: CopyKind, draw: Generator): Promise<Made['file']> {
  if (kind === 're-typed') {
    const typed = retyped(text!, draw);
    // Who types a text anew has it in the program at hand.
    const into = draw.pick(['word', 'pdf', form.split('-')[1] ?? 'word']);
    return written(`report-${into}` as Form, typed);
  }
  if (pixels === undefined) {
    // Saved by another program: the same words in another file, or with the table in another place.
    const into = form.endsWith('-word') ? 'pdf' : 'word';
    return written(`report-${into}` as Form, text!);
  }
  const image = sharp(pixels.data, { raw: { width: pixels.width, height: pixels.height, channels: 3 } });
  if (kind === 'cropped')
    return jpeg(
      await cropped(pixels, draw)
        .jpeg({ quality: draw.integer(70, 92) })
        .toBuffer(),
    );
  if (kind === 'recompressed') {
    const width = Math.round(pixels.width * draw.between(0.5, 1));
    return jpeg(
      await image
        .resize({ width })
        .jpeg({ quality: draw.integer(30, 60) })
        .toBuffer(),
    );
  }
  if (draw.chance(0.3)) return pdf(writeScanPdf([await placed(pixels, 80)], draw.pick([0, 40])));
  if (draw.chance(0.3)) {
    const note = { title: '照片', paragraphs: ['见下图。'], rows: [] };
    return { mediaType: wordType, bytes: await writeWord(note, await placed(pixels, 80)) };
  }
  return draw.chance(0.5) ? png(await asPng(pixels)) : jpeg(await image.jpeg({ quality: 95 }).toBuffer());
}

const pictureCopies: readonly CopyKind[] = ['re-saved', 'recompressed', 'cropped'];
const textCopies: readonly CopyKind[] = ['re-typed', 're-typed', 're-saved'];

/**
 * The seeded set: half of it originals of different units and years that are made after a few models, the other half copies,
 * one of each original. The files come one after another and are not kept.
 * @param share of the whole set of 400 files: 1, or a part of it for a quick look
 */
export async function* evidenceSet(seed: string, share = 1): AsyncGenerator<EvidenceFile> {
  let origin = 0;
  for (const [form, whole] of shares) {
    for (let at = 0; at < Math.max(2, Math.round(whole * share)); at += 1) {
      const draw = generator(`${seed} ${form} ${at}`);
      const { file, source } = await original(form, at, draw);
      yield { ...file, name: `${form} ${at}`, origin, copy: null };
      const kinds = source.pixels === undefined || (form === 'album' && at % 2 === 0) ? textCopies : pictureCopies;
      const kind = kinds[at % kinds.length]!;
      const made = await copyOf(source, kind, draw.fork('copy'));
      yield { ...made, name: `${form} ${at} ${kind}`, origin, copy: kind };
      origin += 1;
    }
  }
}
