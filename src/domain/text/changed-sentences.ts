/** A sentence of two versions of a text: in both, only in the earlier, or only in the later. */
export interface ComparedSentence {
  readonly text: string;
  readonly in: 'both' | 'earlier' | 'later';
}

/** A text as its sentences; each keeps its own stop and the breaks behind it. */
const sentencesOf = (text: string): string[] => text.match(/[^。；！？\n]*(?:[。；！？]|\n)+|[^。；！？\n]+$/g) ?? [];

/**
 * What changed between two versions of a text, by sentences in their order: a longest common subsequence, so that as few
 * as possible are said to be changed. Where a sentence was replaced, the earlier one stands first.
 */
export function changedSentences(earlier: string, later: string): ComparedSentence[] {
  const [one, other] = [sentencesOf(earlier), sentencesOf(later)];
  // How many sentences the rests from here on have in common.
  const common = Array.from({ length: one.length + 1 }, () => new Array<number>(other.length + 1).fill(0));
  for (let row = one.length - 1; row >= 0; row -= 1) {
    for (let column = other.length - 1; column >= 0; column -= 1) {
      common[row]![column] =
        one[row]!.trim() === other[column]!.trim()
          ? common[row + 1]![column + 1]! + 1
          : Math.max(common[row + 1]![column]!, common[row]![column + 1]!);
    }
  }
  const compared: ComparedSentence[] = [];
  let [row, column] = [0, 0];
  while (row < one.length || column < other.length) {
    if (row < one.length && column < other.length && one[row]!.trim() === other[column]!.trim()) {
      compared.push({ text: other[column]!, in: 'both' });
      row += 1;
      column += 1;
    } else if (column >= other.length || (row < one.length && common[row + 1]![column]! >= common[row]![column + 1]!)) {
      compared.push({ text: one[row]!, in: 'earlier' });
      row += 1;
    } else {
      compared.push({ text: other[column]!, in: 'later' });
      column += 1;
    }
  }
  return compared;
}
