import { systemName } from '#core/audit/audit.store.ts';
import { lockPeriod } from '#core/calendar/period.store.ts';
import {
  countAsking,
  type FactOwner,
  findEnteredFacts,
  insertEnteredFact,
  lockEnteredFact,
  updateReplaced,
} from '#core/facts/entered.store.ts';
import { type FactSubject, findFacts } from '#core/facts/facts.store.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { periodName } from '#domain/calendar/period.ts';
import { nextEvaluationState } from '#domain/evaluation/flow.ts';
import { yearsAsked } from '#domain/evaluation/leaf.ts';
import { exactPointsText, readExactPoints, scoreOneLeaf } from '#domain/evaluation/score.ts';
import { type KeptFact, keptFacts, type SnapshotLeaf, snapshotLeaf } from '#domain/evaluation/snapshot.ts';
import { factFault } from '#domain/evaluation/typed-fact.ts';
import type { Context, Facts } from '#domain/framework/answer.ts';
import type { FactPeriod } from '#domain/framework/lists.ts';
import { factKeyOf, factKindOf } from '#domain/framework/names.ts';
import type { Prepared, PreparedLeaf } from '#domain/framework/result.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { toNumber } from '#domain/kit/decimal.ts';
import { problem } from '#domain/kit/problem.ts';
import { dayInChina } from '#domain/kit/school-year.ts';
import { newId } from '#platform/ids/new-id.ts';
import { editionOf, namesOf } from '../edition.act.ts';
import {
  authoriseFor,
  type EvaluationContext,
  evaluationWord,
  factsFor,
  loadEvaluation,
  recordOf,
  subjectOf,
} from '../evaluation.act.ts';
import { type Evaluation, type EvaluationHandle, lockAtStep, reopeningOf } from '../evaluation.store.ts';
import { givenAt } from '../self.act.ts';
import { type EarlierRound, listEarlierRounds } from './earlier-rounds.store.ts';
import { writeLeaf } from './leaf.act.ts';
import { type Leaf, type LeafChange, listLeaves, lockLeaves, type SelfAnswer } from './leaf.store.ts';

/** Of how many earlier rounds a subject's results are known. */
const mostRounds = 10;

type Subject = Pick<Evaluation, 'placeId' | 'id' | 'unitId' | 'schoolId' | 'assessmentYear' | 'frameworkKey'>;

/** Whose facts an evaluation reads: those of the school, or of the county and its schools. */
export function factSubjectOf({ unitId, schoolId }: Pick<Evaluation, 'unitId' | 'schoolId'>): FactSubject {
  return schoolId === null
    ? { type: 'unit', id: unitId, members: { type: 'school', places: [unitId] } }
    : { type: 'school', id: schoolId, members: null };
}

const ownerOf = ({ placeId, unitId, schoolId }: Pick<Evaluation, 'placeId' | 'unitId' | 'schoolId'>): FactOwner =>
  schoolId === null ? { placeId, type: 'unit', id: unitId } : { placeId, type: 'school', id: schoolId };

/** The facts of today, and the circumstances that the engine asks: whether it is the first round, and what the others gave. */
export async function liveFacts(
  db: EvaluationHandle,
  prepared: Prepared,
  subject: Subject,
): Promise<{ facts: Facts; context: Context; rounds: readonly EarlierRound[] }> {
  const facts = await findFacts(db, prepared, factSubjectOf(subject), subject.assessmentYear);
  const rounds = await listEarlierRounds(db, subject, mostRounds);
  const evaluations: Record<string, { grade?: string; total?: number }[]> = {};
  for (const { frameworkKey, total, conclusion } of rounds) {
    const before = evaluations[frameworkKey] ?? [];
    const one = {
      ...(conclusion === null ? {} : { grade: conclusion }),
      ...(total === null ? {} : { total: toNumber(readExactPoints(total)) }),
    };
    evaluations[frameworkKey] = [...before, one];
  }
  const occasion = rounds.some(({ frameworkKey }) => frameworkKey === subject.frameworkKey) ? 'again' : 'first';
  return { facts, context: { occasion, evaluations }, rounds };
}

/** Facts without the day of their snapshot: what differs by the day alone is no change. */
const contentOf = (facts: readonly KeptFact[]) => canonicalJson(facts.map(({ day: _, ...fact }) => fact));

