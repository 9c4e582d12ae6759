import type { Generator } from '#domain/kit/generator.ts';
import type { Written } from './texts.ts';
import { synonyms } from './words.ts';

const fullWidth = (text: string) =>
  text.replaceAll(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
const halves: Readonly<Record<string, string>> = { '，': ',', '。': '.', '：': ':', '、': ',', '；': ';' };

/**
 * A document typed anew by somebody else: other spaces, other punctuation, figures in full width, and a few other words and
 * figures.
 */
export function retyped(written: Written, draw: Generator): Written {
  const spaces = draw.between(0, 0.15);
  const wide = draw.chance(0.5);
  const halved = draw.chance(0.5);
  let changes = draw.integer(3, 7);
  const typed = (text: string): string => {
    let line = text.replaceAll(' ', draw.chance(0.5) ? '' : '  ');
    for (const [from, to] of draw.shuffle(synonyms)) {
      if (changes === 0) break;
      if (!line.includes(from) || draw.chance(0.5)) continue;
      line = line.replace(from, to);
      changes -= 1;
    }
    if (changes > 0 && draw.chance(0.1)) {
      line = line.replace(/\d/, () => `${draw.integer(0, 9)}`);
      changes -= 1;
    }
    if (halved) line = line.replaceAll(/[，。：、；]/g, (sign) => halves[sign] ?? sign);
    if (wide) line = line.replaceAll(/\d+/g, fullWidth);
    return Array.from(line, (sign) => (draw.chance(spaces) ? `${sign} ` : sign)).join('');
  };
  return {
    title: typed(written.title),
    paragraphs: written.paragraphs.map(typed),
    rows: written.rows.map((row) => row.map(typed)),
  };
}
