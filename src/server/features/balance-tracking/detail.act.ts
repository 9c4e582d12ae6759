import type { z } from 'zod';
import type { trackDetail } from '#contract/balance-tracking/tracks.ts';
import { newestEntries } from '#contract/kit/kit.shape.ts';
import { findSignedSteps, listSteps } from '#core/workflow/step.store.ts';
import { signingRefusal } from '#domain/access/signing.ts';
import { asksForCause } from '#domain/balance-tracking/difference.ts';
import {
  nextActOf,
  permittedTrackActs,
  type ReportPart,
  reportParts,
  trackSigning,
  trackStepTitle,
} from '#domain/balance-tracking/flow.ts';
import { type IssueRule, issueRuleTitles, lookedBack } from '#domain/balance-tracking/issues.ts';
import { causeKey, lackingOf } from '#domain/balance-tracking/report.ts';
import { daysLate, issueStandingTitle, standingOf } from '#domain/balance-tracking/state.ts';
import { withoutUndone } from '#domain/flow/undo.ts';
import { type Day, dayInChina } from '#domain/kit/school-year.ts';
import { schoolLevelNames } from '#domain/org/school-level.ts';
import { type Comparison, compareWith, type Ground, readGround } from './comparison.act.ts';
import type { Publication } from './figures/publication.store.ts';
import { proposalsFrom, ruledRuns } from './issue/issue.act.ts';
import { type IssueRow, listIssuesOf } from './issue/issue.store.ts';
import { subjectOf, type TrackContext } from './track.act.ts';
import type { TrackRow } from './track.store.ts';

type Detail = z.output<typeof trackDetail>;

export function publicationShape({ placeId: _, ...publication }: Publication): NonNullable<Detail['publication']> {
  return {
    ...publication,
    figures: [...publication.figures],
    schools: [...publication.schools],
    enteredAt: publication.enteredAt.toISOString(),
  };
}

export function issueShape({ id, rule, title, state, dueOn }: IssueRow, today: Day): Detail['issues'][number] {
  return {
    ...{ id, title, dueOn, ruleTitle: issueRuleTitles[rule as IssueRule] ?? rule },
    state: state === null ? null : issueStandingTitle(state, dueOn, today),
    closed: state === 'closed' || state === 'cancelled',
  };
}

