import { crc32, inflateRawSync } from 'node:zlib';
import { problem } from '#domain/kit/problem.ts';

/** Limits of a container: far above any real table, and far below a size that could fill the memory. */
export const zipLimits = {
  entries: 1000,
  /** Bytes of all entries together when they are unpacked. */
  bytes: 60 * 1024 * 1024,
  /** How many times its packed size an entry may unpack to, once it is larger than `ratioFrom`: XML stays below 50. */
  ratio: 250,
  ratioFrom: 1024 * 1024,
} as const;

export interface ZipEntry {
  /** The name as written in the file, with forward slashes and none in front. */
  readonly name: string;
  readonly stored: boolean;
  /** The place and the number of its bytes. */
  readonly start: number;
  readonly packed: number;
  readonly size: number;
  readonly crc: number;
}

/** The entries of a container by `partKey` of their names; folders are left out. */
export type ZipDirectory = ReadonlyMap<string, ZipEntry>;

/** Part names are the same when they differ by the case of letters or by a slash in front (ECMA-376 part 2, 6.2.2). */
export function partKey(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();
}

interface Listed extends ZipEntry {
  readonly header: number;
  readonly rawName: Uint8Array;
}

const signatures = { local: 0x04034b50, entry: 0x02014b50, end: 0x06054b50, end64: 0x06064b50, locator: 0x07064b50 };
const whole16 = 0xffff;
const whole32 = 0xffffffff;

/**
 * Reads the directory of a zip and checks everything that can be known before unpacking: counts, sizes, ratios, names,
 * encryption, and that every entry has bytes of its own.
 * @throws Problem `import.damaged`, `import.passwordProtected`, `import.tooLarge`
 */
export function readZipDirectory(bytes: Uint8Array): ZipDirectory {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { count, offset, end } = findDirectory(view);
  if (count > zipLimits.entries) throw problem('import.tooLarge', { limit: `${zipLimits.entries} 个部件` });
  const listed: Listed[] = [];
  let position = offset;
  let unfolded = 0;
  for (let index = 0; index < count; index += 1) {
    const entry = readEntry(bytes, view, position, end);
    position = entry.next;
    unfolded += entry.size;
    checkSize(entry, unfolded);
    listed.push({ ...entry, start: dataStart(bytes, view, entry, offset) });
  }
  checkOverlap(listed);
  const directory = new Map<string, ZipEntry>();
  for (const entry of listed) {
    if (entry.name.endsWith('/')) continue;
    const key = partKey(entry.name);
    if (directory.has(key)) throw damaged(`有两个部件都叫 ${entry.name}`);
    directory.set(key, entry);
  }
  return directory;
}

function findDirectory(view: DataView): { count: number; offset: number; end: number } {
  const last = view.byteLength - 22;
  let at = last;
  const first = Math.max(0, last - whole16);
  while (at >= first && !(view.getUint32(at, true) === signatures.end && view.getUint16(at + 20, true) <= last - at)) {
    at -= 1;
  }
  if (at < first) throw damaged('压缩包没有目录，文件可能没有传完整');
  const plain = { count: view.getUint16(at + 10, true), size: view.getUint32(at + 12, true) };
  const offset = view.getUint32(at + 16, true);
  const isLong = plain.count === whole16 || plain.size === whole32 || offset === whole32;
  const found = isLong ? findLongDirectory(view, at) : { ...plain, offset, end: at };
  // An entry takes at least 46 bytes, so an impossible count is refused before it is walked.
  if (found.offset + found.size > found.end || found.count * 46 > found.size) throw damaged('压缩包的目录不完整');
  return found;
}

/** The directory of zip64, which writers also use for small files. */
function findLongDirectory(view: DataView, shortEnd: number) {
  const locator = shortEnd - 20;
  if (locator < 0 || view.getUint32(locator, true) !== signatures.locator) throw damaged('压缩包的目录不完整');
  const at = long(view, locator + 8, shortEnd);
  if (at + 56 > locator || view.getUint32(at, true) !== signatures.end64) throw damaged('压缩包的目录不完整');
  return {
    count: long(view, at + 32, locator),
    size: long(view, at + 40, locator),
    offset: long(view, at + 48, locator),
    end: at,
  };
}

/** A number of eight bytes: no offset, size or count can be larger than the file, or than any allowed size. */
function long(view: DataView, at: number, end: number): number {
  if (at + 8 > end) throw damaged('压缩包的目录不完整');
  const value = view.getBigUint64(at, true);
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(value);
}

