import * as tracking from '#contract/balance-tracking/tracks.ts';
import { serving } from '#core/access/serve.ts';
import { writeSteps } from '#core/workflow/step.store.ts';
import { holds, signatureOf } from '#domain/access/actor.ts';
import { issueRuleTitles } from '#domain/balance-tracking/issues.ts';
import { termsFrom } from '#domain/balance-tracking/rules.shape.ts';
import { assertTakesWrites } from '#domain/calendar/archived-year.ts';
import { problem } from '#domain/kit/problem.ts';
import { newId } from '#platform/ids/new-id.ts';
import { detailOf } from './detail.act.ts';
import { findStanding } from './figures/publication.store.ts';
import { listedKeys, proposalsOf } from './issue/issue.act.ts';
import { readOverview } from './overview.act.ts';
import type { TrackHandle } from './published.store.ts';
import { loadTrack } from './track.act.ts';
import { findSchoolYear, insertTracks, listCounties, recordOf, registerDay } from './track.store.ts';
import { trackingReply } from './track.workbook.ts';
import { trackingRules } from './tracking-rules.shape.ts';

const on = serving<TrackHandle>();
export const trackRoutes = [
  on(tracking.overview, async (ctx, { query }) => {
    const { year, period, counties, tracks, rows } = await readOverview(ctx, query);
    const mayOpen =
      ctx.actor.level === 'city' &&
      holds(ctx.actor, 'tracking.manage') &&
      period?.archivedOn === null &&
      counties.some(({ id }) => !tracks.some(({ placeId }) => placeId === id));
    return {
      ...{ year, opened: tracks.length > 0, mayOpen },
      opening: mayOpen
        ? termsFrom(trackingRules, year, ctx.today).map(({ state, dueOn }) => ({
            ...{ dueOn, title: trackingRules.terms.find((term) => term.state === state)!.title },
          }))
        : [],
      rows: rows.map((row) => ({
        ...row,
        track: row.track && { ...row.track, ledger: { ...row.track.ledger }, terms: [...row.track.terms] },
      })),
      rules: { standard: trackingRules.standard, source: trackingRules.source, sample: trackingRules.sample },
    };
  }),

  on(tracking.workbook, async (ctx, { query }) => {
    const { year, rows } = await readOverview(ctx, query);
    return trackingReply(rows, year, ctx.today, ctx.actor.userId);
  }),

  on(tracking.read, async (ctx, { params }) => detailOf(ctx, await loadTrack(ctx, params.trackId))),

  on(tracking.proposals, async (ctx, { params }) => {
    const track = await loadTrack(ctx, params.trackId);
    const { found, schools } = await proposalsOf(ctx, track);
    const listed = await listedKeys(ctx, track);
    return {
      rows: found.map(({ key, rule, kind, severity, title, body, schoolId }) => ({
        ...{ key, rule, ruleTitle: issueRuleTitles[rule], kind, severity, title, body },
        schoolName: schoolId === null ? null : (schools.get(schoolId) ?? null),
        listed: listed.has(key),
      })),
    };
  }),

  on(tracking.open, async (ctx, { body: { year } }) => {
    const period = await findSchoolYear(ctx.db, year);
    if (!period) throw problem('tracking.noYear', { year });
    assertTakesWrites({ schoolYear: year, archivedOn: period.archivedOn });
    const counties = await listCounties(ctx.db, ctx.scope, registerDay(period));
    const standing = await findStanding(ctx.db, ctx.scope, [period.id], trackingRules.standard);
    const { actor, now, today } = ctx;
    // Figures that came before the year was opened count: the track begins one state further.
    const hasFigures = new Set(standing.map(({ placeId }) => placeId));
    const begun = counties.map(({ id: placeId }) => {
      return { placeId, id: newId(), state: hasFigures.has(placeId) ? 'data-received' : 'opened' } as const;
    });
    const opened = await insertTracks(ctx.db, begun, {
      ...{ periodId: period.id, schoolYear: year, standardKey: trackingRules.standard, since: today },
      ...{ openedByName: signatureOf(actor), at: now, terms: termsFrom(trackingRules, year, today) },
    });
    if (opened.length === 0) throw problem('tracking.openedBefore', { year });
    await writeSteps(
      ctx.db,
      opened.map(({ placeId, id, state }) => ({
        subject: { type: 'balance-track', id, placeId, schoolId: null },
        ...{ from: state, to: state },
      })),
      { action: 'opened', actor, at: now },
    );
    await ctx.recordAll(opened.map((track) => recordOf(track, 'opened', { after: { year, standing: track.state } })));
    return { opened: opened.length };
  }),
];
