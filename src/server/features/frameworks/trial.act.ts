import type { Context } from '#core/access/serve.ts';
import { type FactSubject, findFacts, noFacts, type SubjectFacts } from '#core/facts/facts.store.ts';
import { preparedEdition } from '#core/facts/prepared-edition.shape.ts';
import { findFactSubject } from '#core/facts/subject.store.ts';
import type { Fact } from '#domain/framework/answer.ts';
import type { Subject } from '#domain/framework/edition.ts';
import type { Held, Prepared, Result, Verdict } from '#domain/framework/result.ts';
import { exactText } from '#domain/framework/score/exact-text.ts';
import { readAnswers } from '#domain/framework/score/read-answers.ts';
import { scoreSubject } from '#domain/framework/score/score-subject.ts';
import type { Exact } from '#domain/kit/decimal.ts';
import { problem } from '#domain/kit/problem.ts';
import { isMissing, missingSentence } from '#domain/kit/value.ts';
import { findOpen, objectOf } from './draft.act.ts';
import { tryEarlier } from './earlier/earlier-trial.act.ts';
import type { FrameworkHandle, StoredEdition } from './framework.store.ts';

type Ctx = Context<FrameworkHandle>;

/** One leaf with what was typed for it. */
type TypedAnswer = { readonly code: string } & Readonly<Record<string, unknown>>;

interface Trial {
  readonly answers: readonly TypedAnswer[];
  readonly subject: { readonly type: 'unit' | 'school'; readonly id: number } | null;
  readonly year: number;
  readonly occasion: 'first' | 'again';
  readonly relaxed: boolean;
  readonly chosen: readonly string[] | null;
  readonly tenureMonths: number | null;
}

/** The subjects of editions that a unit or a school stands for. */
const subjectTypes: Readonly<Partial<Record<Subject, FactSubject['type']>>> = {
  county: 'unit',
  'post-holder': 'unit',
  city: 'unit',
  school: 'school',
  person: 'school',
};

/**
 * Scores one subject by a published edition. Nothing is stored.
 * @throws flow.notInState where the edition was withdrawn, and what a trial throws
 */
export async function tryEdition(ctx: Ctx, row: StoredEdition, trial: Trial) {
  const prepared = preparedEdition(row.definition, row.hash);
  assertKnown(prepared);
  const withdrawn = problem('flow.notInState', { what: '个版本', action: '试算', state: '已停用' });
  ctx.authorize(row.withdrawnAt === null, withdrawn);
  return await outcomeOf(ctx, prepared, trial);
}

/**
 * Scores one subject by a draft as it stands, before it is published and never changes again. Nothing is stored.
 * @throws framework.invalid with every fault, thing.changed where somebody wrote since it was read, flow.notInState where it is no
 *   draft any more, thing.notFound for a round out of reach, and what a trial throws
 */
export async function tryDraft(
  ctx: Ctx,
  id: string,
  { revision, earlier: round, ...trial }: Trial & { readonly revision: number; readonly earlier: string | null },
) {
  const row = await findOpen(ctx, id, '试算', revision);
  const prepared = preparedEdition(row.definition);
  assertKnown(prepared);
  const tried = (after: object) =>
    ctx.record({ ...objectOf(row), action: 'framework-draft.tried', after: { title: row.title, ...after } });
  if (round !== null) {
    const { occasion } = trial;
    const found = await tryEarlier(ctx, row, prepared, { id: round, typed: typedAnswers(prepared, trial), occasion });
    const outcome = presentResult(found.result, prepared.edition.decimals, found.facts);
    const { title, subjectName, year } = found.round;
    await tried({ subject: `${subjectName} ${title}`, year, total: outcome.total });
    return { ...outcome, earlier: found.earlier };
  }
  const outcome = await outcomeOf(ctx, prepared, trial);
  const { subject, year } = trial;
  await tried({ subject: subject && `${subject.type} ${subject.id}`, year, total: outcome.total });
  return { ...outcome, earlier: null };
}

const typedAnswers = (prepared: Prepared, { answers }: Pick<Trial, 'answers'>) =>
  readAnswers(prepared, Object.fromEntries(answers.map(({ code, ...answer }) => [code, answer])));

