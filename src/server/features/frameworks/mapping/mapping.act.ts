import type { readMapping, writeMapping } from '#contract/frameworks/mappings.ts';
import type { RouteInput, RouteOutput } from '#contract/route.ts';
import type { Context } from '#core/access/serve.ts';
import { changedMeanwhile, type Revised } from '#core/audit/last-change.ts';
import { preparedEdition } from '#core/facts/prepared-edition.shape.ts';
import { signatureOf } from '#domain/access/actor.ts';
import type { Code, Indicator } from '#domain/framework/edition.ts';
import { carriedOver } from '#domain/framework/mapping/carried-over.ts';
import { leafLikeness, leavesOf, proposeMapping } from '#domain/framework/mapping/propose-mapping.ts';
import { askedFacts } from '#domain/framework/questions/asked-facts.ts';
import type { Prepared } from '#domain/framework/result.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { problem } from '#domain/kit/problem.ts';
import { newId } from '#platform/ids/new-id.ts';
import { ownCity } from '../draft.act.ts';
import { presentEdition } from '../framework.shape.ts';
import { type FrameworkHandle, findEdition, type StoredEdition } from '../framework.store.ts';
import { findMapping, insertMapping, lockMapping, type MappedEditions, updateMapping } from './mapping.store.ts';

type Ctx = Context<FrameworkHandle>;
type Reply = RouteOutput<typeof readMapping>;
type Row = Reply['rows'][number];

export const mappingRevised: Revised = {
  table: 'framework_mappings',
  type: 'framework-mapping',
  acts: ['framework-mapping.written'],
};

interface Asked {
  readonly from: string;
  readonly fromRevision?: number | undefined;
  readonly to: string;
  readonly toRevision?: number | undefined;
}

/** The two editions of a mapping. */
interface Pair {
  readonly from: StoredEdition;
  readonly to: StoredEdition;
  readonly of: MappedEditions;
}

async function editionsOf(ctx: Ctx, asked: Asked): Promise<Pair> {
  const from = await findEdition(ctx.db, asked.from, asked.fromRevision);
  const to = await findEdition(ctx.db, asked.to, asked.toRevision);
  if (from === undefined || to === undefined) throw problem('thing.notFound', { what: '个指标体系的版本' });
  if (from.key === to.key && from.revision === to.revision) {
    const message = '请选两个不同的版本';
    throw problem('request.invalid', { issues: [{ path: 'to', message }] });
  }
  const of = { fromKey: from.key, fromRevision: from.revision, toKey: to.key, toRevision: to.revision };
  return { from, to, of };
}

/**
 * The leaves of the second edition with those of the first that carry to them: as the city has decided, else as it is
 * proposed; with what carries over of each.
 */
export async function showMapping(ctx: Ctx, asked: RouteInput<typeof readMapping>['query']): Promise<Reply> {
  const city = await ownCity(ctx);
  const pair = await editionsOf(ctx, asked);
  return presentMapping(pair, await findMapping(ctx.db, city.id, pair.of));
}

/**
 * Decides which leaf carries to which. What somebody else has decided meanwhile is not overwritten.
 * @throws thing.changed, request.invalid for a leaf that is not there or carries to two
 */
export async function decideMapping(ctx: Ctx, body: RouteInput<typeof writeMapping>['body']): Promise<Reply> {
  const city = await ownCity(ctx);
  const pair = await editionsOf(ctx, body);
  const pairs = checkedPairs(pair, body.pairs);
  const before = await lockMapping(ctx.db, city.id, pair.of);
  const id = before?.id ?? newId();
  const object = { placeId: city.id, id };
  if ((before?.revision ?? 0) !== body.revision)
    throw await changedMeanwhile(ctx, '这份指标对应', object, mappingRevised);
  if (before && canonicalJson(before.pairs) === canonicalJson(pairs)) {
    throw problem('thing.nothingChanges', { what: '这份指标对应' });
  }
  const written = { ...object, pairs, at: ctx.now, by: signatureOf(ctx.actor) };
  if (before !== undefined) await updateMapping(ctx.db, written);
  else if (!(await insertMapping(ctx.db, pair.of, written))) {
    throw problem('thing.changed', { what: '这份指标对应' });
  }
  const said = (own: Readonly<Record<string, string | null>>) =>
    Object.entries(own).map(([to, from]) => `${from ?? '无'} → ${to}`);
  const changed = said(pairs).filter((one) => !before || !said(before.pairs).includes(one));
  await ctx.record({
    ...{ action: 'framework-mapping.written', objectType: 'framework-mapping', objectId: id, placeId: city.id },
    after: {
      title: `${pair.from.title}（${pair.of.fromRevision}）→ ${pair.to.title}（${pair.of.toRevision}）`,
      pairs: changed.slice(0, mostRecorded),
    },
  });
  return presentMapping(pair, await findMapping(ctx.db, city.id, pair.of));
}

