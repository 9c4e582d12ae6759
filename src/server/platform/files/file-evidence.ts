import { type FileHandle, open } from 'node:fs/promises';
import { type FileEvidence, pdfType, sheetType, wordType } from '#domain/file/file-kind.ts';

/** Bytes at the beginning and at the end that are looked at. */
const looked = 64 * 1024;
/** Bytes of the largest directory of a zip that is read. */
const largestDirectory = 4 * 1024 * 1024;

const programTypes = new Set([
  ...['application/x-msdownload', 'application/x-elf', 'application/x-mach-binary', 'application/java-vm'],
  ...['application/x-ms-shortcut', 'application/x-sh', 'application/vnd.microsoft.portable-executable'],
  ...['application/x-dosexec', 'application/wasm', 'application/vnd.android.package-archive'],
]);

const pageSigns = /<(?:!doctype\s+html|html|head|body|script|iframe|svg|object|embed|frameset|meta|style)\b/i;
const textPageSigns = /<(?:!doctype\s+html|[a-z][a-z0-9]*(?:\s[^<>]*)?>|\?xml|!--)/i;

/** Looks at the bytes of a file without trusting its name. */
export async function evidenceOf(path: string): Promise<FileEvidence> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const head = await bytesAt(handle, 0, Math.min(size, looked));
    const tail = size <= looked ? head : await bytesAt(handle, size - looked, looked);
    const isZip = head.readUInt32LE(0) === 0x04034b50;
    const unpacked = isZip ? ((await unpackedOf(handle, tail, size)) ?? null) : null;
    const known = isZip ? (unpacked?.type ?? 'application/zip') : await typeOf(head);
    const plain = isText(head);
    const latin = head.toString('latin1');
    return {
      // A text that begins with a sign of a page is told by the sign alone.
      found: plain && known !== null && /xml|html|svg/.test(known) ? null : known,
      text: plain,
      // A PDF writes texts as `<feff…>`, which looks like an element.
      active: pageSigns.test(latin) || (plain && known !== pdfType && textPageSigns.test(latin.slice(0, 4096))),
      zipBehind: !isZip && endOfZip(tail) !== undefined,
      program: (known !== null && programTypes.has(known)) || /^(?:MZ|.ELF|#!)/.test(latin),
      unpacked: unpacked && { bytes: unpacked.bytes, parts: unpacked.parts, size },
    };
  } finally {
    await handle.close();
  }
}

/** How the types that are shown in the page begin. The library reads on behind that, and gives up where it misses bytes. */
const beginnings: Readonly<Record<string, (head: string) => boolean>> = {
  'image/png': (head) => head.startsWith('\x89PNG\r\n'),
  'image/jpeg': (head) => head.startsWith('\xff\xd8\xff'),
  'image/gif': (head) => /^GIF8[79]a/.test(head),
  'image/webp': (head) => head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP',
  [pdfType]: (head) => head.startsWith('%PDF-'),
};

async function typeOf(head: Buffer): Promise<string | null> {
  const begins = head.toString('latin1', 0, 16);
  const shown = Object.entries(beginnings).find(([, isBeginning]) => isBeginning(begins));
  if (shown !== undefined) return shown[0];
  // Loaded with the first file that needs it: a twentieth of a start. It reads on where a file names sizes of its own; only
  // what was read is given to it.
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  return found?.mime ?? null;
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(Math.max(length, 4));
  let read = 0;
  while (read < length) {
    const { bytesRead } = await handle.read(bytes, read, length - read, position + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return bytes.subarray(0, Math.max(read, 4));
}

/** Letters, line ends and the bytes of Chinese characters: nothing that only machines read. */
function isText(head: Buffer): boolean {
  return !head.subarray(0, 8192).some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127);
}

interface Unpacked {
  readonly type: string;
  readonly bytes: number;
  readonly parts: number;
}

/** The place of the record that ends a zip; undefined where there is none. */
function endOfZip(tail: Buffer): number | undefined {
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) === 0x06054b50 && at + 22 + tail.readUInt16LE(at + 20) <= tail.length) return at;
  }
  return undefined;
}

/**
 * Sums a zip by its directory and tells by its parts what it is. A directory that cannot be read, or is larger than any
 * document's, makes it an archive like any other.
 */
async function unpackedOf(handle: FileHandle, tail: Buffer, size: number): Promise<Unpacked | undefined> {
  const end = endOfZip(tail);
  if (end === undefined) return undefined;
  const [length, offset] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (length > largestDirectory || offset + length > size) return undefined;
  const directory = await bytesAt(handle, offset, length);
  const names = new Set<string>();
  let bytes = 0;
  let at = 0;
  while (at + 46 <= directory.length && directory.readUInt32LE(at) === 0x02014b50) {
    bytes += directory.readUInt32LE(at + 24);
    const nameLength = directory.readUInt16LE(at + 28);
    names.add(directory.toString('latin1', at + 46, at + 46 + nameLength).toLowerCase());
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  const hasMacros = [...names].some((name) => name.endsWith('vbaproject.bin'));
  const type = hasMacros ? undefined : [...officeParts].find(([part]) => names.has(part))?.[1];
  return { type: type ?? 'application/zip', bytes, parts: names.size };
}

const officeParts: ReadonlyMap<string, string> = new Map([
  ['word/document.xml', wordType],
  ['xl/workbook.xml', sheetType],
]);