/** Everything on the page of one county and year. */
export async function detailOf(ctx: TrackContext, track: TrackRow): Promise<Detail> {
  const ground = await readGround(ctx, track, ruledRuns(track));
  const comparison = await compareWith(ctx, track, ground);
  const { run, publication, report } = comparison;
  const { planYears, rounds, years, replaced } = ground.beside;
  const lacking = track.state === 'self-report-due' ? lackingOf(comparison) : [];
  const steps = await listSteps(ctx.db, track);
  const can = permittedTrackActs(subjectOf(track, { lacking, reasoned: false }), ctx.actor);
  const judging = trackSigning.judging.filter((one) => can[one]);
  const signed = judging.length === 0 ? [] : ((await findSignedSteps(ctx.db, [track])).get(track.id) ?? []);
  let signingObstacle: string | null = null;
  for (const act of judging) {
    const refusal = signingRefusal(signed, ctx.actor, act, trackSigning);
    if (refusal === null) continue;
    can[act] = false;
    signingObstacle = refusal.message;
  }
  const last = steps.findLast(({ action }) => action === 'return' || action === 'submit' || action === 'accept');
  const returned = last?.action === 'return' && track.state === 'self-report-due' ? last : undefined;
  // One for each round that was returned, in their order.
  const returns = withoutUndone(steps).filter(({ action }) => action === 'return');
  const earlier = years.find(({ year }) => year === track.schoolYear - 1);
  const issues = await listIssuesOf(ctx.db, track.placeId, [track.id, ...(earlier ? [earlier.trackId] : [])]);
  return {
    ...{ id: track.id, countyId: track.placeId, countyName: track.countyName, year: track.schoolYear },
    ...{ standardKey: track.standardKey, standardName: comparison.standardName },
    ...{ state: track.state, standing: standingOf(track.state, track.ledger, track), since: track.since },
    ...{ dueOn: track.dueOn, daysLate: daysLate(track.dueOn, ctx.today), revision: track.revision },
    terms: [...track.terms],
    ...{ reason: track.reason, ledger: track.ledger },
    publication: publication === undefined ? null : publicationShape(publication),
    replaced,
    run:
      run === undefined
        ? null
        : {
            ...{ id: run.id, edition: run.edition, formulaVersion: run.formulaVersion, inputsHash: run.inputsHash },
            ...{ runAt: run.runAt.toISOString(), provisional: run.provisional, current: run.current },
          },
    outdated: comparison.outdated,
    differences: differencesShape(comparison),
    schools: comparison.schools.map((one) => ({
      ...{ level: one.level, levelName: schoolLevelNames[one.level], ours: one.ours, published: one.published },
      ...{ onlyOurs: [...one.onlyOurs], onlyPublished: [...one.onlyPublished], excluded: [...one.excluded] },
    })),
    report:
      report === undefined
        ? null
        : {
            ...{ id: report.id, round: report.round, revision: report.revision, measures: report.measures },
            ...{ conclusion: report.conclusion, lacking, preparedBy: report.preparedBy },
            preparedAt: report.preparedAt?.toISOString() ?? null,
            submittedBy: report.submittedBy,
            submittedAt: report.submittedAt?.toISOString() ?? null,
            ...{ decision: report.decision, decidedBy: report.decidedBy },
          },
    returned:
      returned === undefined
        ? null
        : {
            ...{ reason: returned.reason ?? '', by: returned.actorName, at: returned.at.toISOString() },
            parts: (returned.parts ?? []).filter((one): one is ReportPart =>
              (reportParts as readonly string[]).includes(one),
            ),
          },
    earlierRounds: rounds.map(({ returnedAt, ...one }, index) => ({
      ...one,
      returnedAt: returnedAt.toISOString(),
      reason: returns.at(-1 - index - (report?.decision === 'returned' ? 1 : 0))?.reason ?? '',
    })),
    issues: issues.filter(({ trackId }) => trackId === track.id).map((one) => issueShape(one, ctx.today)),
    lookBack: earlier ? await lookBackOf(ctx, track, ground, earlier, issues) : null,
    plannedYears: planYears.map((one) => ({
      ...one,
      enteredAt: one.enteredAt.toISOString(),
    })),
    years: years.slice(0, newestEntries),
    steps: steps.slice(-newestEntries).map(({ id, action, actorName, at, reason }) => ({
      ...{ id, action, title: trackStepTitle(action), actorName, at: at.toISOString(), reason },
    })),
    can,
    nextAct: nextActOf(can),
    signingObstacle,
  };
}

function differencesShape({ differences, causes, names }: Comparison): Detail['differences'] {
  return differences.map((one) => {
    const cause = causes.get(causeKey(one));
    return {
      ...{ ...one, levelName: schoolLevelNames[one.level], name: names.get(one.indicator) ?? one.indicator },
      asks: asksForCause(one.kind),
      cause: cause === undefined ? null : { body: cause.body, by: cause.by, on: dayInChina(cause.at) },
    };
  });
}

/** Last year's issues: where each stands in the ledger, the figure then and now, and whether the rules find it again. */
async function lookBackOf(
  ctx: TrackContext,
  track: TrackRow,
  ground: Ground,
  { trackId, year }: { readonly trackId: string; readonly year: number },
  all: readonly IssueRow[],
): Promise<Detail['lookBack']> {
  const issues = all.filter((one) => one.trackId === trackId);
  if (issues.length === 0) return { trackId, year, issues: [] };
  const { found, material } = await proposalsFrom(ctx, track, ground);
  return {
    ...{ trackId, year },
    issues: issues.map((issue) => ({
      ...issueShape(issue, ctx.today),
      figure: issue.figure,
      ...lookedBack(issue, material.figures, found),
    })),
  };
}