/** How many changed pairs the audit names; the mapping has all of them. */
const mostRecorded = 200;

function checkedPairs(
  { from, to }: Pair,
  given: ReadonlyArray<{ readonly to: Code; readonly from: Code | null }>,
): Record<Code, Code | null> {
  const [sources, targets] = [from, to].map(
    (one) => new Set(leavesOf(preparedEdition(one.definition, one.hash).edition).map(({ code }) => code)),
  );
  const used = new Set<Code>();
  const issues: { path: string; message: string }[] = [];
  for (const [at, pair] of given.entries()) {
    const refuse = (message: string) => issues.push({ path: `body.pairs[${at}]`, message });
    if (!targets!.has(pair.to)) refuse(`“${to.title}”没有末级指标 ${pair.to}`);
    if (pair.from === null) continue;
    if (!sources!.has(pair.from)) refuse(`“${from.title}”没有末级指标 ${pair.from}`);
    else if (used.has(pair.from)) refuse(`指标 ${pair.from} 只能对应一项`);
    used.add(pair.from);
  }
  if (issues.length > 0) throw problem('request.invalid', { issues });
  return Object.fromEntries(given.map((pair) => [pair.to, pair.from]));
}

function presentMapping({ from, to }: Pair, stored: Awaited<ReturnType<typeof findMapping>>): Reply {
  const [source, target] = [from, to].map((one) => preparedEdition(one.definition, one.hash)) as [Prepared, Prepared];
  const sources = new Map(leavesOf(source.edition).map((one) => [one.code, one]));
  const targets = leavesOf(target.edition);
  const proposed = new Map(proposeMapping(source.edition, target.edition).map((pair) => [pair.to, pair]));
  const [factsOfSource, factsOfTarget] = [factsByLeaf(source), factsByLeaf(target)];
  const decided = stored?.pairs ?? {};
  // A leaf that somebody has mapped is not proposed for another one.
  const taken = new Set(Object.values(decided));
  const rows = targets.map((leaf): Row => {
    const isDecided = Object.hasOwn(decided, leaf.code);
    const proposal = proposed.get(leaf.code);
    const free = proposal !== undefined && !taken.has(proposal.from) ? proposal : undefined;
    const code = isDecided ? decided[leaf.code]! : (free?.from ?? null);
    const other = code === null ? undefined : sources.get(code);
    return {
      to: leafOf(target, leaf),
      from: other === undefined ? null : leafOf(source, other),
      by: isDecided ? 'decided' : (free?.by ?? null),
      likeness: other === undefined ? null : leafLikeness(other, leaf),
      carries: other === undefined ? null : carriesOf(other, leaf),
    };
  });
  function carriesOf(other: Indicator, leaf: Indicator): NonNullable<Row['carries']> {
    const facts = { from: factsOfSource.get(other.code) ?? [], to: factsOfTarget.get(leaf.code) ?? [] };
    const { facts: shared, ...rest } = carriedOver(other, leaf, facts);
    return { ...rest, facts: shared.slice(0, 100) };
  }
  const used = new Set(rows.map((row) => row.from?.code));
  return {
    ...{ from: presentEdition(from), to: presentEdition(to), rows },
    left: [...sources.values()].filter(({ code }) => !used.has(code)).map((one) => leafOf(source, one)),
    ...{ revision: stored?.revision ?? 0, updatedBy: stored?.updatedBy ?? null },
    updatedAt: stored?.updatedAt.toISOString() ?? null,
  };
}

function factsByLeaf(prepared: Prepared): Map<Code, string[]> {
  const facts = new Map<Code, string[]>();
  for (const { name, codes } of askedFacts(prepared)) {
    for (const code of codes) facts.set(code, [...(facts.get(code) ?? []), name]);
  }
  return facts;
}

function leafOf({ byCode }: Prepared, { code, title, points, parent }: Indicator): Row['to'] {
  const path: string[] = [];
  for (let at = parent; at !== null; at = byCode.get(at)?.parent ?? null) path.unshift(byCode.get(at)?.title ?? at);
  return { code, title, points, path: path.join(' › ') };
}
