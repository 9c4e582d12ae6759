import * as filings from '#contract/filings/filings.ts';
import { newestEntries } from '#contract/kit/kit.shape.ts';
import { serving } from '#core/access/serve.ts';
import { type Comment, listComments } from '#core/comments/comments.store.ts';
import { listNotices } from '#core/notices/notices.store.ts';
import { findSignedSteps, listSteps } from '#core/workflow/step.store.ts';
import type { Actor } from '#domain/access/actor.ts';
import { type SignedStep, signingRefusal } from '#domain/access/signing.ts';
import { fieldOf, visibleFields } from '#domain/filing/catalogue.ts';
import { fillObstacle, type permittedFilingActs, stepTitle, submitObstacles } from '#domain/filing/flow.ts';
import { reminder } from '#domain/filing/reminder.ts';
import { storedFilingState } from '#domain/filing/state.ts';
import { withoutUndone } from '#domain/flow/undo.ts';
import { problem } from '#domain/kit/problem.ts';
import { askedOf, loadFiling } from './filing.act.ts';
import { findContact, findHistory } from './filing.detail.store.ts';
import { type Asked, type FilingFilter, listFilings } from './filing.list.store.ts';
import {
  commentShape,
  copyFinding,
  examine,
  openFieldsOf,
  schoolShape,
  shownComments,
  subjectOf,
  summaryShape,
} from './filing.shape.ts';
import type { FilingHandle, FullFiling } from './filing.store.ts';
import { catalogueOf } from './filing-catalogues.shape.ts';
import { checkRefusal } from './review/check.act.ts';
import { listOddFirst } from './review/oddity.store.ts';
import { filingSigning } from './review/step.act.ts';
import { findSchoolWithin, listReleased, listSchoolYears } from './school-years.store.ts';

const on = serving<FilingHandle>();

/** Whether a comment of the other side waits for this person's: the school's for the level that reviews, and back. */
function waitsFor(actor: Actor, filing: Pick<FullFiling, 'managedBy' | 'schoolId'>, { authorLevel }: Comment): boolean {
  if (authorLevel === null) return false;
  if (actor.level === 'school') return actor.schoolId === filing.schoolId && authorLevel !== 'school';
  return actor.level === filing.managedBy && authorLevel === 'school';
}

type Can = ReturnType<typeof permittedFilingActs>;

const judges = (can: Can): boolean => can.check || filingSigning.judging.some((act) => can[act]);

/**
 * The acts that the person may do. If the same person has signed before, the acts that judge that signature are left out
 * and a sentence says why.
 */
function unsigned(can: Can, steps: readonly SignedStep[], actor: Actor) {
  const acts = { ...can };
  let obstacle: string | null = null;
  for (const act of filingSigning.judging.filter((one) => can[one])) {
    const refusal = signingRefusal(steps, actor, act, filingSigning);
    if (refusal === null) continue;
    acts[act] = false;
    obstacle = refusal.message;
  }
  if (can.check && checkRefusal(steps, actor) !== null) acts.check = false;
  return { acts: { can: acts }, obstacle };
}

/** Where there are too many to weigh, what waits longest comes first. */
function inTurn<Filter extends FilingFilter>(asked: Asked<Filter>): Asked<Filter> {
  const { filter } = asked;
  return filter.sort === 'oddity' ? { ...asked, filter: { ...filter, sort: 'submittedAt' } } : asked;
}

