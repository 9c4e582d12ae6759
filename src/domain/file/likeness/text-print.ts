/**
 * The print of a text: how alike two texts are is read from two of them without the texts. `all` is drawn from every
 * shingle of the text, `figures` from those alone that hold a digit.
 */
export interface TextPrint {
  readonly all: TextSample;
  readonly figures: TextSample;
}

/** A sample of a set of shingles by minima of hashes. */
export interface TextSample {
  /** How many different shingles the text has. */
  readonly count: number;
  /** For each of `sampleSize` hash functions its least value on the set; of an empty set all are 2³² − 1. */
  readonly minima: Uint32Array;
}

/** Hash functions of a sample: the standard error of a likeness of a half is then 0.044. */
export const sampleSize = 128;
/** Characters of a shingle: a changed word of two characters changes six of them. */
const shingle = 5;
/** Shingles of a text that has a print; a shorter one is a heading, and headings are alike. */
const leastShingles = 60;
/** Characters of the longest text that is read; what follows does not count. */
export const mostCharacters = 200_000;

const signs = /[^\p{L}\p{N}]+/gu;
const digit = /\p{N}/u;

/**
 * A text as its print sees it: letters and digits alone, all of them in half width and small, so that re-typing with other
 * spaces, line breaks, punctuation or widths changes nothing.
 */
export function plainLetters(text: string): string {
  return text.slice(0, mostCharacters).normalize('NFKC').toLowerCase().replaceAll(signs, '');
}

/**
 * The print of a text: its shingles (pieces of five letters or digits that follow each other), sampled by the least values
 * of hash functions. After A. Z. Broder, On the Resemblance and Containment of Documents, SEQUENCES 1997.
 * @returns null for a text that is too short to be compared
 */
export function textPrint(text: string): TextPrint | null {
  const letters = plainLetters(text);
  const [all, figures] = [new Set<number>(), new Set<number>()];
  for (let at = 0; at + shingle <= letters.length; at += 1) {
    const piece = letters.slice(at, at + shingle);
    const hash = hashOf(piece);
    all.add(hash);
    if (digit.test(piece)) figures.add(hash);
  }
  return all.size < leastShingles ? null : { all: sampleOf(all), figures: sampleOf(figures) };
}

/** FNV-1a over the two bytes of each unit, mixed at the end. */
function hashOf(piece: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < piece.length; at += 1) {
    const unit = piece.charCodeAt(at);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return mixed(hash);
}

/** The last step of MurmurHash3: every bit of the result hangs on every bit of the number. */
function mixed(number: number): number {
  let hash = number ^ (number >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A number for each hash function: what is mixed with it is ordered anew. */
const seeds = Uint32Array.from({ length: sampleSize }, (_, at) => mixed(Math.imul(at + 1, 0x9e3779b1)));

function sampleOf(hashes: ReadonlySet<number>): TextSample {
  const minima = new Uint32Array(sampleSize).fill(0xffffffff);
  for (const hash of hashes) {
    for (let at = 0; at < sampleSize; at += 1) {
      const value = mixed(hash ^ seeds[at]!);
      if (value < minima[at]!) minima[at] = value;
    }
  }
  return { count: hashes.size, minima };
}

/** Minima that make one key together, so that a sample has 32 keys. */
const rows = 4;
/** Different shingles with digits from which a text is looked for by its figures. */
export const manyFigures = 24;

/**
 * The keys under which a text is found, and by which it is looked for: texts that are alike by more than a half share one
 * of them nearly always, others hardly ever. A text with figures is found by its figures, because the sheets of one form
 * have all their other words in common; a text with some is found by both. After J. Leskovec, A. Rajaraman, J. D. Ullman,
 * Mining of Massive Datasets, chapter 3.4 (bands of minima).
 * @returns whole numbers of 32 bits with sign, in no order
 */
export function textKeys({ all, figures }: TextPrint): number[] {
  return [
    ...(figures.count >= manyFigures ? keysOf(figures, 1) : []),
    ...(figures.count < 2 * manyFigures ? keysOf(all, 2) : []),
  ];
}

function keysOf({ minima }: TextSample, kind: number): number[] {
  const keys = new Set<number>();
  for (let band = 0; band < sampleSize; band += rows) {
    let hash = mixed(kind * 0x10000 + band);
    for (let at = band; at < band + rows; at += 1) hash = mixed(hash ^ minima[at]!);
    keys.add(hash | 0);
  }
  return [...keys];
}

/** How much of two sets of shingles is common: the estimate of their resemblance by Jaccard, 0 to 1. */
export function sampleLikeness(one: TextSample, other: TextSample): number {
  if (one.count === 0 || other.count === 0) return 0;
  let same = 0;
  for (let at = 0; at < sampleSize; at += 1) if (one.minima[at] === other.minima[at]) same += 1;
  return same / sampleSize;
}

/** Another way of making prints gets another number: prints of two versions are not compared. */
const version = 1;
const length = 1 + 2 * 4 * (1 + sampleSize);

/** A print as bytes to be stored: version, then of each sample the count and the minima, 32 bits each, lowest byte first. */
export function textPrintBytes({ all, figures }: TextPrint): Uint8Array {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, version);
  let at = 1;
  for (const { count, minima } of [all, figures]) {
    for (const value of [count, ...minima]) {
      view.setUint32(at, value, true);
      at += 4;
    }
  }
  return bytes;
}

/**
 * Reads what `textPrintBytes` wrote.
 * @returns null for the print of another version, which must be made again
 * @throws RangeError for bytes that are no print
 */
export function readTextPrint(bytes: Uint8Array): TextPrint | null {
  if (bytes[0] !== version) return null;
  if (bytes.length !== length) throw new RangeError(`no print of a text: ${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sampleAt = (from: number): TextSample => ({
    count: view.getUint32(from, true),
    minima: Uint32Array.from({ length: sampleSize }, (_, at) => view.getUint32(from + 4 * (at + 1), true)),
  });
  return { all: sampleAt(1), figures: sampleAt(1 + 4 * (1 + sampleSize)) };
}
