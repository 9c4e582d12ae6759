import type { FileReply, FileToMake } from '#contract/route.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { ownershipNames } from '#domain/org/ownership.ts';
import { schoolStatusNames } from '#domain/org/school-change.ts';
import { sponsor } from '#domain/org/sponsor.ts';
import { urbanClassNames } from '#domain/org/urban-class.ts';
import { fileTitle } from '#domain/text/file-title.ts';
import { type WorkbookCell, workbookReply, writeCsv } from '#platform/documents/workbook.ts';
import { typeName } from './directory.shape.ts';
import type { SchoolRow } from './directory.store.ts';

interface Column {
  readonly heading: string;
  readonly width: number;
  readonly value: (school: SchoolRow) => string | number | null;
}

const columns: readonly Column[] = [
  { heading: '学校标识码', width: 14, value: (school) => school.code },
  { heading: '学校名称', width: 36, value: (school) => school.name },
  { heading: '县级单位', width: 18, value: (school) => school.countyName },
  { heading: '管理单位', width: 18, value: (school) => school.managingUnitName },
  { heading: '办学类型', width: 9, value: (school) => school.schoolType },
  { heading: '办学类型名称', width: 16, value: (school) => typeName(school.schoolType) },
  { heading: '举办者类型', width: 10, value: (school) => school.sponsorCode },
  { heading: '举办者', width: 14, value: (school) => sponsor(school.sponsorCode)?.name ?? null },
  { heading: '办别', width: 8, value: (school) => ownershipNames[school.ownership] },
  { heading: '城乡类型', width: 9, value: (school) => urbanClassNames[school.urbanClass] },
  { heading: '建校年份', width: 9, value: (school) => school.foundedYear },
  { heading: '状态', width: 12, value: (school) => schoolStatusNames[school.status] },
];

/** The schools of a list as a file for a person; codes stay texts, so that no program takes them for numbers. */
export function schoolFile(
  schools: readonly SchoolRow[],
  format: 'xlsx' | 'csv',
  { person, day }: { readonly person: string; readonly day: Day },
): FileReply | FileToMake {
  const headings = columns.map((column) => column.heading);
  const counties = schools.map(({ countyName }) => countyName);
  const name = fileTitle('学校名录', counties, day);
  const rows = schools.map((school) => columns.map((column) => column.value(school)));
  if (format === 'csv') {
    return { fileName: `${name}.csv`, contentType: 'text/csv', body: writeCsv([headings, ...rows]) };
  }
  const sheet = {
    name: '学校名录',
    columnWidths: columns.map((column) => column.width),
    rows: [
      headings.map((value): WorkbookCell => ({ value, look: 'heading' })),
      ...rows.map((row) => row.map((value): WorkbookCell => ({ value }))),
    ],
    frozen: { rows: 1, columns: 2 },
    landscape: true,
  };
  return workbookReply(`${name}.xlsx`, [sheet], person);
}
