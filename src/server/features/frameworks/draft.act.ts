import { wholeCode } from '#contract/frameworks/frameworks.ts';
import type { Context } from '#core/access/serve.ts';
import { changedMeanwhile, type Revised } from '#core/audit/last-change.ts';
import { preparedEdition } from '#core/facts/prepared-edition.shape.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { readEdition } from '#domain/framework/edition/prepare-edition.ts';
import type { Edition, Indicator } from '#domain/framework/edition.ts';
import { assertRoomFor } from '#domain/kit/bounds.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
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
  updateDraft,
} from './draft.store.ts';
import { type JudgedDraft, judgedDraft, presentDraft, presentEdition, rowOf } from './framework.shape.ts';
import { type FrameworkHandle, findCity, findEdition, insertEdition } from './framework.store.ts';

type Ctx = Context<FrameworkHandle>;

export const draftRevised: Revised = {
  table: 'framework_drafts',
  type: 'framework-draft',
  acts: ['framework-draft.written', 'framework-draft.gapFilled', 'framework-draft.discarded', 'framework.published'],
};

/** The key of a city's own edition of a shipped framework. */
const ownKey = (key: string) => `${key}-own`;

/**
 * Copies an edition to be completed or changed: a sample with the name of this city, whatever the document was. What came
 * with the product stays as it is, under its own key.
 * @throws thing.exists where a draft of it stands, request.bound
 */
export async function copyEdition(ctx: Ctx, { key, revision }: { key: string; revision: number }): Promise<string> {
  const base = await findEdition(ctx.db, key, revision);
  if (base === undefined) throw problem('thing.notFound', { what: '个指标体系的版本' });
  const city = await findCity(ctx.db);
  const placeId = ctx.actor.unitId;
  ctx.authorize(placeId !== null && city?.id === placeId);
  const { completedBy: _, ...rest } = readEdition(base.definition);
  const draft = {
    ...{ placeId: city!.id, id: newId(), key: base.shipped ? ownKey(key) : key },
    basedOn: { key: base.key, revision: base.revision, hash: base.hash },
  };
  await lockCount(ctx.db, 'framework drafts', draft.placeId);
  assertRoomFor('frameworkDrafts', await countDrafts(ctx.db, draft.placeId));
  const definition: Edition = { ...rest, key: draft.key, authority: 'sample', completedBy: city!.name };
  const by = { at: ctx.now, by: signatureOf(ctx.actor) };
  if (!(await insertDraft(ctx.db, { ...draft, ...contentOf(judgedDraft(definition)), ...by }))) {
    throw problem('thing.exists', { what: `“${rest.title}”的草稿` });
  }
  const after = { title: rest.title, key: draft.key, basedOn: `${base.key} ${base.revision}`, editionHash: base.hash };
  await ctx.record({ ...objectOf(draft), action: 'framework-draft.copied', after });
  return draft.id;
}

/** The draft as its page shows it, with what a publication would refuse. */
export async function readDraft(ctx: Ctx, id: string) {
  const row = await findDraft(ctx.db, ctx.scope.places, id);
  if (row === undefined) throw problem('thing.notFound', { what: '份草稿' });
  return presentWhole(row, judgedDraft(row.definition));
}

/** One cell as somebody typed it, with the version that was seen. */
export interface TypedCell {
  readonly code: string;
  readonly version: number;
  readonly field: 'title' | 'points' | 'weight' | 'text' | 'evidence' | 'responsible';
  readonly value: string | number | null;
}

const cellTitles: Readonly<Record<TypedCell['field'], string>> = {
  ...{ title: '名称', points: '分值', weight: '权重', text: '内容', evidence: '佐证材料', responsible: '责任单位' },
};

/**
 * Writes cells of a draft. Two people write side by side: a cell that somebody wrote meanwhile is refused with its name, and
 * then none is written.
 */
export async function writeCells(ctx: Ctx, id: string, cells: readonly TypedCell[]) {
  const row = await lockOpen(ctx, id);
  const edition = readEdition(row.definition);
  const versions: Record<string, number> = { ...row.versions };
  let definition = edition;
  for (const cell of cells) {
    const name = `${cell.code}.${cell.field}`;
    if ((versions[name] ?? 0) !== cell.version) {
      throw await changedMeanwhile(ctx, `${ofCode(cell.code)}的${cellTitles[cell.field]}`, row, draftRevised);
    }
    definition = withWritten(definition, cell);
    versions[name] = cell.version + 1;
  }
  if (canonicalJson(definition) === canonicalJson(edition)) throw problem('thing.nothingChanges', { what: '草稿' });
  await ctx.record({
    ...objectOf(row),
    action: 'framework-draft.written',
    before: { written: cells.map((cell) => cellText(edition, cell)) },
    after: { written: cells.map((cell) => cellText(definition, cell)) },
  });
  return await store(ctx, row, definition, versions);
}

const ofCode = (code: string) => (code === wholeCode ? '整个体系' : `指标 ${code} `);

/** The edition with one cell written. */
function withWritten(edition: Edition, cell: TypedCell): Edition {
  const { code, field, value } = cell;
  if (code === wholeCode) {
    return field === 'points' ? { ...edition, max: value as number } : { ...edition, title: value as string };
  }
  if (!edition.indicators.some((one) => one.code === code))
    throw problem('thing.notFound', { what: `个指标（${code}）` });
  return { ...edition, indicators: edition.indicators.map((one) => (one.code === code ? withCell(one, cell) : one)) };
}

