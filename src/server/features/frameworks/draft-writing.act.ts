import type { z } from 'zod';
import type { TreeChange, writtenCell } from '#contract/frameworks/frameworks.ts';
import { wholeCode } from '#contract/frameworks/frameworks.ts';
import type { Context } from '#core/access/serve.ts';
import { changedMeanwhile } from '#core/audit/last-change.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { withRenamed } from '#domain/framework/draft/renamed-code.ts';
import {
  branchOf,
  withAdded,
  withCopied,
  withMoved,
  withoutBranch,
  writtenIn,
} from '#domain/framework/draft/tree-change.ts';
import { withPoints } from '#domain/framework/draft/written-cell.ts';
import { readEdition } from '#domain/framework/edition/prepare-edition.ts';
import type { Code, Edition, Indicator, Points } from '#domain/framework/edition.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { problem } from '#domain/kit/problem.ts';
import { contentOf, draftRevised, lockOpen, objectOf, presentWhole } from './draft.act.ts';
import { type DraftRow, findDraft, findKept, updateDraft } from './draft.store.ts';
import { judgedDraft } from './framework.shape.ts';
import type { FrameworkHandle } from './framework.store.ts';

type Ctx = Context<FrameworkHandle>;

/** One cell as somebody wrote it, with the version that was seen. */
export type TypedCell = z.output<typeof writtenCell> & { readonly code: string; readonly version: number };

const cellTitles: Readonly<Record<TypedCell['field'], string>> = {
  ...{ title: '名称', points: '分值', weight: '权重', text: '内容', evidence: '佐证材料', responsible: '责任单位' },
  ...{ basis: '政策依据', threshold: '达标标准', note: '备注', unit: '计量单位', formula: '公式', applies: '适用条件' },
  ...{ method: '计分方法', must: '必达条件', rollUp: '合成方式', adjust: '调整', generatedFrom: '由上轮问题生成' },
  ...{ photos: '照片张数' },
  ...{ edition: '版本', subject: '评估对象', notApplicable: '不适用的处理', decimals: '小数位数', bonus: '加分上限' },
  ...{ documents: '文件', preconditions: '前提', vetoes: '一票否决', caps: '封顶', downgrades: '降等' },
  ...{ conclusions: '结论', actions: '处理', attributes: '对象的属性', facts: '自有的事实', reads: '取数的年份' },
  ...{ raters: '评分主体的权重', gradeConversion: '等次折算的分数', relaxations: '放宽', flags: '特别约定' },
};

/** The versions of cells, and of the place of an indicator: `C1.points`, `C1.place`. */
const placeCell = (code: Code) => `${code}.place`;

/**
 * Writes cells of a draft. Two people write side by side: a cell that somebody wrote meanwhile is refused with its name, and
 * then none is written. Whoever writes a method that was guessed confirms it, also where it stays the same.
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
  const confirmed = new Set(cells.flatMap(({ code, field }) => (field === 'method' ? [code] : [])));
  const guesses = row.guesses.filter((code) => !confirmed.has(code));
  if (canonicalJson(definition) === canonicalJson(edition) && guesses.length === row.guesses.length) {
    throw problem('thing.nothingChanges', { what: '草稿' });
  }
  const [first] = cells;
  const act =
    cells.length === 1 ? `填写${ofCode(first!.code)}的${cellTitles[first!.field]}` : `填写 ${cells.length} 格`;
  const stored = await store(ctx, row, { definition, versions, guesses, act });
  await ctx.record({
    ...objectOf(row),
    action: 'framework-draft.written',
    before: { written: cells.map((cell) => cellText(edition, cell)) },
    after: { written: cells.map((cell) => cellText(definition, cell)) },
  });
  return stored;
}

const ofCode = (code: string) => (code === wholeCode ? '整个体系' : `指标 ${code} `);

/** The edition with one cell written. */
function withWritten(edition: Edition, cell: TypedCell): Edition {
  const { code, field, value } = cell;
  if (code === wholeCode) {
    if (field === 'points') return { ...edition, max: value as number };
    if (value !== null && value !== '' && !isEmptyPart(field, value)) return { ...edition, [field]: value };
    const { [field as keyof Edition]: _, ...rest } = edition;
    return (required.has(field) ? { ...rest, [field]: [] } : rest) as Edition;
  }
  if (!edition.indicators.some((one) => one.code === code))
    throw problem('thing.notFound', { what: `个指标（${code}）` });
  return { ...edition, indicators: edition.indicators.map((one) => (one.code === code ? withCell(one, cell) : one)) };
}

/** Lists that every edition has, however empty. */
const required: ReadonlySet<string> = new Set(['vetoes', 'caps', 'downgrades', 'conclusions', 'documents']);