export const filingReadRoutes = [
  on(filings.list, async (ctx, { query }) => {
    const asked = await askedOf(ctx, query);
    const oddFirst = query.sort === 'oddity' ? await listOddFirst(ctx.db, ctx.scope, asked) : null;
    const { rows, total } = oddFirst ?? (await listFilings(ctx.db, ctx.scope, inTurn(asked)));
    const shown = rows.map((row) => summaryShape(row, ctx.actor, ctx.today));
    // If the person cannot judge any filing of the page anyway, the signatures are not read.
    const judged = new Set(shown.filter(({ can }) => judges(can)).map(({ id }) => id));
    const signed = await findSignedSteps(
      ctx.db,
      rows.filter(({ id }) => judged.has(id)),
    );
    return {
      rows: shown.map((one) => ({ ...one, ...unsigned(one.can, signed.get(one.id) ?? [], ctx.actor).acts })),
      total,
    };
  }),

  on(filings.readCatalogue, async (_ctx, { params }) => {
    return catalogueOf(params.edition);
  }),

  on(filings.read, async (ctx, { params }) => {
    const filing = await loadFiling(ctx, params.filingId);
    const [steps, comments, reminders, contact] = await Promise.all([
      listSteps(ctx.db, filing),
      listComments(ctx.db, filing),
      listNotices(ctx.db, filing, reminder),
      findContact(ctx.db, filing),
    ]);
    const seen = examine(filing);
    const subject = subjectOf(filing, ctx.today, seen.counts);
    const open = comments.filter(({ resolvedAt }) => resolvedAt === null);
    const row = {
      ...{ ...filing, reminders: reminders.length, lastReminderAt: reminders[0]?.at ?? null },
      ...{ comments: open.length, commentsForMe: open.filter((one) => waitsFor(ctx.actor, filing, one)).length },
    };
    const summary = summaryShape(row, ctx.actor, ctx.today);
    const signing = unsigned(summary.can, withoutUndone(steps.map(({ signed }) => signed)), ctx.actor);
    return {
      ...summary,
      ...signing.acts,
      signingObstacle: signing.obstacle,
      school: schoolShape(filing),
      period: {
        id: filing.collectionId,
        schoolYear: filing.schoolYear,
        name: filing.periodName,
        state: filing.periodState,
      },
      addedOn: filing.addedOn,
      edition: filing.edition,
      fields: [...visibleFields(seen.catalogue, filing)],
      cells: filing.cells,
      derived: seen.derived,
      reference: filing.reference,
      peers: filing.peers,
      findings: seen.findings.map(copyFinding),
      openFields: openFieldsOf(filing, seen),
      returnReason: filing.returnReason,
      steps: steps.slice(-newestEntries).map(({ parts, signed: _, ...step }) => ({
        ...step,
        from: storedFilingState(step.from),
        to: storedFilingState(step.to),
        title: stepTitle(step.action),
        at: step.at.toISOString(),
        fields: parts,
      })),
      comments: shownComments(comments).map(commentShape),
      changes: seen.changes ?? [],
      remindedBy: reminders.map(({ at, by, note }) => ({ at: at.toISOString(), by, note })),
      contact: { unitName: contact.unitName, name: contact.name, phone: contact.phone },
      fillObstacle: fillObstacle(subject, ctx.actor),
      obstacles: submitObstacles(subject, ctx.actor),
      contentHash: filing.contentHash,
    };
  }),

  on(filings.schoolYears, async (ctx, { params }) => {
    if (!(await findSchoolWithin(ctx.db, ctx.scope, params.schoolId)))
      throw problem('thing.notFound', { what: '所学校' });
    return {
      years: await listSchoolYears(ctx.db, params.schoolId),
      released: await listReleased(ctx.db, ctx.scope, params.schoolId),
    };
  }),

  on(filings.cellHistory, async (ctx, { params }) => {
    const filing = await loadFiling(ctx, params.filingId);
    if (!fieldOf(catalogueOf(filing.edition), params.field)) {
      throw problem('filing.unknownField', { field: params.field });
    }
    const rows = await findHistory(ctx.db, filing, params.field);
    return {
      entries: rows.map((row) => ({
        at: row.at.toISOString(),
        actorName: row.actorName,
        own: row.personId === ctx.actor.userId,
        action: row.action === 'filing.imported' ? '导入' : '填写',
        before: row.before?.[params.field]?.v ?? null,
        after: row.after?.[params.field]?.v ?? null,
        explanation: row.after?.[params.field]?.e ?? null,
      })),
    };
  }),
];