function assertKnown({ edition, open }: Prepared): void {
  if (open.length > 0) throw problem('framework.incomplete', { key: edition.key, codes: open });
}

/**
 * What comes out for one subject by what was typed and by what is known of it.
 * @throws framework.answersInvalid, thing.notFound for a subject out of reach
 */
async function outcomeOf(ctx: Ctx, prepared: Prepared, trial: Trial) {
  const { edition } = prepared;
  const facts = await factsOf(ctx, prepared, trial);
  const { occasion, chosen, tenureMonths } = trial;
  const context = {
    ...{ ...facts.circumstances, occasion, on: ctx.today },
    ...(chosen === null ? {} : { chosen }),
    ...(tenureMonths === null ? {} : { tenureMonths }),
  };
  const answers = typedAnswers(prepared, trial);
  const result = scoreSubject(prepared, answers, facts, context, { trace: true, relaxed: trial.relaxed });
  return presentResult(result, edition.decimals, facts);
}

async function factsOf(ctx: Ctx, prepared: Prepared, { subject, year }: Trial): Promise<SubjectFacts> {
  const isOfEdition = subject === null || subjectTypes[prepared.edition.subject] === subject.type;
  const found = subject === null ? null : await findFactSubject(ctx.db, ctx.scope, subject);
  ctx.authorize(isOfEdition && found !== undefined, problem('thing.notFound', { what: '个试算对象' }));
  return found ? await findFacts(ctx.db, prepared, found, year) : noFacts();
}

function presentResult(result: Result, decimals: number, facts: SubjectFacts) {
  const text = (value: Exact | null) => (value === null ? null : exactText(value, decimals));
  const steps = new Map(result.trace.map(({ code, steps }) => [code, steps]));
  const shown = (list: Result['trace'][number]['steps']) =>
    list.map(({ words, value }) => ({ words, value: value ?? null }));
  return {
    ...{
      total: text(result.total),
      max: text(result.max),
      base: text(result.base),
      bonus: exactText(result.bonus, decimals),
    },
    provisional: result.provisional && {
      from: exactText(result.provisional.from, decimals),
      to: text(result.provisional.to),
      unanswered: [...result.provisional.unanswered],
    },
    nodes: result.nodes.map(({ code, points, max, rate, verdict }) => ({
      ...{ code, points: text(points), max: text(max), rate: text(rate), verdict: verdictOf(verdict) },
      steps: shown(steps.get(code) ?? []),
    })),
    leaves: result.leaves.map(({ code, state, points, max, by, grade, verdict, open, steps: own }) => ({
      ...{ code, state, points: text(points), max: text(max), by, grade: grade ?? null },
      ...{ verdict: verdictOf(verdict), open: [...(open ?? [])], steps: shown(own) },
    })),
    conclusions: result.conclusions.map((one) => ({ ...one, open: [...one.open] })),
    ...{ vetoes: result.vetoes.map(heldOf), caps: result.caps.map(heldOf), downgrades: result.downgrades.map(heldOf) },
    actions: [...result.actions],
    facts: facts.asked().map(({ name, kind, fact }) =>
      isMissing(fact)
        ? {
            name,
            kind,
            value: null,
            reason: missingSentence({ ...fact, fields: [] }),
            source: null,
            evidence: null,
            provisional: false,
          }
        : {
            ...{ name, kind, value: String(fact.value), reason: null, source: fact.source },
            evidence: evidenceOf(fact),
            provisional: fact.provisional === true,
          },
    ),
  };
}

/** On what an entered fact rests: `2024年统计年鉴，2024-12-31`. */
function evidenceOf({ source, certificate }: Fact): string | null {
  if (source !== 'entered') return null;
  const { document, asOf } = (certificate ?? {}) as { document?: string | null; asOf?: string | null };
  return [document, asOf].filter(Boolean).join('，') || null;
}

function heldOf({ code, text, holds }: Held) {
  return { code, text, holds: verdictOf(holds) ?? 'open', open: isMissing(holds) ? [...holds.fields] : [] };
}

function verdictOf(verdict: Verdict | undefined): 'yes' | 'no' | 'open' | null {
  if (verdict === undefined) return null;
  if (isMissing(verdict)) return 'open';
  return verdict ? 'yes' : 'no';
}
