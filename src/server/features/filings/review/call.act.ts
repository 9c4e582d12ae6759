import type * as filings from '#contract/filings/filings.ts';
import type { RouteInput, RouteOutput } from '#contract/route.ts';
import type { Context } from '#core/access/serve.ts';
import { listReceipts } from '#core/notices/receipts.store.ts';
import { nextFilingState } from '#domain/filing/flow.ts';
import { reminder } from '#domain/filing/reminder.ts';
import { mustBeCalled } from '#domain/filing/review/call.ts';
import { daysBetween } from '#domain/kit/school-year.ts';
import { findCollection } from '../collection/collection.store.ts';
import { askedOf } from '../filing.act.ts';
import { subjectOf } from '../filing.shape.ts';
import type { FilingHandle } from '../filing.store.ts';
import { listSchoolContacts } from './call.store.ts';
import { findRemindable } from './remind.store.ts';

export type Call = RouteOutput<typeof filings.callList>['rows'][number];

/** The schools that this person may remind and has to call, the latest first, and how many a mail has reached. */
export async function listCalls(
  ctx: Context<FilingHandle>,
  { all = false, ...filter }: RouteInput<typeof filings.callList>['query'],
): Promise<{ rows: Call[]; reached: number }> {
  const collection = await findCollection(ctx.db, { year: filter.year, today: ctx.today });
  if (!collection) return { rows: [], reached: 0 };
  const owing = await findRemindable(ctx.db, ctx.scope, await askedOf(ctx, filter), undefined);
  const mine = owing.filter((filing) => nextFilingState('remind', subjectOf(filing, ctx.today), ctx.actor).ok);
  const contacts = await listSchoolContacts(
    ctx.db,
    mine.map(({ schoolId }) => schoolId),
  );
  const receipts = await listReceipts(ctx.db, {
    places: [...new Set(mine.map(({ placeId }) => placeId))],
    kind: reminder,
    since: collection.opensOn,
    subjectIds: mine.map(({ id }) => id),
  });
  const calls = mine.map((filing): Call => {
    const dueOn = filing.extension ?? filing.deadline;
    const contact = contacts.get(filing.schoolId);
    const receipt = receipts.get(filing.id);
    return {
      filingId: filing.id,
      school: { name: filing.name, countyName: filing.countyName },
      contact: contact === undefined ? null : { name: contact.name, phone: contact.phone },
      filled: filing.filled,
      required: filing.required,
      dueOn,
      lateDays: Math.max(0, daysBetween(dueOn, ctx.today)),
      reminded:
        receipt === undefined
          ? null
          : {
              at: receipt.at.toISOString(),
              by: receipt.by,
              mail: receipt.mail ?? 'none',
              sentence: receipt.sentence,
              readAt: receipt.readAt?.toISOString() ?? null,
            },
    };
  });
  const toCall = calls.filter(({ reminded }) => mustBeCalled(reminded?.mail ?? null));
  const rows = (all ? calls : toCall).sort(
    (one, other) =>
      other.lateDays - one.lateDays ||
      one.school.countyName.localeCompare(other.school.countyName, 'zh') ||
      one.school.name.localeCompare(other.school.name, 'zh'),
  );
  return { rows, reached: calls.length - toCall.length };
}
