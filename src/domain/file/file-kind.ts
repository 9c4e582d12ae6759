import { endingOf } from './file-name.ts';

/** The content type under which everything is sent that no browser may draw. */
export const bytesOnly = 'application/octet-stream';

/** What the program found in the bytes of a file. */
export interface FileEvidence {
  /** What the first bytes say, as a media type; null where they say nothing. */
  readonly found: string | null;
  /** Whether the beginning is text and nothing else. */
  readonly text: boolean;
  /** Signs of a page, a drawing with scripts or a script at the beginning, wherever in it they stand. */
  readonly active: boolean;
  /** Whether the bytes end with the directory of a zip although they do not begin as one. */
  readonly zipBehind: boolean;
  /** Whether the beginning is that of a program or of a script for a shell. */
  readonly program: boolean;
  /** How many bytes the parts of a zip unpack to by its directory, and its own bytes; null for everything else. */
  readonly unpacked: { readonly bytes: number; readonly size: number; readonly parts: number } | null;
}

export type FileJudgement =
  /** Kept under this media type. */
  | { readonly kept: true; readonly mediaType: string }
  /** Refused, with the reason as half a sentence: `这是可执行程序`. */
  | { readonly kept: false; readonly because: string };

/** Endings that a system runs when somebody opens the file. */
const programEndings = new Set(
  'exe com scr bat cmd ps1 vbs vbe js mjs jse wsf wsh hta msi msp dll sys cpl lnk pif jar apk app sh reg inf url scf gadget'.split(
    ' ',
  ),
);

const activeEndings = new Set([
  'html',
  'htm',
  'xhtml',
  'shtml',
  'mht',
  'mhtml',
  'svg',
  'svgz',
  'xml',
  'xsl',
  'swf',
  'php',
]);

/** Media types that a browser draws or plays by itself from our address. */
const drawn: Readonly<Record<string, readonly string[]>> = {
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg', 'jfif'],
  'image/webp': ['webp'],
  'image/gif': ['gif'],
  'video/mp4': ['mp4', 'm4v', 'mov'],
  'video/webm': ['webm'],
  'audio/mpeg': ['mp3'],
  'audio/ogg': ['ogg', 'oga', 'opus'],
};

const office = 'application/vnd.openxmlformats-officedocument';
export const pdfType = 'application/pdf';
export const wordType = `${office}.wordprocessingml.document`;
export const sheetType = `${office}.spreadsheetml.sheet`;

/** Media types that are looked at in a viewer of ours and never drawn by the browser alone. */
const viewed: Readonly<Record<string, readonly string[]>> = {
  [pdfType]: ['pdf'],
  [wordType]: ['docx'],
  [sheetType]: ['xlsx'],
};

const known: Readonly<Record<string, readonly string[]>> = { ...drawn, ...viewed };

/** Endings whose bytes are one of several containers: the old formats of Office and WPS, and encrypted new ones. */
const compoundEndings = new Set(['doc', 'xls', 'ppt', 'wps', 'et', 'dps', 'docx', 'xlsx', 'pptx', 'msg', 'vsd']);
const compound = 'application/x-cfb';
const zips = new Set([
  'zip',
  'docx',
  'xlsx',
  'pptx',
  'docm',
  'xlsm',
  'pptm',
  'ofd',
  'odt',
  'ods',
  'odp',
  'epub',
  'dotx',
  'xltx',
]);

/** Endings that promise certain bytes, with what people call them. */
const promised: Readonly<Record<string, string>> = {
  ...{ png: 'PNG 图片', jpg: 'JPEG 图片', jpeg: 'JPEG 图片', webp: 'WebP 图片', gif: 'GIF 图片', pdf: 'PDF 文档' },
  ...{ mp4: 'MP4 视频', webm: 'WebM 视频', mp3: 'MP3 音频', ogg: 'Ogg 音频', docx: 'Word 文档', xlsx: 'Excel 工作簿' },
};

const titles: Readonly<Record<string, string>> = {
  ...{ 'image/png': 'PNG 图片', 'image/jpeg': 'JPEG 图片', 'image/webp': 'WebP 图片', 'image/gif': 'GIF 图片' },
  ...{ 'video/mp4': 'MP4 视频', 'video/webm': 'WebM 视频', 'audio/mpeg': 'MP3 音频', 'audio/ogg': 'Ogg 音频' },
  ...{ [pdfType]: 'PDF 文档', [wordType]: 'Word 文档', [sheetType]: 'Excel 工作簿', 'application/zip': '压缩包' },
};

