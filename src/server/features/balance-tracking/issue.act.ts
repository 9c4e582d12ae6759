import { findingsRaised } from '#core/workflow/finding-occurrences.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { type IssueMaterial, type ProposedIssue, proposedIssues } from '#domain/balance-tracking/issues.ts';
import { problem } from '#domain/kit/problem.ts';
import { newId } from '#platform/ids/new-id.ts';
import { findSchoolsIn, insertIssues, listDoubtful, listIssues } from './issue.store.ts';
import { findRun, listMembers, type NamedRun, sourceType } from './published.store.ts';
import { step, type TrackContext, titleOf } from './track.act.ts';
import { findSchoolYear, type TrackRow } from './track.store.ts';
import { trackingRules } from './tracking-rules.shape.ts';

const certificateOf = (run: NamedRun | undefined) =>
  run === undefined
    ? null
    : { runId: run.id, edition: run.edition, formulaVersion: run.formulaVersion, inputsHash: run.inputsHash };

/** What the rules find in a county's year, and the names of the schools among it. */
export async function proposalsOf(
  ctx: TrackContext,
  track: TrackRow,
): Promise<{
  readonly found: readonly ProposedIssue[];
  readonly schools: ReadonlyMap<number, string>;
  readonly material: IssueMaterial;
}> {
  const { placeId: countyId, periodId, standardKey } = track;
  const run = await findRun(ctx.db, countyId, { periodId, standardKey });
  const earlier = await findSchoolYear(ctx.db, track.schoolYear - 1);
  const before = earlier && (await findRun(ctx.db, countyId, { periodId: earlier.id, standardKey }));
  const compliance = await findRun(ctx.db, countyId, { periodId, standardKey: trackingRules.complianceStandard });
  const members = compliance ? await listMembers(ctx.db, countyId, compliance.id) : [];
  const material: IssueMaterial = {
    run: certificateOf(run),
    figures: run?.figures ?? [],
    before: before?.figures ?? [],
    complianceRun: certificateOf(compliance),
    below: members.filter(({ pass }) => pass === false),
    doubtful: await listDoubtful(ctx.db, countyId, periodId),
  };
  const proposed = proposedIssues(material, trackingRules.rules);
  const ids = proposed.flatMap(({ schoolId }) => (schoolId === null ? [] : [schoolId]));
  const schools = await findSchoolsIn(ctx.db, countyId, ids);
  // A school that went elsewhere since is no matter of this county any more.
  const found = proposed.filter(({ schoolId }) => schoolId === null || schools.has(schoolId));
  return { found, schools, material };
}

/** Most findings that one announcement carries. */
const atOnce = 200;

/** Takes the chosen issues into the ledger, each once by its key. */
export async function listInLedger(
  ctx: TrackContext,
  trackId: string,
  { revision, keys }: { readonly revision: number; readonly keys: readonly string[] },
): Promise<TrackRow> {
  const moved = await step(ctx, trackId, revision, { action: 'list' }, { after: { issues: new Set(keys).size } });
  const { found } = await proposalsOf(ctx, moved);
  const chosen = found.filter(({ key }) => keys.includes(key));
  const unknown = new Set(keys).size - chosen.length;
  if (unknown > 0) throw problem('tracking.issueUnknown', { count: unknown });
  const issues = chosen.map((one) => ({ ...one, id: newId() }));
  await insertIssues(ctx.db, moved, issues, { byName: signatureOf(ctx.actor), on: ctx.today });
  for (let from = 0; from < issues.length; from += atOnce) {
    const part = issues.slice(from, from + atOnce);
    await ctx.announce(findingsRaised, {
      places: [moved.placeId],
      ...{ sourceType, sourceId: moved.id, sourceLabel: titleOf(moved) },
      ...{ openedByUnitId: ctx.actor.unitId!, openedLevel: 'city' },
      findings: part.map((one) => ({
        ...{ id: one.id, placeId: moved.placeId, kind: one.kind, title: one.title, body: one.body },
        ...{ severity: one.severity, schoolYear: moved.schoolYear, foundOn: ctx.today, sourceKey: one.key },
        duty:
          one.schoolId === null
            ? { type: 'unit' as const, id: moved.placeId }
            : { type: 'school' as const, id: one.schoolId },
      })),
    });
  }
  return moved;
}

/** The keys of the issues that stand in the ledger already. */
export async function listedKeys(ctx: TrackContext, track: TrackRow): Promise<ReadonlySet<string>> {
  return new Set((await listIssues(ctx.db, track)).map(({ key }) => key));
}
