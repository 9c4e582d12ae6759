/**
 * The start of a text that a spreadsheet runs as a formula when it opens a CSV file, also in full width, after any
 * number of apostrophes.
 */
const likeFormula = /^'*[=+\-@＝＋－＠\t\r]/;

/**
 * Guards a text for a CSV file, so that no spreadsheet runs it as a formula: an apostrophe before it makes it a text. A
 * text that already begins with an apostrophe and a sign gets another, so that `withoutGuard` returns every text
 * unchanged.
 */
export function guarded(text: string): string {
  return likeFormula.test(text) ? `'${text}` : text;
}

/** The text of a cell of a CSV file without the guard before it; other apostrophes belong to the text. */
export function withoutGuard(text: string): string {
  return text.startsWith("'") && likeFormula.test(text) ? text.slice(1) : text;
}
