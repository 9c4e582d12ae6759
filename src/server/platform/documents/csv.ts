/** What may part the fields of a line, the usual one first. */
export const separators = [',', '\t', ';'] as const;

/**
 * Splits CSV text into rows of texts (RFC 4180: quoted fields may hold separators, line breaks and doubled quotes).
 * Nothing is interpreted: `0123` and `1-2` stay what was written.
 */
export function parseCsv(text: string, separator: (typeof separators)[number]): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  const endField = (): void => {
    row.push(field);
    field = '';
  };
  const endRow = (): void => {
    endField();
    rows.push(row);
    row = [];
  };
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]!;
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[index + 1] === '"') {
        field += '"';
        index += 1;
      } else quoted = false;
    } else if (character === '"' && field === '') quoted = true;
    else if (character === separator) endField();
    else if (character === '\n' || character === '\r') {
      if (character === '\r' && text[index + 1] === '\n') index += 1;
      endRow();
    } else field += character;
  }
  if (field !== '' || row.length > 0) endRow();
  return rows;
}

/** CSV bytes as text: with a byte order mark as it says, else UTF-8 where that is valid, else GB18030 (which holds GBK). */
export function decodeCsv(bytes: Uint8Array): string | undefined {
  const marks: ReadonlyArray<readonly [string, readonly number[]]> = [
    ['utf-16le', [0xff, 0xfe]],
    ['utf-16be', [0xfe, 0xff]],
  ];
  const marked = marks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))?.[0];
  for (const encoding of marked ? [marked] : ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      // Binary content decodes as something too; no table of texts holds NUL.
      return text.includes('\0') ? undefined : text;
    } catch {
      // Not this encoding: try the next one.
    }
  }
  return undefined;
}
