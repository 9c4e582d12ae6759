import type { rounds, tryDraft } from '#contract/frameworks/frameworks.ts';
import type { RouteInput, RouteOutput } from '#contract/route.ts';
import type { Context } from '#core/access/serve.ts';
import { findFacts, noFacts } from '#core/facts/facts.store.ts';
import { preparedEdition } from '#core/facts/prepared-edition.shape.ts';
import { findFactSubject } from '#core/facts/subject.store.ts';
import { holds } from '#domain/access/actor.ts';
import { readsRounds } from '#domain/access/permissions.ts';
import { conclusionText } from '#domain/evaluation/opinion.ts';
import { type CarriedLayer, carriedLayer } from '#domain/evaluation/points/carried-layer.ts';
import { concludeLayer, readExactPoints } from '#domain/evaluation/points/score.ts';
import type { Answers } from '#domain/framework/answer.ts';
import type { Code, Indicator } from '#domain/framework/edition.ts';
import type { KeptLeaf } from '#domain/framework/mapping/carried-answer.ts';
import { leavesOf } from '#domain/framework/mapping/propose-mapping.ts';
import { standingMapping } from '#domain/framework/mapping/standing-mapping.ts';
import type { Prepared, Result, Scored } from '#domain/framework/result.ts';
import { exactText } from '#domain/framework/score/exact-text.ts';
import { maxOf } from '#domain/framework/score/score-leaf.ts';
import type { Exact } from '#domain/kit/decimal.ts';
import { problem } from '#domain/kit/problem.ts';
import type { DraftRow } from '../draft.store.ts';
import { type FrameworkHandle, findEdition } from '../framework.store.ts';
import { findMapping } from '../mapping/mapping.store.ts';
import { type EarlierRound, listKept, listRounds } from './earlier-round.store.ts';

type Ctx = Context<FrameworkHandle>;
export type Earlier = NonNullable<RouteOutput<typeof tryDraft>['earlier']>;

/** The keys of a framework and of what cities make of it: a copy keeps the key of what ships, with an ending. */
function familyOf({ key, basedOn }: Pick<DraftRow, 'key' | 'basedOn'>): string[] {
  const shipped = [key, ...(basedOn === null ? [] : [basedOn.key])].map((one) => one.replace(/-own$/, ''));
  return [...new Set(shipped.flatMap((one) => [one, `${one}-own`]))];
}

/** Decided rounds of the same framework that this person may see; none for whoever reads no evaluations. */
export async function listEarlier(
  ctx: Ctx,
  row: DraftRow,
  asked: RouteInput<typeof rounds>['query'],
): Promise<RouteOutput<typeof rounds>['rows']> {
  if (!holds(ctx.actor, readsRounds)) return [];
  const found = await listRounds(ctx.db, ctx.scope, familyOf(row), asked);
  return found.map(presentRound);
}

function presentRound(round: EarlierRound) {
  const { id, title, subjectName, year, key, revision, hash, editionTitle, edition, decidedOn } = round;
  const text = (points: string | null) => points && exactText(readExactPoints(points), 2);
  return {
    ...{ id, title, subjectName, year, decidedOn, edition: { key, revision, hash, title: editionTitle, edition } },
    ...{ total: text(round.total), conclusion: round.conclusion },
  };
}

/** What a draft comes to by what was said in an earlier round, beside what the round came to. */
export interface EarlierTrial {
  readonly round: EarlierRound;
  readonly result: Result;
  readonly facts: ReturnType<typeof noFacts>;
  readonly earlier: Earlier;
}

/**
 * Scores a draft by what was answered and scored in an earlier round, in both layers; the facts are those of its subject and year.
 * @param typed answers that are given instead
 * @throws thing.notFound for a round that is out of reach or of another framework, framework.answersInvalid
 */
