import { foldedName } from '../text/name-folding.ts';
import type { RowColumns } from './row.ts';

const names =
  /^(学校|单位|机构)?(全称|名称)$|^学校$|^校名$|^单位$|^(学校|单位)\((机构|学校)\)名称$|^(学校|单位)简称$|^(人员)?姓名$|^(school|name|schoolname)$/i;
const codes = /^学校(\(机构\))?标识码$/;
const running = /^(序号|编号|行次|no\.?|#)$/i;

/** A heading in the form in which it is compared: without blanks and line breaks, in half width, all brackets round. */
export function headingKey(text: string): string {
  return foldedName(text)
    .replace(/[[【〔]/g, '(')
    .replace(/[\]】〕]/g, ')');
}

/**
 * The roles of a table's columns by their headings, for `judgeRows`.
 * @param headings by column, counted from zero
 * @param quantities the headings of columns of quantities
 */
export function rowColumns(
  headings: ReadonlyArray<string | undefined>,
  quantities: ReadonlySet<string>,
  things: RowColumns['things'],
): RowColumns {
  const where = (fits: (heading: string) => boolean) =>
    new Set(headings.flatMap((heading, column) => (heading !== undefined && fits(heading) ? [column] : [])));
  return {
    things,
    names: where((heading) => names.test(headingKey(heading))),
    codes: where((heading) => codes.test(headingKey(heading))),
    running: where((heading) => running.test(headingKey(heading))),
    quantities: where((heading) => quantities.has(heading)),
  };
}
