import type { z } from 'zod';
import type { ImportPreview } from '#contract/kit/imports.shape.ts';
import type { AnyRoute, FileOutput, Route, RouteInput, RouteOutput, Upload, UploadBody } from '#contract/route.ts';
import type { Actor, Scope } from '#domain/access/actor.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import type { Reader } from '#platform/documents/file-read.ts';
import type { TableFile } from '#platform/documents/headed-table.ts';
import { type WorkbookSheet, workbookReply } from '#platform/documents/workbook.ts';
import { readLimits } from '#platform/documents/workbook-read.ts';
import { type Context, type Served, serve } from '../access/serve.ts';
import { digestOfBytes } from '../evidence/digest.ts';
import type { FindingGroups } from './finding-groups.ts';
import {
  findImport,
  findWholeImport,
  type ImportHandle,
  type ImportPlace,
  type ImportRef,
  insertImport,
  lockImport,
  type StoredImport,
  takenWrite,
} from './imports.store.ts';

/** How long a preview can be taken, in milliseconds. */
const keptFor = 24 * 3_600_000;

/** A table of 6,000 schools without a fault is kept in 5 MB. */
const mostKeptMegabytes = 12;

/** The four routes that `importRoutes` makes. */
export type Routes = Readonly<Record<'previewImport' | 'readImport' | 'confirmImport' | 'markedWorkbook', AnyRoute>>;
type FieldsOf<R extends Routes> = RouteInput<R['previewImport']>['body'] extends Upload<infer Fields> ? Fields : never;
export type ChangesOf<R extends Routes> =
  RouteOutput<R['previewImport']> extends { changes: infer Changes } ? Changes : never;
type TakeFieldsOf<R extends Routes> = RouteInput<R['confirmImport']>['body'];

/** The same routes, typed so that the compiler can follow them where the kind of table is open. */
type Named = z.ZodObject<{ importId: z.ZodUUID }>;
interface OpenRoutes {
  readonly previewImport: Route<undefined, undefined, UploadBody, z.ZodType<ImportPreview>>;
  readonly readImport: Route<Named, undefined, undefined, z.ZodType<ImportPreview>>;
  readonly confirmImport: Route<Named, undefined, z.ZodType, z.ZodType>;
  readonly markedWorkbook: Route<Named, undefined, undefined, FileOutput>;
}

/** The effect of a table, before any of it is written. */
export interface PlannedImport<Content, Changes> {
  readonly place: ImportPlace;
  /**
   * The data that taking and marking need, as JSON: no password, and nothing that the database or the catalogue knows
   * anyway.
   */
  readonly content: Content;
  /** A digest of all stored data that the table was compared with: `lock` must find the same digest. */
  readonly stamp: string;
  /** How many changes taking would write. */
  readonly count: number;
  readonly findings: FindingGroups;
  readonly preview: Pick<ImportPreview<Changes>, 'sheets' | 'facts' | 'notes' | 'changes'>;
}

/** The parts that a feature supplies, so that tables of a kind can be previewed, taken and returned. */
export interface Importing<R extends Routes, H, Read, Content, Locked, Ready> {
  /** The act under which a preview is recorded, where the preview holds data that lie in a place. */
  readonly previewed?: string;
  /**
   * The characters of the longest text that a cell of this table may hold. The reader of workbooks must keep more, or a
   * text that is too long is refused without its length, and a text that may be kept is cut.
   */
  readonly longestText: number;
  /** Reads the bytes. This is done without a connection of the pool, because it may take long. */
  read(file: TableFile, reader: Reader): Promise<Read>;
  /** Compares the read table with the stored data. @throws Problem where the table is the wrong one, or empty */
  plan(ctx: Context<H>, read: Read, fields: FieldsOf<R>): Promise<PlannedImport<Content, ChangesOf<R>>>;
  /** Locks the rows that taking would write, and digests them as `plan` did. */
  lock(ctx: Context<H>, content: Content): Promise<{ readonly stamp: string; readonly locked: Locked }>;
  /** The message where the two digests differ. */
  overtaken(ctx: Context<H>, content: Content, locked: Locked): Problem;
  /** Slow work that taking needs, done without a connection: hashing passwords. */
  ready?(content: Content): Promise<Ready>;
  take(ctx: Context<H>, content: Content, given: Taking<R, Locked, Ready>): Promise<RouteOutput<R['confirmImport']>>;
  /** The sheets of the workbook with its findings marked. */
  mark(ctx: Context<H>, content: Content): Promise<readonly WorkbookSheet[]>;
}

interface Taking<R extends Routes, Locked, Ready> {
  readonly importId: string;
  readonly fileName: string;
  readonly fields: TakeFieldsOf<R>;
  readonly locked: Locked;
  readonly ready: Ready;
}

type Stored<Content> = StoredImport<ImportPreview, Content>;

/**
 * Serves the four routes of one kind of table. The rows taken are the rows shown: the preview is kept with a digest of
 * all data that it was compared with. Taking locks the data, digests them again and refuses where the two digests
 * differ. A preview belongs to its author in the post at work, is valid for a day, and is taken once.
 * @throws Error where the reader of workbooks would cut a text that the table may hold
 */
