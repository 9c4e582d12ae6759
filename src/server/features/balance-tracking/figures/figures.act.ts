import { signatureOf } from '#domain/access/actor.ts';
import { compositeKey } from '#domain/balance-tracking/difference.ts';
import { isOpen } from '#domain/balance-tracking/state.ts';
import { problem } from '#domain/kit/problem.ts';
import type { Day, SchoolYear } from '#domain/kit/school-year.ts';
import { schoolsKey } from '../comparison.act.ts';
import { findIndicators, type TrackHandle } from '../published.store.ts';
import { step, type TrackContext, tellCounty } from '../track.act.ts';
import { findCountyYear, getUnitName, lockTrackOf } from '../track.store.ts';
import { trackingRules } from '../tracking-rules.shape.ts';
import { lockStanding, type PublishedFigure, type PublishedSchool, writePublication } from './publication.store.ts';

/** What somebody enters of a county and year. */
export interface EnteredFigures {
  readonly countyId: number;
  readonly year: SchoolYear;
  readonly edition: string;
  readonly documentNumber: string;
  readonly publishedOn: Day;
  readonly source: string;
  readonly reason?: string | undefined;
  readonly figures: readonly PublishedFigure[];
  readonly schools: readonly PublishedSchool[];
}

/** The figures that can be entered for each level, in their order: the composite, the indicators, the number of schools. */
export async function enterable(db: TrackHandle) {
  const { standardName, indicators } = await findIndicators(db, trackingRules.standard);
  return {
    standardName,
    indicators: [
      { key: compositeKey, name: '综合差异系数' },
      ...indicators,
      { key: schoolsKey, name: '学校数' },
    ] as const,
  };
}

/**
 * Enters what the province published of a county. Where figures stand already it is a correction with its reason, and the ones
 * before are kept. A track that waits for figures goes on; a county whose year is open is told of a correction, because its
 * page and its issues rest on the figures.
 */
export async function enterFigures(
  ctx: TrackContext,
  given: EnteredFigures,
): Promise<{ readonly id: string; readonly revised: boolean }> {
  const { countyId } = given;
  const period = await findCountyYear(ctx.db, ctx.scope, countyId, given.year);
  if (!period) throw problem('tracking.noYear', { year: given.year });
  const { county } = period;
  if (county === null) throw problem('tracking.noCounty', { name: await getUnitName(ctx.db, countyId) });
  const known = new Set((await enterable(ctx.db)).indicators.map(({ key }) => key));
  const unknown = given.figures.find(({ indicator }) => !known.has(indicator));
  if (unknown) throw problem('thing.notFound', { what: `个指标（${unknown.indicator}）` });
  const where = { placeId: countyId, periodId: period.id, standardKey: trackingRules.standard };
  const standing = await lockStanding(ctx.db, where);
  if (standing && !given.reason) throw problem('tracking.reasonNeeded', { name: county, year: given.year });
  const { edition, documentNumber, publishedOn, source, figures, schools } = given;
  const reason = standing ? (given.reason ?? null) : null;
  const id = await writePublication(
    ctx.db,
    {
      ...{ ...where, edition, documentNumber, publishedOn, source, figures, schools, reason },
      ...{ by: ctx.actor.userId, byName: signatureOf(ctx.actor), at: ctx.now },
    },
    standing,
  );
  await ctx.record({
    ...{ action: standing ? 'track.figuresRevised' : 'track.figuresEntered', objectType: 'province-publication' },
    ...{ objectId: id, placeId: countyId },
    after: {
      ...{ year: given.year, documentNumber, publishedOn, figures: figures.length },
      ...(reason === null ? {} : { reason }),
    },
  });
  const track = await lockTrackOf(ctx.db, where);
  if (track?.state === 'opened') {
    await step(ctx, track.id, track.revision, { action: 'record' }, { countyId });
  } else if (track && standing && isOpen(track.state)) {
    const subject = { type: 'balance-track', id: track.id, placeId: countyId, schoolId: null } as const;
    tellCounty(ctx, 'revised', [{ ...subject, countyName: county, schoolYear: given.year }], reason);
  }
  return { id, revised: standing !== undefined };
}
