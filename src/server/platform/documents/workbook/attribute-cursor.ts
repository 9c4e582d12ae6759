import { unescapeXml } from './xml.ts';
import { damaged } from './zip.ts';

const equals = 0x3d;
const ampersand = 0x26;

/** Walks over the attributes of one tag by its bytes. It makes texts only of the requested values. */
export class AttributeCursor {
  readonly #bytes: Buffer;
  #nameFrom = 0;
  #nameTo = 0;
  valueFrom = 0;
  valueTo = 0;
  /** The first byte of the name if the name has one byte only, else zero. */
  letter = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /**
   * Reads the attribute from `from` on and returns the place behind it. At the end of the tag it returns the place of
   * the end, negated.
   */
  next(from: number): number {
    const bytes = this.#bytes;
    let at = from;
    while (bytes[at]! <= 0x20) at += 1;
    if (bytes[at] === 0x3e || bytes[at] === 0x2f) return -at;
    this.#nameFrom = at;
    while (bytes[at]! > 0x20 && bytes[at] !== equals) at += 1;
    this.#nameTo = at;
    this.letter = at - this.#nameFrom === 1 ? bytes[this.#nameFrom]! : 0;
    while (bytes[at]! <= 0x20) at += 1;
    if (bytes[at] !== equals) throw damaged('XML 不完整');
    at += 1;
    while (bytes[at]! <= 0x20) at += 1;
    const mark = bytes[at];
    if (mark !== 0x22 && mark !== 0x27) throw damaged('XML 不完整');
    at += 1;
    this.valueFrom = at;
    while (at < bytes.length && bytes[at] !== mark) at += 1;
    this.valueTo = at;
    return at + 1;
  }

  is(name: string): boolean {
    return (
      this.#nameTo - this.#nameFrom === name.length &&
      this.#bytes.toString('latin1', this.#nameFrom, this.#nameTo) === name
    );
  }

  get value(): string {
    return unescapeXml(this.#bytes.toString('latin1', this.valueFrom, this.valueTo));
  }

  /** The value from `from` on as a whole number; -1 where it is not one. */
  whole(from = this.valueFrom): number {
    let value = 0;
    for (let at = from; at < this.valueTo; at += 1) {
      const digit = this.#bytes[at]! - 0x30;
      // A reference stands for a character of the number: `&#49;` is 1.
      if (this.#bytes[at] === ampersand) return this.#wholeOf(from);
      if (digit < 0 || digit > 9 || value > 100_000_000) return -1;
      value = value * 10 + digit;
    }
    return from < this.valueTo ? value : -1;
  }

  #wholeOf(from: number): number {
    const text = unescapeXml(this.#bytes.toString('latin1', from, this.valueTo));
    return /^\d{1,9}$/.test(text) ? Number(text) : -1;
  }
}
