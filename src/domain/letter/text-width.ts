/** Letters, digits and signs that are half as wide as an ideograph. */
const narrow = /^[ -~\u00a0-\u00ff]$/;

/** The width of a line of type in ideographs: a digit or a Latin letter counts half. */
export function widthInCharacters(text: string): number {
  let width = 0;
  for (const character of text) width += narrow.test(character) ? 0.5 : 1;
  return width;
}
