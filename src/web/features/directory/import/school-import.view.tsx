import type { ImportView } from '#web/shared/import/import-view.ts';
import { formatNumber } from '#web/shared/words/format.ts';
import { type Preview, SchoolChanges } from './SchoolChanges.tsx';

/** The changes that a table of schools would make. */
export function schoolImportView({ changes, writable }: Preview): Omit<ImportView, 'take'> & {
  take: Omit<ImportView['take'], 'fields'>;
} {
  const { total } = changes;
  return {
    changes: writable && <SchoolChanges changes={changes} />,
    words: { subject: '学校', part: '列' },
    softNote: '可以写入；请先核对是否同一所学校',
    take: {
      verb: `全部写入${total > 0 ? `（${formatNumber(total)} 项变动）` : ''}`,
      sentence: `将登记 ${formatNumber(total)} 项变动。要么全部写入，要么一行不写。`,
      nothing: '表格与登记完全相同，没有要写入的内容。',
    },
  };
}
