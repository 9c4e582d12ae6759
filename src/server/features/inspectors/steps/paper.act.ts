import type { z } from 'zod';
import type { newPaper } from '#contract/inspectors/inspectors.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { halfTitles, paperTitles } from '#domain/inspection/inspector.ts';
import { paperPart, papersOwed } from '#domain/inspection/papers.ts';
import { assertRoomFor } from '#domain/kit/bounds.ts';
import { problem } from '#domain/kit/problem.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { lockCount } from '#platform/db/named-lock.ts';
import { type InspectorContext, recordOf } from '../inspector.act.ts';
import { insertPaper, writePaperFile } from '../inspector.detail.store.ts';
import type { Inspector } from '../inspector.store.ts';
import { inspectorRules } from '../inspector-rules.shape.ts';

/** Keeps a plan or a summary that the inspector owes; the table takes one of each half. */
export async function handPaper(
  ctx: InspectorContext,
  inspector: Inspector,
  { paper, schoolYear, half, body, uploadId }: z.output<typeof newPaper>,
): Promise<void> {
  const due = papersOwed(inspector.kind, inspectorRules, ctx.today, inspector.appointedOn).find(
    (one) => one.paper === paper && one.schoolYear === schoolYear && one.half === half,
  );
  if (!due || inspector.state !== 'serving') throw problem('inspector.paperNotDue', { paper: paperTitles[paper] });
  // Of a paper that came on paper alone the text says where it lies: an entry without a word proves nothing, and stays.
  if (body === '' && uploadId === null) throw problem('inspector.paperEmpty', { paper: paperTitles[paper] });
  if (uploadId !== null) {
    await hangPaper(ctx, inspector, { part: paperPart(due), uploadId, byName: signatureOf(ctx.actor) });
  }
  const handedBy = { id: ctx.actor.userId, name: signatureOf(ctx.actor) };
  const kept = await insertPaper(ctx.db, inspector, { ...due, handedOn: ctx.today, body, handedBy });
  if (!kept) throw problem('inspector.paperHanded', { paper: paperTitles[paper] });
  const term = `${schoolYearName(schoolYear)}${halfTitles[half]}`;
  await ctx.record(recordOf(inspector, 'paperHanded', { after: { paper: paperTitles[paper], half: term } }));
}

/** A file of a paper counts and is recorded as every file on the entry; the person behind it reaches no file of the place. */
async function hangPaper(
  ctx: InspectorContext,
  { placeId, id }: Inspector,
  file: Parameters<typeof writePaperFile>[2],
): Promise<void> {
  await lockCount(ctx.db, 'attachments', id);
  const hung = await writePaperFile(ctx.db, { placeId, id }, file);
  if (hung === undefined) throw problem('file.notWhole');
  if (!hung.added) return;
  assertRoomFor('attachments', hung.hanging - 1);
  await ctx.record({
    ...{ action: 'attachment.attached', objectType: 'attachment', objectId: hung.id, placeId, schoolId: null },
    after: { fileName: hung.name, subjectType: 'inspector', subjectId: id, size: hung.size },
  });
}