/** `C1 分值：2` for the audit. */
function cellText(edition: Edition, { code, field }: TypedCell): string {
  const indicator = edition.indicators.find((one) => one.code === code);
  const whole = field === 'points' ? edition.max : edition.title;
  const value = String((indicator ? indicator[field] : whole) ?? '（空）');
  const kept = value.length > mostRecorded ? `${value.slice(0, mostRecorded)}…（共 ${value.length} 字）` : value;
  return `${code === wholeCode ? '整个体系' : code} ${cellTitles[field]}：${kept}`;
}

/** How many signs of a text the audit keeps; the draft has all of them. */
const mostRecorded = 200;

/** The indicator with one part written. What a city writes is known: it is no reading and no placeholder any more. */
function withCell(indicator: Indicator, { field, value }: TypedCell): Indicator {
  const { reading, placeholder, ...rest } = indicator;
  if (field === 'points') {
    const { method } = indicator;
    const points = value as Indicator['points'];
    const bonus = method?.kind === 'bonus' && typeof points === 'number' ? { method: { ...method, cap: points } } : {};
    return { ...rest, ...(placeholder ? { placeholder } : {}), ...bonus, points };
  }
  if (field === 'title') return { ...rest, ...(reading ? { reading } : {}), title: value as string | null };
  if (field === 'weight') return { ...indicator, weight: value as number | null };
  const { [field]: _, ...without } = indicator;
  return value === '' || value === null
    ? (without as Indicator)
    : ({ ...without, [field]: value as string } as Indicator);
}

/**
 * Takes a gap (a row that is known to exist and was not seen) out of a draft: an indicator stands in its place, or the city
 * does without it.
 */
export async function fillGap(
  ctx: Ctx,
  id: string,
  gap: { title: string; indicator: { code: string; title: string; points: number | 'none' } | null; revision: number },
) {
  const row = await lockOpen(ctx, id, gap.revision);
  const edition = readEdition(row.definition);
  const found = edition.gaps.find(({ title }) => title === gap.title);
  if (found === undefined) throw problem('thing.notFound', { what: '处未见的内容' });
  const { indicator } = gap;
  if (indicator !== null && edition.indicators.some(({ code }) => code === indicator.code)) {
    throw problem('thing.exists', { what: `编号 ${indicator.code} ` });
  }
  const definition: Edition = {
    ...edition,
    gaps: edition.gaps.filter((one) => one !== found),
    indicators:
      indicator === null ? edition.indicators : placed(edition.indicators, { ...indicator, parent: found.under }),
  };
  const after = { title: gap.title, indicator: indicator?.code ?? null, points: indicator?.points ?? null };
  await ctx.record({ ...objectOf(row), action: 'framework-draft.gapFilled', after });
  return await store(ctx, row, definition, row.versions);
}

/** The indicators with one more, behind the last that stands below the same parent. */
function placed(indicators: readonly Indicator[], added: Indicator): Indicator[] {
  const below = (code: string | null): boolean => {
    for (let at = code; at !== null; at = indicators.find((one) => one.code === at)?.parent ?? null) {
      if (at === added.parent) return true;
    }
    return added.parent === null;
  };
  const last = indicators.findLastIndex(({ code }) => below(code));
  return indicators.toSpliced(last + 1, 0, added);
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
async function lockOpen(ctx: Ctx, id: string, revision?: number): Promise<DraftRow> {
  const row = await lockDraft(ctx.db, ctx.scope.places, id);
  if (row === undefined) throw problem('thing.notFound', { what: '份草稿' });
  const refusal = problem('flow.notInState', { what: '份草稿', action: '修改', state: stateTitles[row.state] });
  ctx.authorize(row.state === 'draft', refusal);
  if (revision !== undefined && row.revision !== revision)
    throw await changedMeanwhile(ctx, '这份草稿', row, draftRevised);
  return row;
}

async function store(ctx: Ctx, row: DraftRow, definition: Edition, versions: Readonly<Record<string, number>>) {
  // Only what has the shape of an edition is stored; what its parts say of each other is shown and may wait.
  const judged = judgedDraft(definition);
  await updateDraft(ctx.db, row, { ...contentOf(judged), versions, at: ctx.now, by: signatureOf(ctx.actor) });
  const stored = await findDraft(ctx.db, ctx.scope.places, row.id);
  return presentWhole(stored!, judged);
}

function contentOf({ edition, leaves, openCodes }: JudgedDraft): DraftContent {
  return { definition: edition, title: edition.title, leaves, openCodes };
}

function presentWhole(row: DraftRow, { edition, issues, openCodes, words }: JudgedDraft) {
  return {
    ...presentDraft(row),
    definition: edition,
    openCodes: [...openCodes],
    issues: issues.map(({ path, code, message }) => ({ path, code, message })),
    words,
    versions: row.versions,
    state: row.state,
  };
}

const objectOf = ({ id, placeId }: Pick<DraftRow, 'id' | 'placeId'>) => ({
  ...{ objectType: 'framework-draft', objectId: id, placeId },
});
