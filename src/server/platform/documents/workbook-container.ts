import yauzl from 'yauzl';
import { problem } from '#domain/kit/problem.ts';

/** What a workbook may unfold to: far above any template, far below what could fill the memory. */
export const containerLimits = { bytes: 60 * 1024 * 1024, entries: 500 } as const;

/**
 * Looks at the container before any library reads it: what kind of file it really is, whether it is encrypted, and how
 * large it unfolds. The sizes that the directory names are checked by unfolding each entry and counting, so that a
 * directory that lies does not help.
 * @returns `xlsx` or `xls` (the binary format before 2007)
 * @throws Problem `import.notWorkbook`, `import.passwordProtected`, `import.tooLarge`, `import.damaged`
 */
export async function inspectContainer(bytes: Uint8Array): Promise<'xlsx' | 'xls'> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (startsWith(buffer, [0x50, 0x4b])) {
    await inspectZip(buffer);
    return 'xlsx';
  }
  if (startsWith(buffer, [0xd0, 0xcf, 0x11, 0xe0])) return inspectCompound(buffer);
  throw problem('import.notWorkbook', { what: nameOf(buffer) });
}

function startsWith(buffer: Buffer, signature: readonly number[]): boolean {
  return signature.every((byte, index) => buffer[index] === byte);
}

function nameOf(buffer: Buffer): string {
  if (buffer.length === 0) return '文件是空的';
  const head = buffer.subarray(0, 512).toString('latin1').trimStart().toLowerCase();
  if (head.startsWith('%pdf')) return 'PDF 文件';
  if (head.startsWith('<!doctype') || head.startsWith('<html') || head.startsWith('<table')) return '网页';
  if (head.startsWith('<?xml')) return 'XML 文件';
  if (/^(\u0089png|\u00ff\u00d8\u00ff|gif8)/.test(head)) return '图片';
  return buffer.subarray(0, 4096).includes(0) ? '无法识别的格式' : '纯文本';
}

/** The old container of Office: the names of its streams are UTF-16 in its directory. */
function inspectCompound(buffer: Buffer): 'xls' {
  const has = (stream: string) => buffer.includes(Buffer.from(stream, 'utf16le'));
  if (has('EncryptedPackage')) throw problem('import.passwordProtected');
  if (has('Workbook') || has('Book')) return 'xls';
  throw problem('import.notWorkbook', { what: has('WordDocument') ? 'Word 文档' : '其他 Office 文档' });
}

async function inspectZip(buffer: Buffer): Promise<void> {
  const zip = await openZip(buffer);
  const names: string[] = [];
  let unfolded = 0;
  try {
    for await (const entry of entriesOf(zip)) {
      names.push(entry.fileName);
      if (entry.isEncrypted()) throw problem('import.passwordProtected');
      unfolded += entry.uncompressedSize;
      if (unfolded > containerLimits.bytes || names.length > containerLimits.entries) throw tooLarge();
      await unfold(zip, entry);
    }
  } finally {
    zip.close();
  }
  if (names.includes('xl/workbook.xml')) return;
  const what = names.some((name) => name.startsWith('word/')) ? 'Word 文档' : '压缩包';
  throw problem('import.notWorkbook', { what });
}

function tooLarge() {
  return problem('import.tooLarge', { limit: `${containerLimits.bytes / 1024 / 1024} MB` });
}

function openZip(buffer: Buffer): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(buffer, { lazyEntries: true, validateEntrySizes: true }, (error, zip) => {
      if (error || !zip) reject(problem('import.damaged'));
      else resolve(zip);
    });
  });
}

async function* entriesOf(zip: yauzl.ZipFile): AsyncGenerator<yauzl.Entry> {
  for (;;) {
    const entry = await new Promise<yauzl.Entry | null>((resolve, reject) => {
      const settle = (finish: () => void) => {
        zip.removeAllListeners();
        finish();
      };
      zip.once('entry', (found: yauzl.Entry) => settle(() => resolve(found)));
      zip.once('end', () => settle(() => resolve(null)));
      zip.once('error', () => settle(() => reject(problem('import.damaged'))));
      zip.readEntry();
    });
    if (!entry) return;
    yield entry;
  }
}

/** Reads an entry to its end and forgets it; yauzl refuses one that unfolds to more than its directory says. */
function unfold(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<void> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error || !stream) {
        reject(problem('import.damaged'));
        return;
      }
      stream.on('data', () => {});
      stream.on('end', () => resolve());
      stream.on('error', (failure: Error) =>
        reject(/bytes/.test(failure.message) ? tooLarge() : problem('import.damaged')),
      );
    });
  });
}