/** A list without rows and a structure without parts say nothing, as a part that is not there. */
function isEmptyPart(field: string, value: unknown): boolean {
  if (typeof value !== 'object' || value === null || required.has(field)) return false;
  return Object.keys(value).length === 0;
}

/** `C1 分值：2` for the audit. */
function cellText(edition: Edition, { code, field }: TypedCell): string {
  const indicator = edition.indicators.find((one) => one.code === code);
  const whole = field === 'points' ? edition.max : edition[field as keyof Edition];
  const found = (indicator ? indicator[field as keyof Indicator] : whole) ?? '（空）';
  const value = typeof found === 'object' ? canonicalJson(found) : String(found);
  const kept = value.length > mostRecorded ? `${value.slice(0, mostRecorded)}…（共 ${value.length} 字）` : value;
  return `${code === wholeCode ? '整个体系' : code} ${cellTitles[field]}：${kept}`;
}

/** How many signs of a text the audit keeps; the draft has all of them. */
const mostRecorded = 200;

/** The indicator with one part written. What a city writes is known: it is no reading and no placeholder any more. */
function withCell(indicator: Indicator, { field, value }: TypedCell): Indicator {
  if (field === 'points') return withPoints(indicator, value as Points);
  if (field === 'title') {
    const { placeholder: _, ...rest } = indicator;
    return { ...rest, title: value as string | null };
  }
  if (field === 'weight') return { ...indicator, weight: value as number | null };
  const { [field as keyof Indicator]: _, ...without } = indicator;
  return value === '' || value === null || isEmptyPart(field, value)
    ? (without as Indicator)
    : ({ ...without, [field]: value } as Indicator);
}

/**
 * Changes the tree of a draft. An indicator whose place somebody changed meanwhile stays where it is, and a branch in which
 * somebody wrote is not taken out: both are refused by name.
 */
export async function changeTree(ctx: Ctx, id: string, change: TreeChange) {
  const row = await lockOpen(ctx, id);
  const edition = readEdition(row.definition);
  const seen = versionSeen(edition, row.versions, change);
  if (!seen) throw await changedMeanwhile(ctx, `${ofCode(codeOf(change))}`.trim(), row, draftRevised);
  const { definition, code, words } = changed(edition, change);
  if (canonicalJson(definition) === canonicalJson(edition)) throw problem('thing.nothingChanges', { what: '草稿' });
  const versions = versionsAfter(row.versions, change, code);
  const guesses = row.guesses.map((one) => (change.act === 'rename' && one === change.code ? change.to : one));
  const stored = await store(ctx, row, { definition, versions, guesses, act: words });
  await ctx.record({ ...objectOf(row), action: 'framework-draft.treeChanged', after: { treeChange: words } });
  return { ...stored, code };
}

const codeOf = (change: TreeChange) => change.code;

/** Whether this person has seen the place and, of what is taken out, all that was written. */
function versionSeen(edition: Edition, versions: DraftRow['versions'], change: TreeChange): boolean {
  if (change.act === 'remove') return writtenIn(edition.indicators, versions, change.code) === change.written;
  if (change.act === 'move' || change.act === 'rename') {
    return (versions[placeCell(change.code)] ?? 0) === change.version;
  }
  return true;
}

function changed(
  edition: Edition,
  change: TreeChange,
): { readonly definition: Edition; readonly code: Code | null; readonly words: string } {
  switch (change.act) {
    case 'add': {
      const { code, title, points } = change;
      return {
        definition: withAdded(edition, { code, title, points }, change),
        code,
        words: `增加指标 ${code} ${title}`,
      };
    }
    case 'move': {
      const { code, parent } = change;
      return { definition: withMoved(edition, code, change), code, words: `移动指标 ${code} 到${parent ?? '最上级'}` };
    }
    case 'copy': {
      const copied = withCopied(edition, change.code, change);
      return { definition: copied.edition, code: copied.code, words: `复制指标 ${change.code} 为 ${copied.code}` };
    }
    case 'rename': {
      const { code, to } = change;
      return { definition: withRenamed(edition, code, to), code: to, words: `编号 ${code} 改为 ${to}` };
    }
    case 'remove': {
      const count = branchOf(edition.indicators, change.code).length;
      const more = count > 1 ? `及其下级共 ${count} 项` : '';
      return { definition: withoutBranch(edition, change.code), code: null, words: `删去指标 ${change.code}${more}` };
    }
  }
}

/**
 * Cells go with their indicator to its new code; a place that was changed counts one more. No version is ever forgotten: an
 * indicator can come back, and whoever read it before it was written does not write over what he has not seen.
 */