/** What changes of a leaf by its facts of today; undefined where nothing does. */
function changeOf(
  prepared: Prepared,
  leaf: Leaf,
  now: SnapshotLeaf,
  context: Context,
): { change: LeafChange; self?: { answer: SelfAnswer | null; points: string | null } } | undefined {
  const given = givenAt(leaf);
  const isByData = leaf.origin === 'data';
  let points = now.points;
  if (!isByData) {
    const scene = { prepared, facts: keptFacts(now.facts), context };
    const result = given === null ? null : scoreOneLeaf(scene, leaf.code, given, false);
    points = result === null || result.points === null ? null : exactPointsText(result.points);
  }
  const isSame =
    contentOf(now.facts) === contentOf(leaf.facts) &&
    now.applies === leaf.applies &&
    points === (leaf.self?.points ?? null);
  if (isSame) return undefined;
  const noted = leaf.note === '' ? null : leaf.answeredBy;
  const filled = isByData ? { answeredBy: now.isFilled ? systemName : noted } : {};
  return {
    change: { facts: now.facts, applies: now.applies, ...filled },
    self: { answer: isByData ? { trace: now.trace } : leaf.self === undefined ? null : leaf.self.answer, points },
  };
}

/** Fills leaves anew by the facts of today, and says which changed. */
async function fillAnew(
  ctx: EvaluationContext,
  evaluation: Evaluation,
  wanted: (leaf: PreparedLeaf) => boolean,
): Promise<{ changed: string[]; leaves: Leaf[] }> {
  const { prepared } = await editionOf(ctx.db, evaluation);
  const open = reopeningOf(evaluation)?.openParts ?? null;
  const named = prepared.leaves.filter((leaf) => wanted(leaf) && (open === null || open.includes(leaf.indicator.code)));
  const codes = named.map(({ indicator }) => indicator.code);
  const leaves = codes.length === 0 ? [] : await lockLeaves(ctx.db, evaluation, codes);
  const byCode = new Map(leaves.map((leaf) => [leaf.code, leaf]));
  const { facts, context } = await liveFacts(ctx.db, prepared, evaluation);
  const changed: Leaf[] = [];
  for (const one of named) {
    const leaf = byCode.get(one.indicator.code);
    if (leaf === undefined) continue;
    const now = snapshotLeaf(prepared, one, facts, { ...context, on: ctx.today }, ctx.today);
    const made = changeOf(prepared, leaf, now, { ...context, on: ctx.today });
    if (made !== undefined) changed.push(writeLeaf(ctx, evaluation, leaf, made.change, made.self));
  }
  const now = new Map(changed.map((leaf) => [leaf.code, leaf]));
  return { changed: [...now.keys()], leaves: leaves.map((leaf) => now.get(leaf.code) ?? leaf) };
}

async function holdForAnswer(ctx: EvaluationContext, id: string): Promise<Evaluation> {
  const found = await loadEvaluation(ctx, id);
  if ((await lockAtStep(ctx.db, found)) === undefined) throw problem('thing.notFound', { what: evaluationWord });
  await authoriseFor(ctx, found, 'answer');
  return found;
}

/** Reads the facts of the open leaves again, as they are today. */
export async function refreshFacts(ctx: EvaluationContext, id: string) {
  const evaluation = await holdForAnswer(ctx, id);
  const { changed, leaves } = await fillAnew(ctx, evaluation, () => true);
  if (changed.length > 0) {
    await ctx.record(recordOf(evaluation, 'factsRefreshed', { after: { leafCodes: changed.join('、') } }));
  }
  const ofData = leaves.filter(({ origin }) => origin === 'data');
  const filled = ofData.filter(({ applies, self }) => applies === false || (self?.points ?? null) !== null).length;
  return { changed, filled, unknown: ofData.length - filled };
}

/** A fact that an edition asks of its subject, of the assessed year or one before. */
interface AskedFact {
  readonly name: string;
  readonly yearsBack: number;
  readonly period: FactPeriod;
  readonly year: number;
  readonly codes: string[];
}

const periodKinds = { schoolYear: 'school-year', calendarYear: 'calendar-year' } as const;

/** The questions of an edition, each with the leaves that read it; a series asks each of its years. */
function askedFacts(prepared: Prepared, { assessmentYear }: Pick<Evaluation, 'assessmentYear'>): AskedFact[] {
  const offsets = prepared.edition.reads ?? { calendarYear: 0, schoolYear: 0 };
  const asked = new Map<string, AskedFact>();
  for (const leaf of prepared.leaves) {
    const { code, method } = leaf.indicator;
    const span = yearsAsked(method);
    for (const name of namesOf(leaf)) {
      const key =
        factKindOf(name) === 'asked' && !prepared.named.ofPanel.has(name) ? factKeyOf(name, prepared.named) : undefined;
      if (key === undefined) continue;
      for (let yearsBack = 0; yearsBack < span; yearsBack += 1) {
        const at = `${yearsBack} ${name}`;
        const year = assessmentYear + offsets[key.period] - yearsBack;
        const found = asked.get(at) ?? { name, yearsBack, period: key.period, year, codes: [] };
        found.codes.push(code);
        asked.set(at, found);
      }
    }
  }
  return [...asked.values()];
}

