import { problem } from '#domain/kit/problem.ts';
import { foreign, foreignFile } from './foreign-file.ts';
import type { ReadLimits } from './limits.ts';
import type { ParsedWorkbook } from './parsed.ts';
import { readXlsx } from './xlsx.ts';
import { damaged, readZipDirectory } from './zip.ts';

/**
 * Checks the container before anything in it is unpacked: the kind of file, and whether it may be read.
 * @throws Problem `import.notWorkbook`, `import.passwordProtected`, `import.tooLarge`, `import.damaged`
 */
export function formatOf(bytes: Uint8Array): 'xlsx' | 'xls' {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts = (...signature: number[]) => signature.every((byte, index) => buffer[index] === byte);
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) {
    readZipDirectory(bytes);
    return 'xlsx';
  }
  if (!starts(0xd0, 0xcf, 0x11, 0xe0)) throw foreignFile(buffer);
  // The old container of Office: its directory lists its streams by UTF-16 names; the header gives the directory's
  // place.
  if (buffer.length < 512 || (buffer.readUInt32LE(48) + 1) * 2 ** buffer.readUInt16LE(30) >= buffer.length)
    throw damaged('文件没有传完整');
  const has = (stream: string) => buffer.includes(Buffer.from(stream, 'utf16le'));
  if (has('EncryptedPackage')) throw problem('import.passwordProtected');
  if (has('Workbook') || has('Book')) return 'xls';
  if (has('WordDocument')) throw foreign('Word 文档', false);
  throw foreign(has('PowerPoint Document') ? 'PowerPoint 演示文稿' : '其他 Office 文档', false);
}

/**
 * Reads the cells of a workbook in the calling thread.
 * @throws Problem as `formatOf`
 */
export async function parseWorkbook(bytes: Uint8Array, limits: ReadLimits): Promise<ParsedWorkbook> {
  if (formatOf(bytes) === 'xlsx') return readXlsx(bytes, limits);
  const { readXls } = await import('./xls.ts');
  return readXls(bytes, limits);
}
