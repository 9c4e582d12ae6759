/** The names of a family in the table `name` of a font: 1 is the family as menus show it, 16 the one of many weights. */
const familyNames = new Set([1, 16]);

/**
 * The names under which a font file is known, in every language that it carries: FangSong_GB2312, 仿宋_GB2312. Of a
 * collection they are those of all its fonts; a file that is no TrueType or OpenType has none.
 */
export function fontFamilies(bytes: Uint8Array): string[] {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return [...new Set(beginnings(view).flatMap((at) => namesOf(view, at)))];
  } catch (error) {
    // What points behind the end of its file.
    if (error instanceof RangeError) return [];
    throw error;
  }
}

const signatures = new Set([0x00010000, 0x4f54544f, 0x74727565]);
const collection = 0x74746366;

/** Where the fonts of a file begin. */
function beginnings(view: DataView): number[] {
  if (view.getUint32(0) !== collection) return [0];
  return Array.from({ length: Math.min(view.getUint32(8), 16) }, (_, at) => view.getUint32(12 + at * 4));
}

function namesOf(view: DataView, begin: number): string[] {
  if (!signatures.has(view.getUint32(begin))) return [];
  for (let at = 0; at < view.getUint16(begin + 4); at += 1) {
    const entry = begin + 12 + at * 16;
    if (view.getUint32(entry) === 0x6e616d65) return readNames(view, view.getUint32(entry + 8));
  }
  return [];
}

function readNames(view: DataView, table: number): string[] {
  const texts = table + view.getUint16(table + 4);
  const names: string[] = [];
  for (let at = 0; at < view.getUint16(table + 2); at += 1) {
    const entry = table + 6 + at * 12;
    const [platform, encoding, , kind, length, offset] = [0, 2, 4, 6, 8, 10].map((step) =>
      view.getUint16(entry + step),
    );
    // Unicode, or Windows with Unicode; names in the older encodings of a system are there a second time.
    if (!familyNames.has(kind!) || !(platform === 0 || (platform === 3 && (encoding === 1 || encoding === 10))))
      continue;
    let name = '';
    for (let step = 0; step < length!; step += 2) name += String.fromCharCode(view.getUint16(texts + offset! + step));
    names.push(name);
  }
  return names;
}
