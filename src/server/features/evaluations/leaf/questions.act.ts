import type * as evaluations from '#contract/evaluations/evaluations.ts';
import type { RouteReply } from '#contract/route.ts';
import { enterFact, isFoundByOffice } from '#core/facts/enter-fact.act.ts';
import { presentEntered } from '#core/facts/entered.shape.ts';
import { countAsking, type EnteredFact, findEnteredFacts } from '#core/facts/entered.store.ts';
import { findFacts } from '#core/facts/facts.store.ts';
import { periodName, type YearKind } from '#domain/calendar/period.ts';
import { nextEvaluationState } from '#domain/evaluation/flow.ts';
import type { Facts } from '#domain/framework/answer.ts';
import { factKeyOf } from '#domain/framework/names.ts';
import { type AskedFact, askedFacts } from '#domain/framework/questions/asked-facts.ts';
import { saidOf } from '#domain/framework/questions/fact-answer.ts';
import { factYear, yearKindOf } from '#domain/framework/questions/fact-year.ts';
import { rulesToRule } from '#domain/framework/questions/read-facts.ts';
import type { Prepared } from '#domain/framework/result.ts';
import { rulingFact } from '#domain/framework/score/earlier-fact.ts';
import { problem } from '#domain/kit/problem.ts';
import { isMissing } from '#domain/kit/value.ts';
import { editionOf } from '../edition.act.ts';
import { type EvaluationContext, factsFor, loadEvaluation, recordOf, subjectOf } from '../evaluation.act.ts';
import type { Evaluation } from '../evaluation.store.ts';
import { factSubjectOf, fillAnew, ownerOf } from './facts.act.ts';
import { holdFor } from './leaf.act.ts';
import { listLeaves } from './leaf.store.ts';

type Questions = RouteReply<typeof evaluations.questions>;
type Given = Parameters<typeof enterFact>[3] & { readonly fact: string; readonly yearsBack: number };

/** How many earlier answers of one fact a page shows. */
const mostEarlier = 20;

/** A fact that an edition asks of its subject, of the assessed year or one before. */
interface AskedOfYear extends AskedFact {
  readonly yearsBack: number;
  readonly kind: YearKind;
  readonly year: number;
  /** The words of a rule that the office rules about; null for a fact. */
  readonly rule: string | null;
}

/**
 * The questions of an edition, each with the leaves and rules that read it; a series asks each of its years. Behind them the rules
 * of which the office says whether they hold, where no figure does.
 */
function questionsOf(prepared: Prepared, { assessmentYear }: Pick<Evaluation, 'assessmentYear'>): AskedOfYear[] {
  const facts = askedFacts(prepared).flatMap((one) => {
    const key = factKeyOf(one.name, prepared.named);
    if (key === undefined) return [];
    const first = factYear(prepared.edition, key.period, assessmentYear);
    return Array.from({ length: one.years }, (_, yearsBack) => ({
      ...{ ...one, yearsBack, kind: yearKindOf[key.period], year: first - yearsBack, rule: null },
    }));
  });
  const rulings = rulesToRule(prepared).map(({ code, text }) => ({
    ...{
      name: rulingFact(prepared.edition.key, code),
      years: 1,
      yearsBack: 0,
      codes: [],
      inRules: true,
      byPanel: true,
    },
    ...{ kind: yearKindOf.assessed, year: assessmentYear, rule: `${code} ${text}` },
  }));
  return [...facts, ...rulings];
}

/** What the product itself holds of the subject, for those who read its facts. */
async function knownFacts(ctx: EvaluationContext, prepared: Prepared, evaluation: Evaluation): Promise<Facts> {
  const subject = { ...factSubjectOf(evaluation), members: null };
  return await findFacts(ctx.db, prepared, subject, evaluation.assessmentYear);
}

