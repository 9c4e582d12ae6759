/**
 * What no XML file holds: control characters but tab and line ends, halves of pairs, U+FFFE and U+FFFF. Source: XML 1.0,
 * production 2 (Char). One of them makes a whole workbook or Word file unreadable.
 */
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** A text as a file can hold it. */
export function writableText(text: string): string {
  return text.replace(unwritable, '');
}

/** The same for every text within a value of plain data. */
export function writableParts<Value>(value: Value): Value {
  return partsOf(value) as Value;
}

function partsOf(value: unknown): unknown {
  if (typeof value === 'string') return writableText(value);
  if (Array.isArray(value)) return value.map(partsOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, partsOf(part)]));
}