function versionsAfter(versions: DraftRow['versions'], change: TreeChange, code: Code | null): Record<string, number> {
  const after: Record<string, number> = { ...versions };
  if (change.act === 'remove') return after;
  if (change.act === 'rename') {
    for (const [name, count] of Object.entries(versions)) {
      const dot = name.lastIndexOf('.');
      if (name.slice(0, dot) !== change.code) continue;
      const moved = `${change.to}${name.slice(dot)}`;
      const before = versions[moved];
      after[moved] = before === undefined ? count : Math.max(before, count) + 1;
    }
  }
  const place = placeCell(code!);
  return { ...after, [place]: (after[place] ?? 0) + 1 };
}

/**
 * Takes the last change of a draft back, or makes the one again that was taken back last: the draft becomes what it was.
 * Nobody's work is lost by it, because a draft that was changed since is refused; every cell that changes counts as written
 * again. Whoever writes something new has nothing to make again any more.
 */
export async function undoChange(
  ctx: Ctx,
  id: string,
  { revision, again }: { readonly revision: number; readonly again: boolean },
) {
  const row = await lockOpen(ctx, id, revision);
  const kept = await findKept(ctx.db, row, again);
  if (kept === undefined) throw problem('thing.notFound', { what: again ? '次可以重做的改动' : '次可以撤销的改动' });
  const before = readEdition(row.definition);
  const definition = readEdition(kept.definition);
  const versions = versionsOfBoth(before, definition, row.versions);
  const stored = await store(
    ctx,
    row,
    { definition, versions, guesses: kept.guesses, act: kept.act },
    again ? 'redo' : 'undo',
  );
  const after = { [again ? 'redoneChange' : 'undoneChange']: kept.act };
  await ctx.record({ ...objectOf(row), action: `framework-draft.${again ? 'redone' : 'undone'}`, after });
  return stored;
}

/** The versions with one more for each cell and place in which two states of a draft differ. */
function versionsOfBoth(one: Edition, other: Edition, versions: DraftRow['versions']): Record<string, number> {
  const after: Record<string, number> = { ...versions };
  const raise = (name: string) => {
    after[name] = (after[name] ?? 0) + 1;
  };
  const byCode = new Map(other.indicators.map((indicator) => [indicator.code, indicator]));
  for (const indicator of one.indicators) {
    const twin = byCode.get(indicator.code);
    if (twin === undefined) raise(placeCell(indicator.code));
    else
      for (const name of differing(indicator, twin))
        raise(name === 'parent' ? placeCell(twin.code) : `${twin.code}.${name}`);
  }
  const known = new Set(one.indicators.map(({ code }) => code));
  for (const { code } of other.indicators) if (!known.has(code)) raise(placeCell(code));
  const { indicators: _, max, ...rest } = one;
  const { indicators: __, max: otherMax, ...otherRest } = other;
  for (const name of differing(rest, otherRest)) raise(`${wholeCode}.${name}`);
  if (max !== otherMax) raise(`${wholeCode}.points`);
  return after;
}

function differing<Thing extends object>(one: Thing, other: Thing): string[] {
  const parts = [...new Set([...Object.keys(one), ...Object.keys(other)])] as (keyof Thing & string)[];
  return parts.filter((part) => canonicalJson(one[part] ?? null) !== canonicalJson(other[part] ?? null));
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
  const without: Edition = { ...edition, gaps: edition.gaps.filter((one) => one !== found) };
  const definition =
    indicator === null ? without : withAdded(without, indicator, { parent: found.under, before: null });
  const act = indicator === null ? `不采用“${gap.title}”` : `把“${gap.title}”写成指标 ${indicator.code}`;
  const stored = await store(ctx, row, { definition, versions: row.versions, guesses: row.guesses, act });
  const after = { title: gap.title, indicator: indicator?.code ?? null, points: indicator?.points ?? null };
  await ctx.record({ ...objectOf(row), action: 'framework-draft.gapFilled', after });
  return stored;
}

interface Written {
  readonly definition: Edition;
  readonly versions: Readonly<Record<string, number>>;
  readonly guesses: readonly Code[];
  /** What was done, as the page names it where it can be taken back. */
  readonly act: string;
}

async function store(
  ctx: Ctx,
  row: DraftRow,
  { definition, versions, guesses, act }: Written,
  how: 'change' | 'undo' | 'redo' = 'change',
) {
  // Only what has the shape of an edition is stored; what its parts say of each other is shown and may wait.
  const judged = judgedDraft(definition);
  const by = signatureOf(ctx.actor);
  const kept = { definition: row.definition, guesses: row.guesses, act, by };
  await updateDraft(ctx.db, row, { ...contentOf(judged, guesses), versions, kept, how, at: ctx.now, by });
  const stored = await findDraft(ctx.db, ctx.scope.places, row.id);
  return presentWhole(stored!, judged);
}