function readEntry(bytes: Uint8Array, view: DataView, at: number, end: number) {
  if (at + 46 > end || view.getUint32(at, true) !== signatures.entry) throw damaged('压缩包的目录不完整');
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const [nameLength, extraLength, commentLength] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
  const next = at + 46 + nameLength! + extraLength! + commentLength!;
  if (next > end) throw damaged('压缩包的目录不完整');
  const rawName = bytes.subarray(at + 46, at + 46 + nameLength!);
  const name = nameOf(rawName);
  // Encrypted, strongly encrypted, names hidden.
  if ((flags & 0x2041) !== 0) throw problem('import.passwordProtected');
  if (method !== 0 && method !== 8) throw damaged(`${name} 的压缩方式不是工作簿所用的`);
  const sizes = [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)] as const;
  const extraStart = at + 46 + nameLength!;
  const [size, packed, header] = longSizes(view, sizes, extraStart, extraStart + extraLength!);
  return { name, rawName, stored: method === 0, packed, size, crc: view.getUint32(at + 16, true), header, next };
}

/** Sizes and place of an entry; those that do not fit into four bytes are in the zip64 field, in this order. */
function longSizes(
  view: DataView,
  sizes: readonly [number, number, number],
  from: number,
  end: number,
): [number, number, number] {
  if (!sizes.includes(whole32)) return [...sizes];
  for (let at = from; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let place = at + 4;
    const stop = Math.min(end, place + view.getUint16(at + 2, true));
    const read = sizes.map((size) => {
      if (size !== whole32) return size;
      place += 8;
      return long(view, place - 8, stop);
    });
    return read as [number, number, number];
  }
  throw damaged('压缩包的目录不完整');
}

function nameOf(raw: Uint8Array): string {
  const name = new TextDecoder().decode(raw).replaceAll('\\', '/').replace(/^\/+/, '');
  const isPlain = name !== '' && !/\p{Cc}/u.test(name) && !name.split('/').includes('..');
  if (!isPlain) throw damaged('压缩包里有名称不合规的部件');
  return name;
}

function checkSize({ name, stored, packed, size }: Omit<ZipEntry, 'start'>, unfolded: number): void {
  if (unfolded > zipLimits.bytes) throw tooLarge();
  if (stored ? packed !== size : packed === 0 && size > 0) throw damaged(`${name} 的大小前后不一`);
  if (size > zipLimits.ratioFrom && size > packed * zipLimits.ratio) throw tooLarge();
}

/** The place where the bytes of an entry begin: behind the entry's own header, which must contain the same name. */
function dataStart(bytes: Uint8Array, view: DataView, entry: Omit<Listed, 'start'>, directory: number): number {
  const { header, rawName, packed, name } = entry;
  if (header + 30 > directory || view.getUint32(header, true) !== signatures.local) throw damaged(`找不到 ${name}`);
  const nameLength = view.getUint16(header + 26, true);
  const start = header + 30 + nameLength + view.getUint16(header + 28, true);
  const own = bytes.subarray(header + 30, header + 30 + nameLength);
  if (start + packed > directory || Buffer.compare(own, rawName) !== 0) throw damaged(`${name} 与目录不符`);
  return start;
}

/** Entries that share bytes unpack to many times the honest content of the file. */
function checkOverlap(listed: readonly Listed[]): void {
  const inOrder = [...listed].sort((a, b) => a.header - b.header);
  for (const [index, entry] of inOrder.entries()) {
    const next = inOrder[index + 1];
    if (next && entry.start + entry.packed > next.header) throw damaged(`${entry.name} 与 ${next.name} 重叠`);
  }
}

/**
 * The bytes of an entry, which must be as many as the directory says and have its checksum.
 * @throws Problem `import.damaged`
 */
export function unfold(bytes: Uint8Array, entry: ZipEntry): Buffer {
  const packed = Buffer.from(bytes.buffer, bytes.byteOffset + entry.start, entry.packed);
  const content = entry.stored ? packed : inflated(packed, entry);
  if (content.length !== entry.size || crc32(content) !== entry.crc) throw damaged(`${entry.name} 与目录不符`);
  return content;
}

function inflated(packed: Buffer, { name, size }: ZipEntry): Buffer {
  try {
    // One chunk, a little larger than the result, so that nothing is copied together afterwards.
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, size), chunkSize: size + 64 });
  } catch {
    throw damaged(`${name} 无法解压`);
  }
}

export function damaged(what: string) {
  return problem('import.damaged', { what });
}

export function tooLarge() {
  return problem('import.tooLarge', { limit: `${zipLimits.bytes / 1024 / 1024} MB` });
}