/** What is asked of the subject, with what is known of it. Whoever reads some branches sees their questions alone. */
export async function readQuestions(ctx: EvaluationContext, id: string) {
  const evaluation = await loadEvaluation(ctx, id);
  const { prepared, wordsOf } = await editionOf(ctx.db, evaluation);
  const leaves = new Map((await listLeaves(ctx.db, evaluation)).map((leaf) => [leaf.code, leaf]));
  const asked = askedFacts(prepared, evaluation).flatMap((one) => {
    const codes = one.codes.filter((code) => leaves.has(code));
    return codes.length === 0 ? [] : [{ ...one, codes }];
  });
  const names = [...new Set(asked.map(({ name }) => name))];
  const entered = await findEnteredFacts(ctx.db, ownerOf(evaluation), names);
  const elsewhere = await countAsking(ctx.db, names, evaluation.frameworkKey);
  const subject = subjectOf(ctx, evaluation, await factsFor(ctx, evaluation, 'answer'));
  return {
    rows: asked.map(({ name, yearsBack, period, year, codes }) => {
      const kind = periodKinds[period];
      const known = entered.find((one) => one.name === name && one.kind === kind && one.year === year);
      const kept = leaves.get(codes[0]!)?.facts.find((one) => one.name === name && one.yearsBack === yearsBack);
      const value = known === undefined ? (kept?.value ?? null) : plainOf(known.value);
      const word = wordsOf(name);
      return {
        ...{ name, yearsBack, unit: word?.unit || null, type: word?.type ?? ('number' as const) },
        period: periodName({ kind, year }),
        value: value === null ? null : String(value),
        ...{ document: known?.document ?? null, enteredBy: known?.enteredBy ?? null },
        enteredOn: known === undefined ? null : dayInChina(known.enteredAt),
        ...{ codes, elsewhere: elsewhere.get(name) ?? 0 },
      };
    }),
    can: { enter: nextEvaluationState('answer', subject, ctx.actor).ok },
  };
}

const plainOf = (value: unknown) =>
  typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : null;

interface GivenFact {
  readonly fact: string;
  readonly yearsBack: number;
  readonly value: number | string | boolean;
  readonly document: string;
}

/**
 * Enters a fact of the subject, with its document: known from then on wherever it is asked. The leaves of this evaluation that
 * read it fill at once, those of others when they are read again.
 */
export async function enterFact(
  ctx: EvaluationContext,
  id: string,
  { fact: name, yearsBack, value, document }: GivenFact,
) {
  const evaluation = await holdForAnswer(ctx, id);
  const { prepared, wordsOf } = await editionOf(ctx.db, evaluation);
  const asked = askedFacts(prepared, evaluation).find((one) => one.name === name && one.yearsBack === yearsBack);
  if (asked === undefined) throw problem('thing.notFound', { what: '项要填的事实' });
  const type = wordsOf(name)?.type ?? 'number';
  const wanted = { number: 'number', truth: 'boolean', choice: 'string' }[type];
  if (typeof value !== wanted || value === '') {
    const message = { number: '请填写数字', truth: '请选择是或否', choice: '请填写文字' }[type];
    throw problem('request.invalid', { issues: [{ path: 'value', message }] });
  }
  const fault = factFault(wordsOf(name), value);
  if (fault !== null) throw problem('request.invalid', { issues: [{ path: 'value', message: fault }] });
  const period = await lockPeriod(ctx.db, { kind: periodKinds[asked.period], year: asked.year });
  if (period.archivedOn !== null) throw problem('year.archived', { name: period.name, day: period.archivedOn });
  const owner = ownerOf(evaluation);
  const stands = await lockEnteredFact(ctx.db, owner, name, period.id);
  if (stands?.value === value && stands.document === document) {
    throw problem('thing.nothingChanges', { what: '项事实' });
  }
  if (stands !== undefined) await updateReplaced(ctx.db, owner.placeId, stands.id, ctx.now);
  const isEntered = await insertEnteredFact(ctx.db, {
    ...{ id: newId(), subject: owner, name, periodId: period.id, value, document, asOf: null, source: 'evaluations' },
    ...{ by: { id: ctx.actor.userId, name: signatureOf(ctx.actor) }, at: ctx.now },
  });
  if (!isEntered) throw problem('thing.changed', { what: `“${name}”` });
  const { changed } = await fillAnew(ctx, evaluation, (leaf) => asked.codes.includes(leaf.indicator.code));
  await ctx.record(
    recordOf(evaluation, 'factEntered', {
      after: { factName: name, factValue: String(value), period: period.name, factDocument: document },
    }),
  );
  return { codes: changed };
}
