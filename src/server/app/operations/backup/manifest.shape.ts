import { z } from 'zod';

/** The first part of a backup: what kind of file this is. */
export const introShape = z.object({ dudaoBackup: z.literal(1), version: z.string(), takenAt: z.iso.datetime() });

/** As many parts as their names number. */
export const mostParts = 999_999;

/**
 * The last part: what is in the backup, in numbers that a restore counts and hashes again. `sha256` of a table is that of
 * its rows in the text format of COPY, in the order of their key.
 */
export const manifestShape = z.object({
  version: z.string(),
  takenAt: z.iso.datetime(),
  migrations: z.array(z.object({ name: z.string(), sha256: z.string() })),
  tables: z.array(
    z.object({
      name: z.string().regex(/^[a-z_]+$/),
      columns: z.array(z.string()),
      parts: z.int().min(0).max(mostParts),
      rows: z.int(),
      sha256: z.string(),
    }),
  ),
  sequences: z.array(z.object({ name: z.string(), last: z.string().nullable() })),
  files: z.object({
    count: z.int(),
    bytes: z.int(),
    /** Contents that the database names and that were not on the disk, or not as they had come in. */
    missing: z.array(z.string()),
  }),
  secrets: z.array(z.string()),
  audit: z.object({
    position: z.int(),
    hash: z.string(),
    /** Whether the chain held when the backup was taken; null where that could not be told. */
    intact: z.boolean().nullable(),
  }),
  /** Of the names of all parts before this one, in their order, each with the digest of its bytes. */
  partsSha256: z.string(),
});

export type Manifest = z.infer<typeof manifestShape>;

export const introName = 'dudao-backup.json';
export const manifestName = 'manifest.json';
export const secretName = (file: string) => `secrets/${file}`;
/** The part of a file is known by its digest, which stands behind the name of every part. */
export const filePart = 'file';
export const tablePartName = (table: string, part: number) => `tables/${table}/${String(part).padStart(6, '0')}`;

/** How many rows a backup holds. */
export const countOfRows = ({ tables }: Manifest) => tables.reduce((sum, { rows }) => sum + rows, 0);

/** How a part is called where a person reads of it. */
export function partTitle(name: string, sha256: string): string {
  const [, table, part] = /^tables\/(.+)\/(\d+)$/.exec(name) ?? [];
  if (table !== undefined) return `数据表 ${table} 的第 ${Number(part)} 段`;
  if (name === filePart) return `文件 ${sha256} `;
  if (name.startsWith('secrets/')) return `密钥文件 ${name.slice('secrets/'.length)} `;
  if (name === manifestName) return '清单';
  return `“${name}”`;
}

/**
 * Files of the data folder that a backup holds: without the first nobody's session and second factor can be read, the second
 * is the list of sign-ins of a sample. The passwords of the database are made anew, and not in it.
 */
export const secretFiles: readonly string[] = ['auth-secret', 'sample-sign-ins.json'];
