import {
  type OfficialTable,
  type SchoolFacts,
  tableThree,
  tableTwoSchools,
  tableTwoSummary,
} from '#domain/balance/report/tables.ts';
import type { BalanceResult } from '#domain/balance/run/result.ts';
import { pupilsField } from '#domain/balance/school/membership.ts';
import { type Edition, editionText } from '#domain/balance/standard/edition.ts';
import type { BalanceStandard } from '#domain/balance/standard/standard.shape.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import type { CompulsoryLevel } from '#domain/org/school-level.ts';
import type { WorkbookCell, WorkbookSheet } from '#platform/documents/workbook.ts';
import type { RunInputs } from '../run/inputs.shape.ts';

/** A run with the names that its tables carry. */
export interface FormSource {
  readonly county: string;
  readonly year: number;
  readonly standard: BalanceStandard;
  readonly edition: Edition;
  readonly formulaVersion: string;
  readonly inputsHash: string;
  readonly runAt: string;
  readonly inputs: RunInputs;
  readonly result: BalanceResult;
}

/** 表Ⅱ-1 and 表Ⅱ-2 of the national application form; nothing where the standard does not judge the single school. */
export function complianceSheets(source: FormSource): WorkbookSheet[] {
  const { standard, result } = source;
  const facts = factsOf(source);
  const summary = tableTwoSummary(standard, result);
  const rows = tableTwoSchools(standard, result, facts);
  return [
    ...(summary ? [sheet(source, '表Ⅱ-1', summary, [])] : []),
    ...(rows
      ? [sheet(source, '表Ⅱ-2', rows, ['数值按四舍五入列示，是否达标按未取舍的数值判定；年级数未采集，请手工填写。'])]
      : []),
  ];
}

/** What 表Ⅱ-2 prints of a school beside its figures, from the inputs of the run. */
export function factsOf({ inputs }: Pick<FormSource, 'inputs'>): (code: string, level: CompulsoryLevel) => SchoolFacts {
  const schools = new Map(inputs.schools.map((school) => [school.code, school]));
  return (code, level) => {
    const school = schools.get(code);
    const pupils = school?.values[pupilsField(level)];
    return {
      schoolType: school?.schoolType ?? null,
      sponsorCode: school?.sponsorCode ?? null,
      pupils: typeof pupils === 'number' ? pupils : null,
      // Not filed: the office writes it in by hand.
      grades: null,
      classes: school?.classes[level] ?? null,
    };
  };
}

/** 表Ⅲ of the national application form: means and 差异系数 with the decimals of the official layout. */
export function balanceSheet(source: FormSource): WorkbookSheet {
  const { compositeLimits } = source.standard;
  const composite =
    compositeLimits === null
      ? '综合一栏为各项差异系数的平均数，仅供参考，不作判定依据。'
      : `综合差异系数限值：小学 ${compositeLimits.primary}，初中 ${compositeLimits.junior}。`;
  const open = source.result.verdict === 'provisional' ? ['有学校数据不全，本表为暂定。'] : [];
  return sheet(source, '表Ⅲ', tableThree(source.standard, source.result), [
    composite,
    '差异系数按学生数加权，以未取舍的数值计算和判定，按四舍五入列示。',
    ...open,
  ]);
}

function sheet(source: FormSource, name: string, table: OfficialTable, notes: readonly string[]): WorkbookSheet {
  const origin = `${source.county}　${schoolYearName(source.year)}　${source.standard.name}（${source.standard.document.number}，${editionText(source.edition)}）`;
  const texts = (lines: readonly string[]): WorkbookCell[][] => lines.map((line) => [{ value: line, look: 'note' }]);
  return {
    name,
    columnWidths: table.headings.map((heading, column) =>
      widthOf(
        heading,
        table.rows.map((row) => row[column] ?? ''),
      ),
    ),
    frozen: { rows: 3, columns: 1 },
    landscape: true,
    rows: [
      [{ value: table.title, look: 'title' }],
      [{ value: origin, look: 'note' }],
      table.headings.map((heading) => ({ value: heading, look: 'heading' as const })),
      ...table.rows.map((row) => row.map(printed)),
      [],
      ...texts([...table.foot, ...notes]),
    ],
  };
}

/** A printed figure as a number that shows exactly the digits of the official layout; anything else as text. */
function printed(text: string): WorkbookCell {
  const decimals = text.match(/^-?\d{1,15}(?:\.(\d+))?$/);
  if (!decimals) return { value: text === '' ? null : text, look: 'label' };
  const digits = decimals[1]?.length ?? 0;
  return { value: Number(text), look: 'label', format: digits === 0 ? '0' : `0.${'0'.repeat(digits)}` };
}

/** Wide enough for the longest text of a column; a heading may break into three lines. */
function widthOf(heading: string, texts: readonly string[]): number {
  const longest = Math.max(heading.length / 3, ...texts.map((text) => text.length));
  return Math.min(44, Math.max(8, Math.ceil(longest * 1.9) + 2));
}
