import { problem } from '#domain/kit/problem.ts';
import type { Package } from './package.ts';

/** The advice for a file that holds a table in a format that is not read, and for a file without a table. */
const saveAs = '请用 Excel 或 WPS 打开它，另存为“Excel 工作簿（.xlsx）”后再试';
const other = '请改用 .xlsx 或 .xls 工作簿';

/** The refusal of another type of file, with the name of the type and the way out. */
export function foreign(what: string, holdsTable: boolean) {
  return problem('import.notWorkbook', { what, wayOut: holdsTable ? saveAs : other });
}

/** Files without a container, by their first bytes. */
export function foreignFile(bytes: Buffer) {
  if (bytes.length === 0) return problem('import.notWorkbook', { what: '文件是空的', wayOut: other });
  const head = textOf(bytes.subarray(0, 4096)).trimStart().toLowerCase();
  if (head.startsWith('%pdf')) return foreign('PDF 文件', false);
  if (head.startsWith('{\\rtf')) return foreign('RTF 文档', false);
  if (head.startsWith('mime-version:')) return foreign('网页（.mht）', true);
  if (/^<(!doctype html|html|table|meta|head|style|body)/.test(head)) return foreign('网页', true);
  if (head.startsWith('<?xml') || head.startsWith('<')) {
    const isTable = head.includes('schemas-microsoft-com:office:spreadsheet') || head.includes('excel.sheet');
    return isTable ? foreign('Excel 2003 的 XML 表格', true) : foreign('XML 文件', false);
  }
  const starts = (...signature: number[]) => signature.every((byte, index) => bytes[index] === byte);
  if (starts(0x89, 0x50, 0x4e, 0x47) || starts(0xff, 0xd8, 0xff) || head.startsWith('gif8'))
    return foreign('图片', false);
  if (starts(0x09) && [0x00, 0x02, 0x04].includes(bytes[1]!)) return foreign('Excel 4.0 或更早的工作簿', true);
  const isPacked = head.startsWith('rar!') || starts(0x37, 0x7a, 0xbc, 0xaf) || starts(0x1f, 0x8b);
  if (isPacked) return foreign('压缩包', false);
  return head.includes('\0') ? foreign('无法识别的格式', false) : foreign('纯文本或 CSV', true);
}

/** The beginning of a file as text, also where it is written in UTF-16. */
function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return bytes.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
}

const openDocuments: Readonly<Record<string, readonly [string, boolean]>> = {
  spreadsheet: ['OpenDocument 表格（.ods）', true],
  text: ['OpenDocument 文字文档（.odt）', false],
  presentation: ['OpenDocument 演示文稿（.odp）', false],
};

/** The content of a container without a workbook, by the names of its parts. */
export function foreignContainer(container: Package, mainType: string | undefined) {
  const names = container.names;
  const within = (folder: string) => names.some((name) => name.startsWith(folder));
  if (container.has('xl/workbook.bin') || mainType?.includes('sheet.binary')) {
    return foreign('Excel 二进制工作簿（.xlsb）', true);
  }
  if (mainType?.includes('wordprocessingml') || within('word/')) return foreign('Word 文档', false);
  if (mainType?.includes('presentationml') || within('ppt/')) return foreign('PowerPoint 演示文稿', false);
  const kind = /^application\/vnd\.oasis\.opendocument\.([a-z]+)/.exec(container.findShortText('mimetype') ?? '')?.[1];
  if (kind !== undefined) return foreign(...(openDocuments[kind] ?? (['OpenDocument 文件', false] as const)));
  if (names.some((name) => name.endsWith('.iwa'))) return foreign('苹果 Numbers 表格', true);
  if (names.some((name) => /\.(xlsx|xls|et)$/.test(name))) {
    return problem('import.notWorkbook', { what: '压缩包', wayOut: '请先解压，再选其中的工作簿' });
  }
  return foreign('压缩包', false);
}
