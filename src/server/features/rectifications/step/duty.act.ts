import { spellingsOf } from '#core/directory/initials.ts';
import type { DutyType } from '#domain/flow/finding.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { type Duty, findDuties } from '../duty.store.ts';
import type { FindingContext } from '../finding.act.ts';
import type { Finding } from '../finding.store.ts';

interface Named {
  readonly type: DutyType;
  readonly id: number;
}

/** The duty body in reach, and the school that the finding is about, where it is named apart. */
export async function dutyOf(
  ctx: FindingContext,
  { duty, aboutSchoolId }: { readonly duty: Named; readonly aboutSchoolId?: number | undefined },
): Promise<{ readonly duty: Duty; readonly about: Duty | null }> {
  const school = aboutSchoolId === undefined ? [] : [{ type: 'school' as const, id: aboutSchoolId }];
  const found = await findDuties(ctx.db, ctx.scope, [duty, ...school]);
  const of = ({ type, id }: Named) => found.find((one) => one.type === type && one.id === id);
  const body = of(duty);
  if (!body)
    throw problem('finding.dutyUnknown', { what: `${duty.type === 'school' ? '学校' : '单位'}编号 ${duty.id}` });
  const [named] = school;
  const about = named ? of(named) : body.type === 'school' ? body : undefined;
  // A school beside the duty body lies where the finding does: otherwise it could not read it.
  if (named && (!about || about.placeId !== body.placeId))
    throw problem('finding.dutyUnknown', { what: `学校编号 ${named.id}` });
  return { duty: body, about: about ?? null };
}

/** Why this person may not open a finding for the duty body: 市直 schools answer to the city. */
export function openingRefusal(
  { actor }: Pick<FindingContext, 'actor'>,
  { duty, about }: Awaited<ReturnType<typeof dutyOf>>,
): Problem | undefined {
  const ofCity = [duty, about].find((one) => one?.type === 'school' && one.managedBy === 'city');
  return ofCity && actor.level === 'county' ? problem('finding.dutyOfCity', { name: ofCity.name }) : undefined;
}

/** The columns of a finding that say who has the duty and about whom it is. */
export function dutyColumns({ duty, about }: Awaited<ReturnType<typeof dutyOf>>) {
  return {
    dutyType: duty.type,
    dutyUnitId: duty.type === 'school' ? null : duty.id,
    schoolId: about?.id ?? null,
    aboutSchoolId: about?.id ?? null,
    managedBy: (about ?? duty).managedBy,
  };
}

/** Pinyin of the title and of the duty body, by which a list finds it. */
export async function alsoFoundBy(title: string, dutyName: string): Promise<string> {
  const spelt = await spellingsOf([title, dutyName]);
  return spelt.map(({ spelling, initials }) => `${spelling} ${initials}`).join(' ');
}

/** @throws Problem where it would have been found after today */
export function assertFound({ foundOn }: Pick<Finding, 'foundOn'>, today: Day): void {
  if (foundOn > today) throw problem('finding.foundInFuture', { today });
}
