import type { Catalogue, CatalogueField } from '#domain/filing/catalogue.shape.ts';
import { type CellValue, enteredFields, formGroups, isEntered, visibleFields } from '#domain/filing/catalogue.ts';
import type { CellChange } from '#domain/filing/cells.ts';
import { mustFill } from '#domain/filing/values.ts';
import type { FindingWeight } from '#domain/kit/finding-weight.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { schoolCodeText } from '#domain/org/school-code.ts';
import { urbanClassNames } from '#domain/org/urban-class.ts';
import { cellAddress, columnName } from '#platform/documents/cell-address.ts';
import type { CellLimit, WorkbookCell, WorkbookSheet } from '#platform/documents/workbook.ts';
import { examine, situationTitle } from './filing.shape.ts';
import type { FullFiling } from './filing.store.ts';

/** Written into a hidden sheet: what a filled workbook is for. Names are kept for the sentences of a refusal. */
export interface WorkbookStamp {
  readonly product: 'dudao';
  readonly kind: 'school' | 'county';
  /** Version of the layout, not of the catalogue. */
  readonly template: number;
  readonly edition: string;
  readonly schoolYear: number;
  readonly periodName: string;
  readonly unitId: number;
  readonly unitName: string;
  readonly schoolId: number | null;
  readonly schoolName: string | null;
}

export const templateVersion = 1;
export const stampSheetName = 'dudao';
export const schoolSheetName = '填报表';
export const schoolHeadings = ['学段与分组', '数据项', '单位', '去年值', '本年值', '情况说明', '填写说明'] as const;
export const countyHeadings = ['学校标识码', '学校名称'] as const;

/** What is wrong with a cell. A doubt (`soft`) may be written. */
export interface CellMark {
  readonly weight: FindingWeight;
  readonly comment: string;
}

/**
 * The content that a template shows in place of the stored cells: the values of an uploaded workbook and their
 * findings.
 */
export interface Overlay {
  readonly values: ReadonlyMap<string, CellValue>;
  readonly explanations: ReadonlyMap<string, string>;
  readonly marks: ReadonlyMap<string, CellMark>;
}

const nothing: Overlay = { values: new Map(), explanations: new Map(), marks: new Map() };

/** Whether the person may make a change of a filing now; the other cells of a template are locked. */
export type Takes = (filing: FullFiling, change: Pick<CellChange, 'field' | 'value'>) => boolean;

/** Key of a cell in an overlay: by the filing, because some schools have no 学校标识码 that could identify them. */
export function overlayKey(filingId: string, field: string): string {
  return `${filingId} ${field}`;
}

export function stampFor(filing: FullFiling, kind: WorkbookStamp['kind']): WorkbookStamp {
  return {
    product: 'dudao',
    kind,
    template: templateVersion,
    edition: filing.edition,
    schoolYear: filing.schoolYear,
    periodName: filing.periodName,
    unitId: filing.placeId,
    unitName: filing.countyName,
    schoolId: kind === 'school' ? filing.schoolId : null,
    schoolName: kind === 'school' ? filing.name : null,
  };
}

function stampSheet(stamp: WorkbookStamp): WorkbookSheet {
  return { name: stampSheetName, columnWidths: [], rows: [[{ value: JSON.stringify(stamp) }]], hidden: true };
}

