import { doing, type FeatureJob, type Following, following } from '#core/access/feature.ts';
import { writePassedSchools } from '#core/access/grant/assignments.store.ts';
import { recordOfEndedAssignment } from '#core/access/grant/ended-rights.shape.ts';
import { handOverWords, workHandedOver } from '#core/access/hand-over.ts';
import { writeNoticesTo } from '#core/notices/sent.store.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { dayInChina } from '#domain/kit/school-year.ts';
import { withWriting } from '#platform/db/handle.ts';
import { recordOfPerson } from '../people.audit.shape.ts';
import { passPost } from '../people.jobs.ts';
import { schoolsKind } from './hand-over.store.ts';

export const handedOverKind = 'people.handedOver';

/** The kind of notice, with the words that stand above it in a mail. */
export const peopleNoticeTitles: Readonly<Record<string, string>> = { [handedOverKind]: '移交了工作' };

export const handOverJobs: readonly FeatureJob[] = [
  doing(passPost, async (services, { places, ...handed }) => {
    const { placeId, from, to, what, kinds } = handed;
    await withWriting(services.pool, atPlaces(places), async (db) => {
      const acting = await services.acting(db);
      const now = services.now();
      const given = { by: acting.userId!, now, today: dayInChina(now) };
      for (const one of kinds.includes(schoolsKind)
        ? await writePassedSchools(db, { fromPost: from.postId, toPost: to.postId }, given)
        : []) {
        const { schoolId, schoolName: place, from: first, to: last } = one;
        const ended = {
          id: one.id,
          grantId: from.postId,
          personId: from.id,
          role: '',
          schoolId,
          place,
          from: first,
          to: last,
        };
        await services.record(db, recordOfEndedAssignment(ended, { reason: handOverWords(handed) }));
        const after = { schoolId, place, from: given.today, until: last, post: to.postId, assignment: one.newId };
        await services.record(db, recordOfPerson(to.id, 'assignment.given', { before: null, after }));
      }
      const subject = { type: 'post', id: from.postId, placeId, schoolId: null };
      await writeNoticesTo(db, {
        ...{
          kind: handedOverKind,
          actor: { ...acting, userId: acting.userId! },
          now,
          note: `${what}：${handOverWords(handed)}`,
        },
        notices: [from, to].map((person) => ({
          ...{ subject, about: `${from.name}移交${to.name}` },
          to: { audience: 'person', placeId, personId: person.id },
        })),
      });
    });
  }),
];

export const handOverFollows: readonly Following[] = [following(workHandedOver, passPost)];