/**
 * Whether a file is kept, and under which media type it is sent. Programs are refused whatever they are called; pages,
 * drawings with scripts, and files that are two things at once are kept as bytes that nobody draws, or refused where their
 * name says something else. The table of kinds is in docs/SECURITY.md.
 */
export function judgeFile(name: string, evidence: FileEvidence): FileJudgement {
  const ending = endingOf(name);
  if (evidence.program || programEndings.has(ending)) return refused('这是可执行的程序或脚本');
  const { found, unpacked } = evidence;
  const claims = promised[ending];
  if (activeEndings.has(ending)) return kept(bytesOnly);
  if (found === null) {
    if (evidence.text && evidence.active) {
      return claims === undefined ? kept(bytesOnly) : refused(`内容是网页或带脚本的图形，与扩展名 .${ending} 不符`);
    }
    return claims === undefined ? kept(bytesOnly) : refused(`内容不是${claims}，与扩展名 .${ending} 不符`);
  }
  if (found === compound)
    return compoundEndings.has(ending) || claims === undefined ? kept(bytesOnly) : other(ending, found);
  if (found === 'application/zip' && claims !== undefined) return other(ending, found);
  const endings = known[found];
  if (endings !== undefined && !endings.includes(ending)) {
    // A name that promises nothing is no deceit, but nobody expects a picture behind it either.
    return claims === undefined ? kept(bytesOnly) : other(ending, found);
  }
  if (endings === undefined) {
    const opens = claims === undefined || (zips.has(ending) && found.includes('zip'));
    return opens ? kept(bytesOnly) : other(ending, found);
  }
  const isOffice = found === wordType || found === sheetType;
  if (isOffice && unpacked !== null && isBomb(unpacked)) return refused('展开后过大，不像是正常的文档');
  // Two things at once: the first bytes are a picture or a document, and a page or an archive lies in it as well.
  return evidence.active || (evidence.zipBehind && !isOffice) ? kept(bytesOnly) : kept(found);
}

/** Far above any document, and far below what fills a memory or a disk. */
function isBomb({ bytes, size, parts }: NonNullable<FileEvidence['unpacked']>): boolean {
  return parts > 20_000 || bytes > 1024 ** 3 || (bytes > 64 * 1024 ** 2 && bytes > 200 * size);
}

function other(ending: string, found: string): FileJudgement {
  const title = titles[found];
  return refused(`内容${title === undefined ? '是另一种文件' : `是${title}`}，与扩展名 .${ending} 不符`);
}

const kept = (mediaType: string): FileJudgement => ({ kept: true, mediaType });
const refused = (because: string): FileJudgement => ({ kept: false, because });

/** Whether a browser may draw or play it by itself. */
export const isDrawn = (mediaType: string): boolean => mediaType in drawn;

/** Whether it is a picture of which copies are drawn. */
export const isPicture = (mediaType: string): boolean => mediaType.startsWith('image/') && isDrawn(mediaType);

/** How a file can be looked at without being saved. */
export type PreviewKind = 'picture' | 'video' | 'audio' | 'pdf' | 'sheets' | 'text';

/** Bytes of the largest file that is looked at in the page: it is held in memory there. */
export const largestViewed = 50 * 1024 * 1024;

/** How a file of this media type and size (bytes) is looked at; null where it is only saved. */
export function previewKind({
  mediaType,
  size,
}: {
  readonly mediaType: string;
  readonly size: number;
}): PreviewKind | null {
  if (mediaType.startsWith('image/')) return isPicture(mediaType) && size <= largestViewed ? 'picture' : null;
  if (mediaType.startsWith('video/')) return isDrawn(mediaType) ? 'video' : null;
  if (mediaType.startsWith('audio/')) return isDrawn(mediaType) ? 'audio' : null;
  if (size > largestViewed) return null;
  if (mediaType === pdfType) return 'pdf';
  if (mediaType === sheetType) return 'sheets';
  return mediaType === wordType ? 'text' : null;
}

/** What a file is called by its name and its type, for lists. */
export function kindTitle(name: string, mediaType: string): string {
  const ending = endingOf(name);
  return titles[mediaType] ?? (ending === '' ? '文件' : `${ending.toUpperCase()} 文件`);
}
