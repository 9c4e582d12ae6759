import type { answer, questions } from '#contract/frameworks/questions.ts';
import type { RouteInput, RouteOutput } from '#contract/route.ts';
import type { Context } from '#core/access/serve.ts';
import { enterFact } from '#core/facts/enter-fact.act.ts';
import { presentEntered } from '#core/facts/entered.shape.ts';
import { type EnteredFact, listEnteredFacts } from '#core/facts/entered.store.ts';
import { frameworkWords } from '#core/facts/framework-words.shape.ts';
import { preparedEdition } from '#core/facts/prepared-edition.shape.ts';
import { holds } from '#domain/access/actor.ts';
import { periodName } from '#domain/calendar/period.ts';
import type { SourcedName } from '#domain/framework/edition/words.ts';
import type { Subject } from '#domain/framework/edition.ts';
import type { FactPeriod } from '#domain/framework/lists.ts';
import { wordOfName } from '#domain/framework/names.ts';
import { type AskedFact, askedFacts } from '#domain/framework/questions/asked-facts.ts';
import { yearKindOf } from '#domain/framework/questions/fact-year.ts';
import { problem } from '#domain/kit/problem.ts';
import { isFound, searchText, searchWords } from '#domain/text/search.ts';
import { type EditionRow, type FrameworkHandle, listNewestEditions } from '../framework.store.ts';
import { findQuestionSubject, listDefinitions, type QuestionSubject } from './question.store.ts';

type Ctx = Context<FrameworkHandle>;
type Asked = RouteInput<typeof questions>['query'];
type Reply = RouteOutput<typeof questions>;
type Row = Reply['rows'][number];

/** What an edition asks, with the names that it brings itself. */
interface Asking {
  readonly facts: readonly AskedFact[];
  readonly own: readonly SourcedName[];
}

/** What published editions ask, by their digest: an edition never changes. */
const known = new Map<string, Asking>();

/** A fact with what every edition in use says of it. */
interface Question {
  readonly name: string;
  readonly type: SourcedName['type'];
  readonly unit: string | null;
  readonly period: FactPeriod;
  readonly askedBy: Row['askedBy'];
}

/** The subjects of editions for which facts of a unit or of a school are asked. */
const subjectsOf = ({ kind }: QuestionSubject): ReadonlySet<Subject> =>
  new Set(kind === 'county' ? ['county', 'post-holder', 'town'] : kind === 'city' ? ['city'] : ['school', 'person']);

/** How many earlier answers of one fact a page shows. */
const mostEarlier = 20;

/** Every fact that editions in use ask of the kind of a subject, and what is known of it in a year. */
export async function listQuestions(ctx: Ctx, query: Asked): Promise<Reply> {
  const subject = await subjectOf(ctx, query);
  const all = await questionsOf(ctx, subject);
  const answers = new Map<string, EnteredFact[]>();
  for (const one of await listEnteredFacts(ctx.db, subject, query.year)) {
    const key = `${one.kind} ${one.name}`;
    answers.set(key, [...(answers.get(key) ?? []), one]);
  }
  const rows = all.map(({ period, ...question }): Row => {
    const given = answers.get(`${yearKindOf[period]} ${question.name}`) ?? [];
    const now = given.find(({ replacedAt }) => replacedAt === null);
    return {
      ...{ ...question, period, periodName: periodName({ kind: yearKindOf[period], year: query.year }) },
      answer: now === undefined || now.value === null ? null : presentEntered(now),
      earlier: given
        .filter((one) => one !== now || one.value === null)
        .slice(0, mostEarlier)
        .map(presentEntered),
    };
  });
  const words = searchWords(query.search ?? '');
  const shown = rows.filter(
    ({ name, askedBy, answer: own }) =>
      (query.framework === undefined || askedBy.some(({ key }) => key === query.framework)) &&
      (query.state === undefined || (query.state === 'known') === (own !== null)) &&
      isFound(words, searchText([name, ...askedBy.map(({ title }) => title)])),
  );
  const frameworks = new Map(all.flatMap(({ askedBy }) => askedBy.map(({ key, title }) => [key, title])));
  return {
    subject: { type: subject.type, id: subject.id, name: subject.name },
    rows: shown,
    counts: { total: rows.length, known: rows.filter((row) => row.answer !== null).length, editions: frameworks.size },
    frameworks: [...frameworks].map(([key, title]) => ({ key, title })),
    can: { answer: holds(ctx.actor, 'framework.answer') },
  };
}

