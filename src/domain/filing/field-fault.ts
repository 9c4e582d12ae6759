import { decimalsOf, inexactNumber, readNumberText } from '#domain/kit/number-text.ts';
import { spaced } from '#domain/text/spaced.ts';
import type { CatalogueField } from './catalogue.shape.ts';
import type { FieldValues } from './catalogue.ts';
import { allowedValues, formatValue, mustFill } from './values.ts';

/** A fault that one field has by itself: type, decimals, range, choice, or that it is missing although required. */
export function fieldFault(
  field: CatalogueField,
  value: FieldValues[string] | undefined,
): { code: string; sentence: string } | undefined {
  const name = field.key;
  if (value === null || value === undefined) {
    if (!field.required) return undefined;
    const wayOut = field.type === 'choice' ? `${spaced('请选择', allowedValues(field))}` : '如确实没有请填 0，不要空着';
    return { code: 'required', sentence: `${name}还没有填。${wayOut}。` };
  }
  if (field.type === 'choice') {
    if ((field.choices ?? []).includes(String(value))) return undefined;
    return { code: 'choice', sentence: `${name}“${value}”不在可选范围内，${spaced('应为', allowedValues(field))}。` };
  }
  if (field.type === 'text') return undefined;
  if (typeof value !== 'number') {
    if (readNumberText(value).kind === 'inexact')
      return { code: 'type', sentence: `${name}“${value}”${inexactNumber}。` };
    return { code: 'type', sentence: `${name}“${value}”不是数字，${mustFill(field)}，不带单位和文字。` };
  }
  if (field.type === 'integer' && !Number.isInteger(value)) {
    return { code: 'integer', sentence: `${name} ${formatValue(field, value)} 应为整数，请改正。` };
  }
  if (decimalsOf(value) > field.precision) {
    return {
      code: 'precision',
      sentence: `${name} ${formatValue(field, value)} 最多保留 ${field.precision} 位小数，请四舍五入后填写。`,
    };
  }
  if (field.minimum !== undefined && value < field.minimum) {
    return { code: 'minimum', sentence: `${name} ${formatValue(field, value)} 过小，${mustFill(field)}。` };
  }
  if (field.maximum !== undefined && value > field.maximum) {
    const unit = field.unit ? `，单位是${field.unit}` : '';
    return {
      code: 'maximum',
      sentence: `${name} ${formatValue(field, value)} 过大，${mustFill(field)}${unit}，请核对单位和位数。`,
    };
  }
  return undefined;
}
