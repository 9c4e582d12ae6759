import { findingSeverityTitles } from '#domain/flow/finding.ts';
import type { WorkbookSheet } from '#platform/documents/workbook.ts';
import { ledgerColumns } from './ledger-import.act.ts';

type Column = (typeof ledgerColumns)[number]['name'];

const explained: Readonly<Record<Column, string>> = {
  问题: '必填，2 至 200 字',
  责任单位: '必填：单位、科室或学校的全称，或学校标识码；须在您的辖区内',
  责任人: '可不填，最多 40 字',
  整改措施: '可不填，最多 1000 字',
  完成时限: '如 2026-03-31；没有时限又没有销号的，导入后待下发',
  整改情况: '可不填，最多 2000 字',
  是否销号: '是 或 否；不填为否',
  销号日期: '已销号的填写；不填的，以完成时限为销号日期，完成时限晚于今天的必填',
  问题类别: '可不填，不填为“其他”',
  严重程度: Object.values(findingSeverityTitles).join('、'),
  发现日期: '可不填；不填的，已销号的以销号日期、未销号的以导入日期为准，台账中已有同一责任单位的同一问题的跳过',
};

const rowsWithChoices = 1000;

/** An empty ledger, with choices where there are some, and what each column takes. */
export function ledgerTemplate(kinds: readonly string[]): WorkbookSheet[] {
  const names = ledgerColumns.map(({ name }) => name);
  const choices = (column: Column, values: readonly string[]) => {
    const letter = String.fromCharCode(65 + names.indexOf(column));
    const range = `${letter}2:${letter}${rowsWithChoices}`;
    return { range, prompt: explained[column], kind: 'list' as const, values };
  };
  return [
    {
      name: '整改台账',
      columnWidths: names.map((name) => (name === '问题' || name === '整改措施' || name === '整改情况' ? 36 : 16)),
      rows: [names.map((name) => ({ value: name, look: 'heading' as const }))],
      frozen: { rows: 1, columns: 0 },
      limits: [
        choices('是否销号', ['是', '否']),
        choices('问题类别', kinds),
        choices('严重程度', Object.values(findingSeverityTitles)),
      ],
    },
    {
      name: '填写说明',
      columnWidths: [14, 80],
      rows: [
        [{ value: '整改台账：填写说明', look: 'title' }],
        ...names.map((name) => [
          { value: name, look: 'label' as const },
          { value: explained[name], look: 'note' as const },
        ]),
      ],
    },
  ];
}
