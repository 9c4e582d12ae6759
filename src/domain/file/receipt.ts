import { dayInChina } from '../kit/school-year.ts';

/**
 * The number of the receipt (回执) for a file that came in: the day in China and the end of its own number, so that the uploader
 * can name it and the office finds it: `20261130-4F3B2C1D`. Never throws.
 * @param file its number (a UUID) and the moment at which it came in
 */
export function receiptNumber({ id, addedAt }: { readonly id: string; readonly addedAt: Date }): string {
  return `${dayInChina(addedAt).replaceAll('-', '')}-${id.slice(-8).toUpperCase()}`;
}
