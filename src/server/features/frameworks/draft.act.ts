import type { Context } from '#core/access/serve.ts';
import { changedMeanwhile, type Revised } from '#core/audit/last-change.ts';
import { preparedEdition } from '#core/facts/prepared-edition.shape.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { readEdition } from '#domain/framework/edition/prepare-edition.ts';
import type { Code, Edition, Subject } from '#domain/framework/edition.ts';
import { emptyEdition } from '#domain/framework/workbook/edition-of-outline.ts';
import { assertRoomFor } from '#domain/kit/bounds.ts';
import { problem } from '#domain/kit/problem.ts';
import { lockCount } from '#platform/db/named-lock.ts';
import { newId } from '#platform/ids/new-id.ts';
import {
  countDrafts,
  type DraftContent,
  type DraftRow,
  endDraft,
  findDraft,
  insertDraft,
  lockDraft,
} from './draft.store.ts';
import { type JudgedDraft, judgedDraft, presentDraft, presentEdition, rowOf } from './framework.shape.ts';
import { type EditionName, type FrameworkHandle, findCity, findEdition, insertEdition } from './framework.store.ts';

type Ctx = Context<FrameworkHandle>;

export const draftRevised: Revised = {
  table: 'framework_drafts',
  type: 'framework-draft',
  acts: [
    'framework-draft.written',
    'framework-draft.treeChanged',
    'framework-draft.undone',
    'framework-draft.redone',
    'framework-draft.gapFilled',
    'framework-draft.discarded',
    'framework.published',
  ],
};

/** The key of a city's own edition of a shipped framework. */
const ownKey = (key: string) => `${key}-own`;

/** A draft that begins, with the act by which it does. */
interface Beginning {
  readonly placeId: number;
  readonly edition: Edition;
  readonly guesses: readonly Code[];
  readonly basedOn: EditionName | null;
}

/**
 * Stores a new draft at the city and records how it came about.
 * @throws thing.exists where a draft of the same key stands, request.bound
 */
export async function createDraft(
  ctx: Ctx,
  { placeId, edition, guesses, basedOn }: Beginning,
  { action, after = {} }: { readonly action: string; readonly after?: Readonly<Record<string, unknown>> },
): Promise<{ readonly id: string; readonly leaves: number }> {
  await lockCount(ctx.db, 'framework drafts', placeId);
  assertRoomFor('frameworkDrafts', await countDrafts(ctx.db, placeId));
  const draft = { placeId, id: newId(), key: edition.key, basedOn };
  const content = contentOf(judgedDraft(edition), guesses);
  if (!(await insertDraft(ctx.db, { ...draft, ...content, at: ctx.now, by: signatureOf(ctx.actor) }))) {
    throw problem('thing.exists', { what: `“${edition.title}”的草稿` });
  }
  await ctx.record({ ...objectOf(draft), action, after: { title: edition.title, key: edition.key, ...after } });
  return { id: draft.id, leaves: content.leaves };
}

/**
 * Copies an edition to be completed or changed: a sample with the name of this city, whatever the document was. What came
 * with the product stays as it is, under its own key.
 * @throws thing.exists where a draft of it stands, request.bound
 */
export async function copyEdition(ctx: Ctx, { key, revision }: { key: string; revision: number }): Promise<string> {
  const base = await findEdition(ctx.db, key, revision);
  if (base === undefined) throw problem('thing.notFound', { what: '个指标体系的版本' });
  const city = await ownCity(ctx);
  const { completedBy: _, ...rest } = readEdition(base.definition);
  const own = base.shipped ? ownKey(key) : key;
  const edition: Edition = { ...rest, key: own, authority: 'sample', completedBy: city.name };
  const basedOn = { key: base.key, revision: base.revision, hash: base.hash };
  const after = { basedOn: `${base.key} ${base.revision}`, editionHash: base.hash };
  const beginning = { placeId: city.id, edition, guesses: [], basedOn };
  return (await createDraft(ctx, beginning, { action: 'framework-draft.copied', after })).id;
}

/** A framework that begins with nothing but its name and its first indicator. */
export async function beginEdition(
  ctx: Ctx,
  given: { title: string; edition: string; subject: Subject; max: number | null; first: string },
): Promise<string> {
  const city = await ownCity(ctx);
  const { title, edition, subject, max, first } = given;
  const key = `own-${newId().replaceAll('-', '').slice(-12)}`;
  const points = max === null ? ('none' as const) : max;
  const begun: Edition = {
    ...emptyEdition({ key, title, edition, subject, completedBy: city.name }),
    ...{ max, indicators: [{ code: 'A1', parent: null, title: first, points }] },
  };
  const beginning = { placeId: city.id, edition: begun, guesses: [], basedOn: null };
  return (await createDraft(ctx, beginning, { action: 'framework-draft.begun' })).id;
}

