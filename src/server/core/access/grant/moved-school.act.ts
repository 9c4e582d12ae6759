import { dayInChina } from '#domain/kit/school-year.ts';
import type { Context } from '../serve.ts';
import { endAssignmentsOutside, type MovedSchoolHandle } from './assignments.store.ts';
import { recordOfEndedAssignment } from './ended-rights.shape.ts';

/**
 * Ends what inspectors of other units held of a school that has moved, and records each end. Work stays with the unit
 * that opened it, but an inspector is appointed for the schools of one area (《中小学校责任督学挂牌督导办法》), so the unit
 * in which the school lies now appoints for it. An inspector of the city keeps a school that moves within the city.
 * @returns how many inspectors lose the school
 */
export async function releaseMovedSchool<H extends MovedSchoolHandle>(
  ctx: Context<H>,
  schoolId: number,
): Promise<number> {
  const given = { by: ctx.actor.userId, now: ctx.now, today: dayInChina(ctx.now) };
  const ended = await endAssignmentsOutside(ctx.db, schoolId, given);
  await ctx.recordAll(
    ended.map((one) =>
      recordOfEndedAssignment(
        { ...one, schoolId, place: one.schoolName },
        { reason: `${one.schoolName}已迁至${one.unitName}，不在聘任单位辖区内。` },
      ),
    ),
  );
  return new Set(ended.map(({ personId }) => personId)).size;
}
