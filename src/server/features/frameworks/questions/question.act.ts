import type { answer, questions } from '#contract/frameworks/questions.ts';
import type { RouteInput, RouteOutput } from '#contract/route.ts';
import type { Context } from '#core/access/serve.ts';
import { lockPeriod } from '#core/calendar/period.store.ts';
import {
  type EnteredFact,
  insertEnteredFact,
  listEnteredFacts,
  lockEnteredFact,
  updateReplaced,
} from '#core/facts/entered.store.ts';
import { frameworkWords } from '#core/facts/framework-words.shape.ts';
import { preparedEdition } from '#core/facts/prepared-edition.shape.ts';
import { holds, signatureOf } from '#domain/access/actor.ts';
import { assertTakesWrites } from '#domain/calendar/archived-year.ts';
import { periodName, type YearKind } from '#domain/calendar/period.ts';
import type { SourcedName } from '#domain/framework/edition/words.ts';
import type { Subject } from '#domain/framework/edition.ts';
import type { FactPeriod } from '#domain/framework/lists.ts';
import { type AskedFact, askedFacts } from '#domain/framework/questions/asked-facts.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { problem } from '#domain/kit/problem.ts';
import { isFound, searchText, searchWords } from '#domain/text/search.ts';
import { newId } from '#platform/ids/new-id.ts';
import { type EditionRow, type FrameworkHandle, listNewestEditions } from '../framework.store.ts';
import { findQuestionSubject, listDefinitions, type QuestionSubject } from './question.store.ts';

type Ctx = Context<FrameworkHandle>;
type Asked = RouteInput<typeof questions>['query'];
type Reply = RouteOutput<typeof questions>;
type Row = Reply['rows'][number];
type Entered = Reply['rows'][number]['earlier'][number];

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

const kindOf: Readonly<Record<FactPeriod, YearKind>> = { schoolYear: 'school-year', calendarYear: 'calendar-year' };

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
    const given = answers.get(`${kindOf[period]} ${question.name}`) ?? [];
    const now = given.find(({ replacedAt }) => replacedAt === null);
    return {
      ...{ ...question, period, periodName: periodName({ kind: kindOf[period], year: query.year }) },
      answer: now === undefined || now.value === null ? null : enteredOf(now),
      earlier: given
        .filter((one) => one !== now || one.value === null)
        .slice(0, mostEarlier)
        .map(enteredOf),
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

/** The questions of the newest editions that are not withdrawn, each once, in the order of their names. */
async function questionsOf(ctx: Ctx, subject: QuestionSubject): Promise<Question[]> {
  const wanted = subjectsOf(subject);
  const editions = (await listNewestEditions(ctx.db)).filter(
    (edition) => edition.withdrawnAt === null && wanted.has(edition.subject),
  );
  await learn(ctx, editions);
  const names = new Map(frameworkWords().names.map((one) => [one.name, one]));
  const found = new Map<string, Question & { askedBy: Row['askedBy'] }>();
  for (const { key, hash, title, edition } of editions) {
    const { facts, own } = known.get(hash)!;
    const given = new Map(own.map((one) => [one.name, one]));
    for (const { name, codes, inRules } of facts) {
      const word = names.get(name) ?? given.get(name);
      const before = found.get(name) ?? {
        ...{ name, type: word?.type ?? 'number', unit: word?.unit || null, period: word?.period ?? 'schoolYear' },
        askedBy: [],
      };
      found.set(name, { ...before, askedBy: [...before.askedBy, { key, title, edition, codes: [...codes], inRules }] });
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
  const { subject: named, fact: name, year, value, document, asOf, replaces } = given;
  const subject = await findQuestionSubject(ctx.db, ctx.scope, named);
  ctx.authorize(subject !== undefined, problem('thing.notFound', { what: '个填报对象' }));
  const question = (await questionsOf(ctx, subject!)).find((one) => one.name === name);
  if (question === undefined) throw problem('thing.notFound', { what: `项所问的事实（${name}）` });
  assertOfType(question, value);
  if (asOf > ctx.today) throw invalid('asOf', '数据的日期不能晚于今天');
  const period = await lockPeriod(ctx.db, { kind: kindOf[question.period], year });
  assertTakesWrites({ schoolYear: year, archivedOn: period.archivedOn });
  const before = await lockEnteredFact(ctx.db, subject!, name, period.id);
  const changed = problem('thing.changed', { what: `“${name}”` });
  if ((before?.id ?? null) !== replaces) throw changed;
  const isSame =
    before && canonicalJson([before.value, before.document, before.asOf]) === canonicalJson([value, document, asOf]);
  if (isSame || (before === undefined && value === null)) throw problem('thing.nothingChanges', { what: `“${name}”` });
  if (before !== undefined) await updateReplaced(ctx.db, subject!.placeId, before.id, ctx.now);
  const by = { id: ctx.actor.userId, name: signatureOf(ctx.actor) };
  const id = newId();
  const entered = {
    id,
    subject: subject!,
    name,
    periodId: period.id,
    value,
    document,
    asOf,
    source: 'question',
    by,
    at: ctx.now,
  };
  if (!(await insertEnteredFact(ctx.db, entered))) throw changed;
  await ctx.record({
    action: before === undefined ? 'framework-question.answered' : 'framework-question.corrected',
    ...{ objectType: 'framework-question', objectId: id, placeId: subject!.placeId },
    schoolId: subject!.type === 'school' ? subject!.id : null,
    ...(before === undefined
      ? {}
      : { before: { answers: [`${name}：${said(before.value)}（${before.document ?? ''}）`] } }),
    after: { answers: [`${name}：${said(value)}（${document}，${asOf}）`] },
  });
  return {
    answer: { id, value, document, asOf, enteredBy: by.name, enteredAt: ctx.now.toISOString() },
  };
}

const invalid = (path: string, message: string) =>
  problem('request.invalid', { issues: [{ path: `body.${path}`, message }] });

/** A number where a number is asked, a word where a choice is, yes or no where it is one of these. */
function assertOfType({ type, unit }: Question, value: Given['value']): void {
  if (value === null || typeof value === 'object') return;
  const wanted = { number: 'number', choice: 'string', truth: 'boolean' } as const;
  if (typeof value === wanted[type]) return;
  const words = { number: `应填数字${unit === null ? '' : `（${unit}）`}`, choice: '应填一个词', truth: '应填是或否' };
  throw invalid('value', words[type]);
}

const said = (value: unknown) =>
  value === null
    ? '撤下'
    : typeof value === 'object'
      ? '不适用'
      : typeof value === 'boolean'
        ? value
          ? '是'
          : '否'
        : String(value);

function enteredOf({ id, value, document, asOf, enteredBy, enteredAt }: EnteredFact): Entered {
  return {
    ...{ id, value: value as Entered['value'], document: document ?? '', asOf, enteredBy },
    enteredAt: enteredAt.toISOString(),
  };
}
