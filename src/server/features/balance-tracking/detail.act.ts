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
import { type Day, dayInChina } from '#domain/kit/school-year.ts';
import { schoolLevelNames } from '#domain/org/school-level.ts';
import { type Comparison, compareTrack } from './comparison.act.ts';
import { countReplaced, type Publication } from './figures/publication.store.ts';
import { proposalsOf } from './issue.act.ts';
import { type IssueRow, listIssues } from './issue.store.ts';
import { listPlanYears } from './plan-year.store.ts';
import { subjectOf, type TrackContext } from './track.act.ts';
import { findTrack, listTerms, listYears, type TrackRow } from './track.store.ts';

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
  const comparison = await compareTrack(ctx, track);
  const { run, publication, report } = comparison;
  const lacking = track.state === 'self-report-due' ? lackingOf(comparison) : [];
  const steps = await listSteps(ctx.db, track);
  const can = permittedTrackActs(subjectOf(track, { lacking, reasoned: false }), ctx.actor);
  const signed = (await findSignedSteps(ctx.db, [track])).get(track.id) ?? [];
  let signingObstacle: string | null = null;
  for (const act of trackSigning.judging.filter((one) => can[one])) {
    const refusal = signingRefusal(signed, ctx.actor, act, trackSigning);
    if (refusal === null) continue;
    can[act] = false;
    signingObstacle = refusal.message;
  }
  const last = steps.findLast(({ action }) => action === 'return' || action === 'submit' || action === 'accept');
  const returned = last?.action === 'return' && track.state === 'self-report-due' ? last : undefined;
  const terms = await listTerms(ctx.db, ctx.scope, [track.id]);
  const years = await listYears(ctx.db, track.placeId);
  return {
    ...{ id: track.id, countyId: track.placeId, countyName: track.countyName, year: track.schoolYear },
    standardName: comparison.standardName,
    ...{ state: track.state, standing: standingOf(track.state, track.ledger), since: track.since },
    ...{ dueOn: track.dueOn, daysLate: daysLate(track.dueOn, ctx.today), revision: track.revision },
    terms: terms.map(({ state, dueOn }) => ({ state, dueOn })),
    ...{ reason: track.reason, ledger: track.ledger },
    publication: publication === undefined ? null : publicationShape(publication),
    replaced: await countReplaced(ctx.db, track),
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
    issues: (await listIssues(ctx.db, track)).map((one) => issueShape(one, ctx.today)),
    lookBack: await lookBackOf(ctx, track, years),
    plannedYears: (await listPlanYears(ctx.db, track.placeId)).map((one) => ({
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
  years: readonly { readonly trackId: string; readonly year: number }[],
): Promise<Detail['lookBack']> {
  const earlier = years.find(({ year }) => year === track.schoolYear - 1);
  if (!earlier) return null;
  const before = await findTrack(ctx.db, ctx.scope, ctx.today, earlier.trackId);
  if (!before) return null;
  const issues = await listIssues(ctx.db, before);
  if (issues.length === 0) return { trackId: earlier.trackId, year: earlier.year, issues: [] };
  const { found, material } = await proposalsOf(ctx, track);
  return {
    ...{ trackId: earlier.trackId, year: earlier.year },
    issues: issues.map((issue) => ({
      ...issueShape(issue, ctx.today),
      figure: issue.figure,
      ...lookedBack(issue, material.figures, found),
    })),
  };
}
