import { markedWorkbook } from '#contract/filings/import.ts';
import { formatDateTime, formatNumber } from '#web/shared/format.ts';
import type { ImportView } from '#web/shared/import/import-view.ts';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { ImportChanges, type Preview } from './ImportChanges.tsx';

/** What was understood of a workbook of filings. */
export function filingImportView(preview: Preview): ImportView {
  const { understood, changes, hard } = preview;
  return {
    note: `${preview.fileName} · 预览保留至 ${formatDateTime(preview.expiresAt)}，此前什么都不会写入`,
    facts: [
      ['对象', `${preview.unitName} · ${preview.periodName}`],
      ['学校', `${formatNumber(understood.schools)} 所`],
      [
        '工作表',
        understood.sheets.map((sheet) => `${sheet.name}（${sheet.rows} 行 × ${sheet.columns} 列）`).join('、'),
      ],
      ['有值的格', `${formatNumber(understood.cells)} 格，其中 ${formatNumber(understood.unchanged)} 格与现值相同`],
      ['将改动', `${formatNumber(changes.cells)} 格，涉及 ${formatNumber(changes.schools)} 所学校`],
    ],
    notes: preview.notes,
    changes: <ImportChanges changes={changes} />,
    groups: preview.groups.map(({ errors, ...group }) => ({
      ...group,
      findings: errors.map((error) => ({
        place: `${error.sheet}!${error.cell}`,
        subject: error.schoolName,
        part: error.field ?? '',
        value: error.value,
        rule: error.rule,
        allowed: error.allowed,
      })),
    })),
    words: { subject: '学校', part: '数据项' },
    softNote: '可以写入，提交前须说明',
    marked: (
      <Download route={markedWorkbook} input={{ params: { importId: preview.importId } }}>
        下载标注后的表格
      </Download>
    ),
    take: {
      verb: `全部写入${changes.cells > 0 ? ` ${changes.cells} 格` : ''}`,
      sentence:
        hard > 0
          ? `还有 ${hard} 处错误，改正前不能写入。请在标注后的表格里改正，再选择文件。`
          : changes.cells === 0
            ? '表格中的数值与系统中完全相同，没有需要写入的内容。'
            : `将改动 ${changes.schools} 所学校的 ${changes.cells} 格。要么全部写入，要么一格不写。`,
      possible: preview.writable && changes.cells > 0,
    },
  };
}
