import type { FileToMake } from '#contract/route.ts';
import {
  degreeTitles,
  inspectorKindTitles,
  inspectorStageTitles,
  inspectorStateTitles,
  sexTitles,
  termStandingTitles,
} from '#domain/inspection/inspector.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { type ListedColumn, listedSheet, workbookReply } from '#platform/documents/workbook.ts';
import type { ListedInspector } from './inspector.list.store.ts';
import { listed } from './listed.shape.ts';

const columns: readonly ListedColumn<ReturnType<typeof listed>>[] = [
  { title: '序号', width: 6, value: (_row, at) => at + 1 },
  { title: '姓名', width: 12, value: ({ name }) => name },
  { title: '性别', width: 6, value: ({ sex }) => (sex === null ? '' : sexTitles[sex]) },
  { title: '类别', width: 12, value: ({ kind }) => inspectorKindTitles[kind] },
  { title: '聘任单位', width: 12, value: ({ placeName }) => placeName },
  { title: '工作单位', width: 28, value: ({ employer }) => employer },
  { title: '职务', width: 16, value: ({ post }) => post },
  { title: '职称', width: 16, value: ({ professionalTitle }) => professionalTitle },
  { title: '学历', width: 12, value: ({ degree }) => (degree === null ? '' : degreeTitles[degree]) },
  { title: '学段', width: 18, value: ({ stages }) => stages.map((stage) => inspectorStageTitles[stage]).join('、') },
  { title: '学科或专长', width: 20, value: ({ subjects }) => subjects },
  { title: '督学证号', width: 16, value: ({ certificateNumber }) => certificateNumber ?? '' },
  { title: '联系电话', width: 16, value: ({ phone }) => phone },
  { title: '状态', width: 10, value: ({ state }) => inspectorStateTitles[state] },
  { title: '任期开始', width: 12, value: ({ termFrom }) => termFrom ?? '' },
  { title: '任期结束', width: 12, value: ({ termTo }) => termTo ?? '' },
  { title: '任期数', width: 8, value: ({ terms }) => (terms === 0 ? '' : terms) },
  { title: '任期提醒', width: 10, value: ({ termAsks }) => (termAsks === null ? '' : termStandingTitles[termAsks]) },
];

/** The register as a workbook, in the order of the list. */
export function registerReply(rows: readonly ListedInspector[], today: Day, person: string): FileToMake {
  const sheet = listedSheet({
    name: '督学名册',
    title: `督学名册（${today}）`,
    columns,
    rows: rows.map((row) => listed(row, today)),
    frozenColumns: 2,
  });
  return workbookReply(`督学名册_${today}.xlsx`, [sheet], person);
}
