import { groupedNumber } from '#domain/kit/number-text.ts';
import type { Catalogue, CatalogueField, PlausibleRange } from './catalogue.shape.ts';
import type { FieldValues, FilingSchool } from './catalogue.ts';
import { enteredFields, fieldOf, rememberedByKind, visibleFields } from './catalogue.ts';
import { formatValue } from './values.ts';

/** A doubt about one field: its value can be right but looks odd. */
export interface SoftFinding {
  readonly code: string;
  readonly field: string;
  readonly sentence: string;
}

interface SoftCheck {
  readonly catalogue: Catalogue;
  readonly school: FilingSchool;
  readonly values: FieldValues;
  readonly reference: FieldValues;
}

/**
 * The checks that require a written explanation: a change against last year beyond the edition's limit, and per-pupil
 * values outside the edition's plausible ranges. In the order of the catalogue, changes first.
 */
export function softFindings(check: SoftCheck): SoftFinding[] {
  const changes = enteredFields(check.catalogue, check.school).flatMap((field) => changeFinding(check, field) ?? []);
  const ranges = rangesOf(check.catalogue, check.school).flatMap((range) => rangeFinding(check, range) ?? []);
  return [...changes, ...ranges];
}

/** The plausible ranges whose fields are the school's. */
const rangesOf = rememberedByKind((catalogue, school): readonly PlausibleRange[] => {
  const visible = new Set(visibleFields(catalogue, school).map((field) => field.key));
  return catalogue.plausible.filter(
    (range) => visible.has(range.field) && (range.per === 'pupils' || visible.has(range.per)),
  );
});

/** All pupils of the school over its sections; null while one section's number is missing. */
export function pupilsOf(catalogue: Catalogue, school: FilingSchool, values: FieldValues): number | null {
  let pupils = 0;
  for (const field of visibleFields(catalogue, school)) {
    if (!field.pupils) continue;
    const value = values[field.key];
    if (typeof value !== 'number') return null;
    pupils += value;
  }
  return pupils;
}

function changeFinding({ catalogue, values, reference }: SoftCheck, field: CatalogueField): SoftFinding | undefined {
  const [value, before] = [values[field.key], reference[field.key]];
  if (typeof value !== 'number' || typeof before !== 'number') return undefined;
  const change = value - before;
  const floor = field.type === 'integer' ? catalogue.changeFloor : 0;
  if (Math.abs(change) <= floor) return undefined;
  if (before !== 0 && Math.abs(change) <= catalogue.changeLimit * Math.abs(before)) return undefined;
  const direction = change > 0 ? '增加' : '减少';
  const share =
    before === 0
      ? `去年是 0，今年${direction}`
      : `比去年${direction} ${Math.round((100 * Math.abs(change)) / Math.abs(before))}%`;
  return {
    code: 'change',
    field: field.key,
    sentence: `${field.key} ${formatValue(field, value)}${field.unit}，${share}（去年 ${formatValue(field, before)}），变动超过 ${catalogue.changeLimit * 100}%。如属实请写明原因，否则请改正。`,
  };
}

function rangeFinding({ catalogue, school, values }: SoftCheck, range: PlausibleRange): SoftFinding | undefined {
  const value = values[range.field];
  const divisor = range.per === 'pupils' ? pupilsOf(catalogue, school, values) : values[range.per];
  if (typeof value !== 'number' || typeof divisor !== 'number') return undefined;
  if (divisor < range.fromDivisor || divisor === 0) return undefined;
  const quotient = value / divisor;
  if (quotient >= range.minimum && quotient <= range.maximum) return undefined;
  const per = range.per === 'pupils' ? '在校生' : range.per;
  const field = fieldOf(catalogue, range.field)!;
  return {
    code: range.code,
    field: range.field,
    sentence: `${range.name} ${significant(quotient)}${range.unit}（${formatValue(field, value)} ÷ ${per} ${groupedNumber(divisor)}）${quotient < range.minimum ? '偏低' : '偏高'}，一般在 ${groupedNumber(range.minimum)} 至 ${groupedNumber(range.maximum)}${range.unit}之间。请核对单位和位数；如属实请写明原因。`,
  };
}

/** Three significant digits, without an exponent. */
function significant(value: number): string {
  return groupedNumber(Number(value.toPrecision(3)));
}
