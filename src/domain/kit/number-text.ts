/** What a clerk typed into a cell, understood or not. `blank` is a cell left empty: missing, never zero. */
export type NumberText = { kind: 'number'; value: number } | { kind: 'blank' } | { kind: 'unreadable' };

const plain = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;
const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/;

/**
 * Reads a number as offices type them: full-width digits (１２３．５), thousands separators (1,234.5 and 1，234.5) and
 * surrounding blanks are understood; a separator in the wrong place, a unit or a word is not guessed at.
 */
export function readNumberText(text: string): NumberText {
  const normal = text
    .normalize('NFKC')
    .replace(/[\s\u200b\ufeff]/g, '')
    .replace(/[−–]/g, '-');
  if (normal === '') return { kind: 'blank' };
  if (plain.test(normal)) return finite(Number(normal));
  if (grouped.test(normal)) return finite(Number(normal.replaceAll(',', '')));
  return { kind: 'unreadable' };
}

function finite(value: number): NumberText {
  return Number.isFinite(value) ? { kind: 'number', value: value === 0 ? 0 : value } : { kind: 'unreadable' };
}
