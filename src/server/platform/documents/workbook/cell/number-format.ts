import { XmlScanner } from '../xml.ts';

/** Numbers of built-in formats that show a day or a time. A workbook has them without listing them. */
const builtIn = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
  [71, 81],
] as const;

/**
 * Whether a format code shows a number as a day or a time. Quoted and escaped characters, widths and colours are
 * ignored, and `E` of an exponent is not a year.
 */
export function showsDay(code: string): boolean {
  const bare = code
    .replace(/"[^"]*"?|\\.|[_*]./g, '')
    .replace(/\[(?!(h+|m+|s+)\])[^\]]*\]?/gi, '')
    .replace(/general|g\/通用格式|e[+-]/gi, '');
  return /[abdeghmnsy]/i.test(bare);
}

/** For every style of cells: 1 where it shows a number as a day or a time. */
export function dayStyles(bytes: Buffer): Uint8Array {
  const days = new Set(
    builtIn.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => from + index)),
  );
  const styles: number[] = [];
  const scanner = new XmlScanner(bytes);
  let within = '';
  while (scanner.next()) {
    if (!scanner.own) continue;
    const { name, kind } = scanner;
    if (name === 'numFmts' || name === 'cellXfs') within = kind === 'open' ? name : '';
    else if (kind === 'close') continue;
    else if (within === 'numFmts' && name === 'numFmt') {
      const about = scanner.attributes();
      const id = Number(about.get('numFmtId'));
      if (showsDay(about.get('formatCode') ?? '')) days.add(id);
      else days.delete(id);
    } else if (within === 'cellXfs' && name === 'xf')
      styles.push(days.has(Number(scanner.attribute('numFmtId'))) ? 1 : 0);
  }
  return Uint8Array.from(styles);
}
