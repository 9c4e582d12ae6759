import { type PictureView, pictureLikeness, pictureView } from './picture-likeness.ts';
import { readPicturePrint } from './picture-print.ts';
import { manyFigures, readTextPrint, sampleLikeness, type TextPrint } from './text-print.ts';

/** How two pieces of evidence resemble each other: the same bytes, near-same pictures, near-same texts. */
export type ResemblanceKind = 'same-file' | 'picture' | 'text';

/** A hint that evidence may have been used before. Both are shown side by side to a person; it is never a verdict. */
export interface Resemblance {
  readonly kind: ResemblanceKind;
  /** 0 to 1; 1 for the same file. */
  readonly closeness: number;
}

/** A print as it is stored, of one picture or of one text. */
export interface StoredPrint {
  readonly kind: 'picture' | 'text';
  readonly print: Uint8Array;
}

/**
 * From which likeness on a hint is given; measured on the seeded set of test/support/files/likeness: copies lie above, sheets of
 * one form with other figures below.
 */
export const hintFrom = {
  /** The share of pieces that show the same. */
  picture: 0.9,
  /** The resemblance of all shingles, and of those with figures where there are some. */
  text: { all: 0.5, figures: 0.45 },
} as const;

/** How many candidates of a search are looked at. */
export const mostCandidates = 200;

/**
 * How many keys a candidate shares with what is looked for. Copies of the seeded set share seven of a picture and more; one
 * or two keys are often shared by chance.
 */
export const leastShared = { picture: 3, text: 1 } as const;

/** A stored print made ready to be compared. */
export type Comparable =
  | { readonly kind: 'picture'; readonly view: PictureView }
  | { readonly kind: 'text'; readonly print: TextPrint };

/**
 * Makes a stored print ready to be compared; whoever compares it with many does so once.
 * @returns null for the print of another version, which must be made again
 * @throws RangeError for bytes that are no print
 */
export function comparable({ kind, print }: StoredPrint): Comparable | null {
  if (kind === 'text') {
    const text = readTextPrint(print);
    return text === null ? null : { kind, print: text };
  }
  const picture = readPicturePrint(print);
  return picture === null ? null : { kind, view: pictureView(picture) };
}

/** Compares two prints; null where no hint is given: too different, of two kinds, or with too little on them. */
export function resemblance(one: Comparable, other: Comparable): Resemblance | null {
  if (one.kind === 'picture') return other.kind === 'picture' ? pictureResemblance(one.view, other.view) : null;
  return other.kind === 'text' ? textResemblance(one.print, other.print) : null;
}

/** The hint of two pictures; null where they are too different. */
export function pictureResemblance(one: PictureView, other: PictureView): Resemblance | null {
  const closeness = pictureLikeness(one, other);
  return closeness === null || closeness < hintFrom.picture ? null : { kind: 'picture', closeness };
}

/**
 * The hint of two texts; null where they are too different. The sheets of one form share their words, so a text with
 * figures must share these too; its closeness is the smaller of the two likenesses.
 */
export function textResemblance(one: TextPrint, other: TextPrint): Resemblance | null {
  const all = sampleLikeness(one.all, other.all);
  if (all < hintFrom.text.all) return null;
  if (Math.max(one.figures.count, other.figures.count) < manyFigures) return { kind: 'text', closeness: all };
  const figures = sampleLikeness(one.figures, other.figures);
  return figures < hintFrom.text.figures ? null : { kind: 'text', closeness: Math.min(all, figures) };
}
