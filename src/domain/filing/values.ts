import { decimalsOf, groupedDigits, readNumberText } from '#domain/kit/number-text.ts';
import { shownText } from '#domain/text/characters.ts';
import { spaced } from '#domain/text/spaced.ts';
import type { CatalogueField } from './catalogue.shape.ts';
import type { CellValue } from './catalogue.ts';

/** A typed, pasted or imported cell in the form in which it is stored. */
export interface ReadCell {
  readonly value: CellValue;
  /** Whether the cell was understood although written unusually: a number as text, or with full-width digits. */
  readonly note?: 'number-as-text' | 'full-width';
}

const fullWidth = /[\uff01-\uff5e\u3000]/;

/**
 * Converts a raw value to the type of its field if the meaning is certain: blanks become null, `１２３` and `1,234`
 * numbers, choices lose surrounding blanks and become half width, texts lose only surrounding blanks and what misleads
 * their readers. A value that cannot be understood or kept exactly stays as the typed text: it is kept and reported,
 * never guessed at and never dropped.
 */
export function readCell(field: CatalogueField, raw: CellValue | undefined): ReadCell {
  if (raw === null || raw === undefined) return { value: null };
  if (field.type === 'integer' || field.type === 'decimal') {
    if (typeof raw === 'number') return { value: Number.isFinite(raw) ? raw : String(raw) };
    const read = readNumberText(raw);
    if (read.kind === 'blank') return { value: null };
    if (read.kind !== 'number') return { value: raw.trim() };
    return { value: read.value, note: fullWidth.test(raw) ? 'full-width' : 'number-as-text' };
  }
  const text = (field.type === 'choice' ? String(raw).normalize('NFKC') : shownText(String(raw))).trim();
  return { value: text === '' ? null : text };
}

/** Whether two cell values are the same to a reader: a blank text counts as no value. */
export function sameValue(left: CellValue | undefined, right: CellValue | undefined): boolean {
  return (left ?? null) === (right ?? null);
}

/** A value as it is shown and printed: thousands grouped, the field's decimals, `—` for none. */
export function formatValue(field: CatalogueField, value: CellValue | undefined): string {
  if (value === null || value === undefined) return '—';
  if (typeof value === 'string') return value;
  return groupedDigits(decimalsOf(value) > field.precision ? String(value) : value.toFixed(field.precision));
}

/** The values that a field takes, in words: `0 至 20,000 的整数`, `无、附设小学班之一`. */
export function allowedValues(field: CatalogueField): string {
  if (field.type === 'choice') return spaced((field.choices ?? []).join('、'), '之一');
  if (field.type === 'text') return '文字';
  const kind = field.type === 'integer' ? '整数' : `数（最多 ${field.precision} 位小数）`;
  const plain = (value: number) => formatValue({ ...field, precision: 0 }, value);
  if (field.minimum !== undefined && field.maximum !== undefined) {
    return `${plain(field.minimum)} 至 ${plain(field.maximum)} 的${kind}`;
  }
  if (field.minimum !== undefined) return `不小于 ${plain(field.minimum)} 的${kind}`;
  return kind;
}

/** The same as what is asked of somebody: `应填 0 至 20,000 的整数`. */
export function mustFill(field: CatalogueField): string {
  return spaced('应填', allowedValues(field));
}
