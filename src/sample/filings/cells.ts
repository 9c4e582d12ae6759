import type { Catalogue } from '#domain/filing/catalogue.shape.ts';
import type { CellValue, FilingSchool } from '#domain/filing/catalogue.ts';
import { explanationsOf, valuesOf } from '#domain/filing/cells.ts';
import { checkFiling, countFindings } from '#domain/filing/check.ts';
import type { Generator } from '#domain/kit/generator.ts';

/** Stored cells: value, version, explanation. */
export type Cells = Record<string, { v: CellValue; n: number; e?: string }>;

const explanations: Readonly<Record<string, string>> = {
  change: '本学年办学规模或校舍有变动，已与上年台账和学籍系统核对，数据属实。',
};
const otherwise = '已与学籍系统和资产台账核对，数据属实。';

/** Cells with the findings of the checks. */
export interface CheckedCells {
  readonly cells: Cells;
  readonly found: { readonly hard: number; readonly soft: number; readonly unexplained: number };
}

/** Full cells in which every doubt is explained; unless `explained`, the doubts are left open for the school. */
export function explainedCells(
  catalogue: Catalogue,
  school: FilingSchool,
  values: Record<string, CellValue>,
  reference: Record<string, CellValue>,
  explained: boolean,
): CheckedCells {
  const cells: Cells = {};
  for (const [key, value] of Object.entries(values)) cells[key] = { v: value, n: 1 };
  const findings = checkFiling({ catalogue, school, values, reference, explanations: {} });
  for (const finding of explained ? findings : []) {
    const cell = finding.weight === 'soft' ? cells[finding.fields[0]!] : undefined;
    if (cell) cell.e = explanations[finding.code] ?? otherwise;
  }
  const { unexplained, ...found } = countFindings(findings);
  return { cells, found: { ...found, unexplained: explained ? 0 : unexplained } };
}

/** A half-finished filing: the first fields are filled, the rest are empty, and one value is a typing slip. */
export function draftCells(
  catalogue: Catalogue,
  school: FilingSchool,
  values: Record<string, CellValue>,
  reference: Record<string, CellValue>,
  draw: Generator,
): CheckedCells {
  const keys = Object.keys(values);
  const done = Math.max(3, Math.round(keys.length * draw.between(0.3, 0.95)));
  const cells: Cells = {};
  for (const key of keys.slice(2, done)) cells[key] = { v: values[key]!, n: 1 };
  const slip = draw.chance(0.3)
    ? draw.pick(['小学县级以上骨干教师数', '小学班级数', '初中县级以上骨干教师数'])
    : undefined;
  const cell = slip === undefined ? undefined : cells[slip];
  if (cell && typeof cell.v === 'number') cells[slip!] = { v: cell.v * 10 + 7, n: 2 };
  return checkedCells(catalogue, school, cells, reference);
}

/** The present cells with the findings of the product's own checks. */
export function checkedCells(
  catalogue: Catalogue,
  school: FilingSchool,
  cells: Cells,
  reference: Record<string, CellValue>,
): CheckedCells {
  const check = { catalogue, school, values: valuesOf(cells), reference, explanations: explanationsOf(cells) };
  return { cells, found: countFindings(checkFiling(check)) };
}
