import { findingsRaised } from '#core/workflow/finding-occurrences.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { basicStandardText, schoolsBelow } from '#domain/balance-tracking/basic-standard.ts';
import { type IssueMaterial, type ProposedIssue, proposedIssues } from '#domain/balance-tracking/issues.ts';
import { problem } from '#domain/kit/problem.ts';
import { newId } from '#platform/ids/new-id.ts';
import { basicStandardOf } from '../basic-standard/basic-standard.act.ts';
import {
  type FoundRuns,
  findRuns,
  listMembers,
  type NamedRun,
  type StoredMember,
  sourceType,
  type WantedRuns,
} from '../published.store.ts';
import { step, type TrackContext, titleOf } from '../track.act.ts';
import type { TrackRow } from '../track.store.ts';
import { trackingRules } from '../tracking-rules.shape.ts';
import { insertIssues, listIssues, listSchoolsHere } from './issue.store.ts';

const certificateOf = (run: NamedRun | undefined) =>
  run === undefined
    ? null
    : { runId: run.id, edition: run.edition, formulaVersion: run.formulaVersion, inputsHash: run.inputsHash };

/** What the rules find in a county's year, and the names of the schools among it. */
export interface Proposals {
  readonly found: readonly ProposedIssue[];
  readonly schools: ReadonlyMap<number, string>;
  readonly material: IssueMaterial;
}

/** The run that the rules read beside that of the year: last year's. */
export const ruledRuns = ({ schoolYear: year, standardKey }: TrackRow): WantedRuns['shown'] => [
  { year: year - 1, standardKey },
];

export async function proposalsOf(ctx: TrackContext, track: TrackRow): Promise<Proposals> {
  const { placeId: countyId, schoolYear: year, standardKey } = track;
  const runs = await findRuns(ctx.db, countyId, { id: null, shown: [{ year, standardKey }, ...ruledRuns(track)] });
  const members = await listMembers(ctx.db, countyId, [runs.of(year, standardKey)]);
  return proposalsFrom(ctx, track, { runs, members });
}

/** The same from runs and schools that were read already. */
export async function proposalsFrom(
  ctx: TrackContext,
  track: TrackRow,
  { runs, members }: { readonly runs: FoundRuns; readonly members: readonly StoredMember[] },
): Promise<Proposals> {
  const { placeId: countyId, periodId, schoolYear: year, standardKey } = track;
  const run = runs.of(year, standardKey);
  const { doubtful, schools: here } = await listSchoolsHere(ctx.db, countyId, periodId);
  const basicStandard = await basicStandardOf(ctx.db, year);
  const material: IssueMaterial = {
    run: certificateOf(run),
    figures: run?.figures ?? [],
    before: runs.of(year - 1, standardKey)?.figures ?? [],
    below: schoolsBelow(
      members.filter(({ runId }) => runId === run?.id),
      basicStandard,
    ),
    basicStandard: basicStandardText(basicStandard),
    doubtful,
  };
  const proposed = proposedIssues(material, trackingRules.rules);
  const ids = new Set(proposed.flatMap(({ schoolId }) => (schoolId === null ? [] : [schoolId])));
  const schools = new Map(here.flatMap(({ id, name }) => (ids.has(id) ? [[id, name] as const] : [])));
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
