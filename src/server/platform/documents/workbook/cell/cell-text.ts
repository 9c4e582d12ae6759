/** Why a text cannot be stored: the first such character, or that the text was cut after `kept` characters. */
export type TextFlaw =
  | {
      readonly kind: 'half-character' | 'control-character';
      /** `U+0000` */
      readonly character: string;
    }
  | { readonly kind: 'cut'; readonly kept: number };

/** `_x000D_` stands for a character that XML cannot hold, and `_x005F_` for an underscore that would be read so. */
const escaped = /_x([\dA-Fa-f]{4})_/g;
/** One half of a surrogate pair without the other; this expression treats a whole pair as one character. */
const half = /\p{Surrogate}/u;
/** Line breaks and tabs are typed by people; the other control characters come from other programs. */
const control = /(?![\t\n\r])[\p{Cc}\ufffe\uffff]/u;
const unfit = /(?![\t\n\r])[\p{Cc}\p{Surrogate}\ufffe\uffff]/gu;

/** A text of a cell, with the escapes of the format replaced by their characters (ECMA-376 part 1, 22.9.2.19). */
export function unescapeCellText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(escaped, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Reports half of a surrogate pair and control characters: no database, file or screen keeps them. */
export function flawOf(text: string): TextFlaw | undefined {
  const isHalf = half.test(text);
  const found = (isHalf ? half : control).exec(text)?.[0];
  if (found === undefined) return undefined;
  const character = `U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  return { kind: isHalf ? 'half-character' : 'control-character', character };
}

/** The text with U+FFFD for each character that cannot be stored, so that it can be shown and stored. */
export function withoutFlaws(text: string): string {
  return text.replace(unfit, '\ufffd');
}