export function importing<H extends ImportHandle>() {
  return <R extends Routes, Read, Content, Locked, Ready = undefined>(
    routes: R,
    given: Importing<R, H, Read, Content, Locked, Ready>,
  ): Served[] => {
    const [kind = ''] = routes.previewImport.name.split('.');
    if (given.longestText >= readLimits.textLength) {
      throw new Error(`a text of “${kind}” may be as long as the reader of workbooks keeps texts`);
    }
    const open = routes as unknown as OpenRoutes;
    const refOf = ({ userId, post }: Actor, { importId }: { readonly importId: string }): ImportRef => ({
      kind,
      id: importId,
      createdBy: userId,
      postId: post?.grantId ?? null,
    });
    const { ready } = given;
    return [
      serve<OpenRoutes['previewImport'], H, { read: Read; fileHash: string }>(
        open.previewImport,
        async (ctx, { body: { file, fields } }, { read, fileHash }) => {
          const planned = await given.plan(ctx, read, fields as FieldsOf<R>);
          return keep(ctx, { kind, previewed: given.previewed, fileName: file.name, fileHash }, planned);
        },
        async ({ body: { file } }, { userId }, { gone }) => ({
          read: await given.read(file, { person: userId, gone }),
          fileHash: digestOfBytes(file.bytes),
        }),
      ),

      serve<OpenRoutes['readImport'], H>(open.readImport, async (ctx, { params }) => {
        const stored = found(await findImport<ImportPreview>(ctx.db, ctx.scope, refOf(ctx.actor, params)));
        return { ...stored.preview, importId: stored.id };
      }),

      serve<OpenRoutes['confirmImport'], H, Ready>(
        open.confirmImport,
        async (ctx, { params, body }, made) => {
          const stored = found(await lockImport<ImportPreview, Content>(ctx.db, ctx.scope, refOf(ctx.actor, params)));
          assertOpen(stored, ctx.now);
          const { content, preview } = stored;
          const { stamp, locked } = await given.lock(ctx, content);
          if (stamp !== stored.stamp) throw given.overtaken(ctx, content, locked);
          const fields = body as TakeFieldsOf<R>;
          const file = { importId: stored.id, fileName: preview.fileName };
          const taken = await given.take(ctx, content, { ...file, fields, locked, ready: made });
          ctx.along(takenWrite(ctx.db, stored, ctx.now));
          return taken;
        },
        ready &&
          (async ({ params }, actor, { scope, now, reading }) => {
            const stored = found(await reading((db) => findWhole<Content>(db, scope, refOf(actor, params))));
            assertOpen(stored, now);
            return ready(stored.content);
          }),
      ),

      serve<OpenRoutes['markedWorkbook'], H>(open.markedWorkbook, async (ctx, { params }) => {
        const { preview, content } = found(await findWhole<Content>(ctx.db, ctx.scope, refOf(ctx.actor, params)));
        const fileName = `${preview.fileName.replace(/\.\w+$/, '')}_标注.xlsx`;
        return workbookReply(fileName, await given.mark(ctx, content), ctx.actor.userId);
      }),
    ];
  };
}

function findWhole<Content>(db: ImportHandle, scope: Scope, of: ImportRef) {
  return findWholeImport<ImportPreview, Content>(db, scope, of);
}

/**
 * Keeps the plan and answers with its preview.
 * @throws Problem `import.tooLarge`
 */
async function keep<H extends ImportHandle, Content, Changes>(
  ctx: Context<H>,
  file: {
    readonly kind: string;
    readonly previewed: string | undefined;
    readonly fileName: string;
    readonly fileHash: string;
  },
  { place, content, stamp, count, findings, preview: understood }: PlannedImport<Content, Changes>,
): Promise<ImportPreview<Changes>> {
  const { fileName } = file;
  const hard = findings.count('hard');
  const expiresAt = new Date(ctx.now.getTime() + keptFor);
  const preview = {
    fileName,
    ...understood,
    notes: [...understood.notes, ...findings.notes],
    groups: findings.list,
    hard,
    soft: findings.count('soft'),
    writable: hard === 0 && count > 0,
    expiresAt: expiresAt.toISOString(),
  };
  const kept = JSON.stringify({ preview, content });
  if (Buffer.byteLength(kept) > mostKeptMegabytes * 1024 * 1024) {
    throw problem('import.tooLarge', { limit: `${mostKeptMegabytes} MB` });
  }
  const importId = await insertImport(ctx.db, {
    ...place,
    kind: file.kind,
    fileName,
    fileHash: file.fileHash,
    createdBy: ctx.actor.userId,
    postId: ctx.actor.post?.grantId ?? null,
    now: ctx.now,
    expiresAt,
    stamp,
    kept,
  });
  if (file.previewed !== undefined) {
    await ctx.record({
      action: file.previewed,
      objectType: 'import',
      objectId: importId,
      placeId: place.placeId,
      schoolId: place.schoolId,
      after: { fileName, cells: count, hard },
    });
  }
  return { ...preview, importId };
}

function found<Stored>(stored: Stored | undefined): Stored {
  if (!stored) throw problem('thing.notFound', { what: '次导入' });
  return stored;
}

/** @throws Problem `import.expired`, `import.hardErrors`, `import.empty` */
function assertOpen({ takenAt, expiresAt, preview }: Stored<unknown>, now: Date): void {
  if (takenAt !== null || expiresAt <= now) throw problem('import.expired');
  if (preview.hard > 0) throw problem('import.hardErrors', { count: preview.hard });
  if (!preview.writable) throw problem('import.empty');
}
