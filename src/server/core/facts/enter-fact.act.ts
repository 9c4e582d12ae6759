import type { Context } from '#core/access/serve.ts';
import { lockPeriod, type PeriodHandle } from '#core/calendar/period.store.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { assertTakesWrites } from '#domain/calendar/archived-year.ts';
import { periodName, type YearKind } from '#domain/calendar/period.ts';
import type { SourcedName } from '#domain/framework/edition/words.ts';
import {
  type FactAnswer,
  factFault,
  isAnswerOf,
  officeSource,
  saidOf,
} from '#domain/framework/questions/fact-answer.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { problem } from '#domain/kit/problem.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { newId } from '#platform/ids/new-id.ts';
import {
  type EnteredFact,
  type EnteredHandle,
  type FactOwner,
  insertEnteredFact,
  lockEnteredFact,
  updateReplaced,
} from './entered.store.ts';

/** What is asked, and of which year. */
export interface AskedOnce {
  readonly name: string;
  /** What is known of the name: of which type it is, and in which unit. */
  readonly word: SourcedName | undefined;
  readonly kind: YearKind;
  readonly year: number;
  /** Whether the office that concludes enters what it has found. */
  readonly found?: boolean;
}

/** Whether an answer is what the office has found. */
export const isFoundByOffice = ({ source, value }: Pick<EnteredFact, 'source' | 'value'>): boolean =>
  source === officeSource && value !== null;

/** What somebody says of a fact. */
export interface GivenFact {
  readonly value: FactAnswer;
  readonly document: string;
  /** The day on which the figure stood, as the document says. */
  readonly asOf: Day;
  /** The answer that was seen and is corrected; null where nobody had answered. */
  readonly replaces: string | null;
}

/** An answer as it stands now, and what the audit says of it. */
export interface FactEntered {
  readonly id: string;
  readonly by: string;
  readonly period: string;
  /** What stood before, in words; null where nobody had answered. */
  readonly before: string | null;
  readonly after: string;
}

/**
 * Enters what somebody says of a fact, corrects it or takes it down, from wherever it is asked: the earlier answer ends and stays
 * readable. A correction names the answer that was seen, so that nobody overwrites what a colleague entered a minute ago.
 * What the office has found is corrected at the city alone, because rules read it until the result is confirmed; an answer of others
 * that the city corrects is what it has found.
 * @throws thing.ofOffice, thing.changed where somebody else has answered meanwhile, thing.nothingChanges, year.archived, request.invalid
 */
export async function enterFact(
  ctx: Pick<Context<EnteredHandle & PeriodHandle>, 'db' | 'actor' | 'now' | 'today'>,
  subject: FactOwner,
  { name, word, kind, year, found = false }: AskedOnce,
  { value, document, asOf, replaces }: GivenFact,
): Promise<FactEntered> {
  const fault = isAnswerOf(word, value) ?? factFault(word, value);
  if (fault !== null) throw invalid('value', fault);
  if (asOf > ctx.today) throw invalid('asOf', '数据的日期不能晚于今天');
  const period = await lockPeriod(ctx.db, { kind, year });
  assertTakesWrites({ schoolYear: year, archivedOn: period.archivedOn });
  const before = await lockEnteredFact(ctx.db, subject, name, period.id);
  const ofOffice = before !== undefined && isFoundByOffice(before);
  if (ofOffice && ctx.actor.level !== 'city') throw problem('thing.ofOffice', { what: `“${name}”` });
  const changed = problem('thing.changed', { what: `“${name}”` });
  // What was taken down is no answer, and whoever answers again has seen none.
  const seen = before === undefined || before.value === null ? null : before.id;
  if (seen !== replaces) throw changed;
  const isSame =
    before && canonicalJson([before.value, before.document, before.asOf]) === canonicalJson([value, document, asOf]);
  if (isSame || (seen === null && value === null)) throw problem('thing.nothingChanges', { what: `“${name}”` });
  if (before !== undefined) await updateReplaced(ctx.db, subject.placeId, before.id, ctx.now);
  const by = { id: ctx.actor.userId, name: signatureOf(ctx.actor) };
  const isCorrected = seen !== null && ctx.actor.level === 'city';
  const source = found || ofOffice || isCorrected ? officeSource : 'question';
  const one = { id: newId(), subject, name, periodId: period.id, value, document, asOf, source, by };
  if (!(await insertEnteredFact(ctx.db, { ...one, at: ctx.now }))) throw changed;
  return {
    ...{ id: one.id, by: by.name, period: periodName({ kind, year }) },
    before: before === undefined ? null : `${name}：${saidOf(before.value)}（${before.document ?? ''}）`,
    after: `${name}：${saidOf(value)}（${document}，${asOf}）`,
  };
}

const invalid = (path: string, message: string) =>
  problem('request.invalid', { issues: [{ path: `body.${path}`, message }] });