/** The city, where this person works in it: drafts lie there and nowhere else. */
export async function ownCity(ctx: Ctx): Promise<{ readonly id: number; readonly name: string }> {
  const city = await findCity(ctx.db);
  ctx.authorize(city !== undefined && city.id === ctx.actor.unitId);
  return city!;
}

/** The draft as its page shows it, with what a publication would refuse. */
export async function readDraft(ctx: Ctx, id: string) {
  return presentWhole(await getDraft(ctx, id));
}

/** @throws thing.notFound */
export async function getDraft(ctx: Ctx, id: string): Promise<DraftRow> {
  const row = await findDraft(ctx.db, ctx.scope.places, id);
  if (row === undefined) throw problem('thing.notFound', { what: '份草稿' });
  return row;
}

/**
 * Publishes a draft: it becomes the next revision of its key and never changes again.
 * @throws framework.invalid and framework.incomplete with every node
 */
export async function publishDraft(ctx: Ctx, id: string, { revision, note }: { revision: number; note: string }) {
  const row = await lockOpen(ctx, id, revision);
  const prepared = preparedEdition(row.definition);
  if (prepared.open.length > 0) throw problem('framework.incomplete', { key: row.key, codes: prepared.open });
  const by = signatureOf(ctx.actor);
  const { basedOn } = row;
  const given = { shipped: false, basedOn, note, createdAt: ctx.now, createdBy: by };
  const published = await insertEdition(ctx.db, { ...rowOf(prepared), ...given });
  if (!published.added) throw problem('thing.nothingChanges', { what: '这个指标体系' });
  await endDraft(ctx.db, row, { state: 'published', published: published.revision }, { at: ctx.now, by });
  const after = { title: prepared.edition.title, published: published.revision, editionHash: prepared.hash, note };
  await ctx.record({ ...objectOf(row), action: 'framework.published', after });
  return presentEdition((await findEdition(ctx.db, row.key, published.revision))!);
}

/** Gives a draft up; it stays readable with the reason. */
export async function discardDraft(ctx: Ctx, id: string, { revision, reason }: { revision: number; reason: string }) {
  const row = await lockOpen(ctx, id, revision);
  await endDraft(ctx.db, row, { state: 'discarded', reason }, { at: ctx.now, by: signatureOf(ctx.actor) });
  await ctx.record({ ...objectOf(row), action: 'framework-draft.discarded', after: { reason } });
  return await readDraft(ctx, id);
}

const stateTitles = { draft: '草稿', published: '已发布', discarded: '已放弃' } as const;

/** The draft that is open to be written, kept until the transaction ends. */
export async function lockOpen(ctx: Ctx, id: string, revision?: number): Promise<DraftRow> {
  return await openDraft(ctx, await lockDraft(ctx.db, ctx.scope.places, id), '修改', revision);
}

/** The open draft as the person has read it, for an act that writes nothing in it. */
export async function findOpen(ctx: Ctx, id: string, action: string, revision: number): Promise<DraftRow> {
  return await openDraft(ctx, await findDraft(ctx.db, ctx.scope.places, id), action, revision);
}

async function openDraft(ctx: Ctx, row: DraftRow | undefined, action: string, revision?: number): Promise<DraftRow> {
  if (row === undefined) throw problem('thing.notFound', { what: '份草稿' });
  const refusal = problem('flow.notInState', { what: '份草稿', action, state: stateTitles[row.state] });
  ctx.authorize(row.state === 'draft', refusal);
  if (revision !== undefined && row.revision !== revision)
    throw await changedMeanwhile(ctx, '这份草稿', row, draftRevised);
  return row;
}

/** What a judged draft keeps in its row. */
export function contentOf({ edition, leaves, openCodes }: JudgedDraft, guesses: readonly Code[]): DraftContent {
  const leavesNow = new Set(edition.indicators.map(({ code }) => code));
  const left = guesses.filter((code) => leavesNow.has(code));
  return { definition: edition, title: edition.title, leaves, openCodes, guesses: left };
}

/** A draft with all that its page shows. */
export function presentWhole(row: DraftRow, judged: JudgedDraft = judgedDraft(row.definition)) {
  const { edition, issues, openCodes, words, unknowable } = judged;
  return {
    ...presentDraft(row),
    definition: edition,
    openCodes: [...openCodes],
    issues: issues.map(({ path, code, message }) => ({ path, code, message })),
    words,
    unknowable: [...unknowable],
    versions: row.versions,
    state: row.state,
    guesses: [...row.guesses],
    undo: row.state === 'draft' ? row.undo : null,
    redo: row.state === 'draft' ? row.redo : null,
  };
}

/** What the audit names as the object of an act on a draft. */
export const objectOf = ({ id, placeId }: Pick<DraftRow, 'id' | 'placeId'>) => ({
  ...{ objectType: 'framework-draft', objectId: id, placeId },
});
