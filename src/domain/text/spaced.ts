const chinese = /\p{Script=Han}/u;
const written = /[0-9A-Za-z]/;

/**
 * Joins pieces of a sentence. One space stands between a Chinese word and a number or a Latin word, as in `应填 0 至 50`; a
 * piece that is filled in can begin or end with either.
 */
export function spaced(...pieces: readonly string[]): string {
  return pieces.reduce((text, piece) => {
    const [last, first] = [text.slice(-1), piece.slice(0, 1)];
    const apart = (chinese.test(last) && written.test(first)) || (written.test(last) && chinese.test(first));
    return apart ? `${text} ${piece}` : text + piece;
  });
}
