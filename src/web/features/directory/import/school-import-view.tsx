import { markImport } from '#contract/directory/import.ts';
import type { ImportView } from '#web/shared/import/import-view.ts';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { type Preview, SchoolChanges } from './SchoolChanges.tsx';

/** What was understood of a table of schools. */
export function schoolImportView(
  preview: Preview,
  file: File | null,
): Omit<ImportView, 'take'> & { take: Omit<ImportView['take'], 'fields'> } {
  const { findings, findingCount } = preview;
  const changes = preview.opens + preview.renames + preview.corrects;
  return {
    note: `${preview.fileName}${preview.sheet ? ` · 工作表 ${preview.sheet}` : ''}`,
    facts: [
      ['学校', `${preview.rows} 行`],
      ['设立', `${preview.opens} 所`],
      ['更名', `${preview.renames} 所`],
      ['更正', `${preview.corrects} 所`],
      ['与登记相同', `${preview.unchanged} 所`],
    ],
    notes: preview.notes,
    changes: findingCount === 0 && changes > 0 && <SchoolChanges changes={preview.changes} />,
    groups:
      findingCount === 0
        ? []
        : [
            {
              cause: 'cells',
              title: '需要改正的单元格',
              weight: 'hard',
              findings: findings.map(({ cell, column, value, rule, allowed }) => ({
                place: cell,
                subject: '',
                part: column,
                value,
                rule,
                allowed,
              })),
              total: findingCount,
            },
          ],
    words: { subject: '学校', part: '列' },
    ...(file
      ? {
          marked: (
            <Download route={markImport} input={{ file, fields: { day: preview.day } }}>
              下载标注后的表格
            </Download>
          ),
        }
      : {}),
    take: {
      verb: `全部写入${changes > 0 ? `（${changes} 项变动）` : ''}`,
      sentence:
        findingCount > 0
          ? `还有 ${findingCount} 处错误，改正前不能写入。请改正后重新选择文件。`
          : changes === 0
            ? '表格与登记完全相同，没有要写入的内容。'
            : `将登记 ${changes} 项变动。要么全部写入，要么一行不写。`,
      possible: findingCount === 0 && changes > 0,
    },
  };
}
