import { halfWidth } from '../kit/half-width.ts';
import { type Day, isDay } from '../kit/school-year.ts';

const spellings = [
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})日?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
];

/**
 * The day that a person wrote: `2026-09-01`, `2026/9/1`, `2026.9.1`, `20260901`, `2026年9月1日`, also in full width.
 * Year, month and day stand in this order; a day in another order is not guessed.
 * @returns the day, or null where the text names none or one that does not exist
 */
export function readDayText(text: string): Day | null {
  const bare = halfWidth(text).replaceAll(/\s/g, '');
  for (const spelling of spellings) {
    const [, year, month, day] = spelling.exec(bare) ?? [];
    if (year === undefined || month === undefined || day === undefined) continue;
    const read = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    return isDay(read) ? read : null;
  }
  return null;
}