async function subjectOf(ctx: Ctx, { subjectType, subjectId }: Asked): Promise<QuestionSubject> {
  const { schoolId, unitId } = ctx.actor;
  const own = schoolId === null ? { type: 'unit' as const, id: unitId } : { type: 'school' as const, id: schoolId };
  const asked = subjectType !== undefined && subjectId !== undefined ? { type: subjectType, id: subjectId } : own;
  const { id } = asked;
  const found = id === null ? undefined : await findQuestionSubject(ctx.db, ctx.scope, { type: asked.type, id });
  if (found === undefined) throw problem('thing.notFound', { what: '个填报对象' });
  return found;
}

/** The questions of the newest editions that are not withdrawn, each once, in the order of their names; what the panel finds is none. */
async function questionsOf(ctx: Ctx, subject: QuestionSubject): Promise<Question[]> {
  const wanted = subjectsOf(subject);
  const editions = (await listNewestEditions(ctx.db)).filter(
    (edition) => edition.withdrawnAt === null && wanted.has(edition.subject),
  );
  await learn(ctx, editions);
  const names = new Map(frameworkWords().names.map((one) => [one.name, one]));
  const found = new Map<string, Question & { askedBy: Row['askedBy'] }>();
  for (const { key, hash, title, edition, authority, completedBy } of editions) {
    const { facts, own } = known.get(hash)!;
    const named = { key, title, edition, authority, completedBy };
    const given = new Map(own.map((one) => [one.name, one]));
    for (const { name, codes, inRules, byPanel } of facts) {
      // A subject that gave it would score itself.
      if (byPanel) continue;
      const word = names.get(name) ?? given.get(name) ?? wordOfName(name);
      const before = found.get(name) ?? {
        ...{ name, type: word?.type ?? 'number', unit: word?.unit || null, period: word?.period ?? 'schoolYear' },
        askedBy: [],
      };
      found.set(name, { ...before, askedBy: [...before.askedBy, { ...named, codes: [...codes], inRules }] });
    }
  }
  return [...found.values()].sort((one, other) => one.name.localeCompare(other.name, 'zh'));
}

async function learn(ctx: Ctx, editions: readonly EditionRow[]): Promise<void> {
  const unread = editions.map(({ hash }) => hash).filter((hash) => !known.has(hash));
  for (const { hash, definition } of await listDefinitions(ctx.db, unread)) {
    const prepared = preparedEdition(definition, hash);
    known.set(hash, { facts: askedFacts(prepared), own: prepared.edition.facts ?? [] });
  }
}

type Given = RouteInput<typeof answer>['body'];

/**
 * Enters what somebody says of a fact, or corrects it: the earlier answer ends and stays readable. A correction names the
 * answer that was seen.
 * @throws thing.changed where somebody else has answered meanwhile, thing.notFound, year.archived, request.invalid
 */
export async function answerQuestion(ctx: Ctx, given: Given): Promise<RouteOutput<typeof answer>> {
  const { subject: named, fact: name, year } = given;
  const subject = await findQuestionSubject(ctx.db, ctx.scope, named);
  ctx.authorize(subject !== undefined, problem('thing.notFound', { what: '个填报对象' }));
  const question = (await questionsOf(ctx, subject!)).find((one) => one.name === name);
  if (question === undefined) throw problem('thing.notFound', { what: `项所问的事实（${name}）` });
  const kind = yearKindOf[question.period];
  const { type, unit } = question;
  const word = { name, type, ...(unit === null ? {} : { unit }) };
  const entered = await enterFact(ctx, subject!, { name, word, kind, year }, given);
  await ctx.record({
    action: entered.before === null ? 'framework-question.answered' : 'framework-question.corrected',
    ...{ objectType: 'framework-question', objectId: entered.id, placeId: subject!.placeId },
    schoolId: subject!.type === 'school' ? subject!.id : null,
    ...(entered.before === null ? {} : { before: { answers: [entered.before] } }),
    after: { answers: [entered.after] },
  });
  const { value, document, asOf } = given;
  return {
    answer: { id: entered.id, value, document, asOf, enteredBy: entered.by, enteredAt: ctx.now.toISOString() },
  };
}
