/** What a spreadsheet runs as a formula when it opens a CSV file, in full width too, behind any number of apostrophes. */
const likeFormula = /^'*[=+\-@＝＋－＠\t\r]/;

/**
 * A text for a CSV file that no spreadsheet takes for a formula: an apostrophe before it makes it a text. One that
 * already begins with an apostrophe and a sign gets another, so that `withoutGuard` gives back every text as it was.
 */
export function guarded(text: string): string {
  return likeFormula.test(text) ? `'${text}` : text;
}

/** The text of a cell of a CSV file without the guard before it; other apostrophes belong to the text. */
export function withoutGuard(text: string): string {
  return text.startsWith("'") && likeFormula.test(text) ? text.slice(1) : text;
}
