import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';

const deflate = promisify(deflateRaw);

/** A file inside a zip. Its bytes are asked for when their turn comes, so that only one of many is in the making. */
export interface ZipMember {
  /** With forward slashes for folders. */
  readonly name: string;
  readonly bytes: () => Uint8Array | Promise<Uint8Array>;
}

const unicodeNames = 0x0800;
/** 1980-01-01 00:00, the first moment that a zip knows: the same files give the same bytes. */
const [noTime, firstDay] = [0, 0x21];

/** Files as the bytes of a zip; what does not get smaller, such as a workbook, is stored as it is. Names are distinct. */
export async function writeZip(members: readonly ZipMember[]): Promise<Uint8Array> {
  const files: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, bytes } of members) {
    const content = await bytes();
    const packed = await deflate(content);
    const body = packed.length < content.length ? packed : content;
    const entry = {
      ...{ name: Buffer.from(name), offset, method: body === content ? 0 : 8 },
      ...{ crc: crc32(content), packed: body.length, size: content.length },
    };
    const head = localHeader(entry);
    files.push(head, body);
    directory.push(directoryEntry(entry));
    offset += head.length + body.length;
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0);
  return new Uint8Array(Buffer.concat([...files, ...directory, endOf(members.length, length, offset)]));
}

interface Entry {
  readonly name: Buffer;
  readonly offset: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
}

/** The fields that both heads of an entry share, from the version needed to the length of the name. */
function shared(head: Buffer, at: number, { name, method, crc, packed, size }: Entry): void {
  head.writeUInt16LE(20, at);
  head.writeUInt16LE(unicodeNames, at + 2);
  head.writeUInt16LE(method, at + 4);
  head.writeUInt16LE(noTime, at + 6);
  head.writeUInt16LE(firstDay, at + 8);
  head.writeUInt32LE(crc, at + 10);
  head.writeUInt32LE(packed, at + 14);
  head.writeUInt32LE(size, at + 18);
  head.writeUInt16LE(name.length, at + 22);
}

function localHeader(entry: Entry): Uint8Array {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  shared(head, 4, entry);
  return Buffer.concat([head, entry.name]);
}

function directoryEntry(entry: Entry): Uint8Array {
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(20, 4);
  shared(head, 6, entry);
  head.writeUInt32LE(entry.offset, 42);
  return Buffer.concat([head, entry.name]);
}

function endOf(count: number, length: number, offset: number): Uint8Array {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(length, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
