import { type CityReportSource, cityReport } from '#domain/balance/report/city-report.ts';
import { type CountyReportSource, countyReport } from '#domain/balance/report/county-report.ts';
import { withAttachedClasses } from '#domain/balance/school/attached-classes.ts';
import { balanceFields } from '#domain/balance/school/school.ts';
import { editionText } from '#domain/balance/standard/edition.ts';
import { momentInChina, schoolYearName } from '#domain/kit/school-year.ts';
import { compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import { schoolType } from '#domain/org/school-type.ts';
import { layOutReport } from '#domain/report/laid-report.ts';
import type { Report } from '#domain/report/report.ts';
import type { WorkbookCell, WorkbookSheet } from '#platform/documents/workbook.ts';
import { balanceSchools } from '../run/inputs.shape.ts';
import { balanceSheet, complianceSheets, type FormSource } from './forms.workbook.ts';
import { reproductionSheets } from './reproduction.workbook.ts';

const cell = (value: string | number | null, look: WorkbookCell['look'] = 'label'): WorkbookCell => ({ value, look });
const heads = (...texts: string[]): WorkbookCell[] => texts.map((text) => cell(text, 'heading'));

/**
 * The report of a county as sheets: its sentences, the official tables, the numbers behind the plots, a table that
 * `dudao balance` reads, and the steps as live formulas.
 */
export function countyReportSheets(source: CountyReportSource, forms: FormSource | null): WorkbookSheet[] {
  const said = sentenceSheet(countyReport(source));
  if (forms === null) return [said];
  return [
    said,
    ...complianceSheets(forms),
    balanceSheet(forms),
    plotSheet(source),
    inputSheet([forms]),
    ...reproductionSheets(forms),
  ];
}

/** The report of a city as sheets: its sentences, every coefficient, the certificates, and the inputs of all counties. */
export function cityReportSheets(source: CityReportSource, forms: readonly FormSource[]): WorkbookSheet[] {
  const said = sentenceSheet(cityReport(source));
  if (source.counties.every(({ run }) => run === null)) return [said];
  return [said, coefficientSheet(source), certificateSheet(source), inputSheet(forms)];
}

/** Headings and sentences of the report, and the small tables among them, in their order. */
function sentenceSheet(report: Report): WorkbookSheet {
  const laid = layOutReport(report);
  const upright = laid.parts.filter(({ landscape }) => !landscape).flatMap(({ blocks }) => blocks);
  const rows = upright.flatMap((block): WorkbookCell[][] => {
    if (block.kind === 'heading') return [[], [cell(block.text, 'title')]];
    if (block.kind === 'paragraph') return [[cell(block.text, 'note')]];
    if (block.kind === 'figure') return [];
    return [
      [],
      [cell(block.caption, 'note')],
      heads(...block.columns.map(({ heading }) => heading)),
      ...block.rows.map((row) => row.map((text) => cell(text))),
      ...block.notes.map((note) => [cell(note, 'note')]),
    ];
  });
  return {
    name: '报告',
    columnWidths: [96, 16, 16, 16, 16, 16],
    rows: [[cell(laid.title, 'title')], ...laid.subtitle.map((line) => [cell(line, 'note')]), ...rows],
  };
}

/** What the plots of a county show, as numbers: the library that writes workbooks makes no charts. */
function plotSheet({ standard, run }: CountyReportSource): WorkbookSheet {
  if ('lacking' in run) return { name: '图表数据', columnWidths: [], rows: [] };
  const rows = compulsoryLevels.flatMap((level) => {
    const { indicators, compositeCv, compositeLimit } = run.result.levels[level];
    const name = cell(schoolLevelNames[level]);
    return [
      ...indicators.map(({ key, name: indicator, unit, mean, cv, limit }, at) => [
        ...[name, cell(indicator), cell(unit), cell(mean)],
        ...[cell(standard.indicators[at]!.thresholds?.[level] ?? null), cell(cv), cell(limit)],
        ...run.course.map(({ levels }) => cell(levels[level].indicators.find((one) => one.key === key)?.cv ?? null)),
      ]),
      ...(compositeLimit === null
        ? []
        : [
            [
              ...[name, cell('综合'), cell(null), cell(null), cell(null), cell(compositeCv), cell(compositeLimit)],
              ...run.course.map(({ levels }) => cell(levels[level].compositeCv)),
            ],
          ]),
    ];
  });
  return {
    name: '图表数据',
    columnWidths: [8, 44, 14, 14, 10, 14, 10, ...run.course.map(() => 16)],
    frozen: { rows: 1, columns: 2 },
    landscape: true,
    rows: [
      heads(
        ...['学段', '指标', '单位', '均值', '标准值', '差异系数', '限值'],
        ...run.course.map(({ year }) => `${schoolYearName(year)}差异系数`),
      ),
      ...rows,
    ],
  };
}

/** Every coefficient of every county, unrounded. */
function coefficientSheet({ standard, counties }: CityReportSource): WorkbookSheet {
  const side = (pass: boolean | null) => (pass === null ? null : pass ? '不超限' : '超限');
  const rows = counties.flatMap(({ county, run }) =>
    run === null
      ? []
      : compulsoryLevels.flatMap((level) => {
          const { schools, indicators, compositeCv, compositeLimit, compositePass } = run.levels[level];
          const lead = [cell(county), cell(schoolLevelNames[level]), cell(schools)];
          return [
            ...standard.indicators.map(({ key, name }) => {
              const found = indicators.find((one) => one.key === key);
              const figures = [cell(found?.cv ?? null), cell(found?.limit ?? null), cell(side(found?.pass ?? null))];
              return [...lead, cell(name), ...figures];
            }),
            ...(compositeLimit === null
              ? []
              : [[...lead, cell('综合'), cell(compositeCv), cell(compositeLimit), cell(side(compositePass))]]),
          ];
        }),
  );
  return {
    name: '差异系数',
    columnWidths: [16, 8, 10, 44, 20, 10, 10],
    frozen: { rows: 1, columns: 1 },
    rows: [heads('单位', '学段', '计入学校', '指标', '差异系数', '限值', '判定'), ...rows],
  };
}

function certificateSheet({ standard, counties }: CityReportSource): WorkbookSheet {
  return {
    name: '数值凭据',
    columnWidths: [16, 24, 40, 22, 24, 8, 70],
    frozen: { rows: 1, columns: 1 },
    landscape: true,
    rows: [
      heads('单位', '结论', '测算编号', '测算时间（北京时间）', '版本', '公式', '输入校验码（SHA-256）'),
      ...counties.map(({ county, run }) => {
        if (run === null) return [cell(county), cell('没有测算')];
        const { runId, runAt, edition, formulaVersion, inputsHash } = run.certificate;
        return [
          ...[cell(county), cell(standard.verdictNames[run.verdict]), cell(runId)],
          ...[cell(momentInChina(new Date(runAt))), cell(editionText(edition)), cell(formulaVersion), cell(inputsHash)],
        ];
      }),
    ],
  };
}

const quantities = balanceFields.filter(({ type }) => type === 'number').map(({ name }) => name);

/**
 * The schools that took part, as `dudao balance` reads them: pupils of attached classes stand with their stage, and an empty
 * cell is missing and not zero. A school without a 学校标识码 has a mark in its place, because the command tells schools apart
 * by it.
 */
function inputSheet(forms: readonly FormSource[]): WorkbookSheet {
  const rows = forms.flatMap(({ county, inputs }) =>
    balanceSchools(inputs)
      .map(withAttachedClasses)
      .map(({ code, name, type, sponsor, values }) => [
        ...[cell(county), cell(code), cell(name)],
        ...[cell(schoolType(type ?? '')?.name ?? type), cell(sponsor)],
        ...quantities.map((field) => {
          const value = values[field];
          return cell(typeof value === 'number' ? value : null);
        }),
      ]),
  );
  return {
    name: '复算输入',
    columnWidths: [12, 13, 28, 14, 9, ...quantities.map(() => 12)],
    frozen: { rows: 1, columns: 3 },
    landscape: true,
    rows: [heads('县级单位', '学校标识码', '学校名称', '办学类型', '举办者', ...quantities), ...rows],
  };
}