/** What is asked of the subject, with what is known of it. Whoever reads some branches sees their questions alone. */
export async function readQuestions(ctx: EvaluationContext, id: string): Promise<Questions> {
  const evaluation = await loadEvaluation(ctx, id);
  const { prepared, wordsOf } = await editionOf(ctx.db, evaluation);
  const leaves = new Map((await listLeaves(ctx.db, evaluation)).map((leaf) => [leaf.code, leaf]));
  const seesAll = leaves.size === prepared.leaves.length;
  const asked = questionsOf(prepared, evaluation).flatMap((one) => {
    const codes = one.codes.filter((code) => leaves.has(code));
    // What the panel finds is asked of nobody but the office, and of it where a rule hangs on it.
    if (one.byPanel && !(one.inRules && ctx.actor.level === 'city')) return [];
    return codes.length > 0 || (one.inRules && seesAll) ? [{ ...one, codes }] : [];
  });
  const names = [...new Set(asked.map(({ name }) => name))];
  const entered = await findEnteredFacts(ctx.db, ownerOf(evaluation), names);
  const elsewhere = await countAsking(ctx.db, names, evaluation.frameworkKey);
  const facts = await knownFacts(ctx, prepared, evaluation);
  const mayAnswer = await isAllowed(ctx, evaluation, 'answer');
  const mayRule = ctx.actor.level === 'city' && (await isAllowed(ctx, evaluation, 'conclude'));
  return {
    rows: asked.map(({ name, yearsBack, kind, year, codes, inRules, byPanel, rule }) => {
      const own = entered.filter((one) => one.name === name && one.kind === kind && one.year === year);
      const now = own.find(({ replacedAt, value }) => replacedAt === null && value !== null);
      const kept = leaves.get(codes[0] ?? '')?.facts.find((one) => one.name === name && one.yearsBack === yearsBack);
      const held = facts.read(name, yearsBack);
      const value = now?.value ?? (isMissing(held) ? (kept?.value ?? null) : held.value);
      const word = wordsOf(name);
      return {
        ...{ name, yearsBack, unit: word?.unit || null, type: word?.type ?? ('number' as const), title: rule },
        period: periodName({ kind, year }),
        value: value === null ? null : saidOf(value),
        answer: now === undefined ? null : presentEntered(now),
        earlier: earlierOf(own, now),
        ...{ codes, inRules, elsewhere: elsewhere.get(name) ?? 0 },
        mayEnter: (mayAnswer && !byPanel && !(now && isFoundByOffice(now))) || (mayRule && inRules),
      };
    }),
    can: { enter: mayAnswer },
  };
}

const earlierOf = (all: readonly EnteredFact[], now: EnteredFact | undefined) =>
  all
    .filter((one) => one !== now)
    .slice(0, mostEarlier)
    .map(presentEntered);

async function isAllowed(ctx: EvaluationContext, evaluation: Evaluation, action: 'answer' | 'conclude') {
  const subject = subjectOf(ctx, evaluation, await factsFor(ctx, evaluation, action));
  return nextEvaluationState(action, subject, ctx.actor).ok;
}

/**
 * Enters a fact of the subject with its document and day: known from then on wherever it is asked. Of the subject itself the leaves
 * of this evaluation that read it fill at once, those of others when they are read again. What rules ask the office enters too,
 * while it concludes: no leaf that was judged changes by it.
 */
export async function enterQuestion(
  ctx: EvaluationContext,
  id: string,
  { fact: name, yearsBack, ...given }: Given,
): Promise<{ codes: string[] }> {
  const found = await loadEvaluation(ctx, id);
  const { prepared, wordsOf } = await editionOf(ctx.db, found);
  const asked = questionsOf(prepared, found).find((one) => one.name === name && one.yearsBack === yearsBack);
  if (asked === undefined) throw problem('thing.notFound', { what: '项要填的事实' });
  const isOffice = asked.inRules && ctx.actor.level === 'city' && !(await isAllowed(ctx, found, 'answer'));
  if (asked.byPanel) ctx.authorize(isOffice, problem('thing.notFound', { what: '项要填的事实' }));
  const evaluation = await holdFor(ctx, id, isOffice ? 'conclude' : 'answer');
  const { kind, year, codes } = asked;
  const entered = await enterFact(
    ctx,
    ownerOf(evaluation),
    { name, word: wordsOf(name), kind, year, found: isOffice },
    given,
  );
  const read = ({ indicator: { code } }: Prepared['leaves'][number]) => codes.includes(code);
  const changed = isOffice ? [] : (await fillAnew(ctx, evaluation, read)).changed;
  await ctx.record(
    recordOf(evaluation, 'factEntered', {
      ...(entered.before === null ? {} : { before: { factValue: entered.before } }),
      after: { factValue: entered.after, period: entered.period },
    }),
  );
  return { codes: changed };
}
