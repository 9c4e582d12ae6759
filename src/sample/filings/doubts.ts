import type { CellValue } from '#domain/filing/catalogue.ts';
import type { Generator } from '#domain/kit/generator.ts';
import type { YearRecord } from '../model.ts';
import type { Progress } from '../plan/plan.shape.ts';

/**
 * The implausible values that real filings hold: a value in yuan instead of 万元, a digit too many, a figure of another
 * table. Only in the ordinary counties and only in the last year, so that the planted verdicts stand.
 */
export function plantDoubts(record: YearRecord, progress: Progress, draw: Generator): Record<string, CellValue> {
  const values: Record<string, CellValue> = { ...record.values };
  if (record.year !== 2025 || record.school.character !== 'ordinary') return values;
  if (progress === 'returned') {
    if (!draw.chance(0.6)) return values;
    values.教学仪器设备值 = Math.min(99_000, Math.round(Number(values.教学仪器设备值) * 100));
    return values;
  }
  if (progress !== 'submitted' || !draw.chance(0.18)) return values;
  const doubt = draw.pick(['books', 'area', 'computers'] as const);
  if (doubt === 'books') values.图书册数 = Number(values.图书册数) * 10;
  if (doubt === 'area') values.运动场地面积 = Math.round(Number(values.运动场地面积) * 2.4);
  if (doubt === 'computers') values.计算机台数 = Math.max(1, Math.round(Number(values.计算机台数) * 0.4));
  return values;
}
