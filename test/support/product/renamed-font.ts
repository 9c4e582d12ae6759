import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const { resolve } = createRequire(import.meta.url);

/** Fonts of the product with all signs of a letter, as files. */
const files = {
  song: ['@expo-google-fonts/noto-serif-sc/package.json', '400Regular/NotoSerifSC_400Regular.ttf'],
  hei: ['@embedpdf/fonts-sc', '../fonts/NotoSansHans-Regular.otf'],
} as const;

/**
 * A font of the product under the name of another, as an office would put it into its folder: the table of names is
 * replaced by one at the end of the file. No font of the offices may be passed on, and this one is told apart by its name.
 */
export function renamedFont(of: keyof typeof files, family: string): Uint8Array {
  const [module, file] = files[of];
  const font = readFileSync(path.join(path.dirname(resolve(module)), file));
  const names = nameTable(family);
  const bytes = Buffer.concat([font, Buffer.alloc((4 - (font.length % 4)) % 4), names]);
  for (let at = 0; at < bytes.readUInt16BE(4); at += 1) {
    const entry = 12 + at * 16;
    if (bytes.toString('latin1', entry, entry + 4) !== 'name') continue;
    bytes.writeUInt32BE(bytes.length - names.length, entry + 8);
    bytes.writeUInt32BE(names.length, entry + 12);
  }
  return bytes;
}

/** Family, style, full name and the name by which a PDF calls it, as Windows writes them. */
function nameTable(family: string): Buffer {
  const entries = [1, 2, 4, 6].map((kind) => ({ kind, text: kind === 2 ? 'Regular' : family }));
  const texts = entries.map(({ text }) => Buffer.from(text, 'utf16le').swap16());
  const table = Buffer.alloc(6 + entries.length * 12);
  table.writeUInt16BE(entries.length, 2);
  table.writeUInt16BE(table.length, 4);
  let offset = 0;
  for (const [index, { kind }] of entries.entries()) {
    const { length } = texts[index]!;
    for (const [field, value] of [3, 1, 0x409, kind, length, offset].entries()) {
      table.writeUInt16BE(value, 6 + index * 12 + field * 2);
    }
    offset += length;
  }
  return Buffer.concat([table, ...texts]);
}
