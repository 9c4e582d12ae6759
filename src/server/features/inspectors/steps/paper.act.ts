import type { z } from 'zod';
import type { newPaper } from '#contract/inspectors/inspectors.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { halfTitles, paperTitles } from '#domain/inspection/inspector.ts';
import { paperPart, papersDue } from '#domain/inspection/papers.ts';
import { problem } from '#domain/kit/problem.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
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
  const due = papersDue(inspector.kind, inspectorRules, ctx.today, inspector.appointedOn).find(
    (one) => one.paper === paper && one.schoolYear === schoolYear && one.half === half,
  );
  if (!due || inspector.state !== 'serving') throw problem('inspector.paperNotDue', { paper: paperTitles[paper] });
  if (uploadId !== null) {
    const file = { part: paperPart(due), uploadId, byName: signatureOf(ctx.actor) };
    if (!(await writePaperFile(ctx.db, inspector, file))) throw problem('file.notWhole');
  }
  const handedBy = { id: ctx.actor.userId, name: signatureOf(ctx.actor) };
  const kept = await insertPaper(ctx.db, inspector, { ...due, handedOn: ctx.today, body, handedBy });
  if (!kept) throw problem('inspector.paperHanded', { paper: paperTitles[paper] });
  const term = `${schoolYearName(schoolYear)}${halfTitles[half]}`;
  await ctx.record(recordOf(inspector, 'paperHanded', { after: { paper: paperTitles[paper], half: term } }));
}
