import type { WorkbookSheet } from '#platform/documents/workbook.ts';
import { figuresColumns } from './figures-import.act.ts';

const explained: Readonly<Record<string, string>> = {
  学年: '必填，写开始的年份，如 2025（即 2025—2026 学年）',
  '县（市、区）': '必填，全称',
  文号: '必填，省级文件的文号',
  公布日期: '必填，如 2026-03-31',
  来源: '必填，文件名称和页码，或数据的来处',
  口径: '可不填；省级文件另有口径或版本的写明，与本平台相同的不填',
  更正原因: '已经录入过的，更正时必填',
};

/** An empty table of what the province published, a row for each county. */
export function figuresTemplate(counties: readonly string[]): WorkbookSheet[] {
  const names = figuresColumns.map(({ name }) => name);
  const at = names.indexOf('县（市、区）');
  return [
    {
      name: '省公布数据',
      columnWidths: names.map((name) => (name === '来源' ? 36 : 18)),
      rows: [
        names.map((name) => ({ value: name, look: 'heading' as const })),
        ...counties.map((county) => names.map((_, column) => ({ value: column === at ? county : '' }))),
      ],
      frozen: { rows: 1, columns: 0 },
    },
    {
      name: '填写说明',
      columnWidths: [20, 80],
      rows: [
        [{ value: '省公布数据：填写说明', look: 'title' }],
        ...names.map((name) => [
          { value: name, look: 'label' as const },
          { value: explained[name] ?? '按公布的小数位填写；没有公布的留空，不要填 0', look: 'note' as const },
        ]),
      ],
    },
  ];
}
