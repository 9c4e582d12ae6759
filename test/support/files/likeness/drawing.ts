import { createRequire } from 'node:module';
import path from 'node:path';
import sharp from 'sharp';
import type { Generator } from '#domain/kit/generator.ts';

/** Pixels in three colours, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

const fontFile = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-serif-sc/package.json')),
  '400Regular/NotoSerifSC_400Regular.ttf',
);

/** A character as it darkens paper: 0 leaves it, 255 is ink. */
interface Glyph {
  readonly width: number;
  readonly height: number;
  readonly ink: Uint8Array;
}

const glyphs = new Map<string, Promise<Glyph>>();
const drawnSize = 48;

function glyphOf(character: string, size: number): Promise<Glyph> {
  const key = `${size} ${character}`;
  const known = glyphs.get(key) ?? drawGlyph(character, size);
  glyphs.set(key, known);
  return known;
}

async function drawGlyph(character: string, size: number): Promise<Glyph> {
  // A font without a size has 12 points, which are as many pixels as six parts of an inch.
  const text = { text: character, font: 'Noto Serif SC', fontfile: fontFile, dpi: drawnSize * 6, rgba: false };
  const whole = await sharp({ text }).png().toBuffer({ resolveWithObject: true });
  const { data, info } = await sharp(whole.data)
    .resize({ width: Math.max(1, Math.round((whole.info.width * size) / drawnSize)) })
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, ink: data };
}

/** Writes a line of text on a picture: each character stands in a box of its own. */
export async function write(
  { width, data, height }: Pixels,
  text: string,
  left: number,
  top: number,
  size: number,
): Promise<void> {
  let pen = left;
  for (const character of text) {
    const isWide = /[\u2e80-\uffff]/.test(character);
    if (character !== ' ') {
      const glyph = await glyphOf(character, size);
      const [x, y] = [
        Math.round(pen),
        Math.round(top + (size - glyph.height) * (/[.,，。、]/.test(character) ? 0.9 : 0.5)),
      ];
      for (let row = 0; row < glyph.height; row += 1) {
        for (let column = 0; column < glyph.width; column += 1) {
          const [px, py] = [x + column, y + row];
          if (px < 0 || py < 0 || px >= width || py >= height) continue;
          const ink = glyph.ink[row * glyph.width + column]!;
          for (let colour = 0; colour < 3; colour += 1) {
            const at = (py * width + px) * 3 + colour;
            data[at] = (data[at]! * (255 - ink) + 30 * ink) / 255;
          }
        }
      }
    }
    pen += isWide ? size : size * 0.58;
  }
}

/** The pixels of a drawing in SVG. */
export async function drawn(svg: string): Promise<Pixels> {
  const { data, info } = await sharp(Buffer.from(svg)).flatten({ background: '#fff' }).raw().toBuffer({
    resolveWithObject: true,
  });
  return { width: info.width, height: info.height, data };
}

/** What a camera and a scanner add: grain, and light that falls off to one side. */
export function asTaken({ width, height, data }: Pixels, draw: Generator, grain: number, fall: number): void {
  const noise = Float32Array.from({ length: 4096 }, () => draw.normal(0, grain));
  const [slopeX, slopeY] = [draw.between(-fall, fall), draw.between(-fall, fall)];
  let at = draw.integer(0, 4095);
  let [step, pixel] = [1, 0];
  for (let y = 0; y < height; y += 1) {
    step = 1 + ((y * 2_654_435_761) >>> 28);
    const light = 1 + slopeY * (y / height - 0.5);
    for (let x = 0; x < width; x += 1) {
      const factor = light + slopeX * (x / width - 0.5);
      at = (at + step) & 4095;
      const grey = noise[at]!;
      for (let colour = 0; colour < 3; colour += 1, pixel += 1) {
        data[pixel] = Math.max(0, Math.min(255, Math.round(data[pixel]! * factor + grey)));
      }
    }
  }
}

const image = ({ width, height, data }: Pixels) => sharp(data, { raw: { width, height, channels: 3 } });

export const asJpeg = (pixels: Pixels, quality: number) => image(pixels).jpeg({ quality }).toBuffer();
export const asPng = (pixels: Pixels) => image(pixels).png({ compressionLevel: 3 }).toBuffer();
