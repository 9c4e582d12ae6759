import { ownershipNames } from '#domain/org/ownership.ts';
import { sponsors } from '#domain/org/sponsor.ts';
import { urbanClassNames } from '#domain/org/urban-class.ts';
import { columnName } from '#platform/documents/cell-address.ts';
import type { WorkbookCell, WorkbookSheet } from '#platform/documents/workbook.ts';
import type { UnitRow } from '../unit/unit.store.ts';
import { allowedIn, typeCodes } from './import-row.workbook.ts';
import { furtherHeadings, neededHeadings } from './school-import.plan.ts';

const lastRow = 3000;
const headings = [...neededHeadings, ...furtherHeadings];

/** An empty table of schools with drop-downs, and a sheet that says what each column takes. */
export function importTemplate(units: readonly UnitRow[]): WorkbookSheet[] {
  const counties = countiesOf(units);
  const range = (heading: (typeof headings)[number]) => {
    const column = columnName(headings.indexOf(heading));
    return `${column}2:${column}${lastRow}`;
  };
  const list = (heading: (typeof headings)[number], values: readonly string[]) => ({
    range: range(heading),
    kind: 'list' as const,
    values,
    prompt: `请从下拉列表中选择${heading}。`,
  });
  const sheet: WorkbookSheet = {
    name: '学校',
    columnWidths: headings.map((heading) => (heading === '学校名称' ? 36 : 16)),
    rows: [headings.map((value): WorkbookCell => ({ value, look: 'heading' }))],
    frozen: { rows: 1, columns: 2 },
    limits: [
      list('县级单位', counties),
      // Excel allows 255 characters in a list: the codes alone, the names stand on the second sheet.
      list(
        '办学类型',
        typeCodes.map((type) => type.code),
      ),
      list(
        '举办者类型',
        sponsors.map((sponsor) => String(sponsor.code)),
      ),
      list('办别', Object.values(ownershipNames)),
      list('城乡类型', Object.values(urbanClassNames)),
    ],
  };
  return [sheet, explainedSchools(units)];
}

/** What each column takes, with the names of the counties. */
export function explainedSchools(units: readonly UnitRow[]): WorkbookSheet {
  const counties = countiesOf(units);
  return {
    name: '填写说明',
    columnWidths: [16, 100],
    rows: [
      [{ value: '学校导入：填写说明', look: 'title' }],
      [
        {
          value:
            '每行一所学校或幼儿园（幼儿园的办学类型填 111）。标识码已登记的，名称不同即更名，其他各列不同即更正；未登记的即新设。全部正确才会写入。',
          look: 'note',
        },
      ],
      ...headings.map((heading): WorkbookCell[] => [
        { value: heading, look: 'heading' },
        { value: meaningOf(heading, counties) },
      ]),
    ],
  };
}

function countiesOf(units: readonly UnitRow[]): string[] {
  return units.filter((unit) => unit.level === 'county').map((unit) => unit.name);
}

function meaningOf(heading: string, counties: readonly string[]): string {
  if (heading === '县级单位') return `学校所在的县级单位：${counties.join('、')}`;
  if (heading === '管理单位') return '不填即由所在县级单位管理；市直学校填市名';
  return allowedIn[heading] ?? '学校全称';
}
