import type { ImportView } from '#web/shared/import/import-view.ts';
import { formatNumber } from '#web/shared/words/format.ts';
import { ImportChanges, type Preview } from './ImportChanges.tsx';

/** The changes that a workbook of filings would make. */
export function filingImportView({ changes }: Preview): ImportView {
  return {
    changes: <ImportChanges changes={changes} />,
    words: { subject: '学校', part: '数据项' },
    softNote: '可以写入，学校提交前须说明',
    take: {
      verb: `全部写入${changes.cells > 0 ? ` ${formatNumber(changes.cells)} 格` : ''}`,
      sentence: `将改动 ${formatNumber(changes.schools)} 所学校的 ${formatNumber(changes.cells)} 格。要么全部写入，要么一格不写。`,
      nothing: '表格中的数值与系统中完全相同，没有需要写入的内容。',
    },
  };
}
