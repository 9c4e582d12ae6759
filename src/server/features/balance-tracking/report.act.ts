import { signatureOf } from '#domain/access/actor.ts';
import { asksForCause } from '#domain/balance-tracking/difference.ts';
import type { ReportPart } from '#domain/balance-tracking/flow.ts';
import { causeKey } from '#domain/balance-tracking/report.ts';
import { assertRoomFor } from '#domain/kit/bounds.ts';
import { problem } from '#domain/kit/problem.ts';
import type { CompulsoryLevel } from '#domain/org/school-level.ts';
import { compareTrack } from './comparison.act.ts';
import { countCauses, findReport, insertCause, updateReport, writeFrozen, writeTexts } from './report.store.ts';
import { changedSince, lockTrackFor, step, type TrackContext, titleOf } from './track.act.ts';
import { recordOf, type TrackRow } from './track.store.ts';

/** A person of the county writes why a figure differs. */
export async function explain(
  ctx: TrackContext,
  trackId: string,
  given: { readonly level: CompulsoryLevel; readonly indicator: string; readonly body: string },
): Promise<void> {
  const track = await lockTrackFor(ctx, trackId, 'fill');
  const { differences } = await compareTrack(ctx, track);
  const differs = differences.some((one) => causeKey(one) === causeKey(given) && asksForCause(one.kind));
  if (!differs) throw problem('tracking.nothingDiffers');
  assertRoomFor('causes', await countCauses(ctx.db, track));
  await insertCause(ctx.db, track, {
    ...given,
    ...{ byId: ctx.actor.userId, by: signatureOf(ctx.actor), at: ctx.now },
  });
  const { level: schoolLevel, indicator, body: cause } = given;
  await ctx.record(recordOf(track, 'explained', { after: { schoolLevel, indicator, cause } }));
}

/** The texts of a self-report, with the revision of the report on which they rest. */
interface GivenTexts {
  readonly revision: number;
  readonly measures: string;
  readonly conclusion: string;
}

/** Keeps the texts of a self-report while it is being written. */
export async function saveReport(ctx: TrackContext, trackId: string, given: GivenTexts): Promise<number> {
  const track = await lockTrackFor(ctx, trackId, 'fill');
  const report = await findReport(ctx.db, track);
  if ((report?.revision ?? 0) !== given.revision) throw await changedSince(ctx, track, 'report');
  const { measures, conclusion } = given;
  if (report?.decision === null && report.measures === measures && report.conclusion === conclusion) {
    throw problem('thing.nothingChanges', { what: `${titleOf(track)}的自评报告` });
  }
  const { revision, round } = await writeTexts(ctx.db, track, report, { measures, conclusion });
  const fields = [
    ...(measures === (report?.measures ?? '') ? [] : ['measures']),
    ...(conclusion === (report?.conclusion ?? '') ? [] : ['conclusion']),
  ];
  await ctx.record(recordOf(track, 'reportSaved', { fields, after: { round } }));
  return revision;
}

/**
 * Passes the report to whoever submits, and freezes on what it rests: run, hash, publication and every figure. Texts that
 * come along are kept first, so that what is passed on is what its writer saw.
 */
export async function prepare(
  ctx: TrackContext,
  trackId: string,
  { revision, texts: given }: { readonly revision: number; readonly texts?: GivenTexts | undefined },
): Promise<TrackRow> {
  const before = await lockTrackFor(ctx, trackId, 'fill');
  const kept = given && (await findReport(ctx.db, before));
  if (given && (kept?.measures !== given.measures || kept.conclusion !== given.conclusion)) {
    await saveReport(ctx, trackId, given);
  }
  const { run, publication, differences, causes, report } = await compareTrack(ctx, before);
  const moved = await step(
    ctx,
    trackId,
    revision,
    { action: 'prepare' },
    { after: { runId: run?.id ?? null, inputsHash: run?.inputsHash ?? null } },
  );
  // A report that was returned and needs no other words goes on as it is, in the next round.
  const texts = { measures: report?.measures ?? '', conclusion: report?.conclusion ?? '' };
  const open = report?.decision === null ? report : await writeTexts(ctx.db, before, report, texts);
  await updateReport(ctx.db, before, open.id, {
    ...(run === undefined ? {} : { run }),
    publicationId: publication?.id ?? null,
    prepared: { byName: signatureOf(ctx.actor), at: ctx.now },
  });
  const frozen = differences.map((one) => ({ ...one, cause: causes.get(causeKey(one))?.body ?? '' }));
  await writeFrozen(ctx.db, before, open.id, frozen);
  return moved;
}

export async function withdraw(ctx: TrackContext, trackId: string, revision: number): Promise<TrackRow> {
  const moved = await step(ctx, trackId, revision, { action: 'withdraw' });
  const report = await findReport(ctx.db, moved);
  if (report) await updateReport(ctx.db, moved, report.id, { prepared: null });
  return moved;
}

/** Submits the report, unless what it rests on has changed since it was passed on. */
export async function submit(ctx: TrackContext, trackId: string, revision: number): Promise<TrackRow> {
  const bar = async (row: TrackRow) => {
    if (row.state !== 'self-report-due') return null;
    const { outdated } = await compareTrack(ctx, row);
    return outdated ? problem('tracking.runChanged') : null;
  };
  const moved = await step(ctx, trackId, revision, { action: 'submit' }, { bar });
  const report = await findReport(ctx.db, moved);
  if (report) {
    await updateReport(ctx.db, moved, report.id, { submitted: { byName: signatureOf(ctx.actor), at: ctx.now } });
  }
  return moved;
}

/** The city accepts the report, or sends it back with the parts that need work. */
export async function decide(
  ctx: TrackContext,
  trackId: string,
  revision: number,
  given:
    | { readonly decision: 'accepted' }
    | { readonly decision: 'returned'; readonly reason: string; readonly parts: readonly ReportPart[] },
): Promise<TrackRow> {
  const returned = given.decision === 'returned' ? { reason: given.reason, parts: given.parts } : {};
  const action = given.decision === 'returned' ? ('return' as const) : ('accept' as const);
  const moved = await step(
    ctx,
    trackId,
    revision,
    { action, ...returned },
    given.decision === 'returned' ? { after: { parts: given.parts }, note: given.reason } : {},
  );
  const report = await findReport(ctx.db, moved);
  if (report) {
    const decided = { decision: given.decision, byName: signatureOf(ctx.actor), at: ctx.now };
    await updateReport(ctx.db, moved, report.id, { decided });
  }
  return moved;
}

/** The city takes its acceptance back and judges the report anew. */
export async function reconsider(
  ctx: TrackContext,
  trackId: string,
  { revision, reason }: { readonly revision: number; readonly reason: string },
): Promise<TrackRow> {
  const moved = await step(ctx, trackId, revision, { action: 'reconsider', reason }, { note: reason });
  if (moved.reportId !== null) await updateReport(ctx.db, moved, moved.reportId, { decided: null });
  return moved;
}
