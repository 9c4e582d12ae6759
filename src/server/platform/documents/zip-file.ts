import type { Zippable } from 'fflate';

/** A file inside a zip. Its bytes are asked for when their turn comes, so that only one of many is in the making. */
export interface ZipMember {
  /** With forward slashes for folders. */
  readonly name: string;
  readonly bytes: () => Uint8Array | Promise<Uint8Array>;
}

/** The first day that a zip knows, as the packer reads it: the same files give the same bytes. */
const firstDay = new Date(1980, 0, 1);

/** Files as the bytes of a zip; a workbook is packed already and is stored as it is. Names are distinct. */
export async function writeZip(members: readonly ZipMember[]): Promise<Uint8Array> {
  const files: Zippable = {};
  for (const { name, bytes } of members) {
    files[name] = [await bytes(), { mtime: firstDay, level: name.endsWith('.xlsx') ? 0 : 6 }];
  }
  // Its tables take a part of every start, and few requests need them.
  const { zipSync } = await import('fflate');
  return zipSync(files);
}
