const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** A number from 1 to 9999 as headings are counted: 一, 十, 十二, 二十, 一百零五. */
export function chineseNumeral(number: number): string {
  const units = ['', '十', '百', '千'];
  const places = [...String(number)].map(Number).reverse();
  let text = '';
  for (const [at, digit] of places.entries()) {
    if (digit > 0) text = `${digits[digit]}${units[at]}${text}`;
    else if (text !== '' && !text.startsWith('零')) text = `零${text}`;
  }
  return number < 20 ? text.replace(/^一十/, '十') : text;
}

/** Numbers the headings of a letter in their order: 一、（一）1.（1）. A higher heading begins the lower ones anew. */
export class HeadingNumbers {
  readonly #counts = [0, 0, 0, 0];

  /** @param level 1 to 4 */
  next(level: number): string {
    this.#counts.fill(0, level);
    this.#counts[level - 1]! += 1;
    const count = this.#counts[level - 1]!;
    return [`${chineseNumeral(count)}、`, `（${chineseNumeral(count)}）`, `${count}.`, `（${count}）`][level - 1]!;
  }
}
