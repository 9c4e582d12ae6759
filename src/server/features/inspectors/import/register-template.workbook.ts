import { degreeTitles, inspectorKindTitles, inspectorStageTitles, sexTitles } from '#domain/inspection/inspector.ts';
import type { WorkbookSheet } from '#platform/documents/workbook.ts';
import { registerColumns, termsExample } from './register-import.act.ts';

type Column = (typeof registerColumns)[number]['name'];

const explained: Readonly<Record<Column, string>> = {
  姓名: '必填，最多 40 字',
  类别: `必填：${Object.values(inspectorKindTitles).join('、')}`,
  性别: '男 或 女',
  出生年份: '四位年份',
  工作单位: '全称；与名录中的单位或学校名称一致的自动关联',
  职务: '可不填，最多 60 字',
  学历: Object.values(degreeTitles).join('、'),
  职称: '可不填，最多 60 字',
  教育工作年限: '从事教育管理、教学或教育研究的整年数',
  学段: `可填几个，用顿号隔开：${Object.values(inspectorStageTitles).join('、')}`,
  学科或专长: '可不填，最多 200 字',
  督学证号: '本单位内不重复',
  联系电话: '只供督导机构联系',
  任期开始: '如 2025-09-01；填写的登记为在任，不填的登记为待推荐',
  任期结束: '可不填；不填的按规定的任期推算',
  聘任文号: '可不填，最多 60 字',
  以前的任期: `现任期以前的各个任期，用分号隔开，用来计算连续任期；${termsExample}`,
};

const rowsWithChoices = 1000;

/** An empty register, with choices where there are some, and what each column takes. */
export function registerTemplate(): WorkbookSheet[] {
  const names = registerColumns.map(({ name }) => name);
  const choices = (column: Column, values: readonly string[]) => {
    const letter = String.fromCharCode(65 + names.indexOf(column));
    const range = `${letter}2:${letter}${rowsWithChoices}`;
    return { range, prompt: explained[column], kind: 'list' as const, values };
  };
  return [
    {
      name: '督学名册',
      columnWidths: names.map((name) => (name === '工作单位' ? 30 : 14)),
      rows: [names.map((name) => ({ value: name, look: 'heading' as const }))],
      frozen: { rows: 1, columns: 1 },
      limits: [
        choices('类别', Object.values(inspectorKindTitles)),
        choices('性别', Object.values(sexTitles)),
        choices('学历', Object.values(degreeTitles)),
      ],
    },
    {
      name: '填写说明',
      columnWidths: [14, 80],
      rows: [
        [{ value: '督学名册：填写说明', look: 'title' }],
        ...names.map((name) => [
          { value: name, look: 'label' as const },
          { value: explained[name], look: 'note' as const },
        ]),
      ],
    },
  ];
}