export async function tryEarlier(
  ctx: Ctx,
  row: DraftRow,
  prepared: Prepared,
  { id, typed, occasion }: { readonly id: string; readonly typed: Answers; readonly occasion: 'first' | 'again' },
): Promise<EarlierTrial> {
  const may = holds(ctx.actor, readsRounds);
  const [round] = may ? await listRounds(ctx.db, ctx.scope, familyOf(row), { search: '', id }) : [];
  if (round === undefined) throw problem('thing.notFound', { what: '次可以沿用的评估' });
  const before = await findEdition(ctx.db, round.key, round.revision);
  const source = preparedEdition(before!.definition, before!.hash);
  const mapping = standingMapping(source.edition, prepared.edition, await decidedOf(ctx, row, round, prepared));
  const from = new Map([...mapping].map(([to, code]) => [to, source.byCode.get(code)!] as const));
  const kept = await listKept(ctx.db, round);
  const { type, subjectId } =
    round.schoolId === null
      ? { type: 'unit' as const, subjectId: round.unitId }
      : { type: 'school' as const, subjectId: round.schoolId };
  const subject = await findFactSubject(ctx.db, ctx.scope, { type, id: subjectId });
  const facts = subject === undefined ? noFacts() : await findFacts(ctx.db, prepared, subject, round.year);
  const scene = { prepared, facts, context: { ...facts.circumstances, occasion, on: ctx.today } };
  const self = carriedLayer(scene, from, kept.self, typed);
  const city = carriedLayer(scene, from, kept.city, typed);
  const result = concludeLayer(scene, city.scored, { self: self.scored, city: city.scored });
  return { round, result, facts, earlier: presentEarlier({ round, source, prepared, from, kept, self, city, result }) };
}

/** What the city has decided of the leaves of the round's edition and of the one that the draft was copied from. */
async function decidedOf(
  ctx: Ctx,
  { placeId, basedOn }: DraftRow,
  { key, revision }: EarlierRound,
  { byCode }: Prepared,
): Promise<Readonly<Record<Code, Code | null>>> {
  if (basedOn === null || (basedOn.key === key && basedOn.revision === revision)) return {};
  const of = { fromKey: key, fromRevision: revision, toKey: basedOn.key, toRevision: basedOn.revision };
  const { pairs = {} } = (await findMapping(ctx.db, placeId, of)) ?? {};
  // What the draft has taken out since is mapped no more.
  return Object.fromEntries(Object.entries(pairs).filter(([code]) => byCode.has(code)));
}

interface Compared {
  readonly round: EarlierRound;
  readonly source: Prepared;
  readonly prepared: Prepared;
  readonly from: ReadonlyMap<Code, Indicator>;
  readonly kept: Awaited<ReturnType<typeof listKept>>;
  readonly self: CarriedLayer;
  readonly city: CarriedLayer;
  readonly result: Result;
}

function presentEarlier({ round, source, prepared, from, kept, self, city, result }: Compared): Earlier {
  const { decimals } = prepared.edition;
  const text = (value: Exact | null) => (value === null ? null : exactText(value, decimals));
  const keptText = (points: string | null | undefined) => (points == null ? null : text(readExactPoints(points)));
  const totalOf = ({ total, provisional }: Pick<Scored, 'total' | 'provisional'>) =>
    provisional === null || total === null
      ? { total: text(total), from: null, to: null }
      : { total: null, from: text(provisional.from), to: text(provisional.to) };
  const leafOf = (layer: CarriedLayer, was: ReadonlyMap<Code, KeptLeaf>) => {
    const now = new Map(layer.scored.leaves.map((one) => [one.code, one]));
    return (code: Code) => {
      const { points, state, by } = now.get(code)!;
      const way = layer.ways.get(code)!;
      const isFilled = state === 'scored' && by === 'facts' && way !== 'points' && way !== 'answer';
      return {
        before: keptText(was.get(from.get(code)?.code ?? '')?.points),
        ...{ now: text(points), state, way: isFilled ? ('facts' as const) : way },
      };
    };
  };
  const [ofSelf, ofCity] = [leafOf(self, kept.self), leafOf(city, kept.city)];
  const used = new Set([...from.values()].map(({ code }) => code));
  return {
    ...presentRound(round),
    self: { before: keptText(round.selfTotal), now: totalOf(self.scored) },
    city: { before: keptText(round.total), now: totalOf(city.scored) },
    max: { before: source.edition.max, now: prepared.edition.max },
    concluded: { before: round.conclusion, now: conclusionText(result.conclusions) },
    leaves: prepared.leaves.map(({ indicator }) => {
      const { code, title } = indicator;
      const earlier = from.get(code);
      return {
        ...{ code, title, from: earlier ? { code: earlier.code, title: earlier.title } : null },
        max: { before: earlier ? text(maxOf(earlier)) : null, now: text(maxOf(indicator)) },
        ...{ self: ofSelf(code), city: ofCity(code) },
      };
    }),
    left: leavesOf(source.edition)
      .filter(({ code }) => !used.has(code))
      .map((one) => ({
        ...{ code: one.code, title: one.title, max: text(maxOf(one)) },
        ...{ self: keptText(kept.self.get(one.code)?.points), city: keptText(kept.city.get(one.code)?.points) },
      })),
  };
}