/** One school: a field a row, last year's value beside this year's. */
export function schoolTemplate(
  catalogue: Catalogue,
  filing: FullFiling,
  takes: Takes,
  overlay = nothing,
): WorkbookSheet[] {
  const sectionName = new Map(catalogue.sections.map((section) => [section.key, section.name]));
  const limits: CellLimit[] = [];
  const rows: (WorkbookCell | null)[][] = [
    [{ value: `${schoolYearName(filing.schoolYear)}学校资源数据填报表`, look: 'title' }],
    [
      {
        value: `${filing.name}（${schoolCodeText(filing.code)}）  只填“本年值”和“情况说明”两列；空着的单元格不改动已填的数。${legendOf(overlay)}`,
        look: 'note',
      },
    ],
    schoolHeadings.map((heading) => ({ value: heading, look: 'heading' as const })),
  ];
  for (const field of orderedFields(catalogue, filing.schoolType)) {
    const key = overlayKey(filing.id, field.key);
    const value = overlay.values.has(key) ? overlay.values.get(key)! : (filing.cells[field.key]?.v ?? null);
    const isOpen = takes(filing, { field: field.key, value });
    limits.push(...limitOf(field, `E${rows.length + 1}`));
    rows.push([
      { value: `${sectionName.get(field.section)} ${field.group}`, look: 'locked' },
      { value: field.key, look: 'locked' },
      { value: field.unit, look: 'locked' },
      { value: filing.reference[field.key] ?? null, look: 'reference', format: formatOf(field) },
      entryCell(field, value, isOpen, overlay.marks.get(key)),
      {
        value: overlay.explanations.get(key) ?? filing.cells[field.key]?.e ?? null,
        look: takes(filing, { field: field.key }) ? 'entry' : 'locked',
      },
      { value: field.help, look: 'note' },
    ]);
  }
  return [
    {
      name: schoolSheetName,
      columnWidths: [16, 30, 8, 14, 14, 30, 60],
      rows,
      limits,
      frozen: { rows: 3, columns: 2 },
      isProtected: true,
    },
    stampSheet(stampFor(filing, 'school')),
  ];
}

/** A whole county: a sheet for each group, a school a row, a field a column. Filings that are not open are grey. */
export function countyTemplate(
  catalogue: Catalogue,
  filings: readonly FullFiling[],
  takes: Takes,
  overlay = nothing,
): WorkbookSheet[] {
  const first = filings[0]!;
  const types = [...new Set(filings.map((filing) => filing.schoolType))];
  const present = new Set(
    types.flatMap((type) => enteredFields(catalogue, { schoolType: type }).map((field) => field.key)),
  );
  const sheets = catalogue.groups.map((group): WorkbookSheet => {
    const fields = catalogue.fields.filter((field) => field.group === group && present.has(field.key));
    const head: (WorkbookCell | null)[][] = [
      [
        {
          value: `${first.countyName} ${schoolYearName(first.schoolYear)}学校资源数据填报表 · ${group}`,
          look: 'title',
        },
      ],
      [
        {
          value: `一所学校一行；灰色单元格不用填或当前不能改；空着的单元格不改动已填的数。${legendOf(overlay)}`,
          look: 'note',
        },
      ],
      [...countyHeadings, ...fields.map((field) => field.key)].map((value) => ({ value, look: 'heading' as const })),
      [
        { value: '', look: 'heading' },
        { value: '状态', look: 'heading' },
        ...fields.map((field) => ({ value: field.unit, look: 'heading' as const })),
      ],
    ];
    const body = filings.map((filing) => {
      const own = new Set(enteredFields(catalogue, filing).map((field) => field.key));
      return [
        { value: schoolCodeText(filing.code), look: 'locked' as const, comment: situationTitle(filing) },
        { value: filing.name, look: 'locked' as const },
        ...fields.map((field): WorkbookCell => {
          const key = overlayKey(filing.id, field.key);
          const mark = overlay.marks.get(key);
          if (!own.has(field.key) && mark === undefined) return { value: null, look: 'unused' };
          const value = overlay.values.has(key) ? overlay.values.get(key)! : (filing.cells[field.key]?.v ?? null);
          return entryCell(field, value, takes(filing, { field: field.key, value }), mark);
        }),
      ];
    });
    const last = head.length + body.length;
    return {
      name: group,
      columnWidths: [14, 26, ...fields.map(() => 13)],
      rows: [...head, ...body],
      limits: fields.flatMap((field, index) => {
        const column = columnName(index + countyHeadings.length);
        return limitOf(field, `${column}${head.length + 1}:${column}${last}`);
      }),
      frozen: { rows: head.length, columns: countyHeadings.length },
      isProtected: true,
      landscape: true,
    };
  });
  return [...sheets, stampSheet(stampFor(first, 'county'))];
}

