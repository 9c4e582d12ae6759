import { findPerson } from '#core/access/account/accounts.store.ts';
import {
  endAssignment,
  findUnitName,
  insertAssignment,
  listAssignmentsOf,
  lockAssignableSchool,
} from '#core/access/grant/assignments.store.ts';
import { recordOfEndedAssignment } from '#core/access/grant/ended-rights.shape.ts';
import { findPost } from '#core/access/grant/grants.store.ts';
import type { JobServices } from '#core/access/job-services.ts';
import { type PassedWork, passedWords } from '#core/access/pass-work.ts';
import { type AssignmentDays, assignmentRefusal, assignmentState, daysLeft } from '#domain/access/assignment.ts';
import { dayInChina } from '#domain/kit/school-year.ts';
import type { WholeHandle } from '#platform/db/handle.ts';
import { newId } from '#platform/ids/new-id.ts';
import { recordOfPerson } from '../people.audit.shape.ts';

/**
 * Ends the assignments of a post and gives the days that are left to the other, by the rule of every assignment: what it
 * refuses, such as a school that has closed, stays as it is.
 * @returns the names of the schools that passed
 */
export async function passAssignments(services: JobServices, db: WholeHandle, handed: PassedWork): Promise<string[]> {
  const { from, to } = handed;
  const [now, by] = [services.now(), (await services.acting(db)).userId!];
  const today = dayInChina(now);
  // Whoever assigns locks the person too; in one order, so that two pass-works do not wait for each other.
  for (const id of [from.id, to.id].sort()) await findPerson(db, id, true);
  const post = await findPost(db, to.postId);
  if (post === undefined) return [];
  const unit = { id: post.unitId, name: await findUnitName(db, post.unitId) };
  const isStanding = (given: AssignmentDays & { readonly endedAt: Date | null }) =>
    ['current', 'coming'].includes(assignmentState({ ...given, ended: given.endedAt !== null }, today));
  const standing = async (grantId: string) =>
    (await listAssignmentsOf(db, grantId)).filter((one) => one.schoolId !== null && isStanding(one));
  const passed = new Set<string>();
  for (const one of await standing(from.postId)) {
    const schoolId = one.schoolId!;
    const school = await lockAssignableSchool(db, schoolId);
    if (school === undefined) continue;
    const theirs = (await standing(to.postId)).filter((other) => other.schoolId === schoolId);
    const left = daysLeft(one, theirs, today);
    const refused = left.some(
      (days) =>
        assignmentRefusal({ ...{ role: post, self: false, unit, school, standing: theirs, today }, ...days }) !== null,
    );
    if (refused) continue;
    await endAssignment(db, { id: one.id, grantId: from.postId }, by, now);
    await services.record(
      db,
      recordOfEndedAssignment(
        {
          ...{ id: one.id, grantId: from.postId, personId: from.id, role: from.role, from: one.from, to: one.to },
          ...{ schoolId, place: school.name },
        },
        { reason: passedWords('责任督学', handed) },
      ),
    );
    for (const days of left) {
      const given = { id: newId(), grantId: to.postId, schoolId, ...days };
      await insertAssignment(db, { ...given, by, now });
      const after = { role: post.key, schoolId, place: school.name, from: days.from, until: days.to };
      await services.record(
        db,
        recordOfPerson(to.id, 'assignment.given', {
          before: null,
          after: { ...after, post: to.postId, assignment: given.id },
        }),
      );
    }
    passed.add(school.name);
  }
  return [...passed];
}
