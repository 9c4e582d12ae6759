import { shortStandardName } from '#domain/balance/report/figure-text.ts';
import { editionText } from '#domain/balance/standard/edition.ts';
import type { BalanceStandard, Verdict } from '#domain/balance/standard/standard.shape.ts';
import { momentInChina, schoolYearName } from '#domain/kit/school-year.ts';
import { type WorkbookSheet, writeCsv, writeWorkbook } from '#platform/documents/workbook.ts';
import type { ZipMember } from '#platform/documents/zip-file.ts';
import { verdictText } from '../balance.words.ts';
import { balanceSheet, complianceSheets, type FormSource } from './forms.workbook.ts';
import { reproductionSheets } from './reproduction.workbook.ts';

/** The party for which the tables are written; `gone` is aborted when nobody waits for them any more. */
interface Writer {
  readonly person: string;
  readonly gone: AbortSignal | undefined;
}

/** A county with the run that its tables print; without a source where it has none. */
export interface CountyForms {
  readonly county: string;
  readonly source: FormSource | undefined;
  readonly verdict: Verdict;
  readonly runBy: string | null;
}

/**
 * The official tables and the 复算表 of every county, a folder each, and a list of what is there, with the edition and
 * the hash of each run and a note where a county has none.
 */
export function cityForms(standard: BalanceStandard, forms: readonly CountyForms[], writer: Writer): ZipMember[] {
  const files = forms.flatMap(({ county, source }) => {
    if (!source) return [];
    const member = (title: string, sheets: () => WorkbookSheet[]): ZipMember => ({
      name: `${county}/${title}_${county}_${schoolYearName(source.year)}_${shortStandardName(source.standard)}.xlsx`,
      bytes: () => writeWorkbook(sheets(), writer.person, writer.gone),
    });
    return [
      ...(source.standard.compliance === null ? [] : [member('表Ⅱ', () => complianceSheets(source))]),
      member('表Ⅲ', () => [balanceSheet(source)]),
      member('复算表', () => reproductionSheets(source)),
    ];
  });
  return [{ name: '目录.csv', bytes: () => writeCsv(contents(standard, forms)) }, ...files];
}

function contents(standard: BalanceStandard, forms: readonly CountyForms[]): Array<Array<string | null>> {
  const head = ['单位', '结论', '标准', '版本', '公式版本', '测算时间（北京时间）', '测算人', '输入校验码', '说明'];
  return [
    head,
    ...forms.map(({ county, source, verdict, runBy }) => {
      if (!source) return [county, verdictText(standard, verdict), standard.name, ...Array(5).fill(null), '没有测算'];
      const { standard: own, edition, formulaVersion, runAt, inputsHash } = source;
      const note = verdict === 'provisional' ? '有学校数据不全，为暂定' : '';
      const named = [county, verdictText(own, verdict), own.name, editionText(edition), formulaVersion];
      return [...named, momentInChina(new Date(runAt)), runBy, inputsHash, note];
    }),
  ];
}
