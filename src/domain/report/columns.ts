import { widthInCharacters } from '../letter/text-width.ts';
import type { ReportTable } from './report.ts';

/** The widest and the narrowest column in characters: beyond it a text is broken, and no column is a sliver. */
const widths = { widest: 18, narrowest: 3 };

/** A heading is broken into lines of about this many characters before it makes its column wider. */
const headingLine = 5;

/** The columns of a table by what stands in them: as wide as their texts need, numbers to the right. */
export function columnsOf(
  headings: readonly string[],
  rows: ReadonlyArray<readonly string[]>,
): Pick<ReportTable, 'columns' | 'rows'> {
  const columns = headings.map((heading, at) => {
    const texts = rows.map((row) => row[at] ?? '').filter((text) => text !== '');
    const inHeading = Math.min(widthInCharacters(heading), headingLine);
    const widest = Math.max(inHeading, widths.narrowest, ...texts.map(widthInCharacters));
    const areNumbers = texts.length > 0 && texts.every((text) => /^((▲ )?-?[\d.]+|—)$/.test(text));
    return {
      heading,
      align: alignmentOf(areNumbers, widest),
      share: Math.min(widest, widths.widest) + 1,
    };
  });
  return { columns, rows };
}

/** Numbers to the right, so that their digits stand below each other; words of few characters in the middle. */
function alignmentOf(areNumbers: boolean, widest: number): 'left' | 'center' | 'right' {
  if (areNumbers) return 'right';
  return widest < headingLine ? 'center' : 'left';
}
