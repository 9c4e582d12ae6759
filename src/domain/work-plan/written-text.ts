/**
 * A part of a pasted plan as it is kept: a line break inside a sentence goes, and so does every blank that does not stand
 * between two words of letters.
 */
export function writtenText(pasted: string): string {
  return pasted.trim().replace(/\s+/g, (blank, at: number, whole: string) => {
    const [before = '', after = ''] = [whole[at - 1], whole[at + blank.length]];
    const isWord = /[A-Za-z0-9]/.test(before) && /[A-Za-z0-9]/.test(after);
    const isNumber = blank.includes('\n') && /\d/.test(before) && /\d/.test(after);
    return isWord && !isNumber ? ' ' : '';
  });
}
