import type { Document } from 'docx';

export type WordLibrary = typeof import('docx');

let loaded: Promise<WordLibrary> | undefined;

/** The library that writes Word files, loaded by the first file: its tables are large, and few posts print. */
export function wordLibrary(): Promise<WordLibrary> {
  loaded ??= import('docx');
  return loaded;
}

/** What a Word file says of itself. */
export interface WordProperties {
  readonly title: string;
  readonly author: string;
  /** The day that the file and its parts carry; null: none, and the parts carry the first that a zip knows. */
  readonly day: string | null;
}

/** The days that a zip knows. */
const zipDays = { first: '1980-01-01', last: '2099-12-31' };

/**
 * Packs a document as a Word file in which nothing depends on the present moment, so that equal documents give equal bytes.
 * The library writes that moment into the properties and into every head of the zip. The properties are given to it
 * beforehand and the heads are written over in their places: to unpack and pack again would take half as long as all else.
 */
export async function packWord(document: Document, properties: WordProperties): Promise<Uint8Array> {
  const { Packer } = await wordLibrary();
  const core = { path: 'docProps/core.xml', data: coreProperties(properties) };
  const bytes = await Packer.toBuffer(document, undefined, [core]);
  dateParts(bytes, properties.day ?? zipDays.first);
  return bytes;
}

function coreProperties({ title, author, day }: WordProperties): string {
  const moment = `${day ?? zipDays.first}T00:00:00Z`;
  const dated = (name: string) => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${moment}</dcterms:${name}>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"',
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"',
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    `<dc:title>${escaped(title)}</dc:title><dc:creator>${escaped(author)}</dc:creator>`,
    `<cp:lastModifiedBy>${escaped(author)}</cp:lastModifiedBy><cp:revision>1</cp:revision>`,
    dated('created'),
    dated('modified'),
    '</cp:coreProperties>',
  ].join('');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => entities[sign]!);

/** The heads of a zip: where each part begins, and the list of all parts behind them. */
const heads = {
  end: { signature: 0x06054b50, bytes: 22, parts: 10, list: 16 },
  listed: { signature: 0x02014b50, bytes: 46, moment: 12, texts: [28, 30, 32], part: 42 },
  part: { moment: 10 },
} as const;

/** Writes the day into both heads of every part, with the time 0:00. The zip is the library's: small, and without a comment. */
function dateParts(bytes: Uint8Array, day: string): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const moment = zipMoment(day);
  const { end, listed, part } = heads;
  const last = bytes.length - end.bytes;
  if (view.getUint32(last, true) !== end.signature) throw new Error('the Word file is no zip as the library writes it');
  let at = view.getUint32(last + end.list, true);
  for (let left = view.getUint16(last + end.parts, true); left > 0; left -= 1) {
    if (view.getUint32(at, true) !== listed.signature) throw new Error('the list of a Word file has another head');
    view.setUint32(at + listed.moment, moment, true);
    view.setUint32(view.getUint32(at + listed.part, true) + part.moment, moment, true);
    at += listed.bytes + listed.texts.reduce((sum, text) => sum + view.getUint16(at + text, true), 0);
  }
}

/** A day as a zip writes it: years since 1980, month and day in the upper half. A day that it does not know becomes the nearest. */
function zipMoment(day: string): number {
  const [, known] = [zipDays.first, day, zipDays.last].sort();
  const [year, month, date] = known!.split('-').map(Number);
  return (((year! - 1980) << 25) | (month! << 21) | (date! << 16)) >>> 0;
}
