import { resampled, wholeFrame } from '#domain/file/likeness/luminance.ts';
import { pictureKeys } from '#domain/file/likeness/picture-keys.ts';
import type { PicturePrint } from '#domain/file/likeness/picture-print.ts';
import { textKeys, textPrint } from '#domain/file/likeness/text-print.ts';
import { generator } from '#domain/kit/generator.ts';
import type { Pixels } from './drawing.ts';
import { drawForm, drawScene, sceneCount } from './scenes.ts';
import { templates } from './texts.ts';

/** Pixels of a side of the small prints of a library: keys are made of as many, so nothing is lost for them. */
const side = 64;

/** A drawn picture as a small print. */
function printOf({ width, height, data }: Pixels): PicturePrint {
  const values = Uint8Array.from({ length: width * height }, (_, at) => data[3 * at + 1]!);
  const { values: shades } = resampled({ width, height, values }, wholeFrame, side, side);
  return { width: side, height: side, shades: Uint8Array.from(shades) };
}

export interface LibraryItem {
  readonly kind: 'picture' | 'text';
  readonly keys: readonly number[];
  readonly print: PicturePrint | null;
}

/**
 * A library as large as that of a city after some years: three of four are pictures, one in forty of these the sheet of one
 * form, and the others texts after a few models. Pictures are mixed of pairs of a few drawn ones, one of them mirrored or
 * turned over, because drawing so many would take an hour.
 */
export async function* libraryItems(seed: string, count: number): AsyncGenerator<LibraryItem> {
  const draw = generator(`${seed} library`);
  const scenes = await Promise.all(
    Array.from({ length: 60 }, async (_, at) => printOf(await drawScene(at % sceneCount, draw.fork(`scene ${at}`)))),
  );
  const forms = await Promise.all(
    Array.from({ length: 20 }, async (_, at) => printOf(await drawForm(draw.fork(`form ${at}`), true))),
  );
  for (let at = 0; at < count; at += 1) {
    if (at % 4 === 3) {
      const { title, paragraphs, rows } = templates[draw.pick(['report', 'record', 'table'] as const)](draw);
      const print = textPrint([title, ...paragraphs, ...rows.flat()].join('\n'))!;
      yield { kind: 'text', keys: textKeys(print), print: null };
    } else {
      const pool = draw.chance(1 / 40) ? forms : scenes;
      const [one, other] = [draw.pick(pool), draw.pick(pool)];
      const print = mixed(
        one,
        other,
        draw.integer(0, 3),
        pool === forms ? 0 : draw.between(0.3, 0.7),
        draw.integer(0, 30),
      );
      yield { kind: 'picture', keys: pictureKeys(print), print };
    }
  }
}

/** @param turn 1: mirrored, 2: turned over, 3: both */
function mixed(one: PicturePrint, other: PicturePrint, turn: number, share: number, shift: number): PicturePrint {
  const { width, height } = one;
  const shades = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const row = Math.min(other.height - 1, turn & 2 ? height - 1 - y : y);
    for (let x = 0; x < width; x += 1) {
      const column = Math.min(other.width - 1, ((turn & 1 ? width - 1 - x : x) + (share === 0 ? 0 : shift)) % width);
      shades[y * width + x] =
        one.shades[y * width + x]! * (1 - share) + other.shades[row * other.width + column]! * share;
    }
  }
  return { width, height, shades };
}