/** The fields that a school types in, in the order of its form on the screen and of the sheet that it signs. */
export function orderedFields(catalogue: Catalogue, schoolType: string): CatalogueField[] {
  return formGroups(catalogue.groups, enteredFields(catalogue, { schoolType })).flatMap(({ blocks }) =>
    blocks.flatMap(({ fields }) => [...fields]),
  );
}

function entryCell(field: CatalogueField, value: CellValue, isOpen: boolean, mark: CellMark | undefined): WorkbookCell {
  const format = formatOf(field);
  if (mark !== undefined) {
    return { value, look: mark.weight === 'hard' ? 'error' : 'doubt', comment: mark.comment, format };
  }
  return { value, look: isOpen ? 'entry' : 'locked', format };
}

function legendOf({ marks }: Overlay): string {
  return marks.size === 0 ? '' : '红色为错误，须改正；黄色为疑点，可写入，提交前须说明。';
}

function formatOf(field: CatalogueField): string {
  if (field.type === 'integer') return '#,##0';
  return field.type === 'decimal' ? '#,##0.00' : '@';
}

function limitOf(field: CatalogueField, range: string): CellLimit[] {
  const prompt = `${field.key}：${mustFill(field)}`;
  if (field.type === 'choice') return [{ kind: 'list', range, values: field.choices ?? [], prompt }];
  if (field.type !== 'integer' && field.type !== 'decimal') return [];
  const { minimum = 0, maximum = 1e9 } = field;
  return [{ kind: field.type, range, minimum, maximum, prompt }];
}

/** The screen as a table: who the school is, where its filing stands, then the chosen columns. */
export function exportRows(
  catalogue: Catalogue,
  filings: readonly FullFiling[],
  fields: readonly CatalogueField[],
): (string | number | null)[][] {
  const head = ['县级单位', '学校标识码', '学校名称', '办学类型', '城乡', '状态'];
  const withUnit = (field: CatalogueField) => (field.unit ? `${field.key}（${field.unit}）` : field.key);
  return [
    [...head, ...fields.map(withUnit)],
    ...filings.map((filing) => {
      const { derived } = examine(filing);
      const visible = new Set(visibleFields(catalogue, filing).map((field) => field.key));
      return [
        ...[filing.countyName, filing.code, filing.name, filing.schoolType, urbanClassNames[filing.urbanClass]],
        situationTitle(filing),
        ...fields.map((field) => {
          if (!visible.has(field.key)) return null;
          return isEntered(field) ? (filing.cells[field.key]?.v ?? null) : (derived[field.key] ?? null);
        }),
      ];
    }),
  ];
}

/** An exported table as a sheet; codes stay texts. */
export function exportSheet(
  table: readonly (readonly (string | number | null)[])[],
  fields: readonly CatalogueField[],
): WorkbookSheet {
  const fixed = (table[0]?.length ?? 0) - fields.length;
  return {
    name: '资源数据',
    columnWidths: (table[0] ?? []).map((_, index) => (index === 2 ? 28 : 14)),
    frozen: { rows: 1, columns: 3 },
    landscape: true,
    rows: table.map((row, rowIndex) =>
      row.map((value, index): WorkbookCell => {
        if (rowIndex === 0) return { value, look: 'heading' };
        const field = fields[index - fixed];
        return field ? { value, format: formatOf(field) } : { value };
      }),
    ),
  };
}

/** `填报表!E12` */
export function placeName(sheet: string, row: number, column: number): { sheet: string; cell: string } {
  return { sheet, cell: cellAddress(row, column) };
}
