import * as filings from '#contract/filings/filings.ts';
import type { Context } from '#core/access/serve.ts';
import { serving } from '#core/access/serve.ts';
import { fieldOf, visibleFields } from '#domain/filing/catalogue.ts';
import { filingActionTitles, fillObstacle, submitObstacles } from '#domain/filing/flow.ts';
import { problem } from '#domain/kit/problem.ts';
import { dayInChina } from '#domain/kit/school-year.ts';
import { filingInScope, schoolTypesWith } from './filing.act.ts';
import { catalogueOf } from './filing.catalogues.ts';
import { readComments, readContact, readHistory, readReminders, readSteps } from './filing.detail.store.ts';
import { listFilings } from './filing.list.store.ts';
import {
  commentShape,
  copyField,
  copyFinding,
  copySection,
  examine,
  openFieldsOf,
  schoolShape,
  subjectOf,
  summaryShape,
  todayOf,
} from './filing.shape.ts';
import type { FilingHandle } from './filing.store.ts';
import { readPeriod } from './period/period.store.ts';

const on = serving<FilingHandle>();

export const filingReadRoutes = [
  on(filings.list, async (ctx, { query }) => {
    ctx.authorize(true);
    const schoolTypes = await schoolTypesWith(ctx, query.year, query.level);
    const question = { filter: query, today: await todayFor(ctx, query.mark), schoolTypes };
    const { rows, total } = await listFilings(ctx.db, ctx.scope, question);
    return { rows: rows.map((row) => summaryShape(row, ctx.actor, ctx.now)), total };
  }),

  on(filings.readCatalogue, async (ctx, { params }) => {
    ctx.authorize(true);
    const { edition, name, sections, groups, fields } = catalogueOf(params.edition);
    return { edition, name, sections: sections.map(copySection), groups: [...groups], fields: fields.map(copyField) };
  }),

  on(filings.read, async (ctx, { params }) => {
    const filing = await filingInScope(ctx, params.filingId);
    ctx.authorize(true);
    const [steps, comments, reminders, contact] = await Promise.all([
      readSteps(ctx.db, filing),
      readComments(ctx.db, filing),
      readReminders(ctx.db, filing),
      readContact(ctx.db, filing),
    ]);
    const today = todayOf(filing.referenceDate, ctx.now);
    const seen = examine(filing);
    const subject = subjectOf(filing, today, seen.counts);
    return {
      ...summaryShape(
        { ...filing, reminders: reminders.length, lastReminderAt: reminders[0]?.at ?? null },
        ctx.actor,
        ctx.now,
      ),
      school: schoolShape(filing),
      period: {
        id: filing.periodId,
        schoolYear: filing.schoolYear,
        name: filing.periodName,
        state: filing.periodState,
      },
      edition: filing.edition,
      fields: visibleFields(seen.catalogue, filing).map(copyField),
      cells: filing.cells,
      derived: seen.derived,
      reference: filing.reference,
      peers: filing.peers,
      findings: seen.findings.map(copyFinding),
      openFields: openFieldsOf(filing, seen),
      returnReason: filing.returnReason,
      steps: steps.map((step) => ({
        ...step,
        title: filingActionTitles[step.action as keyof typeof filingActionTitles] ?? step.action,
        at: step.at.toISOString(),
      })),
      comments: comments.map(commentShape),
      changes: seen.changes ?? [],
      remindedBy: reminders.map(({ at, by, note }) => ({ at: at.toISOString(), by, note })),
      contact: { unitName: contact.unitName, name: contact.name, phone: contact.phone },
      fillObstacle: fillObstacle(subject, ctx.actor),
      obstacles: submitObstacles(subject, ctx.actor),
      contentHash: filing.contentHash,
    };
  }),

  on(filings.cellHistory, async (ctx, { params }) => {
    const filing = await filingInScope(ctx, params.filingId);
    ctx.authorize(true);
    if (!fieldOf(catalogueOf(filing.edition), params.field)) {
      throw problem('filing.unknownField', { field: params.field });
    }
    const rows = await readHistory(ctx.db, filing, params.field);
    return {
      entries: rows.map((row) => ({
        at: row.at.toISOString(),
        actorName: row.actorName,
        action: row.action === 'filing.imported' ? '导入' : '填写',
        before: row.before?.[params.field]?.v ?? null,
        after: row.after?.[params.field]?.v ?? null,
        explanation: row.after?.[params.field]?.e ?? null,
      })),
    };
  }),
];

/** Only the mark 逾期 compares with today; a list without it need not ask what day the sample calls today. */
async function todayFor(ctx: Context<FilingHandle>, mark: string | undefined): Promise<string> {
  if (mark !== 'overdue') return todayOf(null, ctx.now);
  const period = await readPeriod(ctx.db, undefined, dayInChina(ctx.now));
  return todayOf(period?.referenceDate ?? null, ctx.now);
}
